#include "wire/command_words.hpp"
// See the header. Numbers come as JSON writes them; a percentage is a share of the entity's range.

#include <algorithm>
#include <cmath>

#include "wire/date_text.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::wire {

namespace {

constexpr std::size_t kQuotedBytes = 60;
constexpr std::size_t kNamedOptions = 12;

std::optional<double> parse_number(std::string_view text) {
  Value value;
  if (!parse_scalar(text, value) || !value.is_number()) return std::nullopt;
  return value.number_or(0);
}

// 21.5 as people write it; whole numbers without ".0".
std::string short_number(double number) {
  const bool whole = number == std::floor(number) && std::fabs(number) < 1e15;
  return whole ? std::to_string(static_cast<std::int64_t>(number)) : number_text(number);
}

bool is_numeric(ValueType type) { return type == ValueType::integer || type == ValueType::number; }

// Adds capability `prefix` + field.range_from to `bound`, where the entity has it.
void narrow(const EntityDescription& entity, std::string_view prefix, const FieldSpec& field, double& bound) {
  std::string key(prefix);
  key += field.range_from;
  const Value* own = entity.capabilities.find(key);
  if (own != nullptr && own->is_number()) bound = own->number_or(bound);
}

std::string describe(const FieldSpec& field, const Range& range) {
  std::string text(field.name);
  text += field.type == ValueType::integer ? " is a whole number" : " is a number";
  const bool low = !std::isnan(range.min);
  const bool high = !std::isnan(range.max);
  if (low && high) text += " from " + short_number(range.min) + " to " + short_number(range.max);
  if (low && !high) text += " not below " + short_number(range.min);
  if (!low && high) text += " not above " + short_number(range.max);
  if (!field.unit.empty() && (low || high)) text += " " + std::string(field.unit);
  return text;
}

Error wrong_type_text(const FieldSpec& field, std::string_view found) {
  std::string text(field.name);
  const std::string_view type = to_string(field.type);
  text += type == "integer" || type == "object" ? " must be an " : " must be a ";
  text += type;
  text += ", not ";
  text += found;
  return {ErrorCode::wrong_type, std::move(text), std::string(field.name)};
}

Error wrong_type(const FieldSpec& field, const Value& value) {
  const std::string* text = value.as_string();
  return wrong_type_text(field, text != nullptr ? quoted(*text) : std::string(value.type_name()));
}

Error out_of_range(const FieldSpec& field, const Range& range, double number) {
  return {ErrorCode::out_of_range, describe(field, range) + ", not " + short_number(number),
          std::string(field.name)};
}

bool outside(const Range& range, double number) { return number < range.min || number > range.max; }

Result<Value> check_number(const Target& target, const Value& value) {
  const double number = value.number_or(0);
  const Range range = range_of(target.entity, target.field);
  if (outside(range, number)) return out_of_range(target.field, range, number);
  if (target.field.type == ValueType::number || value.as_int() != nullptr) return value;
  constexpr double kLargestExact = 9007199254740992.0;  // 2^53
  if (number != std::floor(number) || std::fabs(number) > kLargestExact) {
    return Error{ErrorCode::wrong_type, describe(target.field, range) + ", not " + short_number(number),
                 std::string(target.field.name)};
  }
  return Value(static_cast<std::int64_t>(number));
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<Value> check_text(const Target& target, const std::string& text) {
  const std::vector<std::string_view> options = options_of(target.entity, target.field);
  if (!options.empty()) {
    if (std::ranges::find(options, text) != options.end()) return Value(text);
    std::string message(target.field.name);
    message += " cannot be " + quoted(text) + "; it is one of ";
    for (std::size_t i = 0; i < std::min(options.size(), kNamedOptions); ++i) {
      if (i > 0) message += ", ";
      message += options[i];
    }
    if (options.size() > kNamedOptions) message += " …";
    return Error{ErrorCode::out_of_range, message + did_you_mean(text, options),
                 std::string(target.field.name)};
  }
  const Range range = range_of(target.entity, target.field);
  const auto length = static_cast<double>(characters(text));
  if (!outside(range, length)) return Value(text);
  std::string message(target.field.name);
  message += " has " + short_number(length) + " characters; allowed are ";
  message += short_number(std::isnan(range.min) ? 0 : range.min) + " to " + short_number(range.max);
  return Error{ErrorCode::out_of_range, std::move(message), std::string(target.field.name)};
}

Result<Value> check_item(const Target& target, const ItemSpec& spec, const Value& value) {
  FieldSpec field;
  field.name = target.field.name;
  field.type = spec.type;
  field.min = spec.min;
  field.max = spec.max;
  if (!value.is_number()) return wrong_type(field, value);
  return check_number(Target{target.entity, field, {}}, value);
}

Result<Value> check_fixed_list(const Target& target, const List& list) {
  const std::span<const ItemSpec> items = target.field.items;
  if (list.size() != items.size()) {
    std::string text(target.field.name);
    text += " has " + std::to_string(items.size()) + " values, not " + std::to_string(list.size());
    return Error{ErrorCode::wrong_type, std::move(text), std::string(target.field.name)};
  }
  List out;
  out.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    Result<Value> item = check_item(target, items[i], list[i]);
    if (!item) return item;
    out.push_back(std::move(*item));
  }
  return Value(std::move(out));
}

bool item_fits(ValueType type, const Value& value) {
  switch (type) {
    case ValueType::string:
      return value.as_string() != nullptr;
    case ValueType::integer:
      return value.as_int() != nullptr;
    case ValueType::number:
      return value.is_number();
    default:
      return true;
  }
}

Result<Value> check_list(const Target& target, const Value& value) {
  const FieldSpec& field = target.field;
  const List* list = value.as_list();
  if (!field.items.empty())
    return list != nullptr ? check_fixed_list(target, *list) : wrong_type(field, value);
  if (list == nullptr) {
    // One value stands for a list of one, as in Home Assistant's data.
    if (field.item_type == ValueType::any || !item_fits(field.item_type, value))
      return wrong_type(field, value);
    return Value(List{value});
  }
  for (const Value& item : *list) {
    if (item_fits(field.item_type, item)) continue;
    std::string text(field.name);
    text += " must be a list of " + std::string(to_string(field.item_type)) + " values";
    return Error{ErrorCode::wrong_type, std::move(text), std::string(field.name)};
  }
  return value;
}

// `any` with a list of what is allowed: a siren's tone is an item of the list, or a key or value of the
// object.
Result<Value> check_any(const Target& target, const Value& value) {
  if (value.is_null()) return wrong_type(target.field, value);
  if (target.field.options_from.empty()) return value;
  const Value* allowed = target.entity.capabilities.find(target.field.options_from);
  if (allowed == nullptr) return value;
  bool found = false;
  if (const List* list = allowed->as_list()) found = std::ranges::find(*list, value) != list->end();
  if (const Object* object = allowed->as_object()) {
    const std::string text = plain_text(value);
    found = std::ranges::any_of(*object, [&](const Member& m) { return m.key == text || m.value == value; });
  }
  if (found) return value;
  std::string text(target.field.name);
  text += " " + quoted(plain_text(value)) + " is not among " + std::string(target.field.options_from);
  return Error{ErrorCode::out_of_range, std::move(text), std::string(target.field.name)};
}

std::optional<bool> boolean_word(std::string_view text) {
  if (same_word(text, "on") || same_word(text, "true")) return true;
  if (same_word(text, "off") || same_word(text, "false")) return false;
  return std::nullopt;
}

// A number that is not plain JSON: 40%, +10%, -10%, +5.
struct Relative {
  double number = 0;
  bool percent = false;
  bool relative = false;
};

std::optional<Relative> parse_relative(std::string_view text) {
  Relative out;
  text = trim(text);
  if (text.ends_with('%')) {
    out.percent = true;
    text = trim(text.substr(0, text.size() - 1));
  }
  if (text.starts_with('+')) {
    out.relative = true;
    text.remove_prefix(1);
  } else {
    // -10% is a step down; -10 is the number.
    out.relative = out.percent && text.starts_with('-');
  }
  if (!out.percent && !out.relative) return std::nullopt;
  const std::optional<double> number = parse_number(text);
  if (!number) return std::nullopt;
  out.number = *number;
  return out;
}

Result<Value> resolve(const Target& target, const Relative& asked, std::string_view text,
                      const CurrentValues& now) {
  const FieldSpec& field = target.field;
  const Range range = range_of(target.entity, field);
  const double span = range.max - range.min;
  if (asked.percent && std::isnan(span)) {
    return Error{ErrorCode::wrong_type,
                 std::string(field.name) + " has no range that a percentage could be of",
                 std::string(field.name)};
  }
  const double amount = asked.percent ? asked.number * span / 100 : asked.number;
  if (!asked.relative) {
    if (asked.number > 100) {
      return Error{ErrorCode::out_of_range, "a percentage is from 0 % to 100 %, not " + quoted(text),
                   std::string(field.name)};
    }
    return fitted(field, range, range.min + amount);
  }
  const std::optional<double> current = current_number(target.entity, target.attribute, now);
  if (!current) {
    std::string message(target.attribute.empty() ? field.name : target.attribute);
    message += " is not known at present, so " + quoted(text) + " has nothing to start from";
    return Error{ErrorCode::unavailable, std::move(message), std::string(field.name)};
  }
  // A step in the field's own unit is taken as it is; a share of the range goes to the next step.
  const Range bounds{range.min, range.max, asked.percent ? range.step : kNone};
  return fitted(field, bounds, *current + amount);
}

Result<Value> parse_numeric(const Target& target, std::string_view text, const CurrentValues& now) {
  if (const auto relative = parse_relative(text)) return resolve(target, *relative, text, now);
  Value value;
  if (parse_scalar(text, value) && value.is_number()) return check_number(target, value);
  return Error{ErrorCode::wrong_type,
               describe(target.field, range_of(target.entity, target.field)) + ", not " + quoted(text),
               std::string(target.field.name)};
}

Result<Value> check_calendar(const Target& target, const Value& value) {
  const FieldSpec& field = target.field;
  if (field.type == ValueType::duration) {
    // One spelling for whoever carries it out: seconds.
    const bool backwards = field.min < 0 && std::isfinite(field.min);
    if (const auto seconds = backwards ? signed_duration_seconds(value) : duration_seconds(value))
      return *seconds == std::floor(*seconds) ? Value(static_cast<std::int64_t>(*seconds)) : Value(*seconds);
  }
  const std::string* text = value.as_string();
  if (text == nullptr) return wrong_type(field, value);
  if (field.type == ValueType::date && is_date(*text)) return value;
  if (field.type == ValueType::time) {
    if (auto time = full_time(*text)) return Value(std::move(*time));
  }
  if (field.type == ValueType::datetime && is_datetime(*text)) return value;
  return wrong_type(field, value);
}

}  // namespace

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string quoted(std::string_view text) { return '\'' + shortened(text, kQuotedBytes) + '\''; }

Range range_of(const EntityDescription& entity, const FieldSpec& field) {
  Range range{field.min, field.max, kNone};
  if (field.range_from.empty()) return range;
  if (field.range_from == "state") {
    return {entity.min.value_or(field.min), entity.max.value_or(field.max), entity.step.value_or(kNone)};
  }
  narrow(entity, "min_", field, range.min);
  narrow(entity, "max_", field, range.max);
  return range;
}

std::vector<std::string_view> options_of(const EntityDescription& entity, const FieldSpec& field) {
  if (field.options_from == "options") return {entity.options.begin(), entity.options.end()};
  std::vector<std::string_view> out;
  const Value* own = field.options_from.empty() ? nullptr : entity.capabilities.find(field.options_from);
  const List* list = own == nullptr ? nullptr : own->as_list();
  if (list == nullptr) return {field.options.begin(), field.options.end()};
  for (const Value& item : *list) {
    if (const std::string* text = item.as_string()) out.emplace_back(*text);
  }
  return out;
}

std::optional<Error> check_features(const EntityDescription& entity, std::string_view what,
                                    std::span<const std::string_view> features) {
  const auto has = [&](std::string_view feature) { return entity.has_feature(feature); };
  if (features.empty() || std::ranges::any_of(features, has)) return std::nullopt;
  std::string text(what);
  text += features.size() == 1 ? " needs the feature " : " needs one of the features ";
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (i > 0) text += ", ";
    text += features[i];
  }
  text += "; this " + std::string(entity.domain->name) + " has ";
  if (entity.features.empty()) text += "none";
  for (std::size_t i = 0; i < entity.features.size(); ++i) {
    if (i > 0) text += ", ";
    text += entity.features[i];
  }
  return Error{ErrorCode::unsupported, std::move(text), std::string(what)};
}

std::optional<double> current_number(const EntityDescription& entity, std::string_view attribute,
                                     const CurrentValues& now) {
  if (attribute.empty()) return std::nullopt;
  const FieldSpec* spec = find_attribute(*entity.domain, attribute);
  if (spec != nullptr && !std::isnan(spec->when_off)) {
    const Value* state = now.current("state");
    if (state != nullptr && state->string_or("") == "off") return spec->when_off;
  }
  const Value* value = now.current(attribute);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->number_or(0);
}

Value fitted(const FieldSpec& field, const Range& range, double number) {
  if (!std::isnan(range.step) && !std::isnan(range.min)) {
    number = range.min + std::floor((number - range.min) / range.step + 0.5) * range.step;
  }
  if (number < range.min) number = range.min;
  if (number > range.max) number = range.max;
  if (field.type == ValueType::integer) return Value(static_cast<std::int64_t>(std::floor(number + 0.5)));
  // 20.1 + 0.2 is 20.3 to people.
  constexpr double kGrain = 1e6;
  return Value(std::fabs(number) < 1e9 ? std::floor(number * kGrain + 0.5) / kGrain : number);
}

Result<Value> check_value(const Target& target, const Value& value, const CurrentValues& now) {
  const FieldSpec& field = target.field;
  const std::string* text = value.as_string();
  if (is_numeric(field.type)) {
    if (value.is_number()) return check_number(target, value);
    const auto relative = text != nullptr ? parse_relative(*text) : std::nullopt;
    if (relative) return resolve(target, *relative, *text, now);
    return wrong_type(field, value);
  }
  switch (field.type) {
    case ValueType::boolean: {
      const auto word = text != nullptr ? boolean_word(*text) : std::nullopt;
      if (word) return Value(*word);
      return value.as_bool() != nullptr ? Result<Value>(value) : wrong_type(field, value);
    }
    case ValueType::string:
      return text != nullptr ? check_text(target, *text) : wrong_type(field, value);
    case ValueType::list:
      return check_list(target, value);
    case ValueType::object:
      return value.as_object() != nullptr ? Result<Value>(value) : wrong_type(field, value);
    case ValueType::any:
      return check_any(target, value);
    default:
      return check_calendar(target, value);
  }
}

Result<Value> parse_value(const Target& target, std::string_view text, const CurrentValues& now) {
  const FieldSpec& field = target.field;
  if (is_numeric(field.type)) return parse_numeric(target, text, now);
  const bool structured = field.type == ValueType::list || field.type == ValueType::object;
  const bool json = text.starts_with('"') || (structured && (text.starts_with('[') || text.starts_with('{')));
  if (json) {
    Result<Value> value = parse_json(text);
    if (!value) return value;
    return check_value(target, *value, now);
  }
  Value scalar;
  const bool open = field.type == ValueType::any || field.type == ValueType::duration;
  if (open && parse_scalar(text, scalar)) return check_value(target, scalar, now);
  return check_value(target, Value(text), now);
}

}  // namespace gable::wire
