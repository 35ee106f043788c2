#include "import/import.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace gable::importing {

namespace {

using std::string_view;

// Helpers that the page keeps among the integrations.
constexpr std::array<string_view, 18> kHelpers{
    "group",         "template",           "min_max",           "derivative", "utility_meter",
    "threshold",     "integration",        "switch_as_x",       "statistics", "trend",
    "tod",           "generic_thermostat", "generic_hygrostat", "random",     "filter",
    "history_stats", "mold_indicator",     "bayesian"};

double within(const Record& record, string_view key, double limit) {
  const double value = *record.number(key);
  if (value < -limit || value > limit)
    record.fail(key, "expected −" + std::to_string(static_cast<int>(limit)) + " to " +
                         std::to_string(static_cast<int>(limit)) + " degrees");
  return value;
}

void read_core(rules::yaml::FileSource& files, Folder& out) {
  const auto stored = read_stored(files, "core.config");
  if (!stored) return;
  const Record core = stored->data();
  wire::Object& house = out.house;
  const auto text = [&](const char* ours, const char* theirs) {
    if (std::string value = core.text(theirs); !value.empty()) house.set(ours, std::move(value));
  };
  text("name", "location_name");
  if (core.has("latitude") && core.has("longitude")) {
    house.set("latitude", within(core, "latitude", 90));
    house.set("longitude", within(core, "longitude", 180));
  }
  if (const auto height = core.number("elevation")) house.set("elevation", *height);
  if (const auto radius = core.number("radius"); radius && *radius > 0) house.set("radius", *radius);
  text("time_zone", "time_zone");
  text("country", "country");
  text("language", "language");
  text("unit_system", core.has("unit_system_v2") ? "unit_system_v2" : "unit_system");
}

void read_entries(rules::yaml::FileSource& files, Folder& out) {
  const auto stored = read_stored(files, "core.config_entries");
  if (!stored) return;
  const Record data = stored->data();
  for (const Record& entry : data.records("entries")) {
    const std::string domain = entry.name("domain");
    if (domain == "mqtt") {
      const auto settings = entry.record("data");
      if (settings) out.prefix = settings->text("discovery_prefix");
      out.remarks.push_back(
          {"mqtt: the broker", entry.where(),
           "its address and password were not copied: give the hub --broker, or write broker: "
           "into house.yaml"});
    } else if (std::find(kHelpers.begin(), kHelpers.end(), domain) != kHelpers.end()) {
      out.remarks.push_back(
          {domain + " '" + entry.text("title") + "'", entry.where(),
           "a helper of this kind made in the page; write it as group: or template: in the rules"});
    }
  }
  if (out.prefix == "homeassistant") out.prefix.clear();
}

// Whether they were on is known to nobody else: an automation of a file is on unless it says otherwise.
void read_turned_off(rules::yaml::FileSource& files, Folder& out) {
  std::vector<std::string>& off = out.turned_off;
  if (const auto stored = read_stored(files, "core.restore_state")) {
    const Record data = stored->data();
    for (const Record& item : data.records("items")) {
      const auto state = item.record("state");
      if (!state || state->text("state") != "off") continue;
      std::string entity = state->text("entity_id");
      if (entity.starts_with("automation.")) off.push_back(std::move(entity));
    }
  }
  for (const EntityRow& row : out.registries.entities) {
    if (row.platform == "automation" && row.disabled) off.push_back(row.entity_id);
  }
  std::sort(off.begin(), off.end());
  off.erase(std::unique(off.begin(), off.end()), off.end());
}

void tell_integrations(Folder& out) {
  std::map<std::string, std::size_t> others;
  for (const EntityRow& row : out.registries.entities) {
    const bool helper = std::any_of(out.things.begin(), out.things.end(),
                                    [&](const Thing& t) { return t.domain == row.platform; });
    if (row.platform != "mqtt" && !helper && !is_of_rules(row)) ++others[row.platform];
  }
  for (const auto& [platform, count] : others) {
    out.remarks.push_back(
        {std::to_string(count) + (count == 1 ? " entity of " : " entities of ") + platform,
         ".storage/core.entity_registry",
         "they come from an integration; their names and areas wait for a bridge that has them"});
  }
}

// What lies beside the configuration.
void tell_rest(rules::yaml::FileSource& files, Folder& out) {
  for (const auto& entry : names_in(files, "")) {
    if (!entry.directory) continue;
    const auto tell = [&](const char* name, const char* why) {
      if (entry.name == name) out.remarks.push_back({name, name, why});
    };
    tell("custom_components",
         "integrations in Python, which run in Home Assistant only; bridges do that here");
    tell("python_scripts", "scripts in Python, which run in Home Assistant only");
    tell("pyscript", "scripts in Python, which run in Home Assistant only");
    tell("appdaemon", "AppDaemon is a program of its own; it goes on working beside Gable");
    tell("www", "files for Home Assistant's pages");
    tell("themes", "colours of Home Assistant's pages");
  }
  std::size_t boards = 0;
  for (const auto& entry : names_in(files, ".storage")) boards += entry.name.starts_with("lovelace") ? 1 : 0;
  if (boards > 0) {
    out.remarks.push_back(
        {"dashboards", ".storage/lovelace", "Home Assistant's own pages; Gable makes its own"});
  }
}

}  // namespace

bool is_of_rules(const EntityRow& row) {
  constexpr std::array<string_view, 4> kPlatforms{"automation", "script", "template", "group"};
  if (row.platform == "homeassistant") return row.entity_id.starts_with("scene.");
  return std::find(kPlatforms.begin(), kPlatforms.end(), row.platform) != kPlatforms.end();
}

std::string made_by(const EntityRow& row, const rules::RuleSet& rules) {
  if (!is_of_rules(row) || row.unique_id.empty()) return {};
  const auto find = [&](const auto& list, auto member, std::string_view domain) -> std::string {
    for (const auto& rule : list) {
      if (rule.*member == row.unique_id) return std::string(domain) + "." + rule.id;
    }
    return {};
  };
  if (row.platform == "automation")
    return find(rules.automations, &rules::Automation::unique_id, "automation");
  if (row.platform == "script") return find(rules.scripts, &rules::Script::id, "script");
  if (row.platform == "homeassistant") return find(rules.scenes, &rules::Scene::unique_id, "scene");
  const std::string domain = row.entity_id.substr(0, row.entity_id.find('.'));
  for (const auto& entity : rules.template_entities) {
    if (entity.unique_id == row.unique_id && entity.domain == domain) return domain + "." + entity.id;
  }
  return {};
}

Folder read_folder(rules::yaml::FileSource& files) {
  Folder out;
  out.configuration = read_configuration(files);
  if (names_in(files, ".storage").empty()) {
    out.remarks.push_back(
        {".storage", ".storage",
         "it is not there or empty, and with it all that was set in the page: names, areas, "
         "devices, helpers. Programs that copy files often leave hidden folders out"});
  }
  out.registries = read_registries(files);
  out.things = read_things(files, out.registries, out.configuration, out.remarks);
  read_core(files, out);
  for (const auto& [key, value] : out.configuration.house) out.house.set(key, value);
  read_entries(files, out);
  read_turned_off(files, out);
  tell_integrations(out);
  tell_rest(files, out);
  out.remarks.insert(out.remarks.end(), out.configuration.remarks.begin(), out.configuration.remarks.end());
  return out;
}

}  // namespace gable::importing
