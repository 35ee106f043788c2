#pragma once
// Where sightings come from. A source is opened, says that it works or that it is lost, and is opened again
// later by whoever owns it. All calls, both ways, are on the loop's thread.

#include <functional>
#include <string>
#include <vector>

#include "protocol/leases.hpp"
#include "protocol/sighting.hpp"

namespace gable::presence {

struct SourceEvents {
  std::function<void()> works;
  std::function<void(std::string reason)> lost;  // for people, without a full stop
  std::function<void(const std::vector<Sighting>&)> seen;
  std::function<void(const std::vector<Lease>&)> leases;
  // All that can be seen now has been told.
  std::function<void()> looked;
};

class Source {
 public:
  virtual ~Source() = default;
  // For people: "lease file /var/lib/misc/dnsmasq.leases".
  [[nodiscard]] virtual std::string name() const = 0;
  // One attempt, which does not block; ends in works() or lost(), perhaps before it returns.
  virtual void open() = 0;
  // Also from within lost(), and before the next open().
  virtual void close() = 0;
  // It is time to look again; only while it works.
  virtual void look() = 0;

  SourceEvents events;
};

}  // namespace gable::presence
