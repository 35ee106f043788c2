#include "check/service_data.hpp"

#include <algorithm>

#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/coercion.hpp"
#include "wire/command.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

class Unknown final : public wire::CurrentValues {
 public:
  [[nodiscard]] const wire::Value* current(std::string_view) const override { return nullptr; }
};

// The parameter that a key means: its own name, or the attribute that it sets.
const wire::FieldSpec* param_of(const wire::ServiceSpec& service, std::string_view key) {
  if (const wire::FieldSpec* param = wire::find_param(service, key)) return param;
  for (const wire::Expectation& expectation : service.expects) {
    if (expectation.attribute == key && !expectation.param.empty())
      return wire::find_param(service, expectation.param);
  }
  return nullptr;
}

// A domain whose service asks for no parameter: what is given can then be judged although the rest is only
// known when the rule runs. Borrowed by the descriptions made of it.
struct Relaxed {
  explicit Relaxed(const CallData& call)
      : params(call.service.params.begin(), call.service.params.end()),
        services(call.domain.services.begin(), call.domain.services.end()),
        domain(call.domain) {
    for (wire::FieldSpec& param : params) param.required = false;
    for (wire::ServiceSpec& service : services) {
      if (service.name != call.service.name) continue;
      service.params = params;
      service.needs_param = false;
    }
    domain.services = services;
  }

  std::vector<wire::FieldSpec> params;
  std::vector<wire::ServiceSpec> services;
  wire::DomainSpec domain;
};

wire::Object literals_of(const CallData& call) {
  wire::Object out;
  std::vector<Templated> keep;
  for (const auto& [key, value] : entries_of(call.data, keep)) {
    const wire::FieldSpec* param = param_of(call.service, key);
    if (param != nullptr && value->is_literal() && !value->literal().is_none())
      out.set(key, to_wire(value->literal()));
  }
  return out;
}

bool is_about_data(wire::ErrorCode code) {
  return code == wire::ErrorCode::malformed || code == wire::ErrorCode::wrong_type ||
         code == wire::ErrorCode::out_of_range || code == wire::ErrorCode::unknown_attribute;
}

std::string name_of(const CallData& call) {
  return std::string(call.domain.name) + "." + std::string(call.service.name);
}

void inspect_keys(Inspection& in, const CallData& call) {
  std::vector<std::string_view> names;
  for (const wire::FieldSpec& param : call.service.params) names.push_back(param.name);
  std::vector<Templated> keep;
  const auto entries = entries_of(call.data, keep);
  for (const auto& [key, value] : entries) {
    if (param_of(call.service, key) != nullptr) continue;
    const std::string near(wire::nearest(key, names));
    in.error(call.place, "unknown_parameter",
             name_of(call) + " has no parameter '" + key + "'" + did_you_mean(near), near);
  }
  const auto given = [&](const wire::FieldSpec& param) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const auto& entry) { return param_of(call.service, entry.first) == &param; });
  };
  for (const wire::FieldSpec& param : call.service.params) {
    if (param.required && !given(param))
      in.error(call.place, "missing_parameter", name_of(call) + " needs " + std::string(param.name));
  }
  if (call.service.needs_param && entries.empty()) {
    std::string list;
    for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    in.error(call.place, "missing_parameter", name_of(call) + " needs at least one of " + list);
  }
}

// What lies outside of a light's range is brought into it; that nobody means.
void inspect_clamped(Inspection& in, const CallData& call, const wire::Object& given,
                     const wire::Object& data) {
  for (const auto& [key, value] : data) {
    const wire::FieldSpec* param = wire::find_param(call.service, key);
    const wire::Value& before = *given.find(key);
    const bool outside = before.number_or(0) < (param == nullptr ? wire::kNone : param->min) ||
                         before.number_or(0) > (param == nullptr ? wire::kNone : param->max);
    if (!before.is_number() || !outside || before == value) continue;
    in.warn(call.place, "out_of_range",
            name_of(call) + ": " + key + " " + wire::plain_text(before) + " is taken for " +
                wire::plain_text(value) + ", the nearest that there is");
  }
}

// Home Assistant leaves out what these cannot do.
bool is_lenient(const CallData& call) {
  return call.domain.name == "light" || call.domain.name == "notify" ||
         ((call.domain.name == "fan" || call.domain.name == "siren") && call.service.name == "turn_on");
}

bool has_any(const wire::EntityDescription& entity, std::span<const std::string_view> features) {
  return features.empty() || std::any_of(features.begin(), features.end(), [&](std::string_view feature) {
           return entity.has_feature(feature);
         });
}

bool is_color(std::string_view param) {
  return param.ends_with("_color") || param == "color_name" || param.starts_with("color_temp") ||
         param == "kelvin" || param == "white";
}

// A colour is turned into one that the light takes.
bool supports(const wire::EntityDescription& entity, const wire::FieldSpec& param) {
  if (has_any(entity, param.features)) return true;
  const auto coloured = [&](std::string_view mode) { return entity.has_feature(mode); };
  constexpr std::array<std::string_view, 6> kColours{"hs", "xy", "rgb", "rgbw", "rgbww", "color_temp"};
  return is_color(param.name) && std::any_of(kColours.begin(), kColours.end(), coloured);
}

}  // namespace

std::vector<std::pair<std::string, const Templated*>> entries_of(const Templated& map,
                                                                 std::vector<Templated>& keep) {
  std::vector<std::pair<std::string, const Templated*>> out;
  if (map.is_literal()) {
    const jinja::Dict* dict = map.literal().as_dict();
    if (dict == nullptr) return out;
    keep.reserve(keep.size() + dict->entries().size());
    for (const auto& [key, value] : dict->entries()) {
      keep.emplace_back(value);
      out.emplace_back(jinja::str(key), &keep.back());
    }
    return out;
  }
  for (const auto& [key, value] : map.entries()) {
    if (key.is_literal()) out.emplace_back(jinja::str(key.literal()), &value);
  }
  return out;
}

void inspect_call_data(Inspection& in, const CallData& call) {
  if (call.data.kind() == Templated::Kind::text_template) return;
  inspect_keys(in, call);
  const Relaxed relaxed(call);
  wire::EntityDescription able;
  able.domain = &relaxed.domain;
  for (const wire::FeatureSpec& feature : call.domain.features) able.features.emplace_back(feature.name);
  const wire::Object given = literals_of(call);
  const wire::Object data = wire::coerced(call.domain, call.service, given);
  inspect_clamped(in, call, given, data);
  const auto command = wire::make_command(able, call.service.name, data, Unknown());
  if (command || !is_about_data(command.error().code)) return;
  in.error(call.place, "bad_parameter", name_of(call) + ": " + command.error().message());
}

void inspect_call_of(Inspection& in, const CallData& call, const KnownEntity& entity, std::string_view id) {
  const wire::EntityDescription& description = entity.description;
  if (!entity.described) return;
  const std::string name(id);
  if (!has_any(description, call.service.features)) {
    return in.error(call.place, "missing_feature", name + " does not support " + name_of(call));
  }
  if (call.data.kind() == Templated::Kind::text_template) return;
  Relaxed relaxed(call);
  wire::EntityDescription own = description;
  own.domain = &relaxed.domain;
  wire::Object data;
  for (const auto& [key, value] : wire::coerced(call.domain, call.service, literals_of(call))) {
    std::string text = name;
    text += " does not support ";
    text += key;
    const wire::FieldSpec& param = *param_of(call.service, key);
    if (supports(description, param)) {
      data.set(key, value);
    } else if (is_lenient(call)) {
      text += ", which is left out";
      in.warn(call.place, "missing_feature", std::move(text));
    } else {
      in.error(call.place, "missing_feature", std::move(text));
    }
  }
  const auto command = wire::make_command(own, call.service.name, data, Unknown());
  if (command || !is_about_data(command.error().code)) return;
  in.error(call.place, "bad_parameter", name + ": " + command.error().message());
}

}  // namespace gable::rules
