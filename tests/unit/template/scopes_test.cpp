// Which variable a name means: scopes as Jinja has them, its oddities included.
#include <gtest/gtest.h>

#include "render.hpp"

namespace gable::rules::jinja {
namespace {

std::string with_x(std::string_view source) { return render(source, {{"x", Value("given")}}); }

TEST(Scopes, InnerOnesDoNotChangeOuterOnes) {
  EXPECT_EQ(
      render("{% set a = 1 %}{% for i in [1, 2] %}{{ a }}{% set a = a + i %}{{ a }} {% endfor %}{{ a }}"),
      "12 13 1");
  EXPECT_EQ(render("{% if true %}{% set a = 1 %}{% endif %}{{ a }}"), "1");
  EXPECT_EQ(render("{% with a = 1, b = a %}{{ a }}{{ b }}{% set c = 2 %}{% endwith %}{{ a }}{{ c }}"), "1");
  EXPECT_EQ(render("{% set a %}{% set b = 1 %}{{ b }}{% endset %}{{ a }}{{ b }}"), "1");
  EXPECT_EQ(render("{% filter upper %}{% set b = 'x' %}{{ b }}{% endfilter %}{{ b }}"), "X");
}

TEST(Scopes, AMacroSeesWhatIsSetBehindIt) {
  EXPECT_EQ(render("{% macro f() %}{{ a }}{% endmacro %}{% set a = 1 %}{{ f() }}"), "1");
  EXPECT_EQ(render("{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}g{% endmacro %}{{ f() }}"), "g");
}

TEST(Scopes, DefaultsSeeAllArguments) {
  EXPECT_EQ(render("{% macro f(a=b, b=1) %}{{ a }}-{{ b }}{% endmacro %}{{ f() }} {{ f(b=5) }}"), "-1 5-5");
  EXPECT_EQ(render("{% macro f(a, b=a) %}{{ b }}{% endmacro %}{{ f(3) }}"), "3");
}

TEST(Scopes, ANameThatIsSetLaterIsNotTheGivenOne) {
  EXPECT_EQ(with_x("{% for i in [1] %}[{{ x }}]{% endfor %}{% set x = 1 %}{{ x }}"), "[]1");
  EXPECT_EQ(with_x("{% set x %}[{{ x }}]{% endset %}{{ x }}"), "[]");
  EXPECT_EQ(with_x("{% macro f() %}[{{ x }}]{% endmacro %}{{ f() }}{% set x = 1 %}{{ f() }}"), "[][1]");
  // Read before in the same scope, or set in one way only: the given one.
  EXPECT_EQ(with_x("{{ x }}{% for i in [1] %}[{{ x }}]{% endfor %}{% set x = 1 %}"), "given[given]");
  EXPECT_EQ(with_x("{% for i in [1] %}[{{ x }}]{% endfor %}{% if false %}{% set x = 1 %}{% endif %}{{ x }}"),
            "[given]given");
  EXPECT_EQ(with_x("{% for i in [1] %}[{{ x }}]{% endfor %}{% set x = x ~ 2 %}{{ x }}"), "[given]given2");
  EXPECT_EQ(with_x("{% for i in [1] %}{% for j in [1] %}[{{ x }}]{% endfor %}{% set x = 2 %}{{ x }}{% endfor "
                   "%}{{ x }}"),
            "[given]2given");
}

TEST(Scopes, TheElseOfALoopIsForLoopsWithoutAFullRound) {
  EXPECT_EQ(render("{% for i in [] %}{% else %}e{% endfor %}"), "e");
  EXPECT_EQ(render("{% for i in [1] %}{% break %}{% else %}e{% endfor %}"), "e");
  EXPECT_EQ(render("{% for i in [1, 2] %}{% if i == 2 %}{% break %}{% endif %}{% else %}e{% endfor %}"), "");
  EXPECT_EQ(render("{% for i in [1, 2] %}{% continue %}{% else %}e{% endfor %}"), "e");
  EXPECT_EQ(
      render("{% for i in [1, 2] %}{% for j in [] %}{% else %}{% break %}{% endfor %}{{ i }}{% endfor %}"),
      "");
}

TEST(Scopes, BreakLeavesBlocksAndTheirText) {
  EXPECT_EQ(render("{% for i in [1, 2] %}{{ i }}{% filter upper %}x{% break %}{% endfilter %}{% endfor %}"),
            "1");
  EXPECT_EQ(render("{% for i in [1, 2] %}{% set a %}x{% continue %}{% endset %}{{ i }}{% endfor %}"), "");
  EXPECT_EQ(render("{% for i in [1, 2] %}{% with %}{{ i }}{% break %}{% endwith %}{% endfor %}"), "1");
}

TEST(Scopes, ANamespaceIsLookedForBeforeItsValue) {
  EXPECT_EQ(render_all("{% set ns.a = 1 / 0 %}").outcome, Outcome::passthrough);
}

// An oddity of Jinja's: it works constants out, and forgets brackets around what became negative.
TEST(Scopes, PowersOfNegativeConstants) {
  EXPECT_EQ(render("{% set n = 2 %}{{ (-2) ** n }} {{ -2 ** n }} {{ (1 - 3.0) ** n }} {{ (-2) ** 2 }} {{ "
                   "(-n) ** n }}"),
            "-4 -4 -4.0 4 4");
}

TEST(Scopes, ANamespaceThatHoldsItselfCannotBePrinted) {
  EXPECT_EQ(render_all("{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}").outcome, Outcome::drop);
  EXPECT_EQ(render("{% set ns = namespace() %}{% set ns.a = ns %}{{ ns.a.a is sameas ns }}"), "True");
}

}  // namespace
}  // namespace gable::rules::jinja
