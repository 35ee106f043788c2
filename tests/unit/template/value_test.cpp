// What values, dicts, conversions, budget and reads promise to their callers.
#include <gtest/gtest.h>

#include <cmath>

#include "template/evaluate/budget.hpp"
#include "template/evaluate/reads.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

template <typename Function>
std::string error_of(const Function& function) {
  try {
    function();
  } catch (const EvaluationError& error) {
    return std::string(error_name(error.error_class()));
  }
  return "none";
}

Value big(std::string_view digits) { return *integer_from_digits(digits, 10); }

TEST(Dict, FindsByPythonsRulesBeforeAndAfterItsIndex) {
  for (const int size : {3, 8, 9, 100}) {
    Dict dict;
    for (int i = 0; i < size; ++i) dict.set(i, i * 2);
    dict.set("two", "text");
    dict.set(Value::tuple({1, "x"}), "tuple");
    dict.set(2.0, "two");
    dict.set(true, "one");
    EXPECT_EQ(dict.size(), static_cast<std::size_t>(size) + 2);
    EXPECT_EQ(str(*dict.find(Value(2))), "two");
    EXPECT_EQ(str(*dict.find(Value(1.0))), "one");
    EXPECT_EQ(repr(dict.entries()[1].key), "1");  // the key that was there first stays
    EXPECT_EQ(str(*dict.find(std::string_view("two"))), "text");
    EXPECT_EQ(str(*dict.find(Value::tuple({1.0, "x"}))), "tuple");
    EXPECT_EQ(dict.find(std::string_view("three")), nullptr);
    EXPECT_EQ(dict.find(Value(None{})), nullptr);
    EXPECT_EQ(error_of([&] { static_cast<void>(dict.find(Value::list({}))); }), "TypeError");
    EXPECT_EQ(error_of([&] { dict.set(Value::tuple({Value::list({})}), 1); }), "TypeError");
  }
}

TEST(Set, KeepsTheFirstOfEqualItems) {
  Set set;
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(set.insert(i));
  EXPECT_FALSE(set.insert(5.0));
  EXPECT_TRUE(set.contains(true));
  EXPECT_FALSE(set.contains("5"));
  EXPECT_EQ(set.size(), 20U);
}

TEST(Hash, EqualValuesHashAlike) {
  EXPECT_EQ(hash(1), hash(1.0));
  EXPECT_EQ(hash(1), hash(true));
  EXPECT_EQ(hash(0.0), hash(-0.0));
  EXPECT_EQ(hash(big("1180591620717411303424")), hash(std::pow(2.0, 70)));
  EXPECT_EQ(hash(big("9223372036854775808")), hash(9223372036854775808.0));
  EXPECT_EQ(hash("a"), text_hash("a"));
}

TEST(Depth, ContainersNestAtMostSoDeep) {
  Value nested = Value::list({});
  const auto deepen = [&] {
    for (int i = 0; i < 10'000; ++i) nested = i % 2 == 0 ? Value::list({nested}) : Value::tuple({nested});
  };
  EXPECT_EQ(error_of(deepen), "RecursionError");
  EXPECT_EQ(nested.depth(), Value::kMaxDepth);
  EXPECT_EQ(error_of([&] { Dict().set("k", nested); }), "RecursionError");
  EXPECT_EQ(str(nested).size(), 499U);
}

TEST(Sharing, ExponentialContentEnds) {
  Value a = Value::tuple({1});
  Value b = Value::tuple({1});
  for (int i = 0; i < 60; ++i) {
    a = Value::tuple({a, a});
    b = Value::tuple({b, b});
  }
  EXPECT_EQ(error_of([&] { static_cast<void>(str(a)); }), "BudgetExceeded");
  EXPECT_EQ(error_of([&] { static_cast<void>(equals(a, b)); }), "BudgetExceeded");
  EXPECT_EQ(error_of([&] { static_cast<void>(less(a, b)); }), "BudgetExceeded");
  EXPECT_EQ(error_of([&] { static_cast<void>(hash(a)); }), "BudgetExceeded");
}

TEST(Conversion, FloatOfText) {
  EXPECT_EQ(to_real(" 7 "), 7.0);
  EXPECT_EQ(to_real("1_000.5"), 1000.5);
  EXPECT_EQ(to_real("1e1_0"), 1e10);
  EXPECT_EQ(to_real("\u2003٣.٥\u3000"), 3.5);
  EXPECT_EQ(to_real("1e400"), HUGE_VAL);
  EXPECT_EQ(to_real("-1e400"), -HUGE_VAL);
  EXPECT_EQ(to_real("1e-400"), 0.0);
  EXPECT_EQ(to_real("0.000e999999999999999999999"), 0.0);
  EXPECT_EQ(to_real(std::string(400, '1') + "e-400"), 0.1111111111111111);
  EXPECT_EQ(to_real("-iNfinity"), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(*to_real("+nan")));
  EXPECT_EQ(to_real("5."), 5.0);
  EXPECT_EQ(to_real(".5"), 0.5);
  for (const char* bad : {"", " ", ".", "1_", "_1", "1__0", "1_.0", "1e", "1e+", "0x10", "1 2", "--1",
                          "nan(1)", "infinit", "1,5", "e5", "1f", "+ 1"}) {
    EXPECT_FALSE(to_real(bad)) << bad;
  }
  EXPECT_EQ(to_real(true), 1.0);
  EXPECT_FALSE(to_real(None{}));
  EXPECT_FALSE(to_real(Value::list({})));
  EXPECT_EQ(error_of([] { static_cast<void>(to_real(Value::undefined())); }), "UndefinedError");
  EXPECT_EQ(error_of([] { static_cast<void>(to_real(big("1" + std::string(400, '0')))); }), "OverflowError");
}

TEST(Conversion, IntegerOfText) {
  const auto read = [](const char* text, int base) {
    const std::optional<Value> value = to_integer(text, base);
    return value ? str(*value) : "nothing";
  };
  EXPECT_EQ(read(" -1_000 ", 10), "-1000");
  EXPECT_EQ(read("+5", 10), "5");
  EXPECT_EQ(read("٣", 10), "3");
  EXPECT_EQ(read("100000000000000000000", 10), "100000000000000000000");
  EXPECT_EQ(read("-9223372036854775808", 10), "-9223372036854775808");
  EXPECT_EQ(read("0x_1F", 16), "31");
  EXPECT_EQ(read("1f", 16), "31");
  EXPECT_EQ(read("0b1", 16), "177");
  EXPECT_EQ(read("0b11", 2), "3");
  EXPECT_EQ(read("0o17", 0), "15");
  EXPECT_EQ(read("00", 0), "0");
  EXPECT_EQ(read("010", 0), "nothing");
  EXPECT_EQ(read("010", 10), "10");
  EXPECT_EQ(read("z", 36), "35");
  EXPECT_EQ(read("8", 8), "nothing");
  EXPECT_EQ(read("1", 1), "nothing");
  EXPECT_EQ(read("1", 37), "nothing");
  for (const char* bad : {"", "-", "21.9", "1e3", "0b1", "_1", "1_", "1__0", "+ 1", "+-1", "0x", "a"}) {
    EXPECT_EQ(read(bad, 10), "nothing") << bad;
  }
  EXPECT_FALSE(to_integer(std::string(4301, '1')));
  EXPECT_TRUE(to_integer(std::string(4300, '1')));
}

TEST(Conversion, IntegerOfNumbers) {
  EXPECT_EQ(repr(*to_integer(21.9)), "21");
  EXPECT_EQ(repr(*to_integer(-21.9)), "-21");
  EXPECT_EQ(repr(*to_integer(1e20)), "100000000000000000000");
  EXPECT_EQ(repr(*to_integer(true)), "1");
  EXPECT_FALSE(to_integer(std::nan("")));
  EXPECT_FALSE(to_integer(None{}));
  EXPECT_EQ(error_of([] { static_cast<void>(to_integer(HUGE_VAL)); }), "OverflowError");
}

TEST(Integers, Bitwise) {
  EXPECT_EQ(repr(bitwise('&', 12, 10)), "8");
  EXPECT_EQ(repr(bitwise('|', -12, 10)), "-2");
  EXPECT_EQ(repr(bitwise('^', big("18446744073709551616"), -1)), "-18446744073709551617");
  EXPECT_EQ(repr(bitwise('&', true, false)), "False");
  EXPECT_EQ(repr(bitwise('&', true, 1)), "1");
}

TEST(Integers, HaveALimit) {
  EXPECT_EQ(error_of([] { integer_arithmetic(Operator::power, 10, 1'000'000'000); }), "OverflowError");
  EXPECT_EQ(error_of([] { integer_arithmetic(Operator::power, 3, 40'000); }), "none");
  EXPECT_EQ(error_of([] { static_cast<void>(str(integer_arithmetic(Operator::power, 3, 40'000))); }),
            "ValueError");
}

TEST(Budget, CountsStepsAndWork) {
  Budget budget(Limits{10, 100, 2});
  budget.work(63);
  EXPECT_EQ(budget.spent(), 0U);
  budget.work(1);
  EXPECT_EQ(budget.spent(), 1U);
  for (int i = 0; i < 9; ++i) budget.step();
  EXPECT_EQ(error_of([&] { budget.step(); }), "BudgetExceeded");
  EXPECT_EQ(error_of([&] { budget.work(~std::size_t{0}); }), "BudgetExceeded");
  EXPECT_EQ(error_of([] { Budget(Limits{10, 100, 2}).text(101); }), "BudgetExceeded");
  Budget depth(Limits{10, 100, 2});
  depth.enter();
  depth.enter();
  EXPECT_EQ(error_of([&] { depth.enter(); }), "RecursionError");
  depth.leave();
  depth.enter();
}

TEST(Reads, AreSortedAndTouch) {
  Reads reads;
  reads.entity("light.b");
  reads.entity("light.a");
  reads.entity("light.b");
  reads.domain("sensor");
  EXPECT_EQ(reads.entities(), (std::vector<std::string>{"light.a", "light.b"}));
  EXPECT_TRUE(reads.touches("light.a"));
  EXPECT_TRUE(reads.touches("sensor.x"));
  EXPECT_FALSE(reads.touches("light.c"));
  EXPECT_FALSE(reads.reads_all());
  reads.all();
  EXPECT_TRUE(reads.touches("light.c"));
}

}  // namespace
}  // namespace gable::rules::jinja
