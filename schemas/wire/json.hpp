#pragma once
// JSON in and out of Value, with limits that hold before and during parsing (nlohmann/json alone accepts five
// million nested arrays). The SAX reader of nlohmann/json reads; a small writer writes.

#include <cstddef>
#include <string>
#include <string_view>

#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::wire {

struct JsonLimits {
  std::size_t bytes = 64 * 1024;  // of the text
  std::size_t depth = 16;         // nested lists and objects
  std::size_t nodes = 10'000;     // values in total
};

// Limits for announcements, which hold option lists and sub-devices.
inline constexpr JsonLimits kDocumentLimits{1024 * 1024, 32, 100'000};

// Any JSON text. Errors: too_large (limits), malformed (syntax, invalid UTF-8, duplicate key), with the byte
// position in `where`.
Result<Value> parse_json(std::string_view text, const JsonLimits& limits = {});

// The same, for documents whose outermost value must be an object.
Result<Object> parse_object(std::string_view text, const JsonLimits& limits = {});

// Bare scalars (21.5, true, null) without the parser. Empty when `text` is not exactly one such scalar.
// A quoted string is not taken here.
bool parse_scalar(std::string_view text, Value& out);

// Appends compact JSON. Strings must be valid UTF-8 (all that parse_json let in is).
void append_json(const Value& value, std::string& out);
void append_json(const Object& object, std::string& out);
void append_json_string(std::string_view text, std::string& out);
std::string to_json(const Value& value);
std::string to_json(const Object& object);

// True if `text` is well-formed UTF-8 without NUL (MQTT 5, 1.5.4).
bool valid_utf8(std::string_view text);

}  // namespace gable::wire
