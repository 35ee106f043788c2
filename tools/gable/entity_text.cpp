#include "gable/entity_text.hpp"

#include "wire/json.hpp"

namespace gable::cli {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool is_name(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') return false;
  }
  return true;
}

}  // namespace

std::string text_at(const wire::Object& object, std::string_view key) {
  const wire::Value* value = object.find(key);
  return value == nullptr || value->is_null() ? std::string() : value_text(*value);
}

std::string value_text(const wire::Value& value) {
  if (const bool* truth = value.as_bool()) return *truth ? "true" : "false";
  return printable(wire::plain_text(value));
}

std::string state_with_unit(const wire::Object& row) {
  const std::string state = text_at(row, "state"), unit = text_at(row, "unit");
  const bool bare = unit.empty() || state == "unknown" || state == "unavailable";
  return bare ? state : state + " " + unit;
}

Colour colour_of_state(std::string_view state) {
  if (state == "unavailable") return Colour::red;
  if (state == "unknown") return Colour::yellow;
  if (state == "off" || state == "closed" || state == "idle" || state == "locked") return Colour::dim;
  if (state == "on" || state == "open" || state == "playing" || state == "unlocked") return Colour::green;
  return Colour::none;
}

Colour colour_of_availability(std::string_view availability) {
  if (availability == "online") return Colour::green;
  return availability == "offline" ? Colour::red : Colour::yellow;
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  if (pattern.find_first_of("*?") != std::string_view::npos) return glob(pattern, text);
  return glob("*" + std::string(pattern) + "*", text);
}

Assignment parse_assignment(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || !is_name(text.substr(0, equals))) return {};
  Assignment out{.name = std::string(text.substr(0, equals)), .value = {}};
  const std::string_view value = text.substr(equals + 1);
  auto json = wire::parse_json(value);
  out.value = json ? std::move(*json) : wire::Value(value);
  return out;
}

std::string attributes_text(const wire::Object& attributes) {
  std::string out;
  for (const auto& [key, value] : attributes) {
    if (key.starts_with('_') || value.is_null()) continue;
    out += (out.empty() ? "" : ", ") + printable(key) + " " + value_text(value);
  }
  return out;
}

}  // namespace gable::cli
