// Services of a simulated house: entities obey at once or after a while, messages and publishes are taken
// down, and what nobody offers is refused.
#include <algorithm>
#include <array>
#include <utility>

#include "simulation/simulated_house.hpp"
#include "simulation/targets.hpp"
#include "simulation/values.hpp"
#include "template/value/dict.hpp"
#include "wire/domains.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::rules::simulation {

namespace {

using Status = ServiceOutcome::Status;

// Domains whose services are anything that somebody set up.
constexpr std::array<std::string_view, 6> kAnything{"tts",      "shell_command", "rest_command",
                                                    "pyscript", "python_script", "persistent_notification"};

ServiceOutcome refusal(std::string text) { return {Status::refused, std::move(text), {}, {}}; }
ServiceOutcome failure(std::string text) { return {Status::failed, std::move(text), {}, {}}; }

bool is_anything(std::string_view domain) {
  return std::find(kAnything.begin(), kAnything.end(), domain) != kAnything.end();
}

bool schema_error(wire::ErrorCode code) {
  using wire::ErrorCode;
  return code == ErrorCode::malformed || code == ErrorCode::wrong_type ||
         code == ErrorCode::unknown_attribute || code == ErrorCode::unknown_service;
}

// Only to be done with, never with an effect in a simulated house.
bool is_idle(const ServiceCall& call) {
  if (call.service == "reload") return true;
  if (call.domain == "homeassistant") {
    return call.service != "turn_on" && call.service != "turn_off" && call.service != "toggle";
  }
  return (call.domain == "logbook" && call.service == "log") || call.domain == "system_log" ||
         call.domain == "recorder" || call.domain == "frontend";
}

std::string unknown_service(const ServiceCall& call) {
  const std::string name = call.domain + "." + call.service;
  std::vector<std::string_view> known;
  if (const wire::DomainSpec* domain = wire::find_domain(call.domain)) {
    for (const wire::ServiceSpec& service : domain->services) known.push_back(service.name);
    return "there is no service " + name + wire::did_you_mean(call.service, known);
  }
  for (const wire::DomainSpec& domain : wire::domains()) known.push_back(domain.name);
  return "there is no service " + name + wire::did_you_mean(call.domain, known) +
         "; what a test needs beside the usual ones stands under its `services:`";
}

void add_note(std::string& note, const std::string& text) {
  if (!note.empty()) note += "; ";
  note += text;
}

}  // namespace

ServiceOutcome SimulatedHouse::call(const ServiceCall& call) {
  RecordedCall recorded{stamp(), call.domain + "." + call.service, {}, call.target, call.data, call.rule, {}};
  recorded.from_outside = std::exchange(from_outside_, false);
  recorded.id = call.id;
  const std::size_t place = record_.calls.size();
  record_.calls.push_back(recorded);
  ServiceOutcome outcome = carry_out(call, recorded);
  if (outcome.status == Status::refused || outcome.status == Status::failed) recorded.error = outcome.error;
  record_.calls[place] = std::move(recorded);
  return outcome;
}

ServiceOutcome SimulatedHouse::carry_out(const ServiceCall& call, RecordedCall& recorded) {
  if (const auto offered = offers_.find(recorded.service); offered != offers_.end()) {
    recorded.entities = find_targets(entities_, call.target, "homeassistant").entities;
    if (!offered->second.error.empty()) return failure(offered->second.error);
    return {Status::done, {}, offered->second.response, {}};
  }
  if (auto outcome = call_house(call)) {
    recorded.entities = texts_part(call.target, "entity_id");
    return std::move(*outcome);
  }
  const wire::DomainSpec* domain = wire::find_domain(call.domain);
  const bool known = domain != nullptr && wire::find_service(*domain, call.service) != nullptr;
  if (!known && !takes_every_domain(call.domain)) return refusal(unknown_service(call));
  return call_entities(call, recorded);
}

std::optional<ServiceOutcome> SimulatedHouse::call_house(const ServiceCall& call) {
  if (call.domain == "mqtt" && call.service == "publish") return publish(call);
  if (call.domain == "group" && call.service == "set") return set_group(call);
  if (is_idle(call) || is_anything(call.domain)) return ServiceOutcome{};
  if (call.domain != "notify") return std::nullopt;
  if (part(call.data, "message") == nullptr) {
    return refusal("notify." + call.service + " needs `message` in its data");
  }
  return ServiceOutcome{};
}

ServiceOutcome SimulatedHouse::publish(const ServiceCall& call) {
  const std::string topic = text_part(call.data, "topic");
  if (!wire::valid_topic_name(topic))
    return refusal("mqtt.publish: '" + topic + "' is no topic to publish on");
  const jinja::Value* payload = part(call.data, "payload");
  const wire::Value content = payload != nullptr ? to_wire(*payload) : wire::Value();
  MqttMessage message;
  message.topic = topic;
  const bool structured = content.as_object() != nullptr || content.as_list() != nullptr;
  message.payload = structured ? wire::to_json(content) : text_part(call.data, "payload");
  const std::string retain = text_part(call.data, "retain"), qos = text_part(call.data, "qos");
  message.qos = qos == "1" || qos == "2" ? qos[0] - '0' : 0;
  record_.messages.push_back(
      {stamp(), topic, message.payload, message.qos, retain == "True" || retain == "true"});
  // Rules that listen to the topic hear it as from any other client.
  happen(std::move(message));
  return {};
}

ServiceOutcome SimulatedHouse::set_group(const ServiceCall& call) {
  const std::string id = "group." + text_part(call.data, "object_id");
  wire::List members;
  for (const std::string& member : texts_part(call.data, "entities")) members.emplace_back(member);
  const Entities::Entity* known = entities_.find(id);
  wire::Object attributes = known != nullptr ? *known->state.attributes : wire::Object{};
  if (!members.empty()) attributes.set("entity_id", std::move(members));
  if (const std::string name = text_part(call.data, "name"); !name.empty())
    attributes.set("friendly_name", name);
  become(id, known != nullptr ? known->state.state : "unknown", std::move(attributes), call.context);
  update_groups(id, call.context);
  return {};
}

ServiceOutcome SimulatedHouse::call_entities(const ServiceCall& call, RecordedCall& recorded) {
  Targets targets = find_targets(entities_, call.target, call.domain);
  recorded.entities = targets.entities;
  recorded.entities.insert(recorded.entities.end(), targets.unknown.begin(), targets.unknown.end());
  if (!targets.given) {
    return refusal(recorded.service + " needs a target: entity_id, device_id, area_id, floor_id or label_id");
  }
  ServiceOutcome all;
  for (const std::string& name : targets.unknown) add_note(all.note, "there is no " + name);
  for (const std::string& entity : targets.entities) {
    const ServiceOutcome one = order(call, entity);
    if (!one.note.empty()) add_note(all.note, one.note);
    const bool worse = all.status == Status::done || one.status == Status::refused;
    if (one.status != Status::done && worse) all.status = one.status, all.error = one.error;
  }
  if (waiting_.contains(call.id) && all.status == Status::done) all.status = Status::pending;
  if (all.status == Status::failed || all.status == Status::refused) waiting_.erase(call.id);
  return all;
}

ServiceOutcome SimulatedHouse::order(const ServiceCall& call, const std::string& entity) {
  const std::string domain(domain_part(entity));
  const Entities::Entity* present = entities_.find(entity);
  if (!takes_every_domain(call.domain) && domain != call.domain) {
    return {Status::done, {}, {}, entity + " is no " + call.domain};
  }
  // By way of homeassistant.turn_on and its like.
  if (engine_->owns(entity)) {
    ServiceCall own = call;
    own.domain = domain;
    own.target = target_of(entity);
    return engine_->call(own, now_);
  }
  if (present->state.state == "unavailable") return {Status::done, {}, {}, entity + " is unavailable"};
  return send_off(call, entity, to_wire_object(call.data));
}

// A device that is slow, deaf or at fault says so later: the step of a rule has ended when the command has
// left, unless it asked for the result.
ServiceOutcome SimulatedHouse::send_off(const ServiceCall& call, const std::string& entity,
                                        wire::Object data) {
  const Manners& manners = entities_.find(entity)->manners;
  Errand errand{entity, call.service, std::move(data), call.context, 0};
  if (!manners.fault.empty()) {
    if (call.wait_result) return failure(entity + ": " + manners.fault);
    return {Status::done, {}, {}, entity + ": " + manners.fault};
  }
  const bool unmoved = manners.unmoved, later = manners.deaf || manners.delay.count() > 0;
  if (later) {
    constexpr std::chrono::seconds kTimeout{15};
    if (call.wait_result) errand.call = call.id, ++waiting_[call.id];
    if (!manners.deaf) {
      errands_.emplace(now_ + manners.delay, std::move(errand));
    } else if (call.wait_result) {
      errands_.emplace(now_ + kTimeout, std::move(errand));
    }
    return {};
  }
  auto change = obey({entity, *entities_.find(entity), call.service, errand.data, now_, settings_.zone});
  if (change) {
    record_.wishes.push_back({stamp(), call.id, call.run, call.rule, call.domain + "." + call.service, entity,
                              change->state, change->attributes});
    if (!unmoved) apply(entity, std::move(*change), call.context);
    return {};
  }
  const wire::Error& error = change.error();
  if (schema_error(error.code)) return refusal(call.domain + "." + call.service + ": " + error.message());
  if (error.code == wire::ErrorCode::unsupported)
    return {Status::done, {}, {}, entity + ": " + error.message()};
  return failure(entity + ": " + error.message());
}

wire::Result<bool> SimulatedHouse::make_obey(const Errand& errand) {
  const Entities::Entity* present = entities_.find(errand.entity);
  if (present == nullptr) return true;
  auto change = obey({errand.entity, *present, errand.service, errand.data, now_, settings_.zone});
  if (!change) return change.error();
  apply(errand.entity, std::move(*change), errand.context);
  return true;
}

void SimulatedHouse::run_errand(const Errand& errand) {
  const Entities::Entity* device = entities_.find(errand.entity);
  const bool deaf = device == nullptr || device->manners.deaf;
  std::string error = deaf ? errand.entity + " did not answer in time" : std::string();
  if (!deaf) {
    const auto obeyed = make_obey(errand);
    if (!obeyed) error = errand.entity + ": " + obeyed.error().message();
  }
  const auto waiting = waiting_.find(errand.call);
  if (waiting == waiting_.end()) return;
  if (error.empty() && --waiting->second > 0) return;
  waiting_.erase(waiting);
  happen(ServiceDone{errand.call, error, {}});
}

void SimulatedHouse::abandon(std::uint64_t call) { waiting_.erase(call); }

}  // namespace gable::rules::simulation
