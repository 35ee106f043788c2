#include "discovery/outward/announce.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "wire/json.hpp"

namespace gable::discovery {

namespace {

using wire::EntityDescription;
using wire::List;
using wire::Object;
using wire::TopicKind;

// Our domain → theirs. What is not here has no platform of theirs that fits.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kPlatforms{{
    {"light", "light"},
    {"switch", "switch"},
    {"input_boolean", "switch"},
    {"binary_sensor", "binary_sensor"},
    {"schedule", "binary_sensor"},
    {"sensor", "sensor"},
    {"counter", "sensor"},
    {"timer", "sensor"},
    {"cover", "cover"},
    {"valve", "valve"},
    {"lock", "lock"},
    {"fan", "fan"},
    {"climate", "climate"},
    {"siren", "siren"},
    {"button", "button"},
    {"input_button", "button"},
    {"scene", "scene"},
    {"number", "number"},
    {"input_number", "number"},
    {"select", "select"},
    {"input_select", "select"},
    {"text", "text"},
    {"input_text", "text"},
    {"event", "event"},
    {"device_tracker", "device_tracker"},
    {"update", "update"},
}};

std::string_view platform_of(std::string_view domain) {
  const auto found = std::find_if(kPlatforms.begin(), kPlatforms.end(),
                                  [&](const auto& pair) { return pair.first == domain; });
  return found == kPlatforms.end() ? std::string_view() : found->second;
}

List texts(const std::vector<std::string>& all) {
  List list;
  list.reserve(all.size());
  for (const auto& text : all) list.emplace_back(text);
  return list;
}

// One entity's announcement on its way.
class Draft {
 public:
  Draft(const Offered& entity, const wire::TopicTree& topics)
      : entity_(entity),
        state_(topics.entity(TopicKind::state, entity.id)),
        set_(topics.entity(TopicKind::set, entity.id)),
        event_(topics.entity(TopicKind::event, entity.id)) {}

  Object config;

  [[nodiscard]] const EntityDescription& about() const { return entity_.description; }
  [[nodiscard]] bool has(std::string_view feature) const { return about().has_feature(feature); }
  [[nodiscard]] const wire::Value* capability(std::string_view name) const {
    return about().capabilities.find(name);
  }

  void put(std::string key, wire::Value value) { config.set(std::move(key), std::move(value)); }
  void state() {
    put("state_topic", state_);
    put("value_template", "{{ value_json.state }}");
  }
  void command() { put("command_topic", set_); }
  // <name>_state_topic/_template and <name>_command_topic/_template; `attribute` of ours.
  void both(const std::string& name, std::string_view attribute, const std::string& command,
            const char* template_key = "_state_template") {
    put(name + "_state_topic", state_);
    put(name + template_key, "{{ value_json." + std::string(attribute) + " }}");
    put(name + "_command_topic", set_);
    put(name + "_command_template", command);
  }
  void reading(const std::string& topic_key, const std::string& template_key, std::string_view attribute) {
    put(topic_key, state_);
    put(template_key, "{{ value_json." + std::string(attribute) + " }}");
  }
  void events() {
    put("state_topic", event_);
    put("event_types", texts(about().event_types));
  }
  void list_from(std::string key, std::string_view name) {
    if (const wire::Value* value = capability(name)) put(std::move(key), *value);
  }
  [[nodiscard]] const std::string& set() const { return set_; }

 private:
  const Offered& entity_;
  std::string state_, set_, event_;
};

std::string service(std::string_view name, std::string_view param = {}, std::string_view value = "value") {
  std::string out = R"({"service":")" + std::string(name) + "\"";
  if (!param.empty()) out += ",\"" + std::string(param) + "\":{{ " + std::string(value) + " | tojson }}";
  return out + "}";
}

void on_off(Draft& draft) {
  draft.state();
  draft.command();
  draft.put("payload_on", "on");
  draft.put("payload_off", "off");
}

void light(Draft& draft) {
  on_off(draft);
  draft.config.erase("value_template");
  draft.put("state_value_template", "{{ value_json.state }}");
  draft.put("on_command_type", "first");
  const bool color_temp = draft.has("color_temp");
  const bool color =
      draft.has("hs") || draft.has("xy") || draft.has("rgb") || draft.has("rgbw") || draft.has("rgbww");
  if (draft.has("brightness") || color_temp || color)
    draft.both("brightness", "brightness", service("turn_on", "brightness", "value | int"),
               "_value_template");
  if (color_temp) {
    draft.put("color_temp_kelvin", true);
    draft.both("color_temp", "color_temp_kelvin", service("turn_on", "color_temp_kelvin", "value | int"),
               "_value_template");
    draft.list_from("min_kelvin", "min_color_temp_kelvin");
    draft.list_from("max_kelvin", "max_color_temp_kelvin");
  }
  if (draft.has("xy")) {
    draft.both("xy", "xy_color | join(',')", R"({"service":"turn_on","xy_color":[{{ x }},{{ y }}]})",
               "_value_template");
  } else if (draft.has("hs")) {
    draft.both("hs", "hs_color | join(',')", R"({"service":"turn_on","hs_color":[{{ hue }},{{ sat }}]})",
               "_value_template");
  } else if (color) {
    draft.both("rgb", "rgb_color | join(',')",
               R"({"service":"turn_on","rgb_color":[{{ red }},{{ green }},{{ blue }}]})", "_value_template");
  }
  if (!draft.has("effect")) return;
  draft.both("effect", "effect", service("turn_on", "effect"), "_value_template");
  draft.list_from("effect_list", "effect_list");
}

void sensor(Draft& draft) {
  draft.state();
  if (!draft.about().options.empty()) draft.put("options", texts(draft.about().options));
}

void binary_sensor(Draft& draft) {
  draft.state();
  draft.put("payload_on", "on");
  draft.put("payload_off", "off");
}

void cover(Draft& draft) {
  draft.state();
  draft.command();
  draft.put("payload_open", draft.has("open") ? wire::Value(service("open_cover")) : wire::Value());
  draft.put("payload_close", draft.has("close") ? wire::Value(service("close_cover")) : wire::Value());
  draft.put("payload_stop", draft.has("stop") ? wire::Value(service("stop_cover")) : wire::Value());
  if (draft.has("set_position")) {
    draft.reading("position_topic", "position_template", "current_position");
    draft.put("set_position_topic", draft.set());
    draft.put("set_position_template", service("set_cover_position", "position", "position | int"));
  }
  if (!draft.has("set_tilt_position")) return;
  draft.reading("tilt_status_topic", "tilt_status_template", "current_tilt_position");
  draft.put("tilt_command_topic", draft.set());
  draft.put("tilt_command_template",
            service("set_cover_tilt_position", "tilt_position", "tilt_position | int"));
}

void valve(Draft& draft) {
  draft.state();
  draft.command();
  draft.put("payload_open", service("open_valve"));
  draft.put("payload_close", service("close_valve"));
}

void lock(Draft& draft) {
  draft.state();
  draft.command();
  draft.put("payload_lock", service("lock"));
  draft.put("payload_unlock", service("unlock"));
  if (draft.has("open")) draft.put("payload_open", service("open"));
  for (const auto* state : {"locked", "unlocked", "locking", "unlocking", "jammed"})
    draft.put(std::string("state_") + state, state);
}

void fan(Draft& draft) {
  on_off(draft);
  draft.config.erase("value_template");
  draft.put("state_value_template", "{{ value_json.state }}");
  if (draft.has("set_speed"))
    draft.both("percentage", "percentage", service("set_percentage", "percentage", "value | int"),
               "_value_template");
  if (draft.has("preset_mode")) {
    draft.both("preset_mode", "preset_mode", service("set_preset_mode", "preset_mode"), "_value_template");
    draft.list_from("preset_modes", "preset_modes");
  }
}

void climate(Draft& draft) {
  draft.both("mode", "state", service("set_hvac_mode", "hvac_mode"));
  draft.list_from("modes", "hvac_modes");
  if (draft.has("target_temperature"))
    draft.both("temperature", "temperature", service("set_temperature", "temperature", "value | float"));
  draft.reading("current_temperature_topic", "current_temperature_template", "current_temperature");
  draft.reading("action_topic", "action_template", "hvac_action");
  if (draft.has("preset_mode")) {
    draft.both("preset_mode", "preset_mode", service("set_preset_mode", "preset_mode"), "_value_template");
    draft.list_from("preset_modes", "preset_modes");
  }
  if (draft.has("fan_mode")) {
    draft.both("fan_mode", "fan_mode", service("set_fan_mode", "fan_mode"));
    draft.list_from("fan_modes", "fan_modes");
  }
  for (const auto* key : {"min_temp", "max_temp"}) draft.list_from(key, key);
  draft.list_from("temp_step", "target_temp_step");
}

void button(Draft& draft) {
  draft.command();
  draft.put("payload_press", service("press"));
}

void scene(Draft& draft) {
  draft.command();
  draft.put("payload_on", service("turn_on"));
}

void number(Draft& draft) {
  draft.state();
  draft.command();
  const EntityDescription& about = draft.about();
  if (about.min) draft.put("min", *about.min);
  if (about.max) draft.put("max", *about.max);
  if (about.step) draft.put("step", *about.step);
}

void select(Draft& draft) {
  draft.state();
  draft.command();
  draft.put("command_template", R"({"state":{{ value | tojson }}})");
  draft.put("options", texts(draft.about().options));
}

void text(Draft& draft) {
  draft.state();
  draft.command();
  draft.put("command_template", R"({"state":{{ value | tojson }}})");
}

void siren(Draft& draft) {
  on_off(draft);
  draft.config.erase("value_template");
  draft.put("state_value_template", "{{ value_json.state }}");
  draft.put("command_template", R"({"state":"{{ value }}"})");
}

void event(Draft& draft) { draft.events(); }

void update(Draft& draft) {
  draft.reading("state_topic", "value_template", "installed_version");
  draft.reading("latest_version_topic", "latest_version_template", "latest_version");
  draft.command();
  draft.put("payload_install", service("install"));
}

using Maker = void (*)(Draft&);
constexpr std::array<std::pair<std::string_view, Maker>, 18> kMakers{{
    {"light", light},
    {"switch", on_off},
    {"binary_sensor", binary_sensor},
    {"sensor", sensor},
    {"device_tracker", sensor},
    {"cover", cover},
    {"valve", valve},
    {"lock", lock},
    {"fan", fan},
    {"climate", climate},
    {"siren", siren},
    {"button", button},
    {"scene", scene},
    {"number", number},
    {"select", select},
    {"text", text},
    {"event", event},
    {"update", update},
}};

Object device_block(const Offered& entity, std::string_view node) {
  List identifiers;
  for (const auto& id : entity.device.identifiers) identifiers.emplace_back(std::string(node) + "_" + id);
  if (identifiers.empty()) identifiers.emplace_back(std::string(node));
  Object device{{"identifiers", std::move(identifiers)}};
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) device.append(key, value);
  };
  put("name", entity.device.identifiers.empty() ? "Gable" : entity.device.name);
  put("manufacturer", entity.device.manufacturer);
  put("model", entity.device.model);
  put("sw_version", entity.device.sw_version);
  put("suggested_area", entity.device.suggested_area);
  return device;
}

void put_common(Draft& draft, const Offered& entity, const wire::TopicTree& topics,
                std::string_view platform) {
  const EntityDescription& about = entity.description;
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) draft.put(key, value);
  };
  if (about.name.empty() && !entity.device.identifiers.empty())
    draft.put("name", wire::Value());
  else
    draft.put("name", about.name.empty() ? std::string(entity.name) : about.name);
  draft.put("default_entity_id", std::string(platform) + "." + std::string(entity.id.object_id()));
  put("device_class", about.device_class);
  put("unit_of_measurement", about.unit);
  put("state_class", about.state_class);
  put("entity_category", about.entity_category);
  put("icon", about.icon);
  draft.put("availability_topic", topics.entity(TopicKind::availability, entity.id));
  draft.put("availability_template", "{{ 'offline' if value_json.status == 'offline' else 'online' }}");
}

}  // namespace

std::string Outward::node_id() const { return "gable_" + std::string(topics_.root()); }

std::string Outward::topic_of(const wire::EntityId& id) const {
  return prefix_ + "/" + std::string(platform_of(id.domain())) + "/" + node_id() + "/" +
         std::string(id.domain()) + "_" + std::string(id.object_id()) + "/config";
}

std::optional<OutwardMessage> Outward::announce(const Offered& entity) const {
  const std::string_view platform = platform_of(entity.id.domain());
  const auto maker =
      std::find_if(kMakers.begin(), kMakers.end(), [&](const auto& pair) { return pair.first == platform; });
  if (maker == kMakers.end()) return std::nullopt;
  Draft draft(entity, topics_);
  maker->second(draft);
  put_common(draft, entity, topics_, platform);
  draft.put("unique_id", node_id() + "_" + std::string(entity.source));
  draft.put("device", device_block(entity, node_id()));
  draft.put("origin", Object{{"name", "Gable"}});
  return OutwardMessage{topic_of(entity.id), wire::to_json(draft.config)};
}

}  // namespace gable::discovery
