// Whole files: which rules they hold, whatever their form.

#include <gtest/gtest.h>

#include "rule_sets.hpp"

namespace gable::rules {
namespace {

using test::Read;
using Kind = FileKinds::Kind;

const std::string kA = "{alias: A, triggers: [], actions: []}";

TEST(Documents, AreWholeConfigurations) {
  const Read read("automation: [" + kA + "]\nautomation ui: " + kA +
                  "\nscript: {s: {sequence: []}}\nscene: {name: E, entities: {}}\n"
                  "template: {sensor: {name: T, state: 1}}\nlight: []\ninput_boolean: {x: }\n"
                  "homeassistant: {packages: {p: {automation: " +
                  kA + ", script: {q: {sequence: []}}}}}\n");
  EXPECT_EQ(read.found(), "");
  EXPECT_EQ(read.names(), "automation.a automation.a_2 automation.a_3 script.s script.q scene.e sensor.t");
}

TEST(Documents, AreListsOfRules) {
  const Read read("- " + kA + "\n- {name: E, entities: {light.a: on}}\n- {sensor: [{name: T, state: 1}]}\n" +
                  "- {trigger: [], sensor: [{name: U, state: 1}]}\n");
  EXPECT_EQ(read.found(), "");
  EXPECT_EQ(read.names(), "automation.a scene.e sensor.t sensor.u");
  EXPECT_EQ(Read("- {foo: 1}").found(), "1:3 error unknown_rule");
}

TEST(Documents, AreSingleRules) {
  EXPECT_EQ(Read(kA).names(), "automation.a");
  EXPECT_EQ(Read("{alias: My Script, sequence: []}").names(), "script.my_script");
  EXPECT_EQ(Read("{name: E, entities: {}}").names(), "scene.e");
  EXPECT_EQ(Read("{sensor: {name: T, state: 1}}").names(), "sensor.t");
  EXPECT_EQ(Read("{a: {sequence: []}, b: {sequence: []}}").names(), "script.a script.b");
}

TEST(Documents, AreWhatTheirFileIsSaidToHold) {
  EXPECT_EQ(Read(kA, Kind::automations).names(), "automation.a");
  EXPECT_EQ(Read("{a: [{delay: 1}]}", Kind::scripts).names(), "script.a");
  EXPECT_EQ(Read("[{name: E, entities: {}}]", Kind::scenes).names(), "scene.e");
  EXPECT_EQ(Read("[{sensor: []}]", Kind::template_entities).names(), "");
  EXPECT_EQ(Read("", Kind::automations).names(), "");
}

TEST(Documents, ThatAreNoneAreNamed) {
  EXPECT_EQ(Read("hello").found(), "1:1 error wrong_type");
  EXPECT_EQ(Read("homeassistant: {packages: [1]}").found(), "1:27 error bad_packages");
  EXPECT_EQ(Read("{alias: A, conditions: []}").found(), "1:1 error unknown_rule");
  EXPECT_EQ(Read("automaton: [" + kA + "]").found(), "1:1 warning unknown_key -> automation");
  EXPECT_EQ(Read("pyscript: {apps: }").found(), "");
  EXPECT_EQ(Read("script: {a: {sequence: [], sequence: []}}").found(), "1:28 warning yaml");
}

class MemoryFiles final : public yaml::FileSource {
 public:
  std::map<std::string, std::string> files;
  wire::Result<std::string> read(const std::string& path, std::size_t) override {
    const auto found = files.find(path);
    if (found != files.end()) return found->second;
    return wire::Error{wire::ErrorCode::failed, "no such file", {}};
  }
  wire::Result<std::vector<Entry>> list(const std::string&) override { return std::vector<Entry>{}; }
};

TEST(Files, AreReadWithTheirIncludesAndKeepTheirPlaces) {
  MemoryFiles files;
  files.files["configuration.yaml"] = "automation: !include automations.yaml\n";
  files.files["automations.yaml"] = "- alias: A\n  triggers: []\n  actions: [{dellay: 5}]\n";
  RuleSet rules;
  NoBlueprints none;
  read_file(rules, files, "configuration.yaml", none);
  ASSERT_EQ(rules.automations.size(), 1U);
  EXPECT_EQ(test::show(rules.automations[0].findings, rules),
            "automations.yaml:3:14 error unknown_action -> delay");
  read_file(rules, files, "missing.yaml", none);
  EXPECT_EQ(rules.findings.size(), 1U);
}

}  // namespace
}  // namespace gable::rules
