#include "import/house_file.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "import/yaml_text.hpp"
#include "wire/entity_id.hpp"

namespace gable::importing {

namespace {

constexpr const char* kHead =
    "# Made by `gable import homeassistant`. It is yours now: edit it as you like.\n"
    "# The broker that the devices speak to, where it is not the one on this machine:\n"
    "# broker: {url: 'mqtt://192.168.1.10:1883', user: hub, password_file: password}\n"
    "\n";

constexpr const char* kIdsHead =
    "# What Home Assistant called the things that are here: entities by the source that announces them, "
    "devices\n"
    "# and entities by the numbers that its page writes into rules. house.yaml includes it.\n"
    "\n";

wire::List list_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

void put(wire::Object& out, const char* key, const std::string& text) {
  if (!text.empty()) out.set(key, text);
}

// What the hub's file must not name, since it is nowhere said.
class Known {
 public:
  explicit Known(const Registries& registries) {
    for (const AreaRow& area : registries.areas) areas_.insert(area.id);
    for (const LabelRow& label : registries.labels) labels_.insert(label.id);
    for (const FloorRow& floor : registries.floors) floors_.insert(floor.id);
    for (const DeviceRow& device : registries.devices) devices_.emplace(device.id, &device);
  }

  [[nodiscard]] std::string area(const std::string& id) const { return areas_.contains(id) ? id : ""; }
  [[nodiscard]] std::string floor(const std::string& id) const { return floors_.contains(id) ? id : ""; }
  [[nodiscard]] std::vector<std::string> labels(const std::vector<std::string>& ids) const {
    std::vector<std::string> out;
    for (const std::string& id : ids) {
      if (labels_.contains(id) && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
    return out;
  }
  [[nodiscard]] const DeviceRow* device(const std::string& id) const {
    const auto found = devices_.find(id);
    return found == devices_.end() ? nullptr : found->second;
  }

 private:
  std::set<std::string> areas_, labels_, floors_;
  std::unordered_map<std::string, const DeviceRow*> devices_;
};

class Writer {
 public:
  Writer(const Folder& folder, const rules::RuleSet& rules, Remarks& remarks)
      : folder_(folder), rules_(rules), remarks_(remarks), known_(folder.registries) {}

  wire::Object write(const ForeignNames& names) {
    out_.set("rules", "rules");
    put_map("house", folder_.house);
    if (!folder_.prefix.empty())
      out_.set("discovery", wire::Object{{"homeassistant", wire::Object{{"prefix", folder_.prefix}}}});
    put_places();
    put_things();
    put_entities();
    if (!ids_document(names).empty()) out_.set("ids", wire::Object{{kIncludeMark, "ids.yaml"}});
    return std::move(out_);
  }

 private:
  void put_map(const char* key, wire::Object map) {
    if (!map.empty()) out_.set(key, std::move(map));
  }

  void remark(std::string what, std::string where, std::string why) {
    remarks_.push_back({std::move(what), std::move(where), std::move(why)});
  }

  // Slugs in all but very old files.
  bool fits(const std::string& id, const char* kind) {
    if (wire::valid_object_id(id)) return true;
    remark(std::string(kind) + " " + id, ".storage",
           "its id cannot be one here: small letters, digits and _");
    return false;
  }

  void put_places() {
    const Registries& from = folder_.registries;
    wire::Object floors, labels, areas;
    for (const FloorRow& row : from.floors) {
      if (!fits(row.id, "floor")) continue;
      wire::Object body{{"name", row.name}};
      if (row.level) body.set("level", *row.level);
      put(body, "icon", row.icon);
      if (!row.aliases.empty()) body.set("aliases", list_of(row.aliases));
      floors.set(row.id, std::move(body));
    }
    for (const LabelRow& row : from.labels) {
      if (!fits(row.id, "label")) continue;
      wire::Object body{{"name", row.name}};
      put(body, "icon", row.icon);
      put(body, "color", row.color);
      put(body, "description", row.description);
      labels.set(row.id, std::move(body));
    }
    for (const AreaRow& row : from.areas) {
      if (fits(row.id, "area")) areas.set(row.id, area(row));
    }
    put_map("floors", std::move(floors));
    put_map("labels", std::move(labels));
    put_map("areas", std::move(areas));
  }

  [[nodiscard]] wire::Object area(const AreaRow& row) const {
    wire::Object body{{"name", row.name}};
    put(body, "floor", known_.floor(row.floor));
    put(body, "icon", row.icon);
    if (const auto labels = known_.labels(row.labels); !labels.empty()) body.set("labels", list_of(labels));
    if (!row.aliases.empty()) body.set("aliases", list_of(row.aliases));
    return body;
  }

  void put_things() {
    std::map<std::string, wire::Object> blocks;
    for (const Thing& thing : folder_.things) {
      const std::string key = thing.domain == "zone"     ? "zones"
                              : thing.domain == "person" ? "persons"
                                                         : thing.domain;
      blocks[key].set(thing.id, thing.domain == "person" ? person(thing) : thing.value);
    }
    for (auto& [key, block] : blocks) out_.set(key, std::move(block));
    if (!blocks.contains("shell_command") && !blocks.contains("rest_command")) return;
    out_.set("allow_commands", false);
    remark("shell_command, rest_command", "house.yaml",
           "programs and calls to servers are off; allow_commands: true turns them on");
  }

  wire::Value person(const Thing& thing) {
    wire::Value value = thing.value;
    wire::Object& body = *value.as_object();
    const wire::Value* given = body.find("device_trackers");
    if (given == nullptr || given->as_list() == nullptr) return value;
    wire::List trackers;
    for (const wire::Value& item : *given->as_list()) {
      if (item.string_or("").starts_with("device_tracker.")) {
        trackers.push_back(item);
      } else {
        remark("person." + thing.id + ": device_trackers", thing.where,
               "'" + std::string(item.string_or("?")) + "' is no device tracker");
      }
    }
    body.set("device_trackers", std::move(trackers));
    return value;
  }

  [[nodiscard]] wire::Object override_of(const EntityRow& row) const {
    const DeviceRow* device = known_.device(row.device);
    wire::Object body;
    std::string name = row.name;
    if (name.empty() && row.has_entity_name && device != nullptr && device->renamed)
      name = row.original_name.empty() ? device->name : device->name + " " + row.original_name;
    put(body, "name", name);
    put(body, "icon", row.icon);
    put(body, "area", known_.area(row.area.empty() && device != nullptr ? device->area : row.area));
    std::vector<std::string> labels = row.labels;
    if (device != nullptr) labels.insert(labels.end(), device->labels.begin(), device->labels.end());
    labels = known_.labels(labels);
    if (!labels.empty()) body.set("labels", list_of(labels));
    if (row.hidden) body.set("hidden", true);
    // Rules that were disabled are told of: here files are what is in force.
    if (row.disabled && !is_of_rules(row)) body.set("disabled", true);
    return body;
  }

  void put_entities() {
    std::map<std::string, wire::Object> overrides;
    for (const EntityRow& row : folder_.registries.entities) {
      const std::string made = made_by(row, rules_);
      wire::Object body = override_of(row);
      if (!body.empty()) overrides[made.empty() ? row.entity_id : made] = std::move(body);
    }
    for (const Block& block : folder_.configuration.customize) customize(block, overrides);
    wire::Object out;
    for (auto& [id, body] : overrides) out.append(id, std::move(body));
    put_map("entities", std::move(out));
  }

  // What was set in the page wins.
  void customize(const Block& block, std::map<std::string, wire::Object>& overrides) {
    const wire::Object* given = block.value.as_object();
    if (given == nullptr || !wire::EntityId::parse(block.key)) return;
    for (const auto& [key, value] : *given) {
      const bool name = key == "friendly_name";
      if (!name && key != "icon") {
        remark("customize " + block.key + ": " + key, block.where, "it cannot be changed here");
      } else if (wire::Object& body = overrides[block.key]; !body.contains(name ? "name" : "icon")) {
        body.set(name ? "name" : "icon", value);
      }
    }
    if (overrides.contains(block.key) && overrides[block.key].empty()) overrides.erase(block.key);
  }

  const Folder& folder_;
  const rules::RuleSet& rules_;
  Remarks& remarks_;
  Known known_;
  wire::Object out_;
};

}  // namespace

wire::Object ids_document(const ForeignNames& names) {
  wire::Object ids;
  const auto add = [&](const char* key, const ForeignNames::Pairs& pairs) {
    wire::Object map;
    std::set<std::string_view> taken;
    for (const auto& [name, what] : pairs) {
      if (taken.insert(name).second) map.append(name, what);
    }
    if (!map.empty()) ids.set(key, std::move(map));
  };
  add("entities", names.entities);
  add("devices", names.devices);
  add("aliases", names.aliases);
  return ids;
}

wire::Object house_document(const Folder& folder, const ForeignNames& names, const rules::RuleSet& rules,
                            Remarks& remarks) {
  return Writer(folder, rules, remarks).write(names);
}

std::string house_text(const wire::Object& document) { return kHead + yaml_text(document); }

std::string ids_text(const wire::Object& document) { return kIdsHead + yaml_text(document); }

}  // namespace gable::importing
