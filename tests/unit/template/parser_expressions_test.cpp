// What binds how, and what every kind of expression becomes.
#include <gtest/gtest.h>

#include "template/syntax/parser.hpp"
#include "tree_text.hpp"

namespace gable::rules::jinja {
namespace {

struct Case {
  std::string_view source;
  std::string_view tree;
};

class ParserExpressions : public testing::TestWithParam<Case> {};

TEST_P(ParserExpressions, Become) { EXPECT_EQ(parsed_expression(GetParam().source), GetParam().tree); }

constexpr Case kOperators[] = {
    {"1 + 2 * 3", "(+ 1 (* 2 3))"},
    {"1 - 2 - 3", "(- (- 1 2) 3)"},
    {"1 ~ 2 + 3", "(+ (~ 1 2) 3)"},
    {"1 + 2 ~ 3 ~ 4", "(+ 1 (~ 2 3 4))"},
    {"1 ~ 2 * 3", "(~ 1 (* 2 3))"},
    {"2 ** 3 ** 2", "(** (** 2 3) 2)"},
    {"-2 ** 2", "(** (- 2) 2)"},
    {"2 ** -1", "(** 2 (- 1))"},
    {"- -x", "(- (- x))"},
    {"+-x", "(+ (- x))"},
    {"-x.y", "(- (. x y))"},
    {"-x | abs", "(| (- x) abs)"},
    {"-x is number", "(is (- x) number)"},
    {"-f(1)[2]", "(- (item (call f 1) 2))"},
    {"7 // 2 % 3 / 4", "(/ (% (// 7 2) 3) 4)"},
    {"1 * x | float", "(* 1 (| x float))"},
    {"a or b and not c == d", "(or a (and b (not (c == d))))"},
    {"not a is none", "(not (is a none))"},
    {"not not a", "(not (not a))"},
    {"a < b <= c != d", "(a < b <= c != d)"},
    {"a > b >= c", "(a > b >= c)"},
    {"a in b not in c", "(a in b not in c)"},
    {"not a in b", "(not (a in b))"},
    {"a if b else c if d else e", "(if a b (if c d e))"},
    {"a if b", "(if a b _)"},
    {"a if b if c", "(if (if a b _) c _)"},
    {"a or b if c", "(if (or a b) c _)"},
    {"and and or", "(and and or)"},
};
INSTANTIATE_TEST_SUITE_P(Operators, ParserExpressions, testing::ValuesIn(kOperators));

constexpr Case kOperands[] = {
    {"true, True, false, False, none, None", "(tuple True True False False None None)"},
    {"TRUE", "TRUE"},
    {"()", "(tuple)"},
    {"(1)", "1"},
    {"(1,)", "(tuple 1)"},
    {"1,", "(tuple 1)"},
    {"1, 2", "(tuple 1 2)"},
    {"[]", "(list)"},
    {"[1, 2,]", "(list 1 2)"},
    {"{}", "(dict)"},
    {"{'a': 1, 2: b,}", "(dict 'a' 1 2 b)"},
    {"{{1: 2}: 3}", "(dict (dict 1 2) 3)"},
    {"a.b.c", "(. (. a b) c)"},
    {"a.0", "(item a 0)"},
    {"a.0.1", "(item (item a 0) 1)"},
    {"a.if", "(. a if)"},
    {"a['b'][0]", "(item (item a 'b') 0)"},
    {"a[1:2]", "(item a (slice 1 2 _))"},
    {"a[:]", "(item a (slice _ _ _))"},
    {"a[::2]", "(item a (slice _ _ 2))"},
    {"a[-1:]", "(item a (slice (- 1) _ _))"},
    {"a[:2:]", "(item a (slice _ 2 _))"},
    {"a[1, 2]", "(item a (tuple 1 2))"},
    {"a[]", "(item a (tuple))"},
    {"1.e5", "(. 1 e5)"},
    {"'a'.b", "(. 'a' b)"},
    {"f()", "(call f)"},
    {"f(1, x=2, *a, **b)", "(call f 1 x=2 *a **b)"},
    {"f(*a, x=2)", "(call f x=2 *a)"},
    {"f(a, b,)", "(call f a b)"},
    {"f(class=1, class=2)", "(call f class=2)"},
    {"f(x == 1)", "(call f (x == 1))"},
    {"f(1)(2)", "(call (call f 1) 2)"},
    {"x | list(1)(2)", "(call (| x list 1) 2)"},
};
INSTANTIATE_TEST_SUITE_P(Operands, ParserExpressions, testing::ValuesIn(kOperands));

constexpr Case kFiltersAndTests[] = {
    {"x | upper | replace('a', 'b')", "(| (| x upper) replace 'a' 'b')"},
    {"x | default(1, boolean=true)", "(| x default 1 boolean=True)"},
    {"x | round(2) * 3", "(* (| x round 2) 3)"},
    {"x is defined", "(is x defined)"},
    {"x is not defined", "(not (is x defined))"},
    {"x is divisibleby 3", "(is x divisibleby 3)"},
    {"x is divisibleby(3)", "(is x divisibleby 3)"},
    {"x is eq -1", "(- (is x eq) 1)"},
    {"x is eq y.z[0]", "(is x eq (item (. y z) 0))"},
    {"x is in [1, 2]", "(is x in (list 1 2))"},
    {"x is sameas none", "(is x sameas None)"},
    {"x is none or y is none", "(or (is x none) (is y none))"},
    {"1 if x is none else 2", "(if 1 (is x none) 2)"},
    {"x is not none and y", "(and (not (is x none)) y)"},
    {"x | int is number", "(is (| x int) number)"},
    {"x is number | string", "(| (is x number) string)"},
    {"x is eq 'a' 'b'", "(is x eq 'ab')"},
};
INSTANTIATE_TEST_SUITE_P(FiltersAndTests, ParserExpressions, testing::ValuesIn(kFiltersAndTests));

constexpr Case kLiterals[] = {
    {"0 00 ", "1:6 expected an operator or '}}', got the number 00"},
    {"00", "0"},
    {"1_000", "1000"},
    {"0b1_01", "5"},
    {"0o17", "15"},
    {"0xFf", "255"},
    {"0x_ff", "255"},
    {"9223372036854775807", "9223372036854775807"},
    {"1.5", "1.5"},
    {"1_0.2_5", "10.25"},
    {"1e3", "1000.0"},
    {"1.5E-3", "0.0015"},
    {"2e+2", "200.0"},
    {"1e999", "inf"},
    {"1e-999", "0.0"},
    {"0.1e400", "inf"},
    {"'a' \"b\"", "'ab'"},
    {R"('\n\t\\\'\"\x41\u00e9\U0001F600\101\q')", R"('\n\t\\\'"Aé😀A\\q')"},
    {R"('\é')", R"('\\xe9')"},
    {"'a\\\nb'", "'ab'"},
    {"'}}'", "'}}'"},
    {"'%}'", "'%}'"},
    {"\"it's\"", "\"it's\""},
    {"\xC2\xA0x\xE2\x80\x83+\n1", "(+ x 1)"},
    {"größe", "größe"},
};
INSTANTIATE_TEST_SUITE_P(Literals, ParserExpressions, testing::ValuesIn(kLiterals));

TEST(ParserNames, AreNumberedOnce) {
  const auto tree = parse("{{ a + b + a }}{% set b = c %}");
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->symbols, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(tree->body[1]->target.symbol, 1U);
}

TEST(ParserPositions, PointToTheOperator) {
  const auto tree = parse("abc\n  {{ x +\n y | upper }}");
  ASSERT_TRUE(tree);
  const Expression& sum = *tree->body[1]->expression;
  EXPECT_EQ(sum.position.line, 2U);
  EXPECT_EQ(sum.position.column, 8U);
  EXPECT_EQ(sum.operands[0]->position.column, 6U);
  EXPECT_EQ(sum.operands[1]->position.line, 3U);
  EXPECT_EQ(sum.operands[1]->position.column, 6U);
  EXPECT_EQ(sum.operands[1]->operands[0]->position.column, 2U);
}

}  // namespace
}  // namespace gable::rules::jinja
