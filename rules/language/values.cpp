#include "language/values.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/domains.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

bool holds_template(std::string_view text) {
  return text.find("{{") != text.npos || text.find("{%") != text.npos || text.find("{#") != text.npos;
}

// An error when a tag has been left that nobody has resolved: !input outside of a blueprint.
bool resolved(Reading& reading, yaml::Node node) {
  if (node.tag() == yaml::Tag::none) return true;
  std::string message = std::string(yaml::to_string(node.tag())) + " " + std::string(node.written());
  message +=
      node.tag() == yaml::Tag::input ? " has a meaning in blueprints only" : " stands for nothing here";
  reading.error(node, "unresolved_tag", std::move(message));
  return false;
}

void wrong_type(Reading& reading, yaml::Node node, std::string_view what, std::string_view expected) {
  reading.error(node, "wrong_type",
                std::string(what) + ": expected " + std::string(expected) + ", got " + shown(node));
}

// The text that Python prints of a scalar; nothing, after an error, for what is none.
std::optional<std::string> scalar_text(Reading& reading, yaml::Node node, std::string_view what) {
  if (!resolved(reading, node)) return std::nullopt;
  if (node.is_scalar() && !node.is_null()) return yaml::text_of(node);
  wrong_type(reading, node, what, "text");
  return std::nullopt;
}

Value scalar_value(yaml::Node node) {
  switch (node.kind()) {
    case yaml::Kind::boolean:
      return node.as_boolean().value_or(false);
    case yaml::Kind::integer:
      if (const auto small = node.as_integer()) return *small;
      return jinja::to_integer(Value(yaml::text_of(node))).value_or(Value());
    case yaml::Kind::real:
      return node.as_number().value_or(0);
    case yaml::Kind::text:
    case yaml::Kind::timestamp:
      return yaml::text_of(node);
    default:
      return {};
  }
}

Templated templated_scalar(Reading& reading, yaml::Node node) {
  const std::optional<std::string_view> text = node.as_text();
  if (!text || !holds_template(*text)) return Templated(scalar_value(node));
  auto compiled = reading.compile(node);
  // After an error the rule never runs: any value will do.
  return compiled ? Templated(std::move(compiled)) : Templated(Value(std::string(*text)));
}

Templated templated_list(Reading& reading, yaml::Node node) {
  std::vector<Templated> items;
  items.reserve(node.size());
  bool literal = true;
  for (const yaml::Node item : node.items()) {
    items.push_back(templated_value(reading, item));
    literal = literal && items.back().is_literal();
  }
  if (!literal) return Templated(std::move(items));
  jinja::Values values;
  values.reserve(items.size());
  for (const Templated& item : items) values.push_back(item.literal());
  return Templated(Value::list(std::move(values)));
}

Templated templated_map(Reading& reading, yaml::Node node) {
  std::vector<std::pair<Templated, Templated>> entries;
  entries.reserve(node.size());
  bool literal = true;
  for (const yaml::Entry& entry : node.entries()) {
    Templated key = templated_value(reading, entry.key);
    Templated value = templated_value(reading, entry.value);
    literal = literal && key.is_literal() && value.is_literal();
    entries.emplace_back(std::move(key), std::move(value));
  }
  if (!literal) return Templated(std::move(entries));
  auto dict = std::make_shared<jinja::Dict>();
  dict->reserve(entries.size());
  for (const auto& [key, value] : entries) dict->set(key.literal(), value.literal());
  return Templated(Value(jinja::DictPtr(std::move(dict))));
}

}  // namespace

Value plain_value(Reading& reading, yaml::Node node) {
  if (!resolved(reading, node)) return {};
  if (node.is_list()) {
    jinja::Values values;
    for (const yaml::Node item : node.items()) values.push_back(plain_value(reading, item));
    return Value::list(std::move(values));
  }
  if (!node.is_map()) return scalar_value(node);
  auto dict = std::make_shared<jinja::Dict>();
  for (const yaml::Entry& entry : node.entries())
    dict->set(scalar_value(entry.key), plain_value(reading, entry.value));
  return jinja::DictPtr(std::move(dict));
}

Templated templated_value(Reading& reading, yaml::Node node) {
  if (!resolved(reading, node)) return {};
  Templated result = node.is_list()  ? templated_list(reading, node)
                     : node.is_map() ? templated_map(reading, node)
                                     : templated_scalar(reading, node);
  result.place = reading.place(node);
  return result;
}

Templated templated_text(Reading& reading, yaml::Node node, std::string_view what) {
  const std::optional<std::string> text = scalar_text(reading, node, what);
  if (!text) return {};
  Templated result = holds_template(*text) ? templated_scalar(reading, node) : Templated(Value(*text));
  result.place = reading.place(node);
  return result;
}

Templated template_only(Reading& reading, yaml::Node node, std::string_view what) {
  Templated result = templated_text(reading, node, what);
  const bool forgotten = node.is_text() && result.is_literal() && node.tag() == yaml::Tag::none &&
                         !holds_template(node.written()) && !yaml::boolean_of(node.written());
  if (forgotten) {
    reading.warn(node, "no_template",
                 std::string(what) + ": " + shown(node) + " is no template, so it never changes",
                 node.is_secret() ? std::string() : "{{ " + std::string(node.written()) + " }}");
  }
  return result;
}

std::string read_text(Reading& reading, yaml::Node node, std::string_view what) {
  return scalar_text(reading, node, what).value_or(std::string());
}

bool read_boolean(Reading& reading, yaml::Node node, std::string_view what) {
  if (!resolved(reading, node)) return false;
  if (const auto boolean = node.as_boolean()) return *boolean;
  if (const auto number = node.as_number()) return *number != 0;
  std::string text = node.is_text() ? yaml::text_of(node) : std::string();
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (const auto spoken = yaml::boolean_of(text)) return *spoken;
  if (text == "enable" || text == "1") return true;
  if (text == "disable" || text == "0") return false;
  wrong_type(reading, node, what, "true or false");
  return false;
}

std::int64_t read_integer(Reading& reading, yaml::Node node, std::string_view what, std::int64_t min,
                          std::int64_t max) {
  if (!resolved(reading, node)) return min;
  const Value value = node.is_scalar() ? scalar_value(node) : Value();
  const std::optional<double> number = value.is(Value::Kind::boolean) ? std::nullopt : jinja::to_real(value);
  if (!number || std::floor(*number) != *number) {
    wrong_type(reading, node, what, "a whole number");
    return min;
  }
  if (*number < static_cast<double>(min) || *number > static_cast<double>(max)) {
    reading.error(node, "out_of_range",
                  std::string(what) + ": expected " + std::to_string(min) + " to " + std::to_string(max) +
                      ", got " + shown(node));
    return min;
  }
  return static_cast<std::int64_t>(*number);
}

double read_number(Reading& reading, yaml::Node node, std::string_view what) {
  if (!resolved(reading, node)) return 0;
  const Value value = node.is_scalar() ? scalar_value(node) : Value();
  const std::optional<double> number = value.is(Value::Kind::boolean) ? std::nullopt : jinja::to_real(value);
  if (number && std::isfinite(*number)) return *number;
  wrong_type(reading, node, what, "a number");
  return 0;
}

std::string read_choice(Reading& reading, yaml::Node node, std::string_view what,
                        std::initializer_list<std::string_view> choices) {
  const std::optional<std::string> text = scalar_text(reading, node, what);
  if (!text || std::ranges::find(choices, *text) != choices.end()) return text.value_or(std::string());
  std::string list;
  for (const std::string_view choice : choices) list += (list.empty() ? "" : ", ") + std::string(choice);
  const std::string_view near = wire::nearest(*text, {choices.begin(), choices.size()});
  reading.error(node, "bad_choice", std::string(what) + ": expected one of " + list + ", got " + shown(node),
                std::string(near));
  return *text;
}

}  // namespace gable::rules
