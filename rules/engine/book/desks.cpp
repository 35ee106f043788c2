#include "engine/book/desks.hpp"

#include <algorithm>

#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::rules {

using jinja::Value;

const Value* field(const Value& data, std::string_view key) {
  const jinja::Dict* dict = data.as_dict();
  return dict != nullptr ? dict->find(key) : nullptr;
}

namespace {

void split(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) out.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
}

}  // namespace

std::vector<std::string> texts_of(const Value* value) {
  std::vector<std::string> out;
  if (value == nullptr) return out;
  if (const std::string* text = value->as_text()) split(*text, out);
  if (const jinja::Values* items = value->as_sequence()) {
    for (const Value& item : *items) out.push_back(jinja::str(item));
  }
  return out;
}

std::vector<std::string> own_targets(const ServiceCall& call, const std::vector<std::string>& own) {
  const Value* ids = field(call.target, "entity_id");
  if (ids == nullptr) ids = field(call.data, "entity_id");
  std::vector<std::string> wanted = texts_of(ids);
  if (wanted.size() == 1 && wanted.front() == "all") return own;
  std::erase_if(wanted,
                [&own](const std::string& id) { return std::find(own.begin(), own.end(), id) == own.end(); });
  return wanted;
}

Value context_dict(const Context& context) {
  auto dict = std::make_shared<jinja::Dict>();
  const auto text = [](const std::string& id) { return id.empty() ? Value() : Value(id); };
  dict->set("id", text(context.id));
  dict->set("parent_id", text(context.parent));
  dict->set("user_id", text(context.user));
  return jinja::DictPtr(std::move(dict));
}

std::vector<std::pair<std::string, Value>> variables_of(const Value& fields) {
  std::vector<std::pair<std::string, Value>> out;
  const jinja::Dict* dict = fields.as_dict();
  if (dict == nullptr) return out;
  for (const auto& [key, value] : dict->entries()) {
    if (const std::string* name = key.as_text()) out.emplace_back(*name, value);
  }
  return out;
}

wire::Object parse_row(const std::string& json) {
  auto parsed = wire::parse_object(json);
  return parsed ? std::move(*parsed) : wire::Object{};
}

wire::Value shown_time(std::optional<Instant> when) {
  if (!when) return {};
  return wire::format_time(std::chrono::time_point_cast<wire::Duration>(*when));
}

}  // namespace gable::rules
