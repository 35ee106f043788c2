// 'text' % arguments, as in C's printf.

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "template/evaluate/evaluation.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/error.hpp"
#include "template/value/format.hpp"
#include "template/value/number_text.hpp"
#include "template/value/object.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// %(name)-+ #0width.precision conversion
struct Directive {
  bool left = false;
  bool plus = false;
  bool blank = false;
  bool alternate = false;
  bool zero = false;
  std::size_t width = 0;
  std::optional<std::size_t> precision;
  char conversion = 0;
};

// Has x[key], as Python sees it: then it need not be used up.
bool is_mapping(const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::dict:
    case Kind::list:
    case Kind::bytes:
      return true;
    case Kind::object:
      return value.as_object()->length().has_value();
    default:
      return false;
  }
}

class Formatter {
 public:
  Formatter(Evaluation& evaluation, std::string_view text, const Value& arguments)
      : evaluation_(evaluation), text_(text), arguments_(arguments), tuple_(arguments.as_tuple()) {}

  std::string run() {
    while (at_ < text_.size()) {
      const std::size_t percent = std::min(text_.find('%', at_), text_.size());
      out_ += text_.substr(at_, percent - at_);
      at_ = percent + 1;
      if (percent < text_.size()) directive();
    }
    const std::size_t given = tuple_ != nullptr ? tuple_->size() : 1;
    if (used_ < given && !(tuple_ == nullptr && is_mapping(arguments_))) {
      throw_type_error("not all arguments converted during string formatting");
    }
    evaluation_.budget().text(out_.size());
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  char take() {
    if (at_ >= text_.size()) throw_value_error("incomplete format");
    return text_[at_++];
  }

  void directive() {
    if (is('%')) {
      out_ += text_[at_++];
      return;
    }
    named_.reset();
    if (is('(')) take_name();
    Directive directive;
    while (take_flag(directive)) {
    }
    take_width(directive);
    if (is('.')) {
      ++at_;
      take_precision(directive);
    }
    while (is('h') || is('l') || is('L')) ++at_;
    directive.conversion = take();
    evaluation_.budget().text(directive.width);
    evaluation_.budget().text(directive.precision.value_or(0));
    convert(directive);
    // Charged as a whole at the end, but no text grows beyond what is allowed.
    if (out_.size() > evaluation_.budget().limits().output) evaluation_.budget().text(out_.size());
  }

  // Parentheses within the name count.
  void take_name() {
    if (!is_mapping(arguments_)) throw_type_error("format requires a mapping");
    const std::size_t begin = ++at_;
    std::size_t open = 1;
    for (; at_ < text_.size() && open > 0; ++at_) {
      if (text_[at_] == '(') ++open;
      if (text_[at_] == ')') --open;
    }
    if (open > 0) throw_value_error("incomplete format key");
    named_ = subscript(evaluation_, arguments_, Value(text_.substr(begin, at_ - 1 - begin)));
  }

  bool take_flag(Directive& directive) {
    if (at_ >= text_.size()) return false;
    switch (text_[at_]) {
      case '-':
        directive.left = true;
        break;
      case '+':
        directive.plus = true;
        break;
      case ' ':
        directive.blank = true;
        break;
      case '#':
        directive.alternate = true;
        break;
      case '0':
        directive.zero = true;
        break;
      default:
        return false;
    }
    ++at_;
    return true;
  }

  void take_width(Directive& directive) {
    if (!is('*')) {
      directive.width = take_number();
      return;
    }
    ++at_;
    const std::int64_t width = star();
    if (width < 0) directive.left = true;
    directive.width = static_cast<std::size_t>(width < 0 ? -width : width);
  }

  void take_precision(Directive& directive) {
    if (!is('*')) {
      directive.precision = take_number();
      return;
    }
    ++at_;
    directive.precision = static_cast<std::size_t>(std::max<std::int64_t>(star(), 0));
  }

  // The argument for a '*'.
  std::int64_t star() {
    const Value& value = next();
    std::int64_t number = 0;
    if (!small_integer(value, number)) {
      if (value.is(Kind::big_integer)) throw_error(ErrorClass::overflow_error, "too big");
      throw_type_error("* wants int");
    }
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    if (number > kMost || number < -kMost) throw_error(ErrorClass::overflow_error, "too big");
    return number;
  }

  std::size_t take_number() {
    std::size_t number = 0;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      number = number * 10 + static_cast<std::size_t>(text_[at_] - '0');
      if (number > std::numeric_limits<std::int32_t>::max()) throw_value_error("width too big");
    }
    return number;
  }

  const Value& next() {
    if (named_) return *named_;
    const std::size_t given = tuple_ != nullptr ? tuple_->size() : 1;
    if (used_ >= given) throw_type_error("not enough arguments for format string");
    const std::size_t i = used_++;
    return tuple_ != nullptr ? (*tuple_)[i] : arguments_;
  }

  void convert(const Directive& directive) {
    const Value& value = next();
    switch (directive.conversion) {
      case 's':
        put_text(directive, str(value));
        break;
      case 'r':
        put_text(directive, repr(value));
        break;
      case 'a':
        put_text(directive, ascii_repr(value));
        break;
      case 'c':
        put_text(directive, character(value));
        break;
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        put_integer(directive, value);
        break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        put_real(directive, value);
        break;
      default:
        throw_unsupported();
    }
  }

  // The conversion may be any character.
  [[noreturn]] void throw_unsupported() const {
    std::size_t at = at_ - 1;
    while (at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80) --at;
    std::size_t end = at;
    std::string hex;
    for (char32_t c = unicode::next(text_, end); c != 0; c /= 16)
      hex.insert(hex.begin(), "0123456789abcdef"[c % 16]);
    throw_value_error("unsupported format character '" + std::string(text_.substr(at, end - at)) + "' (0x" +
                      hex + ") at index " + std::to_string(unicode::index(text_, at)));
  }

  void put_text(const Directive& directive, std::string_view text) {
    if (directive.precision && directive.conversion != 'c')
      text = unicode::sub(text, 0, *directive.precision);
    append_padded(text, {" ", directive.left ? '<' : '>', directive.width}, out_);
  }

  void put_number(const Directive& directive, std::string sign, std::string_view digits) {
    if (directive.zero && !directive.left) {
      out_ += sign;
      const std::size_t width = directive.width > sign.size() ? directive.width - sign.size() : 0;
      append_padded(digits, {"0", '>', width}, out_);
      return;
    }
    sign += digits;
    append_padded(sign, {" ", directive.left ? '<' : '>', directive.width}, out_);
  }

  [[nodiscard]] static std::string sign_text(const Directive& directive, bool negative) {
    return negative ? "-" : directive.plus ? "+" : directive.blank ? " " : "";
  }

  void put_integer(const Directive& directive, const Value& value) {
    Directive plain = directive;
    plain.conversion =
        directive.conversion == 'i' || directive.conversion == 'u' ? 'd' : directive.conversion;
    const Value number = integer_of(directive.conversion, value);
    std::string digits = format_value(evaluation_, number, std::string_view(&plain.conversion, 1));
    const bool negative = digits.front() == '-';
    if (negative) digits.erase(0, 1);
    const std::size_t least = directive.precision.value_or(0);
    if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
    std::string sign = sign_text(directive, negative);
    if (directive.alternate && plain.conversion != 'd') sign += std::string("0") + plain.conversion;
    put_number(directive, std::move(sign), digits);
  }

  static Value integer_of(char conversion, const Value& value) {
    const std::string which = std::string("%") + conversion;
    if (conversion == 'd' || conversion == 'i' || conversion == 'u') {
      require_defined(value);
      if (value.is(Kind::real)) return integer_from_real(*value.as_real());
      if (value.is_number()) return positive(value);
      throw_type_error(which + " format: a real number is required, not " + std::string(type_name(value)));
    }
    if (value.is_number() && !value.is(Kind::real)) return positive(value);
    throw_type_error(which + " format: an integer is required, not " + std::string(type_name(value)));
  }

  void put_real(const Directive& directive, const Value& value) {
    require_defined(value);
    if (!value.is_number()) throw_type_error("must be real number, not " + std::string(type_name(value)));
    const double number = to_real(value).value_or(0);
    RealStyle style;
    style.type = directive.conversion;
    style.precision = directive.precision.value_or(6);
    style.alternate = directive.alternate;
    const bool negative = std::signbit(number) && !std::isnan(number);
    put_number(directive, sign_text(directive, negative), real_digits(number, style));
  }

  static std::string character(const Value& value) {
    std::int64_t code = 0;
    std::string result;
    if (small_integer(value, code) || value.is(Kind::big_integer)) {
      if (value.is(Kind::big_integer) || code < 0 || code > 0x10FFFF) {
        throw_error(ErrorClass::overflow_error, "%c arg not in range(0x110000)");
      }
      unicode::append(static_cast<char32_t>(code), result);
      return result;
    }
    const std::string* text = value.as_text();
    if (text == nullptr || unicode::count(*text) != 1) throw_type_error("%c requires int or char");
    return *text;
  }

  Evaluation& evaluation_;
  std::string_view text_;
  const Value& arguments_;
  const Values* tuple_;
  std::size_t used_ = 0;
  std::size_t at_ = 0;
  std::optional<Value> named_;
  std::string out_;
};

}  // namespace

std::string percent_format(Evaluation& evaluation, std::string_view text, const Value& arguments) {
  return Formatter(evaluation, text, arguments).run();
}

}  // namespace gable::rules::jinja
