#pragma once
// What the hub knows of the bridges, and the verdict on an entity's availability that follows from it.

#include <string>
#include <vector>

#include "core/registry.hpp"

namespace gable::hub {

struct Bridge {
  std::string id;
  wire::StatusDoc status;
  bool status_known = false;  // since this connection to the broker
  wire::InfoDoc info;
  wire::InventoryDoc inventory;
  bool inventory_known = false;
  bool newer_schema = false;  // speaks a later major version: not read
};

struct Verdict {
  Availability status = Availability::unknown;
  std::string reason;
};

// The worst of bridge, link and freshness (design section 2, rule 5). `bridge` null: never heard of.
Verdict judge(const Entity& entity, const Device& device, const Bridge* bridge, Time now);

// When the verdict turns stale without another report; nothing if it does not.
std::optional<Time> stale_at(const Entity& entity);

}  // namespace gable::hub
