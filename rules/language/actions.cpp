// Actions: which kind a step is, what all kinds share, and the simple kinds. Services and the flow of a run
// have files of their own.
#include <algorithm>
#include <array>

#include "language/action_readers.hpp"
#include "language/templated_map.hpp"
#include "language/values.hpp"
#include "wire/domains.hpp"

namespace gable::rules {

namespace {

std::optional<Period> read_timeout(Fields& fields) {
  const auto timeout = fields.take("timeout");
  if (!timeout) return std::nullopt;
  return read_period(fields.reading(), *timeout, "timeout");
}

bool read_continue_on_timeout(Fields& fields) {
  const auto given = fields.take("continue_on_timeout");
  return !given || read_boolean(fields.reading(), *given, "continue_on_timeout");
}

ActionKind read_delay(Fields& fields) {
  DelayAction action;
  if (const auto delay = fields.take("delay")) action.period = read_period(fields.reading(), *delay, "delay");
  return action;
}

ActionKind read_wait_template(Fields& fields) {
  WaitTemplateAction action;
  if (const auto wait = fields.take("wait_template"))
    action.condition = template_only(fields.reading(), *wait, "wait_template");
  action.timeout = read_timeout(fields);
  action.continue_on_timeout = read_continue_on_timeout(fields);
  return action;
}

ActionKind read_wait_for_trigger(Fields& fields) {
  WaitForTriggerAction action;
  if (const auto wait = fields.take("wait_for_trigger"))
    action.triggers = read_triggers(fields.reading(), *wait);
  action.timeout = read_timeout(fields);
  action.continue_on_timeout = read_continue_on_timeout(fields);
  return action;
}

ActionKind read_variables_step(Fields& fields) {
  VariablesAction action;
  if (const auto variables = fields.take("variables"))
    action.variables = read_variables(fields.reading(), *variables, "variables");
  return action;
}

// The reason is no template: Home Assistant shows it as it is written.
ActionKind read_stop(Fields& fields) {
  StopAction action;
  const auto reason = fields.take("stop");
  if (reason && !reason->is_null())
    action.reason = Templated(jinja::Value(read_text(fields.reading(), *reason, "stop")));
  const auto error = fields.take("error");
  const auto response = fields.take("response_variable");
  if (error) action.error = read_boolean(fields.reading(), *error, "error");
  if (response) action.response_variable = read_text(fields.reading(), *response, "response_variable");
  if (error && response) {
    fields.reading().error(
        *response, "contradiction",
        "a stop has either 'error' or 'response_variable': a run that fails gives no response");
  }
  return action;
}

ActionKind read_event(Fields& fields) {
  EventAction action;
  if (const auto type = fields.take("event"))
    action.type = Templated(jinja::Value(read_text(fields.reading(), *type, "event")));
  action.data = read_data(fields, "event_data", "event_data_template");
  return action;
}

// `scene: scene.evening` is scene.turn_on.
ActionKind read_scene(Fields& fields) {
  ServiceAction action;
  action.service = Templated(jinja::Value("scene.turn_on"));
  fields.ignore({"metadata"});
  const auto scene = fields.take("scene");
  if (!scene) return action;
  const EntityIds entities = read_entity_ids(fields.reading(), *scene, "scene");
  jinja::Values ids;
  for (const std::string& entity : entities) {
    if (!entity.starts_with("scene."))
      fields.reading().error(*scene, "wrong_domain", "scene: expected a scene, got '" + entity + "'");
    ids.emplace_back(entity);
  }
  TemplatedMap target;
  target.put("entity_id", Templated(jinja::Value::list(std::move(ids))));
  action.target = target.take(fields.reading().place(*scene));
  return action;
}

ActionKind read_conversation_response(Fields& fields) {
  ConversationResponseAction action;
  const auto text = fields.take("set_conversation_response");
  if (text && !text->is_null())
    action.text = templated_text(fields.reading(), *text, "set_conversation_response");
  return action;
}

std::string text_field(Fields& fields, std::string_view key) {
  const auto given = fields.take(key);
  return given ? read_text(fields.reading(), *given, key) : std::string();
}

// What else belongs to it, the device's domain knows.
ActionKind read_device(Fields& fields) {
  DeviceAction action;
  fields.require("domain");
  fields.require("type");
  action.device = text_field(fields, "device_id");
  action.domain = text_field(fields, "domain");
  action.type = text_field(fields, "type");
  action.subtype = text_field(fields, "subtype");
  action.entity = text_field(fields, "entity_id");
  fields.ignore({"metadata"});
  for (const yaml::Entry& entry : fields.rest())
    action.options.emplace_back(yaml::text_of(entry.key), templated_value(fields.reading(), entry.value));
  return action;
}

using KindReader = ActionKind (*)(Fields&);
struct Kind {
  std::string_view key, what;
  KindReader read;
};

// In Home Assistant's order: the first key that a step has says what it is.
constexpr std::array<Kind, 17> kKinds{
    {{"delay", "a delay", read_delay},
     {"wait_template", "a wait for a template", read_wait_template},
     {"event", "an event", read_event},
     {"device_id", "a device action", read_device},
     {"scene", "a scene step", read_scene},
     {"repeat", "a repeat", read_repeat},
     {"choose", "a choose", read_choose},
     {"wait_for_trigger", "a wait for a trigger", read_wait_for_trigger},
     {"variables", "a variables step", read_variables_step},
     {"if", "an if", read_if},
     {"action", "a service step", read_service},
     {"service", "a service step", read_service},
     {"service_template", "a service step", read_service},
     {"stop", "a stop", read_stop},
     {"parallel", "a parallel", read_parallel},
     {"sequence", "a sequence", read_nested_sequence},
     {"set_conversation_response", "a conversation response", read_conversation_response}}};

const Kind* kind_of(yaml::Node node) {
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(),
                                   [node](const Kind& kind) { return node.find(kind.key).has_value(); });
  return found == kKinds.end() ? nullptr : found;
}

void refuse_unknown(Reading& reading, yaml::Node node) {
  std::vector<std::string_view> keys{"condition", "and", "or", "not"};
  for (const Kind& kind : kKinds) keys.push_back(kind.key);
  for (const yaml::Entry& entry : node.entries()) {
    const std::string key = yaml::text_of(entry.key);
    const std::string_view near = wire::nearest(key, keys);
    if (near.empty() || near == key) continue;
    reading.error(entry.key, "unknown_action",
                  "no action has the key '" + key + "'; did you mean '" + std::string(near) + "'?",
                  std::string(near));
    return;
  }
  reading.error(
      node, "unknown_action",
      "this is no action: it has none of action, delay, choose, if, repeat, variables, wait_template, "
      "wait_for_trigger, condition, event, parallel, sequence, stop …");
}

void add_condition(Reading& reading, yaml::Node node, Sequence& out) {
  Action action;
  action.place = reading.place(node);
  Condition condition = read_condition(reading, node);
  action.alias = condition.alias;
  action.enabled = condition.enabled;
  action.kind = ConditionAction{std::move(condition)};
  out.push_back(std::move(action));
}

// `delay` before conditions, conditions before all else, as Home Assistant looks for them.
bool is_condition_step(yaml::Node node) {
  if (node.find("delay") || node.find("wait_template")) return false;
  return is_condition(node);
}

void add_action(Reading& reading, yaml::Node node, Sequence& out) {
  if (is_condition_step(node)) return add_condition(reading, node, out);
  const Kind* kind = kind_of(node);
  if (kind == nullptr) return refuse_unknown(reading, node);
  Fields fields(reading, node, std::string(kind->what));
  Action action;
  action.place = reading.place(node);
  if (const auto alias = fields.take("alias")) action.alias = read_text(reading, *alias, "alias");
  if (const auto enabled = fields.take("enabled")) action.enabled = read_enabled(reading, *enabled);
  if (const auto given = fields.take("continue_on_error"))
    action.continue_on_error = read_boolean(reading, *given, "continue_on_error");
  action.kind = kind->read(fields);
  fields.finish();
  out.push_back(std::move(action));
}

void add_steps(Reading& reading, yaml::Node node, Sequence& out) {
  if (node.is_list()) {
    out.reserve(out.size() + node.size());
    for (const yaml::Node item : node.items()) {
      if (item.is_null()) {
        refuse_form(reading, item, "an action", "a map");
        continue;
      }
      add_steps(reading, item, out);
    }
    return;
  }
  const bool shorthand = node.is_text() && node.tag() == yaml::Tag::none && holds_template(node.written());
  if (shorthand) return add_condition(reading, node, out);
  if (node.is_map()) return add_action(reading, node, out);
  refuse_form(reading, node, "an action", "a map");
}

}  // namespace

bool holds_template(std::string_view text) {
  return text.find("{{") != text.npos || text.find("{%") != text.npos || text.find("{#") != text.npos;
}

void refuse_form(Reading& reading, yaml::Node node, std::string_view what, std::string_view expected) {
  if (node.tag() != yaml::Tag::none) {
    // Says what is wrong with the tag.
    templated_value(reading, node);
    return;
  }
  reading.error(node, "wrong_type",
                std::string(what) + ": expected " + std::string(expected) + ", got " + shown(node));
}

Sequence read_sequence(Reading& reading, yaml::Node node) {
  Sequence out;
  if (node.is_null()) return out;
  add_steps(reading, node, out);
  return out;
}

}  // namespace gable::rules
