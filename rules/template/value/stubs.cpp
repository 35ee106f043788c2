// Bodies to link against while the real ones are written.

#include "template/value/big_integer.hpp"
#include "template/value/format.hpp"
#include "template/value/operations.hpp"

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

}  // namespace gable::rules::jinja
