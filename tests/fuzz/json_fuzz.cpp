// What parse_json takes is within the limits and comes back unchanged from its own text; what it refuses is
// refused in words that may be published.

#include "fuzz_target.hpp"
#include "wire/json.hpp"

namespace {

using gable::fuzz::require;
using gable::wire::JsonLimits;
using gable::wire::Value;

void check_accepted(const Value& value) {
  const std::string text = gable::wire::to_json(value);
  // Escapes and exponents may write longer than they were read.
  const auto again = gable::wire::parse_json(text, {text.size(), 16, 10'000});
  require(again.has_value(), "written text is read again");
  require(*again == value, "written text means the same");
  require(gable::wire::to_json(*again) == text, "writing is stable");
  require(gable::wire::plain_text(value).size() <= text.size() + 8, "plain text is no longer than JSON");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gable::fuzz::text_of(data, size);
  const auto value = gable::wire::parse_json(text);
  if (value) {
    require(gable::wire::valid_utf8(text), "only UTF-8 is read");
    check_accepted(*value);
  } else {
    require(gable::wire::valid_utf8(value.error().message()), "messages are UTF-8");
  }
  Value scalar;
  if (gable::wire::parse_scalar(text, scalar)) {
    require(value.has_value() && *value == scalar, "a scalar reads as in the parser");
  }
  const auto tight = gable::wire::parse_json(text, JsonLimits{256, 3, 20});
  require(!tight || value.has_value(), "tighter limits take no more");
  return 0;
}
