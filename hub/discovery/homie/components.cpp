#include "discovery/homie/components.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "discovery/homie/formats.hpp"
#include "discovery/homie/lights.hpp"
#include "discovery/homie/words.hpp"

namespace gable::discovery::homie {

namespace {

// A sleeping device has its last values and takes commands when it wakes; `alert` (Homie 3, 4) is one that
// runs and wants somebody to look.
constexpr std::string_view kAvailable =
    "{{ 'online' if value in ('ready', 'sleeping', 'alert') else 'offline' }}";
// A zero byte stands for the empty string, which as a retained payload would take the topic away (Homie 5).
constexpr std::string_view kReadText = "{{ '' if value == '\\x00' else value }}";
constexpr std::string_view kReadTextOfSensor = "{{ 'None' if value == '\\x00' else value }}";
constexpr std::string_view kWriteText = "{{ value if value else '\\x00' }}";
// PT1H30M5.5S → seconds.
constexpr std::string_view kSeconds =
    "{% set p = value | regex_findall('^PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9.]+)S)?$') %}"
    "{{ p[0][0] | int(0) * 3600 + p[0][1] | int(0) * 60 + p[0][2] | float(0) if p else 'None' }}";
// Where a number has no limits: the whole numbers that a double holds exactly.
constexpr double kUnlimited = 9007199254740991.0;

wire::Value number(double value) {
  const bool whole = value == std::floor(value) && std::fabs(value) <= kUnlimited;
  return whole ? wire::Value(static_cast<std::int64_t>(value)) : wire::Value(value);
}

wire::List options_of(const Property& property) {
  wire::List options;
  for (std::string& option : split_options(property.format)) options.emplace_back(std::move(option));
  return options;
}

class Maker {
 public:
  explicit Maker(const Model& model) : model_(model) {
    device_.identifiers.push_back(identifier_of(model.base));
    device_.name = trimmed(model.name);
    if (device_.name.empty()) device_.name = model.base.substr(model.base.rfind('/') + 1);
    device_.model = model.type;
    device_.sw_version = model.sw_version;
    if (!model.mac.empty()) device_.connections.emplace_back("mac", model.mac);
    if (!model.parent.empty()) device_.via_device = identifier_of(model.parent);
  }

  std::vector<Component> all() {
    for (const Node& node : model_.nodes) add_node(node);
    for (const std::string& stat : model_.stats) add_stat(stat);
    return std::move(components_);
  }

 private:
  void add_node(const Node& node) {
    std::vector<Light> lights = lights_of(model_, node);
    for (const Property& property : node.properties) {
      const auto of = std::ranges::find(lights, &property, &Light::leader);
      if (of != lights.end()) {
        begin("light", node, property).config = std::move(of->config);
        finish(node, property);
      } else if (std::ranges::none_of(lights, [&](const Light& light) {
                   return std::ranges::find(light.parts, &property) != light.parts.end();
                 })) {
        add_property(node, property);
      }
    }
  }

  Component& begin(std::string_view platform, const Node& node, const Property& property) {
    Component& made = components_.emplace_back();
    made.platform = platform;
    made.key = node.id + " " + property.id + " " + model_.base;
    return made;
  }

  // What all have. The topics of the state come first: people read them.
  void finish(const Node& node, const Property& property) {
    const std::string topic = model_.base + "/" + node.id + "/" + property.id;
    wire::Object& config = components_.back().config;
    config.set("name", display_name(node, property));
    config.set("unique_id", topic);
    if (!config.contains("state_topic")) config.set("state_topic", topic);
    // Momentary values must not come late, or twice.
    config.set("qos", property.retained ? 1 : 0);
    finish();
  }

  void finish() {
    Component& made = components_.back();
    made.device = device_;
    made.origin = {"Homie", model_.homie, {}};
    made.config.set("availability", availability());
    if (!model_.root.empty()) made.config.set("availability_mode", "all");
  }

  // A device's state is that of the root, which holds the connection, unless that is ready (Homie 5).
  [[nodiscard]] wire::List availability() const {
    wire::List topics;
    for (const std::string& base : {model_.root, model_.base}) {
      if (base.empty()) continue;
      topics.emplace_back(wire::Object{{"topic", base + "/$state"},
                                       {"payload_available", "online"},
                                       {"payload_not_available", "offline"},
                                       {"value_template", kAvailable}});
    }
    return topics;
  }

  void add_property(const Node& node, const Property& property) {
    if (property.settable) {
      settable(node, property).set("command_topic", model_.base + "/" + node.id + "/" + property.id + "/set");
    } else {
      readable(node, property);
      if (!property.retained) components_.back().config.set("force_update", true);
    }
    finish(node, property);
  }

  wire::Object& settable(const Node& node, const Property& property) {
    switch (property.datatype) {
      case Datatype::boolean:
        return boolean(begin(boolean_platform(node, property), node, property).config);
      case Datatype::integer:
      case Datatype::real:
        return ranged(node, property);
      case Datatype::enumeration:
        if (wire::List options = options_of(property); !options.empty()) {
          wire::Object& config = begin("select", node, property).config;
          config.set("options", std::move(options));
          return config;
        }
        break;
      case Datatype::datetime:
        return begin("datetime", node, property).config;
      default:
        break;
    }
    wire::Object& config = begin("text", node, property).config;
    if (property.datatype == Datatype::text && model_.version >= 5) {
      config.set("value_template", kReadText);
      config.set("command_template", kWriteText);
    }
    return config;
  }

  static wire::Object& boolean(wire::Object& config) {
    config.set("payload_on", "true");
    config.set("payload_off", "false");
    return config;
  }

  wire::Object& ranged(const Node& node, const Property& property) {
    wire::Object& config = begin("number", node, property).config;
    const Range range = range_of(property.format);
    constexpr double kFine = 0.001;
    config.set("min", number(range.min.value_or(-kUnlimited)));
    config.set("max", number(range.max.value_or(kUnlimited)));
    config.set("step", number(range.step.value_or(property.datatype == Datatype::integer ? 1 : kFine)));
    config.set("mode", "box");
    measured(node, property, config);
    return config;
  }

  static void measured(const Node& node, const Property& property, wire::Object& config) {
    if (property.unit.empty()) return;
    config.set("unit_of_measurement", property.unit);
    if (const std::string_view known = class_of_unit(node, property); !known.empty())
      config.set("device_class", known);
  }

  void readable(const Node& node, const Property& property) {
    if (property.datatype == Datatype::boolean) {
      boolean(begin("binary_sensor", node, property).config);
      return;
    }
    wire::Object& config = begin("sensor", node, property).config;
    switch (property.datatype) {
      case Datatype::integer:
      case Datatype::real:
        measured(node, property, config);
        // Of energy, Home Assistant knows no measurement.
        config.set("state_class",
                   class_of_unit(node, property) == "energy" ? "total_increasing" : "measurement");
        break;
      case Datatype::enumeration:
        if (wire::List options = options_of(property); !options.empty()) {
          config.set("device_class", "enum");
          config.set("options", std::move(options));
        }
        break;
      case Datatype::datetime:
        config.set("device_class", "timestamp");
        break;
      case Datatype::duration:
        config.set("device_class", "duration");
        config.set("unit_of_measurement", "s");
        config.set("value_template", kSeconds);
        break;
      case Datatype::json:
        config.set("value_template", "{{ 'json' }}");
        config.set("json_attributes_topic", model_.base + "/" + node.id + "/" + property.id);
        break;
      default:
        if (model_.version >= 5) config.set("value_template", kReadTextOfSensor);
        break;
    }
  }

  // The device's own condition (Homie 3, and 4 as an extension).
  void add_stat(std::string_view stat) {
    struct Known {
      std::string_view id, name, unit, device_class;
    };
    static constexpr Known kKnown[] = {{"battery", "Battery", "%", "battery"},
                                       {"cpuload", "CPU load", "%", ""},
                                       {"cputemp", "CPU temperature", "°C", "temperature"},
                                       {"freeheap", "Free memory", "B", "data_size"},
                                       {"interval", "Interval of reports", "s", "duration"},
                                       {"signal", "Signal", "%", ""},
                                       {"supply", "Supply voltage", "V", "voltage"},
                                       {"uptime", "Uptime", "s", "duration"}};
    const auto* const known = std::ranges::find(kKnown, stat, &Known::id);
    if (known == std::end(kKnown)) return;
    Component& made = components_.emplace_back();
    made.platform = "sensor";
    made.key = "$stats " + std::string(stat) + " " + model_.base;
    const std::string topic = model_.base + "/$stats/" + std::string(stat);
    made.config = {{"name", known->name},
                   {"unique_id", topic},
                   {"state_topic", topic},
                   {"unit_of_measurement", known->unit},
                   {"state_class", "measurement"},
                   {"entity_category", "diagnostic"},
                   {"qos", 1}};
    if (!known->device_class.empty()) made.config.set("device_class", known->device_class);
    finish();
  }

  const Model& model_;
  DeviceInfo device_;
  std::vector<Component> components_;
};

}  // namespace

std::string identifier_of(std::string_view base) { return "homie:" + std::string(base); }

std::vector<Component> components_of(const Model& model) { return Maker(model).all(); }

}  // namespace gable::discovery::homie
