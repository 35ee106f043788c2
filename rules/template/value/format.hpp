#pragma once
// Python's three ways to lay out text: 'text' % arguments, format(value, spec) and 'text'.format(arguments).
// The evaluation is charged for what is made. Pure.

#include <string>
#include <string_view>

#include "template/value/value.hpp"

namespace gable::rules::jinja {

class Evaluation;
struct Arguments;

// text % arguments: a tuple is a list of arguments, a dict gives those of %(name)s, anything else is the only
// argument. TypeError, ValueError, KeyError as Python.
std::string percent_format(Evaluation& evaluation, std::string_view text, const Value& arguments);

// format(value, spec): the mini-language for int, float, text and bool; an object's own (Object::formatted).
std::string format_value(Evaluation& evaluation, const Value& value, std::string_view spec);

// text.format(…) and text.format_map(mapping), with Jinja's way to look up attributes and items.
std::string format_text(Evaluation& evaluation, std::string_view text, const Arguments& arguments);
std::string format_map(Evaluation& evaluation, std::string_view text, const Value& mapping);

}  // namespace gable::rules::jinja
