#pragma once
// The services of the house, as rules and call/<domain>/<service> use them. The services of scripts,
// automations and scenes are the rules' own.

#include "core/helpers/helper_desk.hpp"
#include "core/services/entity_calls.hpp"
#include "core/services/house_services.hpp"
#include "core/services/messages.hpp"
#include "core/services/notices.hpp"
#include "core/services/processes.hpp"

namespace gable::hub {

class ServiceDesk {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    Problems& problems;
    Publisher& publisher;
    CommandDesk& desk;
    const DevicePlane& plane;
    HelperDesk& helpers;
    const ZoneRules& zone;
  };
  explicit ServiceDesk(Parts parts);

  // While wiring: who hears that a pending call of a rule has ended; who serves scripts, automations and
  // scenes; who takes what a rule publishes on the hub's own set/ and call/.
  void on_done(EntityCalls::OnDone listener);
  void set_rules(RuleServices services);
  void set_loopback(Loopback loopback) { loopback_ = std::move(loopback); }

  // A rule's. Pending calls end in a ServiceDone, always in a later turn.
  rules::ServiceOutcome call(Turn& turn, const rules::ServiceCall& call);
  // A client's: {"target": {…}, "data": {…}}, or the target among the data. It is answered.
  void call(Turn& turn, std::string_view domain, std::string_view service, const wire::Object& document,
            const Asker& asker);
  // Nobody waits for it any more.
  void abandon(std::uint64_t call);

  // A command parsed or refused, from a client.
  void take(Turn& turn, Entity& entity, wire::Result<wire::Command> command, Asker asker);
  void on_ended(Turn& turn, const ProcessEnded& ended);
  // A row of the store's problems that is a notice; false otherwise.
  bool restore_notice(const std::string& key, const wire::Object& row) { return notices_.restore(key, row); }

 private:
  // Nothing when the service is for entities.
  std::optional<rules::ServiceOutcome> of_house(Turn& turn, const ServiceRequest& request);
  rules::ServiceOutcome of_rules(Turn& turn, const ServiceRequest& request);
  [[nodiscard]] static bool unknown_outcome(const ServiceRequest& request);

  Parts p_;
  EntityCalls entities_;
  HouseServices house_;
  Notices notices_;
  Processes processes_;
  EntityCalls::OnDone on_done_;
  RuleServices rules_;
  Loopback loopback_;
};

// The refusal of a message that concerns no entity: to the log, and to the asker who gave a response topic.
void answer_call(Turn& turn, const Asker& asker, const std::optional<wire::Error>& error);

}  // namespace gable::hub
