#pragma once
// Reads single values of rule files: texts, numbers, booleans, periods, entity ids, templates. What has the
// wrong type is named at its place; the reader goes on with what it returns then, so that one mistake does
// not hide the next.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/reading.hpp"
#include "language/trigger.hpp"

namespace gable::rules {

// YAML as a value of templates: dates become texts, tags are errors ("unresolved_tag").
jinja::Value plain_value(Reading& reading, yaml::Node node);
// The same with every text that holds {{, {% or {# compiled, keys too.
Templated templated_value(Reading& reading, yaml::Node node);
// A text that may be a template; numbers and booleans are taken as the text that Python prints of them.
// Lists and maps are errors.
Templated templated_text(Reading& reading, yaml::Node node, std::string_view what);
// A text that must be a template or a literal of it: `value_template: "{{ … }}"`, a bare true.
Templated template_only(Reading& reading, yaml::Node node, std::string_view what);

std::string read_text(Reading& reading, yaml::Node node, std::string_view what);
bool read_boolean(Reading& reading, yaml::Node node,
                  std::string_view what);  // on, "yes", 1 … as in Home Assistant
std::int64_t read_integer(Reading& reading, yaml::Node node, std::string_view what, std::int64_t min,
                          std::int64_t max);
double read_number(Reading& reading, yaml::Node node, std::string_view what);
// One of these, else an error with the nearest.
std::string read_choice(Reading& reading, yaml::Node node, std::string_view what,
                        std::initializer_list<std::string_view> choices);

// A scalar, or a list of them: "a", [a, b], "a, b" where `split` is asked for.
std::vector<std::string> read_texts(Reading& reading, yaml::Node node, std::string_view what,
                                    bool split_commas = false);

// Entity ids, one, several or separated by commas; lower case as Home Assistant makes them. Errors:
// "bad_entity_id". Ids of the entity registry (32 hexadecimal digits) are kept as they are.
EntityIds read_entity_ids(Reading& reading, yaml::Node node, std::string_view what);

// As `for:`, `delay:` and `timeout:` take them; an error ("bad_period") when a literal is none.
Period read_period(Reading& reading, yaml::Node node, std::string_view what);
// "07:30", "07:30:00"; an integer (unquoted 7:30 in YAML 1.1) is an error that says to quote it.
std::optional<std::chrono::seconds> read_time_of_day(Reading& reading, yaml::Node node,
                                                     std::string_view what);
// "-00:30:00", seconds or a map, negative allowed, no templates.
std::chrono::seconds read_offset(Reading& reading, yaml::Node node, std::string_view what);
Weekdays read_weekdays(Reading& reading, yaml::Node node);

std::optional<Templated> read_enabled(Reading& reading, yaml::Node node);
Variables read_variables(Reading& reading, yaml::Node node, std::string_view what);

}  // namespace gable::rules
