// Steps that do something: services, devices, events, variables, answers to a conversation.
#include <algorithm>
#include <array>
#include <optional>

#include "engine/device_entity.hpp"
#include "engine/runs/stepper.hpp"
#include "template/house/entity_ids.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

constexpr std::array<std::string_view, 5> kTargetKeys{"entity_id", "device_id", "area_id", "floor_id",
                                                      "label_id"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

// "a, b", one, or a list of them; empty ones are none.
void add_ids(const Value& value, bool entities, jinja::Values& out) {
  if (const jinja::Values* list = value.as_sequence()) {
    for (const Value& item : *list) add_ids(item, entities, out);
    return;
  }
  if (value.is_none() || value.is_undefined()) return;
  const std::string all = jinja::str(value);
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view one = trim(rest.substr(0, comma));
    if (!one.empty()) out.emplace_back(entities ? lower(one) : std::string(one));
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
  }
}

bool is_target_key(const Value& key) {
  const std::string* text = key.as_text();
  return text != nullptr && std::find(kTargetKeys.begin(), kTargetKeys.end(), *text) != kTargetKeys.end();
}

// Their data are whatever their author wanted: `entity_id` there need not be a target.
bool has_free_data(const ServiceCall& call) {
  constexpr std::array<std::string_view, 4> kFree{"python_script", "pyscript", "shell_command",
                                                  "rest_command"};
  constexpr std::array<std::string_view, 4> kOfScripts{"turn_on", "turn_off", "toggle", "reload"};
  if (call.domain != "script") return std::find(kFree.begin(), kFree.end(), call.domain) != kFree.end();
  return std::find(kOfScripts.begin(), kOfScripts.end(), call.service) == kOfScripts.end();
}

// What no entity can be called, an empty text too: Home Assistant fails such a step, while it only mentions
// an entity that is not there.
std::optional<std::string> impossible_entity(const Value& ids) {
  if (const jinja::Values* list = ids.as_sequence()) {
    for (const Value& item : *list) {
      if (auto wrong = impossible_entity(item)) return wrong;
    }
    return std::nullopt;
  }
  if (ids.is_none() || ids.is_undefined()) return std::nullopt;
  const std::string all = lower(jinja::str(ids));
  for (std::size_t begin = 0;;) {
    const std::size_t comma = std::min(all.find(',', begin), all.size());
    const std::string_view one = trim(std::string_view(all).substr(begin, comma - begin));
    const bool possible =
        one == "all" || one == "none" || jinja::is_valid_entity_id(one) || jinja::is_registry_id(one);
    if (!possible) return std::string(one);
    if (comma == all.size()) return std::nullopt;
    begin = comma + 1;
  }
}

// What is given for `key`, in the target or, in older files, among the data.
const Value* ids_of(std::string_view key, const jinja::Dict* given, const jinja::Dict* data) {
  const Value* ids = given != nullptr ? given->find(key) : nullptr;
  return ids == nullptr && data != nullptr ? data->find(key) : ids;
}

// A dict of lists, or None without one.
Value target_of(const jinja::Dict* given, const jinja::Dict* data) {
  auto target = std::make_shared<jinja::Dict>();
  for (const std::string_view key : kTargetKeys) {
    const Value* ids = ids_of(key, given, data);
    if (ids == nullptr) continue;
    jinja::Values list;
    add_ids(*ids, key == "entity_id", list);
    target->set(Value(key), Value::list(std::move(list)));
  }
  return target->size() == 0 ? Value() : Value(jinja::DictPtr(std::move(target)));
}

Value without_targets(const jinja::Dict& data) {
  auto out = std::make_shared<jinja::Dict>();
  for (const jinja::Dict::Entry& entry : data.entries()) {
    if (!is_target_key(entry.key)) out->set(entry.key, entry.value);
  }
  return jinja::DictPtr(std::move(out));
}

wire::Object effect_of(const ServiceCall& call) {
  wire::Object effect{{"service", call.domain + "." + call.service}};
  if (!call.target.is_none()) effect.set("target", brief(call.target));
  effect.set("data", brief(call.data));
  return effect;
}

}  // namespace

void Stepper::service(const ServiceAction& step) {
  const Rendered name = render_.text(step.service, scope());
  if (!name.ok()) return report("action: " + name.error);
  const std::string service = lower(trim(jinja::str(name.value)));
  const std::size_t dot = service.find('.');
  if (dot == service.npos || dot == 0 || dot + 1 == service.size()) {
    return report("'" + brief_text(service) + "' is no service: expected domain.service, as light.turn_on");
  }
  const Rendered target = render_.native(step.target, scope());
  if (!target.ok()) return report("target: " + target.error);
  const Rendered data = render_.native(step.data, scope());
  if (!data.ok()) return report("data: " + data.error);
  const jinja::Dict* fields = data.value.as_dict();
  if (fields == nullptr && !data.value.is_none()) {
    return report("data is '" + brief_text(jinja::str(data.value)) + "', expected a map");
  }
  ServiceCall call;
  call.domain = service.substr(0, dot);
  call.service = service.substr(dot + 1);
  // Only of data that are one template: of all others the reader has parted the targets.
  const bool mixed = step.data.kind() == Templated::Kind::text_template && !has_free_data(call);
  const jinja::Dict* among_data = mixed ? fields : nullptr;
  if (const Value* entities = ids_of("entity_id", target.value.as_dict(), among_data)) {
    if (const auto wrong = impossible_entity(*entities))
      return report(service + ": '" + brief_text(*wrong) + "' is no entity id");
  }
  call.target = target_of(target.value.as_dict(), among_data);
  call.data = fields == nullptr ? Value(std::make_shared<jinja::Dict>())
              : mixed           ? without_targets(*fields)
                                : data.value;
  call.wants_response = !step.response_variable.empty();
  call.wait_result = step.wait_result;
  this->call(std::move(call));
}

void Stepper::device(const DeviceAction& step) {
  const DeviceService service = service_of(step);
  ServiceCall call;
  call.domain = service.domain;
  call.service = service.service;
  auto target = std::make_shared<jinja::Dict>();
  // An id that nobody here knows stays as it is: the house says that there is no such entity.
  std::string entity =
      find_entity({step.device, step.domain, step.entity, {}}, workshop_.surroundings.house());
  if (entity.empty()) entity = step.entity;
  const bool by_entity = !step.entity.empty();
  target->set(by_entity ? "entity_id" : "device_id", Value::list({Value(by_entity ? entity : step.device)}));
  call.target = jinja::DictPtr(std::move(target));
  auto data = std::make_shared<jinja::Dict>();
  if (!service.key.empty()) data->set(service.key, service.value);
  for (const auto& [key, templated] : step.options) {
    const Rendered rendered = render_.native(templated, scope());
    if (!rendered.ok()) return report(key + ": " + rendered.error);
    data->set(key, rendered.value);
  }
  call.data = jinja::DictPtr(std::move(data));
  this->call(std::move(call));
}

bool Stepper::withhold(wire::Object effect) {
  if (!run_.runnable.shadow) return false;
  note("withheld", std::move(effect));
  return true;
}

void Stepper::call(ServiceCall call) {
  call.id = workshop_.numbers.next(now_);
  call.context = run_.context;
  call.rule = run_.runnable.entity;
  call.run = run_.id;
  const wire::Object effect = effect_of(call);
  if (withhold(effect)) {
    if (call.wants_response) respond(Value(std::make_shared<jinja::Dict>()));
    return advance();
  }
  note("call", effect);
  const ServiceOutcome outcome = workshop_.surroundings.call(call);
  take(outcome, std::move(call));
}

void Stepper::take(const ServiceOutcome& outcome, ServiceCall call) {
  if (!outcome.note.empty()) note("note", brief_text(outcome.note));
  switch (outcome.status) {
    case ServiceOutcome::Status::done:
      if (call.wants_response) respond(outcome.response);
      return advance();
    case ServiceOutcome::Status::failed:
      return report(outcome.error);
    case ServiceOutcome::Status::refused:
      return fail(outcome.error);
    case ServiceOutcome::Status::unknown:
      note("result", "outcome unknown");
      return advance();
    case ServiceOutcome::Status::pending:
      break;
  }
  Wait wait;
  wait.kind = Wait::Kind::call;
  wait.call = std::move(call);
  this->wait(std::move(wait));
}

void Stepper::respond(const Value& response) {
  note("response", brief(response));
  const Action& step = this->step();
  const auto* service = std::get_if<ServiceAction>(&step.kind);
  if (service != nullptr) scope().assign(service->response_variable, response);
}

void Stepper::on_done(const ServiceDone& done) {
  const bool wants_response = strand_.wait.call.wants_response;
  leave();
  if (!done.error.empty()) return report(done.error);
  if (wants_response) respond(done.response);
  advance();
}

void Stepper::variables(const VariablesAction& step) {
  wire::Object changed;
  for (const auto& [name, templated] : step.variables) {
    const Rendered rendered = render_.native(templated, scope());
    if (!rendered.ok()) return fail("variables: " + name + ": " + rendered.error);
    scope().assign(name, rendered.value);
    changed.set(name, brief(rendered.value));
  }
  note("variables", std::move(changed));
  advance();
}

void Stepper::event(const EventAction& step) {
  const Rendered type = render_.text(step.type, scope());
  if (!type.ok()) return fail("event: " + type.error);
  BusEvent event;
  event.type = jinja::str(type.value);
  event.context = run_.context;
  const Rendered data = render_.native(step.data, scope());
  if (!data.ok()) {
    // Home Assistant fires it all the same.
    note("error", brief_text(data.error));
    log("error", "event_data: " + data.error);
  }
  const bool has_data = data.ok() && data.value.as_dict() != nullptr;
  event.data = has_data ? data.value : Value(std::make_shared<jinja::Dict>());
  wire::Object effect{{"event", event.type}, {"data", brief(event.data)}};
  if (!withhold(effect)) {
    note("fired", std::move(effect));
    workshop_.surroundings.fire(event);
  }
  advance();
}

void Stepper::conversation(const ConversationResponseAction& step) {
  const Rendered text = render_.text(step.text, scope());
  if (!text.ok()) return fail("set_conversation_response: " + text.error);
  run_.spoken = jinja::str(text.value);
  note("response", brief_text(run_.spoken));
  advance();
}

}  // namespace gable::rules
