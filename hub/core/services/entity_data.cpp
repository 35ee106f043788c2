#include "core/services/entity_data.hpp"

#include <algorithm>
#include <cmath>

#include "core/services/values.hpp"
#include "wire/color.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::ErrorCode;

bool lenient(std::string_view domain, std::string_view service) {
  if (domain == "light") return true;
  if (domain == "fan" || domain == "siren") return service == "turn_on";
  return domain == "notify";
}

bool supported(const wire::EntityDescription& entity, const wire::FieldSpec& param) {
  if (param.features.empty()) return true;
  if (wire::is_color(param.name) && wire::has_color(entity)) return true;
  return std::any_of(param.features.begin(), param.features.end(),
                     [&](std::string_view feature) { return entity.has_feature(feature); });
}

bool dark(const wire::Member& member) {
  const bool level = member.key == "brightness" || member.key == "brightness_pct" || member.key == "white";
  return level && member.value.is_number() && member.value.number_or(1) == 0;
}

// As Home Assistant's schemas have it, a light's numbers are brought into their range, others refused.
wire::Value numeric(const wire::FieldSpec& param, const wire::Value& value, bool clamp) {
  wire::Value number = value;
  if (const auto* text = value.as_string()) {
    const bool relative = text->starts_with('+') || text->ends_with('%');
    if (relative || !wire::parse_scalar(*text, number) || !number.is_number()) return value;
  }
  if (!number.is_number()) return value;
  double of = number.number_or(0);
  if (clamp && of < param.min) of = param.min;
  if (clamp && of > param.max) of = param.max;
  constexpr double kLargestExact = 9007199254740992.0;  // 2^53
  if (param.type == wire::ValueType::integer && std::fabs(of) < kLargestExact)
    return static_cast<std::int64_t>(std::trunc(of));
  return of == number.number_or(0) ? number : wire::Value(of);
}

wire::Value truth(const wire::Value& value) {
  if (value.is_number()) return value.number_or(0) != 0;
  const std::string text = as_text(value);
  for (const char* word : {"true", "True", "on", "yes", "1"}) {
    if (text == word) return true;
  }
  for (const char* word : {"false", "False", "off", "no", "0"}) {
    if (text == word) return false;
  }
  return value;
}

// What a template or a quoted number of YAML gives, in the type that the parameter has.
wire::Value coerced(const wire::FieldSpec& param, const wire::Value& value, bool clamp) {
  using wire::ValueType;
  switch (param.type) {
    case ValueType::integer:
    case ValueType::number:
      return numeric(param, value, clamp);
    case ValueType::string:
      if (value.is_number() || value.as_bool() != nullptr) return as_text(value);
      return value;
    case ValueType::boolean:
      return value.as_bool() == nullptr ? truth(value) : value;
    case ValueType::list:
      if (param.item_type == ValueType::string && value.as_string() != nullptr) return wire::List{value};
      return value;
    default:
      return value;
  }
}

wire::Object coerced(const wire::DomainSpec& domain, const wire::ServiceSpec& service,
                     const wire::Object& data) {
  wire::Object out;
  for (const auto& [key, value] : data) {
    const wire::FieldSpec* param = wire::find_param(service, key);
    out.append(key, param == nullptr ? value : coerced(*param, value, domain.name == "light"));
  }
  return out;
}

class Unknown final : public wire::CurrentValues {
 public:
  [[nodiscard]] const wire::Value* current(std::string_view) const override { return nullptr; }
};

}  // namespace

EntityData fit(const wire::EntityDescription& entity, const std::string& service, const wire::Object& data) {
  const wire::ServiceSpec* spec = wire::find_service(*entity.domain, service);
  if (spec == nullptr) return {service, data};
  wire::Object typed = coerced(*entity.domain, *spec, data);
  if (!lenient(entity.domain->name, service)) return {service, std::move(typed)};
  EntityData out{service, {}};
  for (const auto& member : typed) {
    const wire::FieldSpec* param = wire::find_param(*spec, member.key);
    if (param == nullptr || supported(entity, *param))
      out.data.append(member.key, member.value);
    else if (dark(member) && service == "turn_on")
      out.service = "turn_off";
  }
  if (out.service == service) return out;
  return fit(entity, out.service, {});
}

std::optional<wire::Error> faulty(const wire::DomainSpec& domain, std::string_view service,
                                  const wire::Object& data) {
  wire::EntityDescription able;
  able.domain = &domain;
  for (const auto& feature : domain.features) able.features.emplace_back(feature.name);
  const wire::ServiceSpec* spec = wire::find_service(domain, service);
  const auto command =
      wire::make_command(able, service, spec == nullptr ? data : coerced(domain, *spec, data), Unknown());
  if (command) return std::nullopt;
  switch (command.error().code) {
    case ErrorCode::malformed:
    case ErrorCode::wrong_type:
    case ErrorCode::out_of_range:
    case ErrorCode::unknown_attribute:
    case ErrorCode::unknown_service:
      return command.error();
    default:
      return std::nullopt;
  }
}

}  // namespace gable::hub
