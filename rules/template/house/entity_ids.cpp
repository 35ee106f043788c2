// Domains and entity ids.

#include "template/house/entity_ids.hpp"

#include <algorithm>

namespace gable::rules::jinja {

bool is_valid_domain(std::string_view text) {
  if (text.empty() || text.front() == '_' || text.back() == '_') return false;
  if (text.find("__") != std::string_view::npos) return false;
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_valid_entity_id(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && is_valid_domain(text.substr(0, dot)) &&
         is_valid_domain(text.substr(dot + 1));
}

bool is_registry_id(std::string_view text) {
  constexpr std::size_t kDigits = 32;
  return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace gable::rules::jinja
