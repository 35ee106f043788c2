#pragma once
// JSON as a row of events, for readers that build something other than a Value: templates, whose integers
// have any size and whose numbers keep 1 and 1.0 apart. The limits are the same as those of parse_json().

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/json.hpp"
#include "wire/result_type.hpp"

namespace gable::wire {

class JsonSink {
 public:
  virtual ~JsonSink() = default;
  virtual void null() = 0;
  virtual void boolean(bool b) = 0;
  virtual void integer(std::int64_t i) = 0;
  // Digits with an optional minus that do not fit 64 bits.
  virtual void big_integer(std::string_view digits) = 0;
  virtual void real(double d) = 0;
  virtual void string(std::string text) = 0;
  virtual void begin_object() = 0;
  // Before the value that it names. The same key may come twice: the last one counts in most languages.
  virtual void key(std::string text) = 0;
  virtual void end_object() = 0;
  virtual void begin_list() = 0;
  virtual void end_list() = 0;
};

// Errors as parse_json(): what the sink has been told until then is to be thrown away. Null: all went well.
[[nodiscard]] std::optional<Error> read_json(std::string_view text, const JsonLimits& limits, JsonSink& sink);

}  // namespace gable::wire
