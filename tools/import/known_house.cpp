#include "import/known_house.hpp"

#include <algorithm>
#include <set>

namespace gable::importing {

namespace {

wire::List list_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

template <class Row>
wire::List ids_of(const std::vector<Row>& rows) {
  wire::List out;
  for (const Row& row : rows) out.emplace_back(row.id);
  return out;
}

wire::Object announced(const EntityRow& row, const Registries& registries) {
  wire::Object out{{"entity_id", row.entity_id}, {"attributes", row.attributes}};
  if (!row.device.empty()) out.set("device", row.device);
  const DeviceRow* device = row.area.empty() ? registries.device(row.device) : nullptr;
  const std::string& area = device == nullptr ? row.area : device->area;
  if (!area.empty()) out.set("area", area);
  out.set("labels", list_of(row.labels));
  if (row.disabled) out.set("disabled", true);
  return out;
}

// Words of a message as they stand between blanks and quotes; ids are words.
std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kBetween = " '\",;?!()";
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(kBetween);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(kBetween, begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return out;
}

class Maker {
 public:
  Maker(const Folder& folder, const ForeignNames& names, const rules::RuleSet& rules)
      : folder_(folder), names_(names), rules_(rules) {}

  KnownHouse make() {
    for (const Thing& thing : folder_.things) add_thing(thing);
    rows_.emplace_back(wire::Object{{"entity_id", "sun.sun"}});
    rows_.emplace_back(wire::Object{{"entity_id", "zone.home"}});
    for (const EntityRow& row : folder_.registries.entities) add_entity(row);
    const Registries& from = folder_.registries;
    const wire::Object whole{{"entities", std::move(rows_)},  {"areas", ids_of(from.areas)},
                             {"floors", ids_of(from.floors)}, {"labels", ids_of(from.labels)},
                             {"devices", devices()},          {"commands", wire::List{}}};
    auto knowledge = rules::Knowledge::of_house(whole);
    if (!knowledge) throw FolderError(knowledge.error().message());
    knowledge->add_rules(rules_);
    for (const auto& [alias, entity] : names_.aliases) knowledge->add_alias(alias, entity);
    return {std::move(*knowledge), std::move(elsewhere_)};
  }

 private:
  void add_thing(const Thing& thing) {
    const std::string id = thing.domain + "." + thing.id;
    // They are off until somebody turns them on.
    if (thing.domain == "shell_command" || thing.domain == "rest_command") return;
    own_.insert(id);
    rows_.emplace_back(wire::Object{{"entity_id", id}});
  }

  void add_entity(const EntityRow& row) {
    if (own_.contains(row.entity_id)) return;
    if (is_announced(row, folder_)) return rows_.emplace_back(announced(row, folder_.registries)), void();
    if (row.entity_id == "sun.sun" || !made_by(row, rules_).empty()) return;
    const bool by_hand = row.platform == "mqtt";
    elsewhere_.emplace(row.entity_id, by_hand ? "mqtt: in the configuration" : row.platform);
    if (!row.device.empty()) elsewhere_.emplace(row.device, row.platform);
  }

  wire::List devices() {
    wire::List out;
    for (const auto& [id, here] : names_.devices) {
      out.emplace_back(id);
      elsewhere_.erase(id);
    }
    return out;
  }

  const Folder& folder_;
  const ForeignNames& names_;
  const rules::RuleSet& rules_;
  wire::List rows_;
  std::set<std::string> own_;
  std::map<std::string, std::string, std::less<>> elsewhere_;
};

}  // namespace

KnownHouse known_house(const Folder& folder, const ForeignNames& names, const rules::RuleSet& rules) {
  return Maker(folder, names, rules).make();
}

std::vector<rules::RuleReport> check_rules(const rules::RuleSet& rules, KnownHouse house,
                                           std::map<std::string, std::size_t>& waits_for) {
  std::vector<rules::RuleReport> reports = rules::check(rules, house.knowledge);
  for (rules::RuleReport& report : reports) {
    std::set<std::string> integrations;
    for (rules::Finding& finding : report.problems) {
      if (finding.severity != rules::Severity::waits) continue;
      // The first one is what the finding is about; others are what may have been meant.
      for (const std::string_view word : words_of(finding.message)) {
        const auto found = house.elsewhere.find(word);
        if (found == house.elsewhere.end()) continue;
        integrations.insert(found->second);
        finding.message =
            "'" + std::string(word) + "' comes from " + found->second + ": it waits for a bridge that has it";
        finding.suggestion.clear();
        break;
      }
    }
    if (report.status != rules::Status::waits) continue;
    for (const std::string& integration : integrations) ++waits_for[integration];
  }
  return reports;
}

}  // namespace gable::importing
