#include "wire/command_parts.hpp"
// A service call: its parameters checked against table and entity, converted, and completed. Pure; any
// thread.

#include <algorithm>
#include <cmath>

#include "wire/color.hpp"
#include "wire/command_words.hpp"

namespace gable::wire {

namespace {

// As Home Assistant rounds brightness_pct and brightness_step_pct: halves to the even number.
double whole_half_even(double number) {
  constexpr double kGrain = 1e9;  // 10 × 2.55 is 25.499999999999996
  return std::nearbyint(std::round(number * kGrain) / kGrain);
}

class Maker {
 public:
  Maker(const EntityDescription& entity, const ServiceSpec& service, const CurrentValues& now)
      : entity_(entity), service_(service), now_(now) {}

  Result<Command> make(const Object& data) {
    if (auto error = check_features(entity_, service_.name, service_.features)) return *error;
    command_.service = &service_;
    for (const Member& member : data) {
      if (bookkeeping(member.key)) continue;
      if (auto error = take(member)) return *error;
    }
    if (auto error = missing()) return *error;
    zero();
    return std::move(command_);
  }

 private:
  Error unknown(std::string_view key) const {
    std::vector<std::string_view> known;
    add_names(service_.params, known);
    std::string text = std::string(entity_.domain->name) + "." + std::string(service_.name);
    text += " has no parameter " + quoted(key) + did_you_mean(key, known);
    return {ErrorCode::unknown_attribute, std::move(text), std::string(key)};
  }

  std::optional<Error> take(const Member& member) {
    const FieldSpec* param = param_for(service_, member.key);
    if (param == nullptr) return unknown(member.key);
    if (auto error = check_features(entity_, param->name, param->features)) return error;
    const Target target{entity_, *param, attribute_of(service_, param->name)};
    Result<Value> value = check_value(target, member.value, now_);
    if (!value) return value.error();
    if (param->converts_to.empty()) return store(param->name, std::move(*value));
    const FieldSpec& other = *find_param(service_, param->converts_to);
    Result<Value> converted = convert(*param, other, value->number_or(0));
    if (!converted) return converted.error();
    return store(other.name, std::move(*converted));
  }

  std::optional<Error> store(std::string_view name, Value value) {
    if (command_.data.contains(name)) {
      return Error{ErrorCode::malformed, std::string(name) + " is given twice, in two ways",
                   std::string(name)};
    }
    command_.data.append(std::string(name), std::move(value));
    return std::nullopt;
  }

  Result<Value> convert(const FieldSpec& from, const FieldSpec& to, double number) const {
    const std::string_view attribute = attribute_of(service_, to.name);
    const Target target{entity_, to, attribute};
    if (from.conversion == Conversion::mired)
      return fitted(to, range_of(entity_, to), std::floor(1e6 / number));
    const double amount = whole_half_even(number * from.factor);
    if (from.conversion == Conversion::scale) return check_value(target, Value(amount), now_);
    const std::optional<double> current = current_number(entity_, attribute, now_);
    if (current) return fitted(to, range_of(entity_, to), *current + amount);
    std::string text(attribute);
    text += " is not known at present, so " + std::string(from.name) + " has nothing to start from";
    return Error{ErrorCode::unavailable, std::move(text), std::string(from.name)};
  }

  std::optional<Error> missing() const {
    const auto given = [&](const FieldSpec& param) { return command_.data.contains(param.name); };
    for (const FieldSpec& param : service_.params) {
      if (!param.required || given(param)) continue;
      return Error{ErrorCode::malformed, std::string(service_.name) + " needs " + std::string(param.name),
                   std::string(param.name)};
    }
    if (!service_.needs_param || std::ranges::any_of(service_.params, given)) return std::nullopt;
    std::string text = std::string(service_.name) + " needs at least one of ";
    for (const FieldSpec& param : service_.params) {
      if (param.name != service_.params.front().name) text += ", ";
      text += param.name;
    }
    return Error{ErrorCode::malformed, std::move(text), {}};
  }

  // brightness 0 means turn_off, with what turn_off takes (transition).
  void zero() {
    for (const FieldSpec& param : service_.params) {
      if (param.zero_service.empty()) continue;
      const Value* value = command_.data.find(param.name);
      if (value == nullptr || !value->is_number() || value->number_or(1) != 0) continue;
      command_.service = find_service(*entity_.domain, param.zero_service);
      Object kept;
      for (Member& member : command_.data) {
        if (find_param(*command_.service, member.key) != nullptr)
          kept.append(member.key, std::move(member.value));
      }
      command_.data = std::move(kept);
      return;
    }
  }

  const EntityDescription& entity_;
  const ServiceSpec& service_;
  const CurrentValues& now_;
  Command command_;
};

}  // namespace

std::string_view attribute_of(const ServiceSpec& service, std::string_view param) {
  for (const Expectation& expectation : service.expects) {
    if (expectation.param == param && !param.empty()) return expectation.attribute;
  }
  return {};
}

const FieldSpec* param_for(const ServiceSpec& service, std::string_view key) {
  if (const FieldSpec* param = find_param(service, key)) return param;
  for (const Expectation& expectation : service.expects) {
    if (expectation.attribute == key && !expectation.param.empty())
      return find_param(service, expectation.param);
  }
  return nullptr;
}

bool says_what(const DomainSpec& domain, const ServiceSpec& service, const FieldSpec& param) {
  return param.required || !param.converts_to.empty() || !attribute_of(service, param.name).empty() ||
         service.name == domain.value_service;
}

Result<Command> make_checked(const EntityDescription& entity, const ServiceSpec& service, const Object& data,
                             const CurrentValues& now) {
  if (entity.domain->name != "light") return Maker(entity, service, now).make(data);
  const Result<Object> fitted = fit_color(entity, service, data, now);
  if (!fitted) return fitted.error();
  return Maker(entity, service, now).make(*fitted);
}

}  // namespace gable::wire
