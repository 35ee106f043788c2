// What a device should report once a command has been carried out, and whether it has. Declared in
// command.hpp. Pure; any thread.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "wire/command.hpp"
#include "wire/command_words.hpp"
#include "wire/json.hpp"

namespace gable::wire {

namespace {

constexpr std::string_view kState = "state";

// A constant of the table in the attribute's type.
Value constant(const DomainSpec& domain, std::string_view attribute, std::string_view text) {
  const FieldSpec* spec = find_attribute(domain, attribute);
  if (spec == nullptr || spec->type == ValueType::string) return Value(text);
  if (spec->type == ValueType::boolean) return Value(text == "on");
  Value value;
  return parse_scalar(text, value) ? value : Value(text);
}

// An attribute can be expected of an entity that reports it, or that has a feature which goes with it.
bool reports(const EntityDescription& entity, std::string_view attribute, const CurrentValues& now) {
  if (attribute == kState) return true;
  const Value* value = now.current(attribute);
  if (value != nullptr && !value->is_null()) return true;
  const FieldSpec* spec = find_attribute(*entity.domain, attribute);
  return spec != nullptr && !spec->features.empty() && !check_features(entity, attribute, spec->features);
}

Value constants(const DomainSpec& domain, const Expectation& expectation) {
  if (expectation.values.size() == 1)
    return constant(domain, expectation.attribute, expectation.values.front());
  List any_of;
  for (const std::string_view text : expectation.values) {
    any_of.push_back(constant(domain, expectation.attribute, text));
  }
  return Value(std::move(any_of));
}

// Where the range is a circle (hue), 359 is near 0.
double difference(double a, double b, bool circle) {
  constexpr double kCircle = 360;
  const double plain = std::fabs(a - b);
  return circle ? std::min(plain, kCircle - plain) : plain;
}

bool close(const FieldSpec& spec, const Value& asked, const Value& found) {
  if (asked.is_number() && found.is_number()) {
    return std::fabs(asked.number_or(0) - found.number_or(0)) <= spec.tolerance;
  }
  const List* a = asked.as_list();
  const List* b = found.as_list();
  if (a == nullptr || b == nullptr || a->size() != b->size() || a->size() != spec.items.size())
    return asked == found;
  for (std::size_t i = 0; i < a->size(); ++i) {
    if (!(*a)[i].is_number() || !(*b)[i].is_number()) return false;
    const bool circle = spec.items[i].max == 360;
    if (difference((*a)[i].number_or(0), (*b)[i].number_or(0), circle) > spec.tolerance) return false;
  }
  return true;
}

// The field that says how near a report must come; null: equal.
const FieldSpec* tolerance_of(const DomainSpec& domain, std::string_view attribute) {
  if (attribute != kState) return find_attribute(domain, attribute);
  const ServiceSpec* service = find_service(domain, domain.value_service);
  return service == nullptr ? nullptr : find_param(*service, domain.value_param);
}

bool same_time(const Value& asked, const Value& found) {
  const auto a = parse_time(asked.string_or(""));
  return a && a == parse_time(found.string_or(""));
}

bool met(const EntityDescription& entity, const Member& expected, const Value& found) {
  const List* any_of = expected.key == kState ? expected.value.as_list() : nullptr;
  if (any_of != nullptr) return std::ranges::find(*any_of, found) != any_of->end();
  const FieldSpec* spec = tolerance_of(*entity.domain, expected.key);
  if (spec == nullptr) return expected.value == found;
  return close(*spec, expected.value, found) ||
         (spec->type == ValueType::datetime && same_time(expected.value, found));
}

}  // namespace

Object expected_state(const EntityDescription& entity, const Command& command, const CurrentValues& now) {
  Object out;
  const ServiceSpec& service = *command.service;
  if (!service.toggles.empty()) {
    // What a toggle leads to depends on where it starts.
    const Value* state = now.current(kState);
    if (state == nullptr) return out;
    const auto toggle = std::ranges::find(service.toggles, state->string_or(""), &Toggle::from);
    if (toggle != service.toggles.end()) out.set(std::string(kState), toggle->to);
    return out;
  }
  for (const Expectation& expectation : service.expects) {
    const Value* given = expectation.param.empty() ? nullptr : command.data.find(expectation.param);
    if (given != nullptr) out.set(std::string(expectation.attribute), *given);
    if (!expectation.values.empty() && reports(entity, expectation.attribute, now)) {
      out.set(std::string(expectation.attribute), constants(*entity.domain, expectation));
    }
  }
  return out;
}

bool reached(const EntityDescription& entity, const Object& expected, const CurrentValues& reported) {
  return std::ranges::all_of(expected, [&](const Member& member) {
    const Value* found = reported.current(member.key);
    return found != nullptr && met(entity, member, *found);
  });
}

Duration command_timeout(const Command& command) {
  const ServiceSpec& service = *command.service;
  double seconds = service.timeout_seconds;
  const Value* more = service.timeout_param.empty() ? nullptr : command.data.find(service.timeout_param);
  if (more != nullptr) seconds += std::max(0.0, more->number_or(0));
  return Duration(std::llround(seconds * 1000));
}

}  // namespace gable::wire
