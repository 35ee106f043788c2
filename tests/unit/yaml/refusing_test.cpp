// What is wrong with a file is said with line and column, and nothing makes the reader hang or grow.

#include <gtest/gtest.h>

#include "yaml_texts.hpp"

namespace gable::rules::yaml {
namespace {

struct Bad {
  std::string text, message;
};

class RefusingTest : public testing::TestWithParam<Bad> {};

TEST_P(RefusingTest, SaysWhere) { EXPECT_EQ(json_of(GetParam().text), "t.yaml:" + GetParam().message); }

INSTANTIATE_TEST_SUITE_P(
    Syntax, RefusingTest,
    testing::Values(
        Bad{"a: b: c\n", "1:5: a ':' is not allowed here (wrong indentation, or a text that needs quotes)"},
        Bad{"a:\n\tb: 1\n", "2:1: a tab in the indentation (use spaces)"},
        Bad{"a: 1\nb\n", "2:1: a ':' is missing after this"},
        Bad{"a: 1\nnull\n", "2:1: a ':' is missing after this"},
        Bad{"a:\nb\n", "2:1: a ':' is missing after this"},
        Bad{"a:\nb-  c # d\n",
            "2:1: this does not belong to the block above (indent it, or is a ':' missing?)"},
        Bad{": 1\n", "1:1: a key is missing before ':'"},
        Bad{"a: [1, x\n", "2:1: a '[' is not closed (it begins at or after line 1, column 8)"},
        Bad{"a: {{ x }}\n", "1:5: a key must be a text (put '{{ … }}' in quotes)"},
        Bad{"[a, , b]", "1:5: a value is missing before this"},
        Bad{"a: \"x\n", "1:4: a quoted text is not closed"},
        Bad{"a: 'x''\n\nb: 1\n", "1:4: a quoted text is not closed"},
        Bad{"- a\nb: 1\n", "2:1: the file should end here (wrong indentation, or a second document)"},
        Bad{"a: 1\n---\nb: 2\n", "2:1: the file should end here (wrong indentation, or a second document)"},
        Bad{"%FOO\na: 1", "2:1: '---' is missing between the directives and the document"},
        Bad{"a: 1\n%b", "2:1: a line cannot begin with '%' (put the text in quotes)"},
        Bad{"küche: äh: 1\n",
            "1:10: a ':' is not allowed here (wrong indentation, or a text that needs quotes)"}));

INSTANTIATE_TEST_SUITE_P(
    Content, RefusingTest,
    testing::Values(Bad{"a: *nope\n", "1:4: an alias to an anchor that is not defined above"},
                    Bad{"a: &x [1, *x]\n", "1:11: an alias refers to the block in which it stands"},
                    Bad{"a: &x\n  b:\n    c: *x\n", "3:8: an alias refers to the block in which it stands"},
                    Bad{"<<: 5\n", "1:5: only a map or a list of maps can be merged with <<"},
                    Bad{"<<: [{a: 1}, 7]\n", "1:14: only maps can be merged with <<"},
                    Bad{"a: <<\n", "1:4: a text cannot be '<<' (put it in quotes)"},
                    Bad{"a: !includ x\n", "1:4: unknown tag '!includ'; did you mean !include?"},
                    Bad{"a: !input\n", "1:4: a name must follow !input"},
                    Bad{"!include a: 1\n", "1:1: a key cannot be included"},
                    Bad{"? [a, b]\n: c\n", "1:3: a key must be a text (put '{{ … }}' in quotes)"},
                    Bad{"a: 2026-02-30\n",
                        "1:4: there is no such date or time (put it in quotes if it is a text)"},
                    Bad{"a: 1\nb: x\x01y\n", "2:5: a control character (is this a text file?)"},
                    Bad{std::string("a: \0\n", 5), "1:4: a control character (is this a text file?)"},
                    Bad{"a: 1\nb: \xff\n", "2:1: this line is not UTF-8"}));

TEST(Limits, AliasBombIsRefused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before +
            repeated(9, ", " + before) + "]\n";
  }
  EXPECT_EQ(json_of(text), "t.yaml:5:45: more than 100000 values, aliases followed");
}

TEST(Limits, MergeBombIsRefused) {
  std::string keys;
  for (int i = 0; i < 40'000; ++i) keys += "k" + std::to_string(i) + ": x, ";
  const std::string text = "a: &a {" + keys + "}\nb: {<<: *a}\nc: {<<: *a}\n";
  EXPECT_EQ(json_of(text), "t.yaml:3:9: more than 100000 values, aliases followed");
}

TEST(Limits, LongTextsThroughAliasesAreCounted) {
  const std::string text = "a: &a " + std::string(500'000, 'x') + "\nb: [" + repeated(30, "*a, ") + "]\n";
  EXPECT_EQ(json_of(text), "t.yaml:2:65: more than 8388608 bytes of text, aliases followed");
}

TEST(Limits, NodesExactly) {
  Limits limits;
  limits.nodes = 4;  // the map, the list, two items
  EXPECT_EQ(json_of("a: [1, 2]\n", limits), R"({"a":[1,2]})");
  EXPECT_EQ(json_of("a: [1, 2, 3]\n", limits), "t.yaml:1:11: more than 4 values, aliases followed");
}

TEST(Limits, DepthExactly) {
  EXPECT_EQ(json_of(std::string(64, '[') + std::string(64, ']')).front(), '[');
  EXPECT_EQ(json_of(std::string(65, '[') + std::string(65, ']')), "t.yaml:1:65: nested more than 64 deep");
  EXPECT_EQ(json_of(repeated(100, "- ") + "x\n"), "t.yaml:1:129: nested more than 64 deep");
  Limits limits;
  limits.depth = 4;
  EXPECT_EQ(json_of("a: &a [[1]]\nb: [*a]\n", limits), R"({"a":[[1]],"b":[[[1]]]})");
  EXPECT_EQ(json_of("a: &a [[1]]\nb: [[*a]]\n", limits), "t.yaml:2:6: nested more than 4 deep");
}

TEST(Limits, SizeExactly) {
  const std::string fits = "#" + std::string(1024 * 1024 - 1, 'x');
  EXPECT_EQ(json_of(fits), "null");
  EXPECT_EQ(json_of(fits + "x"), "t.yaml: larger than 1048576 bytes");
}

TEST(Limits, MuchOfAnythingIsReadOrRefusedSoon) {
  constexpr std::size_t kSize = 128 * 1024;
  for (const std::string_view part :
       {"[",  "{",     "- ", "? ", "a: ",   "&a ",          "*a ",   "!t ",  "'",
        "\"", "\\u",   "\n", "|",  ">+\n ", ": ",           "a:\n ", "{a: ", "[a,",
        "%",  "---\n", "a ", "\t", "<<: ",  "\xe2\x80\xa8", "0x",    "1:"}) {
    json_of(repeated(kSize / part.size(), part));
  }
}

}  // namespace
}  // namespace gable::rules::yaml
