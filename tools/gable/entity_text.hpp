#pragma once
// Entities and values as people read them. Pure.

#include <string>
#include <string_view>

#include "gable/paint.hpp"
#include "wire/value.hpp"

namespace gable::cli {

// The value of `key` as text; empty when there is none or it is null.
std::string text_at(const wire::Object& object, std::string_view key);

// One line, printable: strings as they are, lists and objects as JSON.
std::string value_text(const wire::Value& value);

// "21.5 °C": of a row of hub/request/entities.
std::string state_with_unit(const wire::Object& row);

// Green for what is on, dim for off, red for what is not there.
Colour colour_of_state(std::string_view state);
Colour colour_of_availability(std::string_view availability);

// "light.*", "*kitchen*"; without `*` and `?` a part of the text is enough. ASCII without regard to case.
bool matches_pattern(std::string_view pattern, std::string_view text);

// "brightness=120": name and value, the value read as JSON where it is that, else as text. Empty name: no
// assignment.
struct Assignment {
  std::string name;
  wire::Value value;
};
Assignment parse_assignment(std::string_view text);

// "brightness 120, effect rainbow": attributes one after the other, without those that begin with `_`.
std::string attributes_text(const wire::Object& attributes);

}  // namespace gable::cli
