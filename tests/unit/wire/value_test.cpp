#include "wire/value.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gable::wire {
namespace {

TEST(Object, KeepsTheOrderOfKeys) {
  Object object{{"b", 1}, {"a", 2}};
  object.set("c", 3);
  object.set("b", 4);
  std::string keys;
  for (const Member& member : object) keys += member.key;
  EXPECT_EQ(keys, "bac");
  EXPECT_EQ(*object.find("b"), Value(4));
}

TEST(Object, InitialiserTakesTheLastOfEqualKeys) {
  const Object object{{"a", 1}, {"a", 2}};
  EXPECT_EQ(object.size(), 1U);
  EXPECT_EQ(*object.find("a"), Value(2));
}

TEST(Object, OneMemberIsNotTakenForACopy) {
  const Object object{{"status", std::string_view("online")}};
  ASSERT_EQ(object.size(), 1U);
  EXPECT_EQ(object.find("status")->string_or(""), "online");
}

TEST(Object, EraseTellsWhetherTheKeyWasThere) {
  Object object{{"a", 1}};
  EXPECT_TRUE(object.erase("a"));
  EXPECT_FALSE(object.erase("a"));
  EXPECT_TRUE(object.empty());
}

TEST(Object, EqualInAnyOrder) {
  EXPECT_EQ((Object{{"a", 1}, {"b", 2}}), (Object{{"b", 2}, {"a", 1}}));
  EXPECT_FALSE((Object{{"a", 1}, {"b", 2}}) == (Object{{"a", 1}, {"c", 2}}));
  EXPECT_FALSE((Object{{"a", 1}}) == (Object{{"a", 1}, {"b", 2}}));
}

TEST(Object, EqualInAnyOrderWhenLarge) {
  Object forward;
  Object backward;
  for (int i = 0; i < 500; ++i) forward.append("k" + std::to_string(i), i);
  for (int i = 499; i >= 0; --i) backward.append("k" + std::to_string(i), i);
  EXPECT_EQ(forward, backward);
  backward.set("k250", 0);
  EXPECT_FALSE(forward == backward);
}

TEST(Value, NumbersCompareByValueBooleansDoNot) {
  EXPECT_EQ(Value(1), Value(1.0));
  EXPECT_EQ(Value(1.0), Value(1));
  EXPECT_FALSE(Value(1) == Value(1.5));
  EXPECT_FALSE(Value(true) == Value(1));
  EXPECT_FALSE(Value() == Value(0));
  EXPECT_FALSE(Value("1") == Value(1));
}

TEST(Value, LargeIntegersAreNotRoundedBeforeComparison) {
  const auto largest = std::numeric_limits<std::int64_t>::max();
  EXPECT_FALSE(Value(largest) == Value(9223372036854775808.0));
  EXPECT_FALSE(Value(std::int64_t{9007199254740993}) == Value(9007199254740992.0));
  EXPECT_EQ(Value(std::numeric_limits<std::int64_t>::min()), Value(-9223372036854775808.0));
  EXPECT_FALSE(Value(0) == Value(std::nan("")));
}

TEST(Value, FallbacksAndNames) {
  EXPECT_EQ(Value(2).number_or(0), 2.0);
  EXPECT_EQ(Value("2").number_or(7), 7.0);
  EXPECT_EQ(Value(2).string_or("x"), "x");
  EXPECT_TRUE(Value().bool_or(true));
  EXPECT_EQ(Value().type_name(), "null");
  EXPECT_EQ(Value(true).type_name(), "boolean");
  EXPECT_EQ(Value(1).type_name(), "integer");
  EXPECT_EQ(Value(1.5).type_name(), "number");
  EXPECT_EQ(Value("").type_name(), "string");
  EXPECT_EQ(Value(List()).type_name(), "list");
  EXPECT_EQ(Value(Object()).type_name(), "object");
}

// Expectations are what repr() of Python 3 prints.
TEST(NumberText, IsLaidOutAsPythonDoes) {
  EXPECT_EQ(number_text(21.5), "21.5");
  EXPECT_EQ(number_text(21.0), "21.0");
  EXPECT_EQ(number_text(0.0), "0.0");
  EXPECT_EQ(number_text(-0.0), "-0.0");
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(number_text(0.0001), "0.0001");
  EXPECT_EQ(number_text(0.00001), "1e-05");
  EXPECT_EQ(number_text(0.00012345), "0.00012345");
  EXPECT_EQ(number_text(1e15), "1000000000000000.0");
  EXPECT_EQ(number_text(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(number_text(1e16), "1e+16");
  EXPECT_EQ(number_text(-1.5e300), "-1.5e+300");
  EXPECT_EQ(number_text(5e-324), "5e-324");
  EXPECT_EQ(number_text(std::numeric_limits<double>::max()), "1.7976931348623157e+308");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number_text(std::nan("")), "null");
}

TEST(PlainText, IsWhatRulesSee) {
  EXPECT_EQ(plain_text(Value("on")), "on");
  EXPECT_EQ(plain_text(Value(true)), "on");
  EXPECT_EQ(plain_text(Value(false)), "off");
  EXPECT_EQ(plain_text(Value()), "unknown");
  EXPECT_EQ(plain_text(Value(21)), "21");
  EXPECT_EQ(plain_text(Value(21.0)), "21.0");
  EXPECT_EQ(plain_text(Value(List{1, "a"})), R"([1,"a"])");
  EXPECT_EQ(plain_text(Value(Object{{"a", 1}})), R"({"a":1})");
}

}  // namespace
}  // namespace gable::wire
