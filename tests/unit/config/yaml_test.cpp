// YAML as people write it for Home Assistant.

#include <gtest/gtest.h>

#include "memory_files.hpp"
#include "wire/json.hpp"

namespace gable::node::test {
namespace {

std::string json(const std::string& text) {
  return wire::to_json(parse_config("house.yaml", text).root.to_value());
}

struct Sample {
  std::string text, json;
};

class YamlTest : public testing::TestWithParam<Sample> {};

TEST_P(YamlTest, ReadsAsPyYamlDoes) { EXPECT_EQ(json(GetParam().text), GetParam().json); }

INSTANTIATE_TEST_SUITE_P(
    Values, YamlTest,
    testing::Values(Sample{"", "{}"}, Sample{"# only a comment\n", "{}"}, Sample{"---\n", "null"},
                    Sample{"\xef\xbb\xbf"
                           "a: 1\n",
                           R"({"a":1})"},
                    Sample{"a: 1\r\nb: 2\r\n", R"({"a":1,"b":2})"},
                    Sample{"a: on\nb: Yes\nc: OFF\nd: no\n", R"({"a":true,"b":true,"c":false,"d":false})"},
                    Sample{"a: 'on'\nb: \"5\"\nc: oN\n", R"({"a":"on","b":"5","c":"oN"})"},
                    Sample{"a: ~\nb:\nc: null\nd: ''\n", R"({"a":null,"b":null,"c":null,"d":""})"},
                    Sample{"a: 0x1F\nb: -5\nc: 1.5\nd: +3\ne: 1e3\n",
                           R"({"a":31,"b":-5,"c":1.5,"d":3,"e":1000.0})"},
                    Sample{"a: nan\nb: 12:30:00\n", R"({"a":"nan","b":"12:30:00"})"},
                    Sample{"a: !!str 5\n", R"({"a":"5"})"}, Sample{"a: |\n  x\n  y\n", R"({"a":"x\ny\n"})"},
                    Sample{"a: >-\n  x\n  y\n", R"({"a":"x y"})"},
                    Sample{"a: '{{ x }}'\n", R"({"a":"{{ x }}"})"}, Sample{"on: 1\n", R"({"on":1})"}));

INSTANTIATE_TEST_SUITE_P(Anchors, YamlTest,
                         testing::Values(Sample{"a: &x {b: 1}\nc: *x\n", R"({"a":{"b":1},"c":{"b":1}})"},
                                         Sample{"a: &x\nb: *x\n", R"({"a":null,"b":null})"},
                                         Sample{"a: &x 1\nb: &x 2\nc: *x\n", R"({"a":1,"b":2,"c":2})"},
                                         Sample{"a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n",
                                                R"({"a":{"p":1,"q":2},"b":{"q":3,"p":1}})"},
                                         Sample{"a: &x {p: 1}\nb: &y {p: 2, q: 3}\nc: {<<: [*x, *y]}\n",
                                                R"({"a":{"p":1},"b":{"p":2,"q":3},"c":{"p":1,"q":3}})"},
                                         Sample{"a: {'<<': 1}\n", R"({"a":{"<<":1}})"}));

TEST(Yaml, NodesKnowTheirPlace) {
  const ConfigNode root = parse_config("house.yaml", "a:\n  - x\n  - b: 5\nc:\nd: 1\n").root;
  EXPECT_EQ(root.position().text(), "house.yaml:1:1");
  EXPECT_EQ(root.at("a").items()[0].position().text(), "house.yaml:2:5");
  EXPECT_EQ(root.at("a").items()[1].at("b").position().text(), "house.yaml:3:8");
  EXPECT_EQ(root.at("c").position().text(), "house.yaml:4:1");  // nothing there: the key's place
  EXPECT_EQ(root.entries()[2].position.text(), "house.yaml:5:1");
}

TEST(Yaml, DuplicateKeysMayBeAllowed) {
  ConfigReadOptions options;
  options.duplicates = DuplicateKeys::last_wins;
  const ConfigDocument document = parse_config("rules.yaml", "a: 1\nb: 2\na: 3\n", options);
  EXPECT_EQ(wire::to_json(document.root.to_value()), R"({"a":3,"b":2})");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0].position.text(), "rules.yaml:3:1");
  EXPECT_EQ(document.warnings[0].text,
            "the key 'a' stands here twice (first in line 1); the last one counts");
}

TEST(Yaml, TagsMayBeAllowed) {
  ConfigReadOptions options;
  options.tags = {"!input"};
  const ConfigNode node = parse_config("blueprint.yaml", "a: !input lamp\n", options).root.at("a");
  EXPECT_EQ(node.tag(), "!input");
  EXPECT_EQ(node.as_text(), "lamp");
}

}  // namespace
}  // namespace gable::node::test
