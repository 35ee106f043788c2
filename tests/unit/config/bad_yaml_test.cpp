// What is wrong with a file is said with file, line and column, and nothing makes the reader hang or grow.

#include <gtest/gtest.h>

#include "memory_files.hpp"

namespace gable::node::test {
namespace {

struct BadYaml {
  std::string text, message;
};

class BadYamlTest : public testing::TestWithParam<BadYaml> {};

TEST_P(BadYamlTest, SaysWhere) { EXPECT_EQ(error_of(GetParam().text), "house.yaml:" + GetParam().message); }

INSTANTIATE_TEST_SUITE_P(
    Syntax, BadYamlTest,
    testing::Values(
        BadYaml{"a: b: c\n",
                "1:5: a ':' is not allowed here (wrong indentation, or a text that needs quotes)"},
        BadYaml{"a:\n\tb: 1\n", "2:1: a tab in the indentation (use spaces)"},
        BadYaml{"a:\n  b: 1\n\tc: 2\n", "3:1: a tab in the indentation (use spaces)"},
        BadYaml{"a:\n\t- b\n", "2:1: a tab in the indentation (use spaces)"},
        BadYaml{"a: 1\n  b: 2\n",
                "2:4: a ':' is not allowed here (wrong indentation, or a text that needs quotes)"},
        BadYaml{"a: 1\nb\n", "2:1: a ':' is missing after 'b'"},
        BadYaml{": 1\n", "1:1: a key is missing before ':'"},
        BadYaml{"a: - b\n", "1:4: a '-' is not allowed here (a list begins on a line of its own)"},
        BadYaml{"a: [1, x\n", "2:1: a '[' is not closed (it begins after line 1, column 8)"},
        BadYaml{"a: {b: 1\n", "2:1: a '{' is not closed (put '{{ … }}' in quotes)"},
        BadYaml{"a: [1]]\n", "1:7: a closing bracket without an opening one"},
        BadYaml{"a: {{ x }}\n", "1:5: a key must be a text (put '{{ … }}' in quotes)"},
        BadYaml{
            "a: 'it's'\n",
            "1:8: this does not belong to the block above (wrong indentation, or a text that needs quotes)"},
        BadYaml{"a: \"x\n", "1:4: a quoted text is not closed"},
        BadYaml{"a: 'x''\n\nb: 1\n", "1:4: a quoted text is not closed"},
        BadYaml{"a: &x !!str \"x\\\"\nb: 1\n", "1:4: a quoted text is not closed"},
        BadYaml{"a: \"x", "1:6: a quoted text is not closed (it begins after line 1, column 1)"},
        BadYaml{"a: \"\\q\"\n", "1:7: unknown escape character: q"},
        BadYaml{"a: @x\n", "1:4: a text cannot begin with this character (put the text in quotes)"},
        BadYaml{"a: %x\n", "1:4: a text cannot begin with this character (put the text in quotes)"},
        BadYaml{"a: *\n", "1:5: a text cannot begin with '*' (put the text in quotes)"},
        BadYaml{"t:\n- a: x\n b: y\n", "3:2: this does not belong to the list above (wrong indentation)"},
        BadYaml{"- a\nb: 1\n", "2:1: the file should end here (wrong indentation, or a second document)"},
        BadYaml{"a: 1\n---\nb: 2\n",
                "2:1: the file should end here (wrong indentation, or a second document)"},
        BadYaml{"? [a, b]\n: c\n", "1:3: a key must be a text (put '{{ … }}' in quotes)"},
        BadYaml{"küche: äh: 1\n",
                "1:10: a ':' is not allowed here (wrong indentation, or a text that needs quotes)"}));

INSTANTIATE_TEST_SUITE_P(
    Content, BadYamlTest,
    testing::Values(BadYaml{"a: 1\nb: 2\na: 3\n", "3:1: the key 'a' stands here twice (first in line 1)"},
                    BadYaml{"x: {a: 1, a: 2}\n", "1:11: the key 'a' stands here twice (first in line 1)"},
                    BadYaml{"a: *nope\n", "1:4: an alias to an anchor that is not defined above"},
                    BadYaml{"a: &x [1, *x]\n", "1:11: an alias refers to the block in which it stands"},
                    BadYaml{"a: &x\n  b:\n    c: *x\n",
                            "3:8: an alias refers to the block in which it stands"},
                    BadYaml{"<<: 5\n", "1:5: expected a map or a list of maps to merge, found '5'"},
                    BadYaml{"<<: [{a: 1}, 7]\n", "1:14: expected a map to merge, found '7'"},
                    BadYaml{"a: !includ x\n", "1:4: unknown tag '!includ' (did you mean '!include'?)"},
                    BadYaml{"a: !zzzzzzzz x\n", "1:4: unknown tag '!zzzzzzzz'"},
                    BadYaml{"a: !secret x\n", "1:4: !secret works in files only"},
                    BadYaml{"a:\n  - !include x\n", "2:5: !include works in files only"},
                    BadYaml{"a: 1\nb: x\x01y\n", "2:5: a control character (1) (is this a text file?)"},
                    BadYaml{std::string("a: \0\n", 5), "1:4: a control character (0) (is this a text file?)"},
                    BadYaml{"a: 1\nb: \xff\n", "2:1: this line is not UTF-8"},
                    BadYaml{"\xff\xfe"
                            "a",
                            "1:1: this line is not UTF-8"}));

std::string repeated(std::size_t count, const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(ConfigLimits, AliasBombIsRefused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before +
            repeated(9, ", " + before) + "]\n";
  }
  EXPECT_EQ(error_of(text), "house.yaml:5:45: more than 100000 values, aliases expanded");
}

TEST(ConfigLimits, MergeBombIsRefused) {
  std::string text = "a: &a {" + repeated(50'000, "k: &b x, ") + "}\n";
  ConfigReadOptions options;
  options.duplicates = DuplicateKeys::last_wins;
  EXPECT_EQ(error_of(text, options), "no error");
  std::string merges;
  for (int i = 0; i < 3; ++i) merges += "m" + std::to_string(i) + ":\n  <<: *a\n";
  EXPECT_EQ(error_of(text + merges, options), "house.yaml:3:7: more than 100000 values, aliases expanded");
}

TEST(ConfigLimits, LongTextsThroughAliasesAreCounted) {
  const std::string text = "a: &a " + std::string(500'000, 'x') + "\nb: [" + repeated(30, "*a, ") + "]\n";
  EXPECT_EQ(error_of(text), "house.yaml:2:65: more than 8388608 bytes of text, aliases expanded");
}

TEST(ConfigLimits, NodesExactly) {
  ConfigReadOptions options;
  options.limits.nodes = 4;  // the map, the list, two items
  EXPECT_EQ(error_of("a: [1, 2]\n", options), "no error");
  EXPECT_EQ(error_of("a: [1, 2, 3]\n", options), "house.yaml:1:11: more than 4 values, aliases expanded");
  EXPECT_EQ(error_of("a: &x [1]\nb: *x\n", options), "house.yaml:2:4: more than 4 values, aliases expanded");
}

TEST(ConfigLimits, DepthExactly) {
  EXPECT_EQ(error_of(std::string(64, '[') + "1" + std::string(64, ']')), "no error");
  EXPECT_EQ(error_of(std::string(65, '[') + "1" + std::string(65, ']')),
            "house.yaml:1:65: nested more than 64 deep");
  EXPECT_EQ(error_of(repeated(100, "- ") + "x\n"), "house.yaml:1:129: nested more than 64 deep");
}

TEST(ConfigLimits, DepthThroughAliases) {
  ConfigReadOptions options;
  options.limits.depth = 4;
  EXPECT_EQ(error_of("a: &a [[1]]\nb: [*a]\n", options), "no error");
  EXPECT_EQ(error_of("a: &a [[1]]\nb: [[*a]]\n", options), "house.yaml:2:6: nested more than 4 deep");
}

TEST(ConfigLimits, SizeExactly) {
  const std::string fits = "#" + std::string(1024 * 1024 - 1, 'x');
  EXPECT_EQ(error_of(fits), "no error");
  EXPECT_EQ(error_of(fits + "x"), "house.yaml:1:1: larger than 1048576 bytes");
}

TEST(ConfigLimits, AMapWithVeryManyKeysIsRead) {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
  const ConfigDocument document = parse_config("house.yaml", text);
  EXPECT_EQ(document.root.entries().size(), 60'000U);
  EXPECT_EQ(error_of(text + "k777: 2\n"),
            "house.yaml:60001:1: the key 'k777' stands here twice (first in line 778)");
}

}  // namespace
}  // namespace gable::node::test
