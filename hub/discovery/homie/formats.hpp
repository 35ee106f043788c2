#pragma once
// The texts of Homie's attributes: datatypes, lists of ids, what a `format` allows.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/homie/model.hpp"

namespace gable::discovery::homie {

// "integer", "float", …; nothing for other words.
std::optional<Datatype> datatype_of(std::string_view word);
std::string_view to_string(Datatype datatype);

// Without white space at both ends.
std::string_view trimmed(std::string_view text);

// "a,b , c" without white space around the parts and without empty ones: $nodes, $properties.
std::vector<std::string> split_list(std::string_view text);
// The options of an enum: ",," is a comma within an option. White space stays; no option twice.
std::vector<std::string> split_options(std::string_view format);

// "min:max:step", each may be missing. What is no number is taken as missing.
struct Range {
  std::optional<double> min, max, step;
};
Range range_of(std::string_view format);

// The ways in which a colour may be written.
struct ColorForms {
  bool rgb = false, hsv = false, xyz = false;
};
ColorForms color_forms(std::string_view format);

// "0-3" of $array in Homie 3; nothing when it is none, or holds more than `most` elements.
struct ArrayRange {
  int first = 0, last = 0;
};
std::optional<ArrayRange> array_range(std::string_view text, std::size_t most);

}  // namespace gable::discovery::homie
