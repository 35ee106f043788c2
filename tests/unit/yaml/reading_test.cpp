// Trees, positions, warnings and merges. What PyYAML makes of documents is compared in
// yaml_differential_test.py.

#include <gtest/gtest.h>

#include "yaml_texts.hpp"

namespace gable::rules::yaml {
namespace {

TEST(Reading, NodesKnowTheirPlace) {
  const auto document = parse("t.yaml", "a:\n  - ä: x\n  - b: 5\nc:\nd: 1\n");
  ASSERT_TRUE(document);
  const Node root = document->root();
  EXPECT_EQ(root.where(), "t.yaml:1:1");
  const Node list = *root.find("a");
  EXPECT_EQ(list.where(), "t.yaml:2:3");
  EXPECT_EQ(list.items()[0].find("ä")->where(), "t.yaml:2:8");
  EXPECT_EQ(list.items()[1].find("b")->as_integer(), 5);
  EXPECT_EQ(root.find("c")->where(), "t.yaml:4:1");  // nothing there: the key's place
  EXPECT_EQ(root.entries()[2].key.where(), "t.yaml:5:1");
  EXPECT_FALSE(root.find("e"));
  EXPECT_FALSE(list.find("a"));
}

TEST(Reading, Iterates) {
  const auto document = parse("t.yaml", "{a: 1, on: 2, 3: [x, y]}");
  ASSERT_TRUE(document);
  std::string seen;
  for (const Entry entry : document->root().entries()) {
    seen += text_of(entry.key) + "=" + text_of(entry.value) + " ";
    for (const Node item : entry.value.items()) seen += text_of(item) + " ";
  }
  EXPECT_EQ(seen, "a=1 True=2 3= x y ");
}

TEST(Reading, ScalarsKeepWhatWasWritten) {
  const auto document = parse("t.yaml", "[on, 'on', 1:30, 0x1F, 1_0.5, 2026-01-02T3:04:05, ~, !input x]");
  ASSERT_TRUE(document);
  const Items items = document->root().items();
  EXPECT_EQ(items[0].as_boolean(), true);
  EXPECT_EQ(items[0].written(), "on");
  EXPECT_EQ(text_of(items[0]), "True");
  EXPECT_TRUE(items[1].is_quoted());
  EXPECT_EQ(items[1].as_text(), "on");
  EXPECT_EQ(text_of(items[2]), "90");
  EXPECT_EQ(items[3].as_number(), 31);
  EXPECT_EQ(text_of(items[4]), "10.5");
  EXPECT_EQ(items[5].kind(), Kind::timestamp);
  EXPECT_EQ(text_of(items[5]), "2026-01-02 03:04:05");
  EXPECT_EQ(text_of(items[6]), "None");
  EXPECT_EQ(items[7].tag(), Tag::input);
  EXPECT_EQ(items[7].as_text(), "x");
}

TEST(Reading, LargeIntegersKeepTheirDigits) {
  const auto document = parse("t.yaml", "0xa4c1388bd7d2e7f8");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().kind(), Kind::integer);
  EXPECT_EQ(document->root().as_integer(), std::nullopt);
  EXPECT_EQ(text_of(document->root()), "11871832265997871096");
}

TEST(Reading, Json) {
  EXPECT_EQ(json_of(R"({"a":"\ud83d\ude00\/","b":[1,2.5,null,true],"c":{}})"),
            R"({"a":"😀/","b":[1,2.5,null,true],"c":{}})");
  EXPECT_EQ(json_of("a: '\\ud83d\\ude00'"), R"({"a":"\\ud83d\\ude00"})");
}

TEST(Reading, EmptyFilesAreNull) {
  EXPECT_EQ(json_of(""), "null");
  EXPECT_EQ(json_of("# nothing\n"), "null");
}

TEST(Reading, KeysThatStandTwiceWarn) {
  const auto document = parse("t.yaml", "a: 1\nb: 2\na: 3\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(wire::to_json(to_value(document->root())), R"({"a":3,"b":2})");
  ASSERT_EQ(document->warnings().size(), 1U);
  EXPECT_EQ(document->warnings()[0].where, "t.yaml:3:1");
  EXPECT_EQ(document->warnings()[0].text,
            "the key 'a' stands here twice (first in line 1, column 1); the last one counts");
  EXPECT_TRUE(parse("t.yaml", "a: &x {p: 1}\nb: {<<: *x, p: 2}")->warnings().empty());
}

TEST(Reading, MergesAsPyYaml) {
  EXPECT_EQ(json_of("a: &x {p: 1, q: 2}\nb:\n  r: 3\n  <<: *x\n  q: 4\n"),
            R"({"a":{"p":1,"q":2},"b":{"p":1,"q":4,"r":3}})");
  EXPECT_EQ(json_of("{<<: [{a: 1}, {a: 2, b: 3}]}"), R"({"a":1,"b":3})");
  EXPECT_EQ(json_of("{<<: {a: 1}, <<: {a: 2}}"), R"({"a":2})");
  EXPECT_EQ(json_of("{'<<': {a: 1}}"), R"({"<<":{"a":1}})");
}

TEST(Reading, AliasesAreTheSameNode) {
  const auto document = parse("t.yaml", "a: &x [1]\nb: *x\n");
  ASSERT_TRUE(document);
  EXPECT_TRUE(*document->root().find("a") == *document->root().find("b"));
}

TEST(Reading, DocumentsMayBeMoved) {
  auto document = parse("t.yaml", "a: 1");
  ASSERT_TRUE(document);
  const Node a = *document->root().find("a");
  const Document moved = std::move(*document);
  EXPECT_EQ(a.as_integer(), 1);
  EXPECT_EQ(moved.files()[0].path, "t.yaml");
}

}  // namespace
}  // namespace gable::rules::yaml
