#pragma once
// Readers of the single kinds of actions, for read_sequence. Each takes what belongs to its kind; alias,
// enabled and continue_on_error have been taken, and what is left over is named afterwards.

#include <string>
#include <string_view>

#include "language/readers.hpp"

namespace gable::rules {

ActionKind read_service(Fields& fields);
ActionKind read_choose(Fields& fields);
ActionKind read_if(Fields& fields);
ActionKind read_repeat(Fields& fields);
ActionKind read_parallel(Fields& fields);
ActionKind read_nested_sequence(Fields& fields);

// `data` and `data_template` (or `event_data` and its older spelling) as one map.
Templated read_data(Fields& fields, std::string_view newer, std::string_view older);

// An error about the form of a value: "… must be …, but is a list"; a tag that nobody resolved says so.
void refuse_form(Reading& reading, yaml::Node node, std::string_view what, std::string_view expected);

// Whether a text has a template in it.
bool holds_template(std::string_view text);

}  // namespace gable::rules
