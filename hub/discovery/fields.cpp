#include "discovery/fields.hpp"

#include <cmath>
#include <cstdlib>
#include <utility>

#include "discovery/topics.hpp"
#include "template/json_values.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"
#include "wire/utf8.hpp"

namespace gable::discovery {

namespace {

namespace jinja = rules::jinja;
using wire::ErrorCode;
using wire::Value;

constexpr double kMaxSeconds = 10.0 * 365 * 24 * 3600;

bool is_value_itself(std::string_view source) { return source.empty() || source == "{{ value }}"; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

std::string python_text(const Value& value) {
  if (const std::string* text = value.as_string()) return *text;
  return jinja::str(jinja::from_wire(value));
}

std::string clipped(std::string text, std::size_t limit) {
  text.resize(wire::utf8_prefix(text, limit).size());
  return text;
}

void Fields::refuse(std::string_view key, std::string text, ErrorCode code) {
  if (!error_) error_ = wire::Error{code, std::move(text), std::string(key)};
}

void Fields::require(std::string_view key) {
  if (!has(key)) return refuse(key, "required key is missing", ErrorCode::malformed);
  if (key == "state_topic" && !valid_filter(text(key)))
    refuse(key, "no topic that a broker takes", ErrorCode::malformed);
}

std::string Fields::text(std::string_view key, std::string_view fallback) {
  const Value* value = find(key);
  if (value == nullptr || value->is_null()) return std::string(fallback);
  if (value->as_list() != nullptr || value->as_object() != nullptr) {
    refuse(key, "expected a text, found a " + std::string(value->type_name()));
    return std::string(fallback);
  }
  return python_text(*value);
}

std::optional<double> Fields::number(std::string_view key) {
  const Value* value = find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_number()) return value->number_or(0);
  Value read;
  if (const std::string* text = value->as_string();
      text != nullptr && wire::parse_scalar(*text, read) && read.is_number())
    return read.number_or(0);
  refuse(key, "expected a number, found " + clipped(wire::to_json(*value), 100));
  return std::nullopt;
}

bool Fields::boolean(std::string_view key, bool fallback) {
  const Value* value = find(key);
  if (value == nullptr || value->is_null()) return fallback;
  if (const bool* plain = value->as_bool()) return *plain;
  if (value->is_number()) return value->number_or(0) != 0;
  const std::string word = lower(value->string_or(""));
  for (const auto* yes : {"1", "true", "yes", "on", "enable"})
    if (word == yes) return true;
  for (const auto* no : {"0", "false", "no", "off", "disable"})
    if (word == no) return false;
  refuse(key, "expected true or false, found " + clipped(wire::to_json(*value), 100));
  return fallback;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const Value* value = find(key);
  std::vector<std::string> out;
  if (value == nullptr || value->is_null()) return out;
  const wire::List* list = value->as_list();
  if (list == nullptr) {
    out.push_back(text(key));
    return out;
  }
  out.reserve(list->size());
  for (const Value& item : *list) {
    if (item.as_list() != nullptr || item.as_object() != nullptr) {
      refuse(key, "expected a list of texts");
      return out;
    }
    out.push_back(python_text(item));
  }
  return out;
}

std::optional<wire::Duration> Fields::seconds(std::string_view key) {
  const auto given = number(key);
  if (!given) return std::nullopt;
  if (!(*given >= 0) || *given > kMaxSeconds) {
    refuse(key, "expected seconds from 0 to ten years", ErrorCode::out_of_range);
    return std::nullopt;
  }
  return wire::Duration(static_cast<std::int64_t>(std::llround(*given * 1000)));
}

TemplatePtr Fields::tmpl(std::string_view key, bool* broken) {
  const std::string source = key.empty() ? std::string() : text(key);
  if (is_value_itself(source)) return nullptr;
  auto compiled = templates_.compile(source);
  if (compiled) return *compiled;
  fault(std::string(key) + ": " + compiled.error().message());
  if (broken != nullptr) *broken = true;
  return nullptr;
}

bool Fields::inlet(int slot, std::string_view topic_key, std::string_view template_key) {
  Inlet inlet;
  inlet.slot = slot;
  inlet.topic = templates_.shared(text(topic_key));
  if (inlet.topic->empty()) return false;
  if (!valid_filter(*inlet.topic)) {
    fault(std::string(topic_key) + ": no topic that a broker takes");
    return false;
  }
  const std::size_t faults = binding_.faults.size();
  inlet.value_template = tmpl(template_key);
  if (binding_.faults.size() > faults) return true;  // the topic is there, but what it says cannot be read
  inlet.qos = static_cast<int>(number("qos", 0)) > 0 ? 1 : 0;
  if (const Value* encoding = find("encoding"); encoding != nullptr)
    inlet.bytes = encoding->string_or("utf-8").empty();
  binding_.inlets.push_back(std::move(inlet));
  return true;
}

std::string Fields::command_topic(std::string_view key) {
  std::string topic = text(key);
  if (topic.empty() || wire::valid_topic_name(topic)) return topic;
  fault(std::string(key) + ": no topic that can be published to");
  return {};
}

Outlet outlet(Fields& fields, std::string_view topic_key, std::string_view template_key) {
  Outlet made;
  made.topic = fields.templates().shared(fields.command_topic(topic_key));
  bool broken = false;
  made.command_template = fields.tmpl(template_key, &broken);
  if (broken) made.topic = {};  // without its template the device would be told something else
  made.qos = static_cast<int>(fields.number("qos", 0)) > 0 ? 1 : 0;
  made.retained = fields.boolean("retain", false);
  return made;
}

wire::Result<Outgoing> outgoing(const Outlet& outlet, const jinja::Value& value, Renderer& renderer,
                                const std::vector<jinja::Variable>& more) {
  Outgoing message{.topic = *outlet.topic, .qos = outlet.qos, .retained = outlet.retained};
  if (outlet.command_template == nullptr) {
    message.payload = jinja::str(value);
    return message;
  }
  std::vector<jinja::Variable> variables{{"value", value}};
  variables.insert(variables.end(), more.begin(), more.end());
  auto rendered = renderer.render(*outlet.command_template, variables);
  if (!rendered) return rendered.error();
  message.payload = std::move(*rendered);
  return message;
}

}  // namespace gable::discovery
