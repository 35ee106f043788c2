#pragma once
// The filters of text that have files of their own; text.cpp has the table.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

// text_layout.cpp
Value truncate(Evaluation& evaluation, const Bound& arguments);
Value indent(Evaluation& evaluation, const Bound& arguments);
Value filesizeformat(Evaluation& evaluation, const Bound& arguments);
// wordwrap.cpp
Value wordwrap(Evaluation& evaluation, const Bound& arguments);
// pretty_print.cpp
Value pretty_printed(Evaluation& evaluation, const Bound& arguments);
// markup.cpp
std::string escaped(std::string_view text);
Value escape(Evaluation& evaluation, const Bound& arguments);
Value striptags(Evaluation& evaluation, const Bound& arguments);
Value xmlattr(Evaluation& evaluation, const Bound& arguments);
// urls.cpp
Value urlencode(Evaluation& evaluation, const Bound& arguments);
Value urlize(Evaluation& evaluation, const Bound& arguments);

}  // namespace gable::rules::jinja
