#pragma once
// Named characters of HTML: &auml; and its like.

#include <string_view>

namespace gable::rules::jinja {

struct Entity {
  std::string_view name;
  char32_t code_point;
  bool without_semicolon;  // browsers take it without ";" too
};

// Null for a name that is none (HTML 5 has 2,000 more; nobody writes them).
const Entity* find_entity(std::string_view name);

}  // namespace gable::rules::jinja
