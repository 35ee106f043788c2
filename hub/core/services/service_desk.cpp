#include "core/services/service_desk.hpp"

#include <algorithm>

#include "core/services/values.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using Status = rules::ServiceOutcome::Status;
using wire::Error;
using wire::ErrorCode;

bool about_messages(const ServiceRequest& request) {
  if (request.domain == "notify") return request.service != "persistent_notification";
  return request.domain == "tts" && (request.service == "speak" || request.service.ends_with("say"));
}

bool about_notices(const ServiceRequest& request) {
  return request.domain == "persistent_notification" ||
         (request.domain == "notify" && request.service == "persistent_notification");
}

// Services of the table that need what Gable does not have.
std::string never(const ServiceRequest& request) {
  const std::string name = request.name();
  if (name == "mqtt.dump") return name + ": rules write no files; mosquitto_sub records topics";
  if (name == "camera.snapshot" || name == "camera.record" || name == "image.snapshot")
    return name + ": rules write no files";
  if (name == "weather.get_forecasts" || name == "calendar.get_events")
    return name + ": no bridge can answer with data yet";
  return {};
}

// Targets of entities stand in `target`, beside it in `data`, or both.
void merge_target(ServiceRequest& request) {
  if (!takes_every_domain(request.domain) && wire::find_domain(request.domain) == nullptr) return;
  for (const std::string_view key : kTargetKeys) {
    const wire::Value* value = request.data.find(key);
    if (value == nullptr) continue;
    if (!request.target.contains(key)) request.target.append(std::string(key), *value);
    request.data.erase(key);
  }
}

}  // namespace

void answer_call(Turn& turn, const Asker& asker, const std::optional<Error>& error) {
  if (error) turn.log(LogLevel::warning, "refused: " + error->message());
  if (asker.response_topic.empty()) return;
  wire::ResultDoc result;
  result.id = asker.id;
  result.at = turn.now;
  if (error) {
    result.status =
        error->code == ErrorCode::failed ? wire::CommandStatus::failed : wire::CommandStatus::rejected;
    result.code = error->code;
    result.reason = error->message();
  }
  turn.out.publishes.push_back({.topic = asker.response_topic,
                                .payload = wire::to_json(wire::encode(result)),
                                .expiry_seconds = 60,
                                .response_topic = {},
                                .correlation = asker.correlation});
}

ServiceDesk::ServiceDesk(Parts parts)
    : p_(parts),
      entities_({parts.registry, parts.problems, parts.publisher, parts.desk, parts.plane}),
      house_({parts.topics, parts.registry, parts.helpers, parts.plane}),
      notices_(parts.problems),
      processes_(parts.registry, parts.zone) {
  p_.desk.on_final(
      [this](Turn& turn, const Asker& asker, const EntityId& entity, const wire::ResultDoc& result) {
        entities_.on_result(turn, asker, entity, result);
      });
}

void ServiceDesk::on_done(EntityCalls::OnDone listener) {
  on_done_ = listener;
  entities_.on_done(std::move(listener));
}

void ServiceDesk::set_rules(RuleServices services) {
  rules_ = services;
  entities_.set_rules(std::move(services));
}

void ServiceDesk::take(Turn& turn, Entity& entity, wire::Result<wire::Command> command, Asker asker) {
  entities_.take(turn, entity, std::move(command), std::move(asker));
}

void ServiceDesk::abandon(std::uint64_t call) {
  entities_.abandon(call);
  processes_.abandon(call);
}

// Whether a call that was begun before a restart must not be made again.
bool ServiceDesk::unknown_outcome(const ServiceRequest& request) {
  if (!request.again()) return false;
  if (request.domain == "shell_command" || request.domain == "rest_command" || about_messages(request))
    return true;
  if (request.name() == "mqtt.publish") {
    const wire::Value* retain = request.data.find("retain");
    return retain == nullptr || !retain->bool_or(false);
  }
  if (request.name() == "persistent_notification.create" || request.name() == "logbook.log" ||
      request.name() == "system_log.write")
    return field_text(request.data, "notification_id").empty();
  return !repeatable(request.domain, request.service, request.data);
}

rules::ServiceOutcome ServiceDesk::call(Turn& turn, const rules::ServiceCall& call) {
  if (served_by_rules(call.domain)) return rules_ ? rules_(turn, call) : refused("there are no rules");
  ServiceRequest request{.domain = call.domain,
                         .service = call.service,
                         .target = to_wire_object(call.target),
                         .data = to_wire_object(call.data),
                         .asker = {},
                         .call = &call};
  request.asker.context = {
      .by = call.rule, .cause = {}, .run = call.context.id, .parent = call.context.parent};
  request.asker.on_tree = false;
  request.asker.call = call.id;
  if (unknown_outcome(request)) {
    rules::ServiceOutcome outcome;
    outcome.status = Status::unknown;
    outcome.error = request.name() + ": outcome unknown: the hub restarted meanwhile";
    return outcome;
  }
  merge_target(request);
  if (auto outcome = of_house(turn, request)) return std::move(*outcome);
  if (call.wants_response) return refused(request.name() + " returns no response");
  return entities_.for_rule(turn, request);
}

std::optional<rules::ServiceOutcome> ServiceDesk::of_house(Turn& turn, const ServiceRequest& request) {
  if (const std::string why = never(request); !why.empty()) return refused(why);
  if (about_notices(request)) return notices_.run(turn, request);
  if (request.domain == "shell_command" || request.domain == "rest_command")
    return processes_.run(turn, request);
  if (request.name() == "mqtt.publish") return publish_mqtt(turn, request, p_.topics.root(), loopback_);
  if (auto outcome = house_.run(turn, request)) return outcome;
  if (about_messages(request)) {
    const auto message = as_message(request, p_.registry);
    if (!message) return refused(message.error().message());
    if (request.of_rule()) return entities_.for_rule(turn, *message);
    const auto taken = entities_.for_client(turn, *message);
    if (!taken) return refused(taken.error().message());
    return *taken ? pending() : done();
  }
  if (takes_every_domain(request.domain)) {
    const std::string& service = request.service;
    if (service == "turn_on" || service == "turn_off" || service == "toggle") return std::nullopt;
    return refused("there is no service " + request.name());
  }
  if (wire::find_domain(request.domain) != nullptr) return std::nullopt;
  std::vector<std::string_view> known{"homeassistant", "mqtt",       "persistent_notification",
                                      "logbook",       "system_log", "shell_command",
                                      "rest_command",  "tts"};
  for (const auto& domain : wire::domains()) known.push_back(domain.name);
  return refused("there is no service " + request.name() + wire::did_you_mean(request.domain, known));
}

void ServiceDesk::call(Turn& turn, std::string_view domain, std::string_view service,
                       const wire::Object& document, const Asker& asker) {
  const wire::Value* target = document.find("target");
  const wire::Value* data = document.find("data");
  ServiceRequest request{
      .domain = std::string(domain),
      .service = std::string(service),
      .target = target != nullptr && target->as_object() != nullptr ? *target->as_object() : wire::Object{},
      .data = data != nullptr && data->as_object() != nullptr ? *data->as_object() : wire::Object{},
      .asker = asker,
      .call = nullptr};
  if (served_by_rules(domain)) {
    const auto outcome = of_rules(turn, request);
    if (outcome.error.empty()) return answer_call(turn, asker, std::nullopt);
    return answer_call(turn, asker, Error{ErrorCode::refused, outcome.error, ""});
  }
  merge_target(request);
  if (const auto outcome = of_house(turn, request)) {
    if (outcome->status == Status::pending) return;
    if (outcome->error.empty()) return answer_call(turn, asker, std::nullopt);
    const bool broke = outcome->status == Status::failed;
    return answer_call(turn, asker,
                       Error{broke ? ErrorCode::failed : ErrorCode::refused, outcome->error, ""});
  }
  const auto taken = entities_.for_client(turn, request);
  if (!taken) return answer_call(turn, asker, taken.error());
  if (!*taken) answer_call(turn, asker, std::nullopt);
}

rules::ServiceOutcome ServiceDesk::of_rules(Turn& turn, const ServiceRequest& request) {
  if (!rules_) return refused("there are no rules, so there is no " + request.name());
  rules::ServiceCall call;
  call.domain = request.domain;
  call.service = request.service;
  call.target = rules::jinja::from_wire(request.target);
  call.data = rules::jinja::from_wire(request.data);
  call.rule = request.asker.context.by;
  call.context.user = request.asker.context.by;
  return rules_(turn, call);
}

void ServiceDesk::on_ended(Turn& turn, const ProcessEnded& ended) {
  auto end = processes_.on_ended(turn, ended);
  if (!end) return;
  if (end->call == 0) {
    if (end->error.empty()) return answer_call(turn, end->asker, std::nullopt);
    return answer_call(turn, end->asker, Error{ErrorCode::failed, end->error, ""});
  }
  if (!end->error.empty()) turn.log(LogLevel::error, end->asker.context.by + ": " + end->error);
  if (on_done_)
    on_done_(turn,
             {.call = end->call, .error = end->error, .response = rules::jinja::from_wire(end->response)});
}

}  // namespace gable::hub
