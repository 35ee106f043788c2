#pragma once
// Values of templates as JSON text, as Python's json.dumps() writes it. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "template/evaluate/evaluation.hpp"

namespace gable::rules::jinja {

struct JsonLayout {
  bool ascii = false;  // all others as \uXXXX
  bool sort_keys = false;
  // Of each level; nothing: all in one line.
  std::optional<std::string> indent;
  std::string_view between_items = ",";
  std::string_view after_key = ":";
};

// TypeError for what JSON does not have (sets, bytes, dates, undefined …) and for keys that are no scalars.
std::string json_text(Evaluation& evaluation, const Value& value, const JsonLayout& layout);
// With < > & ' as \u00xx, which may stand anywhere in HTML.
std::string html_safe_json(std::string_view json);

}  // namespace gable::rules::jinja
