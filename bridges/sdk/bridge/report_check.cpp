#include "bridge/report_check.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::bridge {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::ValueType;
using Verdict = std::optional<Error>;

Error error(ErrorCode code, std::string text) { return {code, std::move(text), {}}; }

Error wrong_type(std::string_view expected, const wire::Value& value) {
  return error(ErrorCode::wrong_type,
               "expected " + std::string(expected) + ", got " + std::string(value.type_name()));
}

Verdict check_text(const wire::Value& value) {
  const std::string* text = value.as_string();
  if (text == nullptr) return wrong_type("a string", value);
  if (text->size() > kTextLimit) {
    return error(ErrorCode::too_large, "a text of " + std::to_string(text->size()) + " bytes; at most " +
                                           std::to_string(kTextLimit) + " are allowed");
  }
  if (!wire::valid_utf8(*text)) return error(ErrorCode::malformed, "not valid UTF-8");
  return {};
}

Verdict check_number(const wire::Value& value, double min, double max) {
  if (!value.is_number()) return wrong_type("a number", value);
  const double number = value.number_or(0);
  if (!std::isfinite(number)) return error(ErrorCode::out_of_range, "not a finite number");
  // A bound that is NaN holds for everything: comparisons with it are false.
  if (number < min) {
    return error(ErrorCode::out_of_range, wire::number_text(number) + " is below " + wire::number_text(min));
  }
  if (number > max) {
    return error(ErrorCode::out_of_range, wire::number_text(number) + " is above " + wire::number_text(max));
  }
  return {};
}

template <class Options>
Verdict check_option(const wire::Value& value, const Options& options) {
  if (auto bad = check_text(value)) return bad;
  const std::string& text = *value.as_string();
  if (std::find(options.begin(), options.end(), text) != options.end()) return {};
  std::string allowed;
  for (const auto& option : options) {
    if (allowed.size() > 200) {
      allowed += " …";
      break;
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(option);
  }
  return error(ErrorCode::out_of_range, "\"" + text + "\" is not one of: " + allowed);
}

Verdict check_time(const wire::Value& value) {
  if (auto bad = check_text(value)) return bad;
  if (wire::parse_time(*value.as_string())) return {};
  return error(ErrorCode::wrong_type, "expected an RFC 3339 time, got \"" + *value.as_string() + "\"");
}

Verdict check_state(const wire::EntityDescription& entity, const wire::Value& value) {
  switch (entity.domain->state_kind) {
    case wire::StateKind::choice:
      return check_option(value, entity.domain->states);
    case wire::StateKind::number:
      return check_number(value, entity.min.value_or(wire::kNone), entity.max.value_or(wire::kNone));
    case wire::StateKind::text:
      return check_text(value);
    case wire::StateKind::time:
      return check_time(value);
    case wire::StateKind::open:
      if (entity.numeric()) return check_number(value, wire::kNone, wire::kNone);
      if (!entity.options.empty()) return check_option(value, entity.options);
      return check_text(value);
  }
  return {};
}

bool listed(const wire::Object& capabilities, std::string_view list, const wire::Value& value) {
  const wire::Value* found = capabilities.find(list);
  const wire::List* allowed = found == nullptr ? nullptr : found->as_list();
  return allowed != nullptr && std::find(allowed->begin(), allowed->end(), value) != allowed->end();
}

Verdict check_whole(const wire::FieldSpec& field, const wire::Value& value) {
  if (auto bad = check_number(value, field.min, field.max)) return bad;
  const double number = value.number_or(0);
  if (number != std::floor(number)) return wrong_type("an integer", value);
  return {};
}

Verdict check_items(const wire::FieldSpec& field, const wire::Value& value) {
  const wire::List* list = value.as_list();
  if (list == nullptr) return wrong_type("a list", value);
  if (field.items.empty()) return {};
  if (list->size() != field.items.size()) {
    return error(ErrorCode::wrong_type,
                 "expected a list of " + std::to_string(field.items.size()) + " values");
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    const wire::ItemSpec& item = field.items[i];
    const bool number = item.type == ValueType::integer || item.type == ValueType::number;
    if (!number) continue;
    if (auto bad = check_number((*list)[i], item.min, item.max)) return bad;
  }
  return {};
}

Verdict check_type(const wire::FieldSpec& field, const wire::Value& value) {
  switch (field.type) {
    case ValueType::any:
      return {};
    case ValueType::boolean:
      if (value.as_bool() == nullptr) return wrong_type("a boolean", value);
      return {};
    case ValueType::integer:
      return check_whole(field, value);
    case ValueType::number:
      return check_number(value, field.min, field.max);
    case ValueType::string:
    case ValueType::date:
    case ValueType::time:
      return check_text(value);
    case ValueType::datetime:
      return check_time(value);
    case ValueType::duration:
      if (value.is_number()) return check_number(value, 0, wire::kNone);
      return check_text(value);
    case ValueType::list:
      return check_items(field, value);
    case ValueType::object:
      if (value.as_object() == nullptr) return wrong_type("an object", value);
      return {};
  }
  return {};
}

// A feature that the attribute needs and the entity has; true when it needs none.
bool featured(const wire::EntityDescription& entity, const wire::FieldSpec& field) {
  return field.features.empty() ||
         std::any_of(field.features.begin(), field.features.end(),
                     [&entity](std::string_view feature) { return entity.has_feature(feature); });
}

Verdict check_attribute(const wire::EntityDescription& entity, const wire::FieldSpec& field,
                        const wire::Value& value) {
  if (!featured(entity, field)) {
    return error(ErrorCode::unsupported, "the entity does not announce the feature \"" +
                                             std::string(field.features.front()) + "\" that it needs");
  }
  if (auto bad = check_type(field, value)) return bad;
  if (!field.options.empty()) return check_option(value, field.options);
  const bool bound_list = !field.options_from.empty() && entity.capabilities.contains(field.options_from);
  if (bound_list && value.as_string() != nullptr && !listed(entity.capabilities, field.options_from, value)) {
    return error(ErrorCode::out_of_range,
                 "\"" + *value.as_string() + "\" is not in the announced " + std::string(field.options_from));
  }
  return {};
}

}  // namespace

std::optional<wire::Error> check_report(const wire::EntityDescription& entity, std::string_view name,
                                        const wire::Value& value) {
  if (value.is_null()) return {};
  if (name == "state") return check_state(entity, value);
  if (const wire::FieldSpec* field = wire::find_attribute(*entity.domain, name)) {
    return check_attribute(entity, *field, value);
  }
  if (listed(entity.capabilities, kExtraAttributes, wire::Value(name))) {
    if (value.as_string() != nullptr) return check_text(value);
    if (value.is_number()) return check_number(value, wire::kNone, wire::kNone);
    return {};
  }
  return error(ErrorCode::unknown_attribute, "a " + std::string(entity.domain->name) +
                                                 " has no attribute \"" + std::string(name) +
                                                 "\"; declare it with extra_attribute() if it is meant");
}

std::optional<wire::Error> check_event(const wire::EntityDescription& entity, std::string_view event_type) {
  if (entity.domain->name != "event" && entity.event_types.empty()) {
    return error(ErrorCode::unsupported, "the entity announces no events");
  }
  return check_option(wire::Value(event_type), entity.event_types);
}

}  // namespace gable::bridge
