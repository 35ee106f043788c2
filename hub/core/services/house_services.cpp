#include "core/services/house_services.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/services/targets.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

// Reloading any of these reads all of the configuration again: it is one whole.
constexpr std::array<std::string_view, 19> kReloaded{
    "automation",   "counter",        "group",        "homeassistant", "input_boolean",
    "input_button", "input_datetime", "input_number", "input_select",  "input_text",
    "mqtt",         "person",         "rest_command", "scene",         "schedule",
    "script",       "template",       "timer",        "zone"};

bool is_reload(const ServiceRequest& request) {
  if (request.domain == "homeassistant") {
    return request.service == "reload_all" || request.service == "reload_core_config" ||
           request.service == "reload_custom_templates";
  }
  return request.service == "reload" &&
         std::find(kReloaded.begin(), kReloaded.end(), request.domain) != kReloaded.end();
}

std::string who(const ServiceRequest& request) { return request.asker.context.by; }

rules::ServiceOutcome passed_over(Turn& turn, const ServiceRequest& request, const std::string& why) {
  turn.log(LogLevel::info, who(request) + " calls " + request.name() + ": " + why);
  return done();
}

}  // namespace

std::optional<HouseServices::Outcome> HouseServices::run(Turn& turn, const ServiceRequest& request) {
  if (is_reload(request)) return reload(turn);
  if (request.domain == "homeassistant") return of_house(turn, request);
  if (request.domain == "group" && request.service == "set") return set_group(turn, request);
  if (request.domain == "group" && request.service == "remove") return remove_group(turn, request);
  if (request.domain == "logbook" && request.service == "log") return write_journal(turn, request);
  if (request.domain == "system_log" && request.service == "write") return write_log(turn, request);
  if (request.domain == "system_log" && request.service == "clear")
    return passed_over(turn, request, "the log is the system's; nothing is cleared");
  return std::nullopt;
}

std::optional<HouseServices::Outcome> HouseServices::of_house(Turn& turn, const ServiceRequest& request) {
  const std::string& service = request.service;
  if (service == "update_entity") return update(turn, request);
  if (service == "check_config")
    return passed_over(turn, request, "files are checked whenever they are read; gable check tells more");
  if (service == "save_persistent_states")
    return passed_over(turn, request, "every state is saved as soon as it changes");
  if (service == "restart")
    return passed_over(turn, request, "the hub needs no restart; a reload takes over what files say");
  if (service == "stop")
    return refused("homeassistant.stop: no rule may stop the hub; its service manager can");
  if (service == "set_location")
    return refused(
        "homeassistant.set_location: the house is where its configuration file says (house: latitude, "
        "longitude)");
  if (service == "reload_config_entry") {
    // What it is for: something does not answer any more. Its bridge reads it again.
    if (!request.target.empty()) return update(turn, request);
    return refused(
        "homeassistant.reload_config_entry: there are no entries here; with a target, the bridges of its "
        "entities read them again");
  }
  return std::nullopt;
}

HouseServices::Outcome HouseServices::reload(Turn& turn) const {
  turn.out.requests.push_back({.method = "reload",
                               .arguments = {},
                               .id = {},
                               .response_topic = p_.topics.hub(wire::TopicKind::hub_response, "reload"),
                               .correlation = {}});
  return done();
}

// Asks the bridges of these entities for what they know now.
HouseServices::Outcome HouseServices::update(Turn& turn, const ServiceRequest& request) const {
  const Targets targets = resolve_targets(p_.registry, request.target, request.domain);
  if (!targets.given) return refused(request.name() + " needs entity_id");
  std::set<std::string> bridges;
  for (const auto& target : targets.entities) {
    const Entity& entity = p_.registry.entity(target.entity);
    const Bridge* bridge = p_.plane.bridge_of(entity);
    if (bridge != nullptr && bridge->status.status != wire::ParticipantStatus::offline)
      bridges.insert(bridge->id);
  }
  for (const auto& bridge : bridges) {
    turn.out.publishes.push_back(
        {.topic = p_.topics.bridge(wire::TopicKind::bridge_request, bridge, "refresh"),
         .payload = "{}",
         .expiry_seconds = 10,
         .response_topic = {},
         .correlation = {}});
  }
  Outcome outcome = done();
  for (const auto& text : targets.unknown)
    outcome.note += (outcome.note.empty() ? "" : "; ") + ("there is no " + text);
  return outcome;
}

HouseServices::Outcome HouseServices::set_group(Turn& turn, const ServiceRequest& request) {
  const std::string object_id = field_text(request.data, "object_id");
  if (!wire::valid_object_id(object_id)) return refused("group.set: '" + object_id + "' is no object id");
  const EntityId id("group", object_id);
  const auto members = [&](const char* key, std::vector<EntityId>& out) {
    for (const auto& text : target_texts(request.data.find(key))) {
      if (auto member = EntityId::parse(text)) out.push_back(std::move(*member));
    }
  };
  Helper helper{.id = id,
                .name = field_text(request.data, "name"),
                .icon = field_text(request.data, "icon"),
                .kind = Group{}};
  Group group;
  if (const Helper* known = p_.helpers.find(id)) {
    group = std::get<Group>(known->kind);
    if (helper.name.empty()) helper.name = known->name;
    if (helper.icon.empty()) helper.icon = known->icon;
  }
  if (request.data.contains("entities")) {
    group.entities.clear();
    members("entities", group.entities);
  }
  members("add_entities", group.entities);
  std::vector<EntityId> leaving;
  members("remove_entities", leaving);
  for (const auto& gone : leaving) std::erase(group.entities, gone);
  std::set<EntityId> seen;
  std::erase_if(group.entities, [&](const EntityId& member) { return !seen.insert(member).second; });
  if (const auto* all = request.data.find("all")) group.all = all->bool_or(false);
  if (group.entities.empty()) return refused("group.set: " + id.text() + " would have no entities");
  if (helper.name.empty()) helper.name = object_id;
  helper.kind = std::move(group);
  if (!p_.helpers.put_group(turn, std::move(helper))) return failed(id.text() + " is a device's already");
  return done();
}

HouseServices::Outcome HouseServices::remove_group(Turn& turn, const ServiceRequest& request) {
  const std::string object_id = field_text(request.data, "object_id");
  if (!wire::valid_object_id(object_id)) return refused("group.remove needs object_id");
  Outcome outcome = done();
  if (!p_.helpers.remove_group(turn, EntityId("group", object_id)))
    outcome.note = "there is no group." + object_id;
  return outcome;
}

// A line of the journal, as gable logbook shows it.
HouseServices::Outcome HouseServices::write_journal(Turn& turn, const ServiceRequest& request) {
  const std::string name = field_text(request.data, "name"), message = field_text(request.data, "message");
  if (name.empty() || message.empty()) return refused("logbook.log needs name and message");
  wire::Object line{
      {"t", wire::format_time(turn.now)}, {"k", "logbook"}, {"name", name}, {"message", message}};
  const std::string entity = field_text(request.data, "entity_id"),
                    domain = field_text(request.data, "domain");
  if (!entity.empty()) line.append("e", entity);
  if (!domain.empty()) line.append("domain", domain);
  line.append("by", who(request));
  turn.out.journal.emplace_back(wire::to_json(line));
  return done();
}

HouseServices::Outcome HouseServices::write_log(Turn& turn, const ServiceRequest& request) {
  const std::string message = field_text(request.data, "message"), level = field_text(request.data, "level");
  if (message.empty()) return refused("system_log.write needs message");
  LogLevel of = LogLevel::error;
  if (level == "debug") of = LogLevel::debug;
  if (level == "info") of = LogLevel::info;
  if (level == "warning") of = LogLevel::warning;
  constexpr std::array<std::string_view, 6> kLevels{"", "debug", "info", "warning", "error", "critical"};
  if (std::find(kLevels.begin(), kLevels.end(), level) == kLevels.end())
    return refused("system_log.write: level is debug, info, warning, error or critical, not '" + level + "'");
  const std::string logger = field_text(request.data, "logger");
  turn.log(of, (logger.empty() ? who(request) : logger) + ": " + message);
  return done();
}

}  // namespace gable::hub
