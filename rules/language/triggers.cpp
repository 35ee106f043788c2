// Triggers: lists, groups, the keys that all of them have, and the platforms by their names.

#include <algorithm>
#include <array>

#include "language/readers.hpp"
#include "language/trigger_readers.hpp"
#include "wire/domains.hpp"

namespace gable::rules {

namespace {

struct Platform {
  std::string_view name;
  std::string_view what;
  TriggerKind (*read)(Fields& fields);
  // May have its own keys within `options:`, as newer files do.
  bool takes_options = false;
};

constexpr std::array kPlatforms{
    Platform{"state", "a state trigger", read_state_trigger},
    Platform{"numeric_state", "a numeric_state trigger", read_numeric_state_trigger},
    Platform{"time", "a time trigger", read_time_trigger},
    Platform{"time_pattern", "a time_pattern trigger", read_time_pattern_trigger},
    Platform{"sun", "a sun trigger", read_sun_trigger, true},
    Platform{"calendar", "a calendar trigger", read_calendar_trigger},
    Platform{"template", "a template trigger", read_template_trigger},
    Platform{"mqtt", "an mqtt trigger", read_mqtt_trigger, true},
    Platform{"event", "an event trigger", read_event_trigger},
    Platform{"homeassistant", "a homeassistant trigger", read_homeassistant_trigger},
    Platform{"zone", "a zone trigger", read_zone_trigger, true},
    Platform{"webhook", "a webhook trigger", read_webhook_trigger},
    Platform{"tag", "a tag trigger", read_tag_trigger},
    Platform{"device", "a device trigger", read_device_trigger},
};

// Home Assistant has them, but they come from a service or an integration of its own.
constexpr std::array<std::string_view, 6> kForeign{"conversation", "geo_location", "persistent_notification",
                                                   "litejet",      "knx",          "zwave_js"};

const Platform* find_platform(std::string_view name) {
  const auto found = std::ranges::find(kPlatforms, name, &Platform::name);
  return found == kPlatforms.end() ? nullptr : &*found;
}

void refuse_platform(Reading& reading, yaml::Node node, const std::string& name) {
  if (name.find('.') != name.npos && name.find('{') == name.npos) {
    const bool of_entities = wire::find_domain(name.substr(0, name.find('.'))) != nullptr;
    reading.unsupported(node, "the trigger '" + name + "' is not offered here; " +
                                  (of_entities ? "write it as a state or numeric_state trigger"
                                               : "if it is about an entity, write it as a state trigger"));
    return;
  }
  std::array<std::string_view, kPlatforms.size()> names{};
  std::ranges::transform(kPlatforms, names.begin(), &Platform::name);
  const std::string_view near = wire::nearest(name, names);
  std::string message = "there is no trigger '" + name + "'";
  if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
  reading.error(node, "unknown_platform", std::move(message), std::string(near));
}

void refuse_nameless(Reading& reading, yaml::Node node) {
  constexpr std::array<std::string_view, 2> kNames{"trigger", "platform"};
  for (const yaml::Entry& entry : node.entries()) {
    const std::string key = yaml::text_of(entry.key);
    const std::string_view near = wire::nearest(key, kNames);
    if (near.empty()) continue;
    reading.error(entry.key, "unknown_key",
                  "a trigger has no key '" + key + "'; did you mean '" + std::string(near) + "'?",
                  std::string(near));
    return;
  }
  reading.error(node, "missing_key", "a trigger needs 'trigger', the name of its kind");
}

// What is left in the map is the platform's own, or in `options:` where it has that.
TriggerKind read_kind(Fields& fields, const Platform& platform) {
  const std::optional<yaml::Node> options =
      platform.takes_options ? fields.take("options") : std::optional<yaml::Node>();
  if (!options) {
    TriggerKind kind = platform.read(fields);
    fields.finish();
    return kind;
  }
  fields.finish();
  if (!options->is_map()) {
    fields.reading().error(*options, "wrong_type", "options: expected a map, got " + shown(*options));
    return {};
  }
  Fields own(fields.reading(), *options, fields.what());
  TriggerKind kind = platform.read(own);
  own.finish();
  return kind;
}

void read_common(Fields& fields, Trigger& trigger) {
  Reading& reading = fields.reading();
  if (const auto id = fields.take("id")) trigger.id = read_quoted_text(reading, *id, "id");
  if (const auto alias = fields.take("alias")) trigger.alias = read_quoted_text(reading, *alias, "alias");
  if (const auto enabled = fields.take("enabled")) trigger.enabled = read_enabled(reading, *enabled);
  if (const auto variables = fields.take("variables"))
    trigger.variables = read_variables(reading, *variables, "variables");
}

bool is_foreign(std::string_view platform) { return std::ranges::find(kForeign, platform) != kForeign.end(); }

// `foreign`: where those stand that never happen here.
Trigger read_trigger(Reading& reading, yaml::Node node, std::vector<yaml::Node>& foreign) {
  Trigger trigger;
  trigger.place = reading.place(node);
  const std::optional<yaml::Node> written = node.find("trigger");
  const std::optional<yaml::Node> former = node.find("platform");
  const std::optional<yaml::Node> name = written ? written : former;
  if (name) trigger.platform = read_text(reading, *name, "trigger");
  const Platform* platform = find_platform(trigger.platform);
  Fields fields(reading, node, platform != nullptr ? std::string(platform->what) : "a trigger");
  fields.take("trigger", "platform");
  read_common(fields, trigger);
  if (platform != nullptr) {
    trigger.kind = read_kind(fields, *platform);
  } else if (is_purpose(trigger.platform)) {
    trigger.kind = read_purpose_trigger(fields, trigger.platform);
  } else if (!name) {
    refuse_nameless(reading, node);
  } else if (is_foreign(trigger.platform)) {
    fields.rest();
    trigger.enabled = Templated(jinja::Value(false));
    foreign.push_back(*name);
  } else if (!trigger.platform.empty()) {
    refuse_platform(reading, *name, trigger.platform);
  }
  return trigger;
}

void add_triggers(Reading& reading, yaml::Node node, std::vector<Trigger>& out,
                  std::vector<yaml::Node>& foreign) {
  if (node.tag() != yaml::Tag::none) {
    plain_value(reading, node);  // says so
    return;
  }
  if (!node.is_map()) {
    reading.error(node, "wrong_type", "a trigger: expected a map, got " + shown(node));
    return;
  }
  const std::optional<yaml::Node> group = node.find("triggers");
  if (!group || node.size() != 1) {
    out.push_back(read_trigger(reading, node, foreign));
    return;
  }
  if (!group->is_list()) {
    add_triggers(reading, *group, out, foreign);
    return;
  }
  for (const yaml::Node item : group->items()) add_triggers(reading, item, out, foreign);
}

}  // namespace

std::vector<Trigger> read_triggers(Reading& reading, yaml::Node node) {
  std::vector<Trigger> triggers;
  if (node.is_null()) return triggers;
  std::vector<yaml::Node> foreign;
  if (node.is_list()) {
    triggers.reserve(node.size());
    for (const yaml::Node item : node.items()) add_triggers(reading, item, triggers, foreign);
  } else {
    add_triggers(reading, node, triggers, foreign);
  }
  // The others do their work without them.
  for (const yaml::Node name : foreign) {
    const std::string text =
        "the trigger '" + yaml::text_of(name) + "' is not offered here: nothing in this house makes it";
    if (foreign.size() == triggers.size())
      reading.unsupported(name, text);
    else
      reading.warn(name, "unsupported", text);
  }
  return triggers;
}

}  // namespace gable::rules
