// Native results: rendered text as the value that rules go on with. Expected answers are those of Python's
// ast.literal_eval with Home Assistant's rule for numbers.
#include "template/native.hpp"

#include <gtest/gtest.h>

#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

std::string shown(std::string_view text) { return repr(native(text)); }

TEST(Native, WordsStayText) {
  for (const auto* text :
       {"on", "unavailable", "true", "none", "null", "", "light.kitchen", "True ish", "21.5 °C"}) {
    EXPECT_EQ(shown(text), repr(Value(text))) << text;
  }
}

TEST(Native, PlainNumbers) {
  EXPECT_EQ(shown("21"), "21");
  EXPECT_EQ(shown("-5"), "-5");
  EXPECT_EQ(shown("+5"), "5");
  EXPECT_EQ(shown("21.50"), "21.5");
  EXPECT_EQ(shown("5."), "5.0");
  EXPECT_EQ(shown(".5"), "0.5");
  EXPECT_EQ(shown("0"), "0");
  EXPECT_EQ(shown("123456789012345678901234567890"), "123456789012345678901234567890");
}

TEST(Native, OtherNotationsStayText) {
  for (const auto* text :
       {"1e5", "1_000", "0x1F", "007", "(1)", "1+2j", "12:30", "2026-01-15", "- ", "1 2"}) {
    EXPECT_EQ(shown(text), repr(Value(text))) << text;
  }
}

TEST(Native, NamesOfPython) {
  EXPECT_EQ(shown("True"), "True");
  EXPECT_EQ(shown("False"), "False");
  EXPECT_EQ(shown("None"), "None");
}

TEST(Native, Containers) {
  EXPECT_EQ(shown("[1, 'a', 2.5, None]"), "[1, 'a', 2.5, None]");
  EXPECT_EQ(shown("[]"), "[]");
  EXPECT_EQ(shown("{'a': [1, (2, 3)], \"b\": {}}"), "{'a': [1, (2, 3)], 'b': {}}");
  EXPECT_EQ(shown("{1, 2}"), "{1, 2}");
  EXPECT_EQ(shown("1, 2"), "(1, 2)");
  EXPECT_EQ(shown("(1,)"), "(1,)");
  EXPECT_EQ(shown("[1e5, 0x10]"), "[100000.0, 16]");
  EXPECT_EQ(shown("['a' 'b']"), "['ab']");
}

TEST(Native, BrokenContainersStayText) {
  for (const auto* text :
       {"[1, 2", "{'a': }", "{[]: 1}", "[1 2]", "['a]", "[light.kitchen]", "{'a': 1}}", "[,]"}) {
    EXPECT_EQ(shown(text), repr(Value(text))) << text;
  }
}

TEST(Native, DeepNestingEnds) {
  const std::string deep(5000, '[');
  EXPECT_EQ(native(deep).as_text()->size(), deep.size());
}

}  // namespace
}  // namespace gable::rules::jinja
