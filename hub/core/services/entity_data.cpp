#include "core/services/entity_data.hpp"

#include <algorithm>

#include "wire/coercion.hpp"
#include "wire/color.hpp"

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

class Unknown final : public wire::CurrentValues {
 public:
  [[nodiscard]] const wire::Value* current(std::string_view) const override { return nullptr; }
};

}  // namespace

EntityData fit(const wire::EntityDescription& entity, const std::string& service, const wire::Object& data) {
  const wire::ServiceSpec* spec = wire::find_service(*entity.domain, service);
  if (spec == nullptr) return {service, data};
  wire::Object typed = wire::coerced(*entity.domain, *spec, data);
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
  const auto command = wire::make_command(
      able, service, spec == nullptr ? data : wire::coerced(domain, *spec, data), Unknown());
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
