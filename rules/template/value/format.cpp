// format(value, spec): the format mini-language.

#include "template/value/format.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "template/evaluate/evaluation.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/error.hpp"
#include "template/value/number_text.hpp"
#include "template/value/object.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// [[fill]align][sign][z][#][0][width][grouping][.precision][type]
struct Spec {
  std::string_view fill = " ";
  bool fill_given = false;
  char align = 0;
  char sign = 0;
  bool no_negative_zero = false;
  bool alternate = false;
  bool zero = false;
  std::size_t width = 0;
  char grouping = 0;
  std::optional<std::size_t> precision;
  char type = 0;
};

bool is_align(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class SpecParser {
 public:
  explicit SpecParser(std::string_view text) : text_(text), rest_(text) {}

  Spec parse(const Value& value) {
    take_alignment();
    if (is('+') || is('-') || is(' ')) spec_.sign = take();
    if (is('z')) spec_.no_negative_zero = take() != 0;
    if (is('#')) spec_.alternate = take() != 0;
    if (!spec_.fill_given && is('0')) spec_.zero = take() != 0;
    spec_.width = number().value_or(0);
    take_grouping();
    if (is('.')) {
      take();
      spec_.precision = number();
      if (!spec_.precision) throw_value_error("Format specifier missing precision");
    }
    if (rest_.size() > 1) {
      throw_value_error("Invalid format specifier '" + std::string(text_) + "' for object of type '" +
                        std::string(type_name(value)) + "'");
    }
    if (!rest_.empty()) spec_.type = take();
    if (spec_.grouping != 0) check_grouping(value);
    return spec_;
  }

 private:
  [[nodiscard]] bool is(char c) const { return !rest_.empty() && rest_.front() == c; }
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  void take_alignment() {
    if (rest_.empty()) return;
    const std::size_t end = unicode::end_of(rest_, 0);
    if (end < rest_.size() && is_align(rest_[end])) {
      spec_.fill = rest_.substr(0, end);
      spec_.fill_given = true;
      rest_.remove_prefix(end);
    }
    if (is_align(rest_.front())) spec_.align = take();
  }

  void take_grouping() {
    if (is(',')) spec_.grouping = take();
    if (is('_')) {
      if (spec_.grouping != 0) throw_value_error("Cannot specify both ',' and '_'.");
      spec_.grouping = take();
    }
    if (spec_.grouping != 0 && is(',')) throw_value_error("Cannot specify both ',' and '_'.");
  }

  std::optional<std::size_t> number() {
    if (rest_.empty() || !is_digit(rest_.front())) return std::nullopt;
    std::size_t result = 0;
    while (!rest_.empty() && is_digit(rest_.front())) {
      result = result * 10 + static_cast<std::size_t>(take() - '0');
      if (result > std::numeric_limits<std::int32_t>::max()) {
        throw_value_error("Too many decimal digits in format string");
      }
    }
    return result;
  }

  void check_grouping(const Value& value) const {
    const char type = spec_.type != 0 ? spec_.type : value.is(Kind::text) ? 's' : 'd';
    const std::string_view good = spec_.grouping == ',' ? "defgEFG%" : "defgEFG%boxX";
    if (good.find(type) == std::string_view::npos) {
      throw_value_error(std::string("Cannot specify '") + spec_.grouping + "' with '" + type + "'.");
    }
  }

  std::string_view text_;
  std::string_view rest_;
  Spec spec_;
};

// A number in the parts that are laid out.
struct Number {
  std::string sign;
  std::string prefix;  // 0x …
  std::string digits;  // before the point
  std::string rest;    // point, fraction, exponent, %
  std::size_t group = 3;
};

[[noreturn]] void throw_unknown(char type, const Value& value) {
  throw_value_error(std::string("Unknown format code '") + type + "' for object of type '" +
                    std::string(type_name(value)) + "'");
}

std::string lay_out(const Number& number, const Spec& spec) {
  const bool zeros = spec.zero && spec.align == 0;
  const char align = zeros ? '=' : spec.align != 0 ? spec.align : '>';
  const std::string_view fill = spec.zero ? "0" : spec.fill;
  std::string digits = number.digits;
  if (spec.grouping != 0 && !digits.empty()) {
    const std::size_t others = number.sign.size() + number.prefix.size() + number.rest.size();
    const bool fills = fill == "0" && align == '=' && spec.width > others;
    digits = grouped(digits, spec.grouping, number.group, fills ? spec.width - others : 0);
  }
  std::string out;
  if (align != '=') {
    append_padded(number.sign + number.prefix + digits + number.rest, {fill, align, spec.width}, out);
    return out;
  }
  out = number.sign + number.prefix;
  const std::size_t width = spec.width > out.size() ? spec.width - out.size() : 0;
  append_padded(digits + number.rest, {fill, '>', width}, out);
  return out;
}

std::string sign_text(bool negative, char wanted) {
  if (negative) return "-";
  return wanted == '+' || wanted == ' ' ? std::string(1, wanted) : std::string();
}

std::string format_real(Evaluation& evaluation, double number, const Spec& spec) {
  evaluation.budget().text(spec.precision.value_or(0));
  RealStyle style;
  style.alternate = spec.alternate;
  style.type = spec.type == '%' ? 'f' : spec.type == 'n' ? 'g' : spec.type;
  if (spec.type == 0) {
    style.type = spec.precision ? 'g' : 'r';
    style.point_zero = true;
  }
  style.precision = spec.precision.value_or(6);
  if (spec.type == '%') number *= 100;
  std::string text = real_digits(number, style);
  bool negative = std::signbit(number) && !std::isnan(number);
  if (negative && spec.no_negative_zero) {
    const std::string_view mantissa = std::string_view(text).substr(0, text.find_first_of("eE"));
    negative = mantissa.find_first_not_of("0.") != std::string_view::npos;
  }
  Number parts;
  const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
  parts.sign = sign_text(negative, spec.sign);
  parts.rest = text.substr(whole) + (spec.type == '%' ? "%" : "");
  text.resize(whole);
  parts.digits = std::move(text);
  return lay_out(parts, spec);
}

std::string format_character(const Value& value, const Spec& spec) {
  if (spec.sign != 0) throw_value_error("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) throw_value_error("Alternate form (#) not allowed with integer format specifier 'c'");
  std::int64_t code = 0;
  if (!small_integer(value, code) || code < 0 || code > 0x10FFFF) {
    throw_error(ErrorClass::overflow_error, "%c arg not in range(0x110000)");
  }
  Number parts;
  unicode::append(static_cast<char32_t>(code), parts.rest);
  const bool zeros = spec.zero && spec.align == 0;
  std::string out;
  const char align = zeros || spec.align == '=' ? '>' : spec.align != 0 ? spec.align : '>';
  append_padded(parts.rest, {spec.zero ? "0" : spec.fill, align, spec.width}, out);
  return out;
}

std::string digits_in_base(const Value& value, int base) {
  std::int64_t small = 0;
  if (!small_integer(value, small)) return value.as_big()->text(base);
  const Value number(small);
  if (base == 10) return str(number);
  std::string digits;
  auto size = static_cast<std::uint64_t>(small);
  if (small < 0) size = ~size + 1;
  const auto divisor = static_cast<std::uint64_t>(base);
  do {
    digits.insert(digits.begin(), "0123456789abcdef"[size % divisor]);
    size /= divisor;
  } while (size != 0);
  return small < 0 ? "-" + digits : digits;
}

int base_of(char type) {
  switch (type) {
    case 'b':
      return 2;
    case 'o':
      return 8;
    case 'x':
    case 'X':
      return 16;
    default:
      return 10;
  }
}

std::string format_integer(const Value& value, const Spec& spec) {
  if (spec.precision) throw_value_error("Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) {
    throw_value_error("Negative zero coercion (z) not allowed in format specifier with integer format code");
  }
  if (spec.type == 'c') return format_character(value, spec);
  const int base = base_of(spec.type);
  Number parts;
  parts.digits = digits_in_base(value, base);
  const bool negative = parts.digits.front() == '-';
  if (negative) parts.digits.erase(0, 1);
  parts.sign = sign_text(negative, spec.sign);
  if (base != 10) parts.group = 4;
  if (spec.alternate && base != 10) parts.prefix = std::string("0") + spec.type;
  if (spec.type == 'X') {
    for (char& c : parts.digits) c = c >= 'a' ? static_cast<char>(c - 32) : c;
  }
  return lay_out(parts, spec);
}

std::string format_plain_text(std::string_view text, const Spec& spec) {
  if (spec.sign != 0) throw_value_error("Sign not allowed in string format specifier");
  if (spec.no_negative_zero)
    throw_value_error("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) throw_value_error("Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') throw_value_error("'=' alignment not allowed in string format specifier");
  if (spec.precision) text = unicode::sub(text, 0, *spec.precision);
  std::string out;
  append_padded(text, {spec.zero ? "0" : spec.fill, spec.align != 0 ? spec.align : '<', spec.width}, out);
  return out;
}

constexpr std::string_view kRealTypes = "eEfFgG%";

double real_of(const Value& value) { return to_real(value).value_or(0); }

std::string format_number(Evaluation& evaluation, const Value& value, const Spec& spec) {
  const bool known =
      spec.type == 0 || spec.type == 'n' || kRealTypes.find(spec.type) != std::string_view::npos;
  if (value.is(Kind::real)) {
    if (!known) throw_unknown(spec.type, value);
    return format_real(evaluation, *value.as_real(), spec);
  }
  if (spec.type != 0 && kRealTypes.find(spec.type) != std::string_view::npos) {
    return format_real(evaluation, real_of(value), spec);
  }
  if (!known && std::string_view("bcdoxX").find(spec.type) == std::string_view::npos) {
    throw_unknown(spec.type, value);
  }
  return format_integer(value, spec);
}

}  // namespace

std::string format_value(Evaluation& evaluation, const Value& value, std::string_view spec_text) {
  if (spec_text.empty()) return str(value);
  if (const Object* object = value.as_object()) {
    if (std::optional<std::string> text = object->formatted(spec_text)) return *std::move(text);
  }
  if (!value.is_number() && !value.is(Kind::text)) {
    throw_type_error("unsupported format string passed to " + std::string(type_name(value)) + ".__format__");
  }
  const Spec spec = SpecParser(spec_text).parse(value);
  evaluation.budget().text(spec.width * spec.fill.size());
  if (value.is_number()) return format_number(evaluation, value, spec);
  if (spec.type != 0 && spec.type != 's') throw_unknown(spec.type, value);
  return format_plain_text(*value.as_text(), spec);
}

}  // namespace gable::rules::jinja
