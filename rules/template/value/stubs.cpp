// Bodies to link against while the real ones are written.

#include "template/value/big_integer.hpp"
#include "template/value/format.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
struct BigInteger::Number {};
BigInteger::BigInteger(std::unique_ptr<Number> number) : number_(std::move(number)) {}
BigInteger::~BigInteger() = default;
std::string BigInteger::text(int) const { return {}; }
double BigInteger::real() const { return 0; }
int BigInteger::sign() const { return 1; }
std::size_t BigInteger::hash() const { return 0; }
Value integer_arithmetic(Operator, const Value&, const Value&) { return {}; }
Value integer_negative(const Value&) { return {}; }
int compare_integers(const Value&, const Value&) { return 0; }
int compare_integer_with_real(const Value&, double) { return 0; }
std::optional<Value> integer_from_digits(std::string_view, int) { return {}; }
Value integer_from_real(double) { return {}; }
Value bitwise(char, const Value&, const Value&) { return {}; }
std::string percent_format(Evaluation&, std::string_view, const Value&) { return {}; }
std::string format_value(Evaluation&, const Value&, std::string_view) { return {}; }
std::string format_text(Evaluation&, std::string_view, const Arguments&) { return {}; }
std::string format_map(Evaluation&, std::string_view, const Value&) { return {}; }
Value arithmetic(Evaluation&, Operator, const Value&, const Value&) { return {}; }
Value negative(const Value&) { return {}; }
Value positive(const Value&) { return {}; }
std::optional<double> to_real(const Value&) { return {}; }
std::optional<Value> to_integer(const Value&, int) { return {}; }

namespace unicode {
bool is_ascii(std::string_view) { return true; }
std::size_t count(std::string_view text) { return text.size(); }
std::size_t offset(std::string_view, std::size_t index) { return index; }
std::size_t index(std::string_view, std::size_t offset) { return offset; }
std::string_view sub(std::string_view text, std::size_t start, std::size_t length) {
  return text.substr(start, length);
}
char32_t next(std::string_view, std::size_t& at) { return ++at, U'?'; }
char32_t previous(std::string_view, std::size_t& at) { return --at, U'?'; }
std::size_t end_of(std::string_view, std::size_t at) { return at + 1; }
void append(char32_t c, std::string& out) { out += static_cast<char>(c); }
std::string upper(std::string_view t) { return std::string(t); }
std::string lower(std::string_view t) { return std::string(t); }
std::string title(std::string_view t) { return std::string(t); }
std::string capitalize(std::string_view t) { return std::string(t); }
std::string swapcase(std::string_view t) { return std::string(t); }
std::string casefold(std::string_view t) { return std::string(t); }
std::string to_ascii(std::string_view t) { return std::string(t); }
bool is_alpha(char32_t) { return false; }
bool is_decimal(char32_t) { return false; }
bool is_digit(char32_t) { return false; }
bool is_numeric(char32_t) { return false; }
bool is_alnum(char32_t) { return false; }
bool is_space(char32_t) { return false; }
bool is_upper(char32_t) { return false; }
bool is_lower(char32_t) { return false; }
bool is_title(char32_t) { return false; }
bool is_printable(char32_t) { return true; }
std::optional<int> decimal_value(char32_t) { return {}; }
bool is_alpha(std::string_view) { return false; }
bool is_decimal(std::string_view) { return false; }
bool is_digit(std::string_view) { return false; }
bool is_numeric(std::string_view) { return false; }
bool is_alnum(std::string_view) { return false; }
bool is_space(std::string_view) { return false; }
bool is_upper(std::string_view) { return false; }
bool is_lower(std::string_view) { return false; }
bool is_title(std::string_view) { return false; }
bool is_printable(std::string_view) { return true; }
std::string_view trim_left(std::string_view t) { return t; }
std::string_view trim_right(std::string_view t) { return t; }
std::string_view trim(std::string_view t) { return t; }
}  // namespace unicode
}  // namespace gable::rules::jinja
