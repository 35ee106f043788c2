// Filters that lay out text: truncate, indent, sizes of files.

#include <array>
#include <charconv>
#include <cmath>

#include "template/callables/text_filters.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/error.hpp"
#include "template/value/format.hpp"

namespace gable::rules::jinja {
namespace {

Value length_of(const Value& value) {
  if (const std::optional<std::size_t> size = length(value)) return Value::size(*size);
  throw_type_error("object of type '" + std::string(type_name(value)) + "' has no len()");
}

// assert `number` >= `least`, with numbers of any kind.
void need_at_least(Evaluation& evaluation, const Value& number, const Value& least, std::string_view what) {
  if (compare(evaluation, Operator::greater_equal, number, least)) return;
  throw_value_error("expected " + std::string(what) + " >= " + str(least) + ", got " + str(number));
}

// The first `size` code points; fewer from the end when it is negative.
std::string_view head(std::string_view text, std::int64_t size) {
  if (size < 0) size = std::max<std::int64_t>(size + static_cast<std::int64_t>(unicode::count(text)), 0);
  return text.substr(0, unicode::offset(text, static_cast<std::size_t>(size)));
}

}  // namespace

// Python's slices of what is no text cannot be joined with `end`: those are errors only where it is too long.
Value truncate(Evaluation& evaluation, const Bound& arguments) {
  static const Value kLength = 255;
  static const Value kEnd = "...";
  static const Value kLeeway = 5;
  const Value& size = arguments.get(1, kLength);
  const Value& end = arguments.get(3, kEnd);
  const Value& given_leeway = arguments.get(4, kLeeway);
  const Value& leeway = given_leeway.is_none() ? kLeeway : given_leeway;
  const Value end_size = length_of(end);
  need_at_least(evaluation, size, end_size, "length");
  need_at_least(evaluation, leeway, 0, "leeway");
  const Value& value = arguments[0];
  if (const std::string* const text = value.as_text()) evaluation.budget().work(text->size());
  if (compare(evaluation, Operator::less_equal, length_of(value),
              arithmetic(evaluation, Operator::add, size, leeway))) {
    return value;
  }
  const std::string_view text = need_text(value, "the value of truncate");
  const std::string_view cut = head(text, need_index(size) - need_index(end_size));
  if (arguments.flag(2, false)) return arithmetic(evaluation, Operator::add, cut, end);
  const std::size_t space = cut.rfind(' ');
  return arithmetic(evaluation, Operator::add, cut.substr(0, space), end);
}

Value indent(Evaluation& evaluation, const Bound& arguments) {
  constexpr std::int64_t kWidth = 4;
  require_defined(arguments[0]);
  // The end of line that Jinja appends makes "" one empty line and keeps a last one that ends.
  const std::string text = std::string(need_text(arguments[0], "the value of indent")) + '\n';
  std::string spaces;
  std::string_view indention;
  if (arguments.has(1) && arguments[1].as_text() != nullptr) {
    indention = *arguments[1].as_text();
  } else {
    if (arguments.has(1)) require_defined(arguments[1]);
    const std::int64_t width = arguments.has(1) ? need_index(arguments[1]) : kWidth;
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(width, 0));
    evaluation.budget().text(size);
    spaces.assign(size, ' ');
    indention = spaces;
  }
  const bool first = arguments.flag(2, false);
  const bool blank = arguments.flag(3, false);
  std::string out;
  bool is_first = true;
  for (const std::string_view line : split_lines<TextKind>(text, false)) {
    reserve_text(evaluation, out.size(), line.size() + indention.size() + 1);
    if (!is_first) out += '\n';
    if (is_first ? first : blank || !line.empty()) out += indention;
    out += line;
    is_first = false;
  }
  return out;
}

Value filesizeformat(Evaluation& evaluation, const Bound& arguments) {
  struct Unit {
    std::string_view decimal, binary;
    double thousands, kibis;  // of the next unit, octets
  };
  static constexpr std::array kUnits{Unit{"kB", "KiB", 1e6, 0x1p20},  Unit{"MB", "MiB", 1e9, 0x1p30},
                                     Unit{"GB", "GiB", 1e12, 0x1p40}, Unit{"TB", "TiB", 1e15, 0x1p50},
                                     Unit{"PB", "PiB", 1e18, 0x1p60}, Unit{"EB", "EiB", 1e21, 0x1p70},
                                     Unit{"ZB", "ZiB", 1e24, 0x1p80}, Unit{"YB", "YiB", 1e27, 0x1p90}};
  const double octets = need_real(arguments[0]);
  const bool binary = arguments.flag(1, false);
  const double base = binary ? 1024 : 1000;
  if (octets == 1) return "1 Byte";
  if (octets < base) return str(integer_from_real(octets)) + " Bytes";
  for (const Unit& unit : kUnits) {
    const double next = binary ? unit.kibis : unit.thousands;
    if (octets >= next && &unit != &kUnits.back()) continue;
    std::string text = format_value(evaluation, base * octets / next, ".1f");
    return text.append(" ").append(binary ? unit.binary : unit.decimal);
  }
  return "";
}

}  // namespace gable::rules::jinja
