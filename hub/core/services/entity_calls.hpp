#pragma once
// Service calls to entities: light.turn_on, homeassistant.toggle, input_number.set_value. Each target gets a
// command of its own. What a rule asks of a missing or unavailable entity is passed over with a note, as Home
// Assistant does; a client is answered for every target.

#include <map>
#include <string>
#include <vector>

#include "core/device_plane.hpp"
#include "core/services/service_request.hpp"
#include "core/services/targets.hpp"

namespace gable::hub {

class EntityCalls {
 public:
  struct Parts {
    Registry& registry;
    Problems& problems;
    Publisher& publisher;
    CommandDesk& desk;
    const DevicePlane& plane;
  };
  using Outcome = rules::ServiceOutcome;
  using OnDone = std::function<void(Turn&, const rules::ServiceDone&)>;

  explicit EntityCalls(Parts parts) : p_(parts) {}

  void on_done(OnDone listener) { on_done_ = std::move(listener); }
  void set_rules(RuleServices services) { rules_ = std::move(services); }

  Outcome for_rule(Turn& turn, const ServiceRequest& request);
  // Errors concern no single entity. True: the asker is answered when the commands have ended. False: there
  // was none to send, it is done.
  wire::Result<bool> for_client(Turn& turn, const ServiceRequest& request);
  // A command parsed or refused, from a client.
  void take(Turn& turn, Entity& entity, wire::Result<wire::Command> command, Asker asker);
  // What CommandDesk::on_final tells.
  void on_result(Turn& turn, const Asker& asker, const EntityId& entity, const wire::ResultDoc& result);
  void abandon(std::uint64_t call) { open_.erase(call); }

 private:
  struct Ready {
    EntityIndex entity;
    wire::Command command;
  };
  struct Plan {
    std::vector<Ready> commands;
    std::map<std::string, wire::List> of_rules;  // domain → entity ids that the rules serve
    std::vector<std::string> notes;
    std::string refusal, failure;
  };
  // A call whose commands are being sent, or waited for.
  struct Open {
    std::size_t left = 0;
    bool sending = true;
    std::string failure, refusal;
  };

  void command(Turn& turn, const ServiceRequest& request, Entity& entity, const Asker& asker);
  void plan_one(const ServiceRequest& request, const Target& target, Plan& plan) const;
  void judge(const ServiceRequest& request, const Target& target, const wire::Error& error, Plan& plan) const;
  Outcome send(Turn& turn, const ServiceRequest& request, Plan& plan);
  Outcome resume(const ServiceRequest& request);
  Outcome pass_to_rules(Turn& turn, const ServiceRequest& request, const std::string& domain,
                        wire::List entities) const;
  [[nodiscard]] bool reachable(const Entity& entity) const;
  [[nodiscard]] std::string missing(const std::string& text) const;
  void late(Turn& turn, const Asker& asker, const EntityId& entity, const wire::ResultDoc& result) const;

  Parts p_;
  OnDone on_done_;
  RuleServices rules_;
  std::map<std::uint64_t, Open> open_;
};

// Script, automation, scene: entities whose services are the rules'.
bool served_by_rules(std::string_view domain);

// True when a call that nobody knows the outcome of may be made once more: no toggle, no relative step.
bool repeatable(std::string_view domain, std::string_view service, const wire::Object& data);

}  // namespace gable::hub
