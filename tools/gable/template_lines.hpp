#pragma once
// Templates by the line: each line of JSON names a template and what it is given, each line of the answer
// says what came out. For tests that compare with the real Jinja2, and for looking at many templates at once.
// Stateless.

#include <iosfwd>

#include "wire/time.hpp"

namespace gable::cli {

// Reads {"template": text, "payload": text} (a value template: `value` and, if the payload is JSON,
// `value_json`) or
// {"template": text, "vars": {…}} lines until the end, with an empty house in which it is `now` UTC. Writes
// for each, in the same order, {"outcome": text | passthrough | drop | invalid, "text": …} and, where it is
// not text, "error". False when a line could not be read: it is named on `err`.
bool render_lines(std::istream& in, std::ostream& out, std::ostream& err, wire::Time now);

}  // namespace gable::cli
