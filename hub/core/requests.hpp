#pragma once
// hub/request/<method>: what the core can answer itself. Everything else goes to the edges as an EdgeRequest.

#include <string>

#include "core/command_intake.hpp"
#include "core/customize.hpp"
#include "core/device_plane.hpp"
#include "core/discovery/discovery_desk.hpp"
#include "core/helpers/zone_rules.hpp"
#include "core/rules/rules_desk.hpp"

namespace gable::hub {

class Requests {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    Problems& problems;
    Publisher& publisher;
    DevicePlane& plane;
    DiscoveryDesk& discovery;
    const ZoneRules& zone;
    RulesDesk& rules;
    Tombstones& tombstones;
  };
  explicit Requests(Parts parts)
      : p_(parts),
        customize_({parts.topics, parts.registry, parts.publisher, parts.plane, parts.discovery}) {}

  void on_message(Turn& turn, const wire::ParsedTopic& topic, const MessageIn& message, const Asker& asker);

 private:
  using Answer = wire::Result<wire::Value>;
  Answer entities(const wire::Object& arguments) const;
  Answer house() const;
  Answer problems() const;
  Answer bridges() const;
  Answer forget_discovered(Turn& turn, const std::vector<EntityIndex>& entities);
  Answer forget(Turn& turn, const wire::Object& arguments);
  Answer rename(Turn& turn, const wire::Object& arguments);
  Answer refresh(Turn& turn, const wire::Object& arguments) const;
  void answer(Turn& turn, std::string_view method, const Answer& answer, const Asker& asker) const;
  void answer_in_parts(Turn& turn, const wire::Object& arguments, const Asker& asker) const;
  void send(Turn& turn, std::string_view method, std::string payload, const Asker& asker) const;

  Parts p_;
  Customize customize_;
};

}  // namespace gable::hub
