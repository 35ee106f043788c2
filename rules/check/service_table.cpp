#include "check/service_table.hpp"

#include <algorithm>

namespace gable::rules {

namespace {

constexpr std::string_view kNoFiles = "rules write no files";
constexpr std::string_view kNoData = "no bridge can answer with data yet";

constexpr std::array kServices{
    HouseService{"homeassistant.turn_on", "*", "", "", true},
    HouseService{"homeassistant.turn_off", "*", "", "", true},
    HouseService{"homeassistant.toggle", "*", "", "", true},
    HouseService{"homeassistant.update_entity", "entity_id", "", "", true},
    HouseService{"homeassistant.check_config", "", "", ""},
    HouseService{"homeassistant.save_persistent_states", "", "", ""},
    HouseService{"homeassistant.restart", "safe_mode", "", ""},
    HouseService{"homeassistant.reload_all", "", "", ""},
    HouseService{"homeassistant.reload_core_config", "", "", ""},
    HouseService{"homeassistant.reload_custom_templates", "", "", ""},
    HouseService{"homeassistant.stop", "", "", "no rule may stop the hub; its service manager can"},
    HouseService{"homeassistant.set_location", "*", "",
                 "the house is where its configuration file says (house: latitude, longitude)"},
    HouseService{"homeassistant.reload_config_entry", "entry_id", "",
                 "there are no entries here; with a target, the bridges of its entities read them again",
                 true},
    HouseService{"group.set", "object_id name icon entities add_entities remove_entities all", "object_id",
                 ""},
    HouseService{"group.remove", "object_id", "object_id", ""},
    HouseService{"logbook.log", "name message entity_id domain", "name message", ""},
    HouseService{"system_log.write", "message level logger", "message", ""},
    HouseService{"system_log.clear", "", "", ""},
    HouseService{"persistent_notification.create", "message title notification_id", "message", ""},
    HouseService{"persistent_notification.dismiss", "notification_id", "notification_id", ""},
    HouseService{"persistent_notification.dismiss_all", "", "", ""},
    HouseService{"notify.persistent_notification", "message title data target", "message", ""},
    HouseService{"mqtt.publish", "topic payload payload_template qos retain evaluate_payload", "topic", ""},
    HouseService{"mqtt.dump", "*", "", "rules write no files; mosquitto_sub records topics"},
    HouseService{"scene.apply", "entities transition", "entities", ""},
    HouseService{"scene.create", "scene_id entities snapshot_entities", "scene_id", ""},
    HouseService{"scene.delete", "", "", "", true},
    // Its target names the engine that speaks; here the bridge of the media player does.
    HouseService{"tts.speak", "media_player_entity_id message cache language options",
                 "media_player_entity_id message", ""},
    HouseService{"tts.clear_cache", "", "", ""},
    HouseService{"camera.snapshot", "*", "", kNoFiles},
    HouseService{"camera.record", "*", "", kNoFiles},
    HouseService{"image.snapshot", "*", "", kNoFiles},
    HouseService{"weather.get_forecasts", "*", "", kNoData},
    HouseService{"calendar.get_events", "*", "", kNoData},
};

constexpr HouseService kNotify{"notify", "message title target data", "message", "", true};
constexpr HouseService kSay{"tts", "message cache language options", "message", "", true};
constexpr HouseService kCommand{"command", "*", "", ""};

constexpr std::array<std::string_view, 8> kDomains{
    "homeassistant", "logbook",       "mqtt",       "persistent_notification",
    "rest_command",  "shell_command", "system_log", "tts"};

constexpr std::array<std::string_view, 18> kReloaded{
    "automation",   "counter",      "group",      "input_boolean", "input_button", "input_datetime",
    "input_number", "input_select", "input_text", "mqtt",          "person",       "rest_command",
    "scene",        "schedule",     "script",     "template",      "timer",        "zone"};

}  // namespace

const HouseService* find_house_service(std::string_view name) {
  const auto found = std::find_if(kServices.begin(), kServices.end(),
                                  [name](const HouseService& each) { return each.name == name; });
  return found == kServices.end() ? nullptr : &*found;
}

const HouseService* find_free_service(std::string_view domain, std::string_view service) {
  if (domain == "notify" && service != "send_message") return &kNotify;
  if (domain == "tts" && service.ends_with("say")) return &kSay;
  if (domain == "shell_command" || (domain == "rest_command" && service != "reload")) return &kCommand;
  return nullptr;
}

std::span<const std::string_view> house_domains() { return kDomains; }

std::span<const HouseService> house_services() { return kServices; }

bool is_reload(std::string_view domain, std::string_view service) {
  return service == "reload" && std::find(kReloaded.begin(), kReloaded.end(), domain) != kReloaded.end();
}

}  // namespace gable::rules
