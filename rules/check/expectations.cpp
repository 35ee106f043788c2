// What somebody waits for or compares with, and the entity can never have: states, attributes, numbers.
#include <algorithm>
#include <array>

#include "check/inspection.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

const wire::DomainSpec* domain_of(std::string_view entity) {
  return wire::find_domain(entity.substr(0, entity.find('.')));
}

// What every entity may have, whatever its domain: Home Assistant's own, and those of device integrations
// that are met everywhere.
constexpr std::array<std::string_view, 16> kCommonAttributes{
    "friendly_name", "icon",          "entity_picture",     "unit_of_measurement", "device_class", "options",
    "state_class",   "assumed_state", "supported_features", "attribution",         "restored",     "hidden",
    "entity_id",     "event_types",   "battery_level",      "linkquality"};

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Rules compare with these whatever the entity is.
bool is_absence(std::string_view state) {
  return state == "unavailable" || state == "unknown" || state.empty() || state == "*";
}

// Empty: they are not known, any text may come.
std::vector<std::string_view> states_of(const wire::DomainSpec& domain, const KnownEntity* known) {
  // Makers of water heaters name their own ways of operation.
  if (domain.state_kind == wire::StateKind::choice && domain.name != "water_heater")
    return {domain.states.begin(), domain.states.end()};
  if (known == nullptr || !known->described) return {};
  if (domain.name != "select" && domain.name != "input_select" && domain.name != "sensor") return {};
  return {known->description.options.begin(), known->description.options.end()};
}

// Of an attribute: by the table, or by the list that the entity itself has.
std::vector<std::string_view> values_of(const wire::FieldSpec& attribute, const KnownEntity* known) {
  if (!attribute.options.empty()) return {attribute.options.begin(), attribute.options.end()};
  if (known == nullptr || attribute.options_from.empty()) return {};
  const wire::Value* listed = known->description.capabilities.find(attribute.options_from);
  std::vector<std::string_view> out;
  if (listed == nullptr || listed->as_list() == nullptr) return out;
  for (const wire::Value& item : *listed->as_list()) {
    if (const std::string* text = item.as_string()) out.emplace_back(*text);
  }
  return out;
}

bool is_number_state(const wire::DomainSpec& domain, const KnownEntity* known) {
  if (domain.state_kind == wire::StateKind::number) return true;
  return known != nullptr && known->described && domain.name == "sensor" && known->description.numeric();
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string listed(const std::vector<std::string_view>& values) {
  constexpr std::size_t kShown = 8;
  std::string out;
  for (std::size_t i = 0; i < values.size() && i < kShown; ++i)
    out += (i == 0 ? "" : ", ") + std::string(values[i]);
  return values.size() > kShown ? out + " …" : out;
}

void report_value(Inspection& in, const std::string& what, const std::string& value,
                  const std::vector<std::string_view>& possible, Place place) {
  const std::string small = lower(value);
  std::string near(contains(possible, small) ? std::string_view(small) : wire::nearest(value, possible));
  // What people call it elsewhere.
  if (near.empty() && possible.size() == 2 && contains(possible, "on")) {
    constexpr std::array<std::string_view, 7> kOn{"open",   "true",     "detected", "home",
                                                  "active", "occupied", "motion"};
    constexpr std::array<std::string_view, 6> kOff{"closed",   "false", "clear",
                                                   "not_home", "idle",  "inactive"};
    if (contains(kOn, small)) near = "on";
    if (contains(kOff, small)) near = "off";
  }
  in.warn(
      place, "never_so",
      what + " is never '" + value + "'" + did_you_mean(near) + " (it is one of " + listed(possible) + ")",
      near);
}

struct Range {
  double min = wire::kNone, max = wire::kNone;
  std::string unit;
};

bool is_percent_class(std::string_view device_class) {
  return device_class == "battery" || device_class == "humidity" || device_class == "moisture";
}

Range range_of_state(const KnownEntity* known) {
  if (known == nullptr) return {};
  Range range;
  range.unit = known->description.unit;
  if (known->description.min) range.min = *known->description.min;
  if (known->description.max) range.max = *known->description.max;
  if (range.unit == "%" && is_percent_class(known->description.device_class)) {
    range.min = 0;
    range.max = 100;
  }
  return range;
}

Range range_of(const wire::DomainSpec& domain, const KnownEntity* known, std::string_view attribute) {
  if (attribute.empty()) return range_of_state(known);
  const wire::FieldSpec* spec = wire::find_attribute(domain, attribute);
  if (spec == nullptr) return {};
  return {spec->min, spec->max, std::string(spec->unit)};
}

std::string printed(double number) { return jinja::str(Value(number)); }

void inspect_number(Inspection& in, std::string_view entity, std::string_view attribute, Place place) {
  if (!attribute.empty()) return;
  const wire::DomainSpec* domain = domain_of(entity);
  const KnownEntity* known = in.knowledge.entity(entity);
  const bool timestamp = known != nullptr && known->described &&
                         contains(domain->text_classes, known->description.device_class) &&
                         !known->description.device_class.empty();
  if (domain->state_kind != wire::StateKind::choice && !timestamp) return;
  const std::string is = timestamp ? known->description.device_class : listed(states_of(*domain, known));
  in.warn(place, "no_number", "the state of " + std::string(entity) + " is no number, but " + is);
}

}  // namespace

void inspect_attribute(Inspection& in, std::string_view entity, std::string_view attribute, Place place) {
  const wire::DomainSpec* domain = domain_of(entity);
  if (domain == nullptr || attribute.empty() || contains(kCommonAttributes, attribute)) return;
  const KnownEntity* known = in.knowledge.entity(entity);
  std::vector<std::string_view> names(kCommonAttributes.begin(), kCommonAttributes.end());
  for (const wire::FieldSpec& spec : domain->attributes) names.push_back(spec.name);
  const bool in_table = wire::find_attribute(*domain, attribute) != nullptr;
  if (known == nullptr) return;
  for (const std::string& name : known->attributes) names.emplace_back(name);
  if (contains(known->attributes, attribute)) return;
  if (in_table) {
    const wire::FieldSpec& spec = *wire::find_attribute(*domain, attribute);
    const auto& features = known->description.features;
    const bool able = spec.features.empty() ||
                      std::any_of(spec.features.begin(), spec.features.end(),
                                  [&](std::string_view feature) { return contains(features, feature); });
    if (able || !known->described) return;
    in.warn(place, "missing_feature",
            std::string(entity) + " has no " + std::string(attribute) + ": it does not support that");
    return;
  }
  if (!known->reports) return;
  const std::string near(wire::nearest(attribute, names));
  in.warn(place, "unknown_attribute",
          std::string(entity) + " has no attribute '" + std::string(attribute) + "'" + did_you_mean(near),
          near);
}

void inspect_expected(Inspection& in, std::string_view entity, std::string_view attribute, const Value& value,
                      Place place) {
  const std::string* text = value.as_text();
  const wire::DomainSpec* domain = domain_of(entity);
  if (text == nullptr || domain == nullptr) return;
  const KnownEntity* known = in.knowledge.entity(entity);
  std::string what = "the state of " + std::string(entity);
  if (!attribute.empty()) {
    const wire::FieldSpec* spec = wire::find_attribute(*domain, attribute);
    const auto possible = spec == nullptr ? std::vector<std::string_view>() : values_of(*spec, known);
    if (possible.empty() || contains(possible, *text)) return;
    what = "the " + std::string(attribute) + " of " + std::string(entity);
    return report_value(in, what, *text, possible, place);
  }
  // Where a state is expected, the name of a helper stands for what is in it.
  if (is_absence(*text) || text->starts_with("input_") || text->starts_with("sensor.")) return;
  const std::vector<std::string_view> possible = states_of(*domain, known);
  if (!possible.empty()) {
    if (!contains(possible, *text)) report_value(in, what, *text, possible, place);
    return;
  }
  if (is_number_state(*domain, known) && !jinja::to_real(value))
    in.warn(place, "never_so", what + " is a number, never '" + *text + "'");
}

void inspect_bounds(Inspection& in, std::string_view entity, std::string_view attribute, const Bounds& bounds,
                    Place place) {
  const wire::DomainSpec* domain = domain_of(entity);
  if (domain == nullptr) return;
  inspect_number(in, entity, attribute, place);
  const Range range = range_of(*domain, in.knowledge.entity(entity), attribute);
  const std::string what =
      (attribute.empty() ? "" : std::string(attribute) + " of ") + std::string(entity) + " is never ";
  const std::string unit = range.unit.empty() ? "" : " " + range.unit;
  // Comparisons with a bound that is missing are false.
  if (bounds.above.number && *bounds.above.number >= range.max) {
    in.warn(place, "out_of_range",
            what + "above " + printed(*bounds.above.number) + ": it goes up to " + printed(range.max) + unit);
  }
  if (bounds.below.number && *bounds.below.number <= range.min) {
    in.warn(place, "out_of_range",
            what + "below " + printed(*bounds.below.number) + ": it begins at " + printed(range.min) + unit);
  }
}

}  // namespace gable::rules
