#include "check/knowledge.hpp"

#include <algorithm>
#include <array>

#include "check/sequences.hpp"
#include "check/service_data.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

namespace {

using wire::Object;
using wire::Value;

std::string text_at(const Object& object, std::string_view key) {
  const Value* found = object.find(key);
  return found == nullptr ? std::string() : std::string(found->string_or(""));
}

std::vector<std::string> texts_of(const Value* value) {
  std::vector<std::string> out;
  const wire::List* list = value == nullptr ? nullptr : value->as_list();
  if (list == nullptr) return out;
  for (const Value& item : *list) {
    if (const std::string* text = item.as_string()) out.push_back(*text);
  }
  return out;
}

std::optional<double> number_at(const Object& object, std::string_view key) {
  const Value* found = object.find(key);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  return found->number_or(0);
}

// A bit mask, as Home Assistant's attribute has it; of lights, the colour modes too.
void take_features(const Object& attributes, KnownEntity& out) {
  const Value* mask = attributes.find("supported_features");
  if (mask != nullptr && mask->as_int() != nullptr) {
    out.described = true;
    for (const wire::FeatureSpec& feature : out.description.domain->features) {
      if (feature.bit != 0 && (static_cast<std::uint64_t>(*mask->as_int()) & feature.bit) != 0)
        out.description.features.emplace_back(feature.name);
    }
  }
  const std::vector<std::string> modes = texts_of(attributes.find("supported_color_modes"));
  for (const std::string& mode : modes) out.description.features.push_back(mode);
  // Every mode but on-off has a brightness.
  if (std::any_of(modes.begin(), modes.end(), [](const std::string& mode) { return mode != "onoff"; }))
    out.description.features.emplace_back("brightness");
}

void take_attributes(const Object& attributes, KnownEntity& out) {
  wire::EntityDescription& description = out.description;
  take_features(attributes, out);
  description.unit = text_at(attributes, "unit_of_measurement");
  description.device_class = text_at(attributes, "device_class");
  description.state_class = text_at(attributes, "state_class");
  description.options = texts_of(attributes.find("options"));
  description.event_types = texts_of(attributes.find("event_types"));
  description.min = number_at(attributes, "min");
  description.max = number_at(attributes, "max");
  description.step = number_at(attributes, "step");
  for (const auto& [key, value] : attributes) {
    const bool bound = key.starts_with("min_") || key.starts_with("max_");
    if ((bound && value.is_number()) || value.as_list() != nullptr) description.capabilities.set(key, value);
  }
}

// Attributes that Home Assistant shows of what was announced.
void note_announced(const wire::EntityDescription& description, std::vector<std::string>& out) {
  if (!description.unit.empty()) out.emplace_back("unit_of_measurement");
  if (!description.device_class.empty()) out.emplace_back("device_class");
  if (!description.options.empty()) out.emplace_back("options");
  for (const auto& capability : description.capabilities) out.push_back(capability.key);
}

Knowledge::Names names_at(const Object& object, std::string_view key) {
  const Value* found = object.find(key);
  if (found == nullptr || found->as_list() == nullptr) return std::nullopt;
  std::set<std::string, std::less<>> out;
  for (const Value& item : *found->as_list()) {
    const Object* part = item.as_object();
    out.insert(part != nullptr ? text_at(*part, "id") : std::string(item.string_or("")));
  }
  return out;
}

void note(Knowledge::Names& names, const std::string& text) {
  if (!names) names.emplace();
  if (!text.empty()) names->insert(text);
}

}  // namespace

bool Knowledge::add_row(const Object& row) {
  const std::string id = text_at(row, "entity_id");
  const auto parsed = wire::EntityId::parse(id);
  const wire::DomainSpec* domain = parsed ? wire::find_domain(parsed->domain()) : nullptr;
  if (domain == nullptr) return parsed.has_value();
  KnownEntity entity;
  entity.description.domain = domain;
  static const Object kNone;
  const Value* attributes = row.find("attributes");
  const bool has = attributes != nullptr && attributes->as_object() != nullptr;
  const Object& shown = has ? *attributes->as_object() : kNone;
  const Value* announced = row.find("description");
  if (announced != nullptr && announced->as_object() != nullptr) {
    if (auto description = wire::decode_entity(*announced->as_object())) {
      entity.description = std::move(*description);
      entity.described = true;
    }
  }
  if (!entity.described) take_attributes(shown, entity);
  if (entity.description.unit.empty()) entity.description.unit = text_at(row, "unit");
  const std::string state = text_at(row, "state");
  entity.reports = !state.empty() && state != "unknown" && state != "unavailable";
  for (const auto& [key, value] : shown) entity.attributes.push_back(key);
  note_announced(entity.description, entity.attributes);
  const Value* disabled = row.find("disabled");
  entity.disabled = disabled != nullptr && disabled->bool_or(false);
  note(devices, text_at(row, "device"));
  for (const std::string& alias : texts_of(row.find("device_aliases"))) note(devices, alias);
  for (std::string& alias : texts_of(row.find("aliases"))) add_alias(std::move(alias), id);
  note(areas, text_at(row, "area"));
  for (const std::string& label : texts_of(row.find("labels"))) note(labels, label);
  entities_.insert_or_assign(id, std::move(entity));
  return true;
}

wire::Result<Knowledge> Knowledge::of_house(const Value& house) {
  const Object* whole = house.as_object();
  const Value* rows = whole == nullptr ? &house : whole->find("entities");
  if (rows == nullptr || rows->as_list() == nullptr) {
    return wire::Error{wire::ErrorCode::malformed,
                       "a house is a list of entities, as gable ls --json prints it", ""};
  }
  Knowledge out;
  out.live_ = true;
  for (const Value& row : *rows->as_list()) {
    if (row.as_object() == nullptr || !out.add_row(*row.as_object()))
      return wire::Error{wire::ErrorCode::malformed, "an entity of the house has no entity_id", ""};
  }
  if (whole == nullptr) return out;
  for (auto [key, names] :
       {std::pair{"areas", &out.areas}, std::pair{"floors", &out.floors}, std::pair{"labels", &out.labels},
        std::pair{"devices", &out.devices}, std::pair{"commands", &out.commands}}) {
    if (Names given = names_at(*whole, key)) *names = std::move(given);
  }
  return out;
}

namespace {

// "scene.before", where an action makes a scene of a name that is known already; else empty.
std::string scene_made_by(const Action& action) {
  const auto* call = std::get_if<ServiceAction>(&action.kind);
  if (call == nullptr || !call->service.is_literal()) return {};
  const std::string* service = call->service.literal().as_text();
  if (service == nullptr || *service != "scene.create") return {};
  std::vector<Templated> keep;
  for (const auto& [key, value] : entries_of(call->data, keep)) {
    const std::string* id = key == "scene_id" && value->is_literal() ? value->literal().as_text() : nullptr;
    if (id != nullptr) return "scene." + *id;
  }
  return {};
}

}  // namespace

void Knowledge::add_rules(const RuleSet& rules) {
  const auto add_made = [this](const Action& action) {
    if (std::string scene = scene_made_by(action); !scene.empty()) made_.insert(std::move(scene));
  };
  for (const Automation& rule : rules.automations) for_each_action(rule.actions, add_made);
  for (const Script& rule : rules.scripts) for_each_action(rule.sequence, add_made);
  for (const Automation& rule : rules.automations) made_.insert("automation." + rule.id);
  for (const Script& rule : rules.scripts) made_.insert("script." + rule.id);
  for (const Scene& rule : rules.scenes) made_.insert("scene." + rule.id);
  for (const TemplateEntity& rule : rules.template_entities) made_.insert(rule.domain + "." + rule.id);
}

std::string_view Knowledge::meant(std::string_view id) const {
  // Whoever has the name itself is meant first.
  if (entities_.contains(id) || made_.contains(id)) return id;
  const auto found = aliases_.find(id);
  return found == aliases_.end() ? id : std::string_view(found->second);
}

const KnownEntity* Knowledge::entity(std::string_view id) const {
  const auto found = entities_.find(id);
  return found == entities_.end() ? nullptr : &found->second;
}

bool Knowledge::may_exist(std::string_view id) const {
  return !live_ || made_.contains(id) || entities_.contains(id);
}

std::string Knowledge::nearest_entity(std::string_view id) const {
  std::vector<std::string_view> all;
  all.reserve(entities_.size() + made_.size());
  for (const auto& [known, entity] : entities_) all.emplace_back(known);
  for (const std::string& known : made_) all.emplace_back(known);
  // The same domain first: that one is most often right.
  const std::string_view domain = id.substr(0, id.find('.') + 1);
  std::vector<std::string_view> same;
  for (const std::string_view known : all) {
    if (known.starts_with(domain)) same.push_back(known);
  }
  const std::string_view near = wire::nearest(id, same);
  return std::string(near.empty() ? wire::nearest(id, all) : near);
}

std::string Knowledge::nearest_script(std::string_view name) const {
  std::vector<std::string_view> all;
  for (const std::string& known : made_) {
    if (known.starts_with("script.")) all.emplace_back(known);
  }
  for (const auto& [known, entity] : entities_) {
    if (known.starts_with("script.")) all.emplace_back(known);
  }
  return std::string(wire::nearest(name, all));
}

}  // namespace gable::rules
