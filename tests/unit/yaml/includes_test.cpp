// Files that include each other, and secrets.

#include "yaml/includes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::yaml {
namespace {

using Texts = std::map<std::string, std::string>;

class MemoryFiles final : public FileSource {
 public:
  explicit MemoryFiles(Texts files) : files_(std::move(files)) {}

  wire::Result<std::string> read(const std::string& path, std::size_t limit) override {
    const auto found = files_.find(path);
    if (found == files_.end()) return wire::Error{wire::ErrorCode::failed, "there is no such file", {}};
    if (found->second.size() > limit) return wire::Error{wire::ErrorCode::too_large, "too large", {}};
    return found->second;
  }

  wire::Result<std::vector<Entry>> list(const std::string& directory) override {
    const std::string prefix = directory.empty() ? "" : directory + "/";
    std::set<std::string> folders;
    std::vector<Entry> entries;
    for (const auto& [path, text] : files_) {
      if (!path.starts_with(prefix)) continue;
      const std::string rest = path.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      if (slash == std::string::npos) {
        entries.insert(entries.begin(), {rest, false});
      } else if (folders.insert(rest.substr(0, slash)).second) {
        entries.push_back({rest.substr(0, slash), true});
      }
    }
    if (entries.empty()) return wire::Error{wire::ErrorCode::failed, "there is no such folder", {}};
    return entries;
  }

 private:
  Texts files_;
};

std::string loaded(Texts texts, const Limits& limits = {}) {
  MemoryFiles files(std::move(texts));
  const auto document = load(files, "main.yaml", limits);
  if (!document) return document.error().where + ": " + document.error().text;
  std::string out = wire::to_json(to_value(document->root()));
  for (const Warning& warning : document->warnings()) out += " | " + warning.where + ": " + warning.text;
  return out;
}

TEST(Includes, AFileInTheTagsPlace) {
  MemoryFiles files(Texts{{"main.yaml", "a: !include b/c.yaml\nd: &d !include b/e.yaml\nf: *d\n"},
                          {"b/c.yaml", "- 1\n- !include e.yaml\n"},
                          {"b/e.yaml", "x: !include ../g.yaml"},
                          {"g.yaml", ""}});
  const auto document = load(files, "main.yaml");
  ASSERT_TRUE(document);
  EXPECT_EQ(wire::to_json(to_value(document->root())), R"({"a":[1,{"x":{}}],"d":{"x":{}},"f":{"x":{}}})");
  EXPECT_EQ(document->root().find("a")->items()[1].find("x")->where(), "g.yaml");
  EXPECT_EQ(document->root().find("a")->items()[0].where(), "b/c.yaml:1:3");
  EXPECT_EQ(document->root().entries()[0].key.where(), "main.yaml:1:1");
}

TEST(Includes, Folders) {
  const Texts parts{{"p/b.yaml", "[3]"},       {"p/a.yaml", "[1, 2]"},     {"p/sub/c.yaml", "[4]"},
                    {"p/.hidden.yaml", "[9]"}, {"p/secrets.yaml", "x: y"}, {"p/empty.yaml", "# nothing"},
                    {"p/.git/d.yaml", "[9]"},  {"p/other.txt", "[9]"},     {"m/a.yaml", "{k: 1, l: 2}"},
                    {"m/b.yaml", "{k: 3}"}};
  const auto with = [&](const std::string& main) {
    auto all = parts;
    all["main.yaml"] = main;
    return loaded(all);
  };
  EXPECT_EQ(with("!include_dir_list p"), "[[1,2],[3],[4]]");
  EXPECT_EQ(with("!include_dir_merge_list p"), "[1,2,3,4]");
  EXPECT_EQ(with("!include_dir_named p"), R"({"a":[1,2],"b":[3],"empty":{},"c":[4]})");
  EXPECT_EQ(
      with("!include_dir_merge_named m"),
      R"({"k":3,"l":2} | m/b.yaml:1:2: the key 'k' stands in two files (first at m/a.yaml:1:2); the last one counts)");
  EXPECT_EQ(with("!include_dir_merge_list m"),
            "[] | m/a.yaml:1:1: this file is no list, and is passed over | m/b.yaml:1:1: this file is no "
            "list, and is "
            "passed over");
  EXPECT_EQ(with("a: !include_dir_list q"), R"({"a":[]} | main.yaml:1:4: 'q': there is no such folder)");
}

TEST(Includes, Secrets) {
  MemoryFiles files(Texts{{"main.yaml", "a: !secret pin\nb: !include x/y/z.yaml\n"},
                          {"secrets.yaml", "pin: 0123\nupper: u\n"},
                          {"x/secrets.yaml", "pin: near\n"},
                          {"x/y/z.yaml", "[!secret pin, !secret upper, {!secret pin: 1}]"}});
  const auto document = load(files, "main.yaml");
  ASSERT_TRUE(document) << document.error().message();
  EXPECT_EQ(wire::to_json(to_value(document->root())), R"({"a":83,"b":["near","u",{"near":1}]})");
  const Node pin = *document->root().find("a");
  EXPECT_TRUE(pin.is_secret());
  EXPECT_EQ(pin.where(), "main.yaml:1:4");
  EXPECT_EQ(pin.kind(), Kind::integer);
  EXPECT_FALSE(document->root().find("b")->is_secret());
}

TEST(Includes, OthersStay) {
  MemoryFiles files(Texts{{"main.yaml", "[!input x, !env_var HOME]"}});
  const auto document = load(files, "main.yaml");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().items()[0].tag(), Tag::input);
  EXPECT_EQ(document->root().items()[1].tag(), Tag::env_var);
}

TEST(Includes, Refused) {
  EXPECT_EQ(loaded({}), "main.yaml: 'main.yaml': there is no such file");
  EXPECT_EQ(loaded({{"main.yaml", "a: !include b.yaml"}}), "main.yaml:1:4: 'b.yaml': there is no such file");
  EXPECT_EQ(loaded({{"main.yaml", "a: !include ../b.yaml"}}),
            "main.yaml:1:4: '../b.yaml' is outside of the configuration's folder (paths are relative to this "
            "file)");
  EXPECT_EQ(loaded({{"main.yaml", "a: !include /etc/passwd"}}),
            "main.yaml:1:4: '/etc/passwd' is outside of the configuration's folder (paths are relative to "
            "this file)");
  EXPECT_EQ(
      loaded(
          {{"main.yaml", "!include a.yaml"}, {"a.yaml", "- !include b.yaml"}, {"b.yaml", "!include a.yaml"}}),
      "b.yaml:1:1: 'a.yaml' includes itself: a.yaml → b.yaml → a.yaml");
  EXPECT_EQ(loaded({{"main.yaml", "a: !include b.yaml"}, {"b.yaml", "x: [1\n"}}),
            "b.yaml:2:1: a '[' is not closed (it begins at or after line 1, column 5)");
  EXPECT_EQ(loaded({{"main.yaml", "\na: !secret x"}}),
            "main.yaml:2:4: there is no secret 'x' (add it to secrets.yaml)");
  EXPECT_EQ(loaded({{"main.yaml", "a: !secret x"}, {"secrets.yaml", "x: !include y"}}),
            "secrets.yaml:1:4: a tag within a file of secrets");
  EXPECT_EQ(loaded({{"main.yaml", "a: !secret x"}, {"secrets.yaml", "x: [1]"}}),
            "main.yaml:1:4: the secret 'x' is a list or a map");
}

TEST(Includes, Limited) {
  Limits limits;
  limits.depth = 3;
  EXPECT_EQ(loaded({{"main.yaml", "[[!include b.yaml]]"}, {"b.yaml", "[1]"}}, limits), "[[[1]]]");
  EXPECT_EQ(loaded({{"main.yaml", "[[!include b.yaml]]"}, {"b.yaml", "[[1]]"}}, limits),
            "main.yaml:1:3: nested more than 3 deep");
  EXPECT_EQ(loaded({{"main.yaml", "[&x !include b.yaml, [[*x]]]"}, {"b.yaml", "[1]"}}, limits),
            "main.yaml:1:2: nested more than 3 deep");
  limits = {};
  limits.total_nodes = 20;
  EXPECT_EQ(loaded({{"main.yaml", "[&x !include b.yaml, *x, *x]"}, {"b.yaml", "[1, 2, 3, 4, 5, 6]"}}, limits),
            "main.yaml:1:1: more than 20 values in all files");
  limits = {};
  limits.includes = 2;
  EXPECT_EQ(loaded({{"main.yaml", "!include a.yaml"},
                    {"a.yaml", "!include b.yaml"},
                    {"b.yaml", "!include c.yaml"},
                    {"c.yaml", ""}},
                   limits),
            "b.yaml:1:1: more than 2 files within files");
  limits = {};
  limits.files = 2;
  EXPECT_EQ(loaded({{"main.yaml", "[!include a.yaml, !include a.yaml]"}, {"a.yaml", ""}}, limits),
            "main.yaml:1:19: more than 2 files");
}

TEST(Packages, AreNamed) {
  MemoryFiles files(Texts{{"main.yaml", "homeassistant:\n  packages: !include_dir_named p\n"},
                          {"p/one.yaml", "automation: []"},
                          {"p/two.yaml", "script: {}"}});
  const auto document = load(files, "main.yaml");
  ASSERT_TRUE(document);
  const auto packages = packages_of(*document);
  ASSERT_TRUE(packages);
  ASSERT_EQ(packages->size(), 2U);
  EXPECT_EQ((*packages)[1].name, "two");
  EXPECT_EQ((*packages)[1].content.where(), "p/two.yaml:1:1");
  const auto none = parse("t.yaml", "- homeassistant");
  EXPECT_TRUE(packages_of(*none)->empty());
  EXPECT_EQ(packages_of(*parse("t.yaml", "homeassistant: {packages: {a: 1}}")).error().where, "t.yaml:1:31");
}

}  // namespace
}  // namespace gable::rules::yaml
