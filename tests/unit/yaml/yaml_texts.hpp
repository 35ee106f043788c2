#pragma once
// What tests of the YAML reader share.

#include <string>
#include <string_view>

#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::yaml {

// The document as JSON, or "where: text" of the error.
inline std::string json_of(std::string_view text, const Limits& limits = {}) {
  const auto document = parse("t.yaml", text, limits);
  if (!document) return document.error().where + ": " + document.error().text;
  return wire::to_json(to_value(document->root()));
}

inline std::string repeated(std::size_t count, std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace gable::rules::yaml
