#include "node/arguments.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cstdlib>
#include <sstream>

namespace gable::test {
namespace {

using node::Arguments;
using testing::ElementsAre;
using testing::HasSubstr;

struct ArgumentsTest : testing::Test {
  Arguments arguments{"gable-thing", "Does things."};
  std::ostringstream out, err;

  std::optional<int> parse(std::vector<const char*> words) {
    words.insert(words.begin(), "/usr/bin/gable-thing");
    return arguments.parse(static_cast<int>(words.size()), words.data(), out, err);
  }
};

TEST_F(ArgumentsTest, CommonOptionsAreThere) {
  EXPECT_EQ(
      parse({"--config", "c.yaml", "--broker=mqtt://h", "--root", "house", "--log-level", "debug", "--json"}),
      std::nullopt);
  EXPECT_EQ(arguments.common().config, "c.yaml");
  EXPECT_EQ(arguments.common().broker, "mqtt://h");
  EXPECT_EQ(arguments.common().root, "house");
  EXPECT_EQ(arguments.common().log_level, node::LogLevel::debug);
  EXPECT_TRUE(arguments.common().json);
}

TEST_F(ArgumentsTest, NothingGivenIsNothingSet) {
  EXPECT_EQ(parse({}), std::nullopt);
  EXPECT_EQ(arguments.common().config, "");
  EXPECT_FALSE(arguments.common().log_level);
}

TEST_F(ArgumentsTest, TheBrokerMayStandInTheEnvironment) {
  ::setenv("GABLE_BROKER", "mqtt://ann:secret@h", 1);
  EXPECT_EQ(parse({}), std::nullopt);
  EXPECT_EQ(arguments.common().broker, "mqtt://ann:secret@h");
  ::setenv("GABLE_BROKER", "http://h", 1);
  Arguments other("gable-other", "Does others.");
  const std::array<const char*, 1> words{"gable-other"};
  EXPECT_EQ(other.parse(1, words.data(), out, err), node::kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("$GABLE_BROKER: "));
  ::unsetenv("GABLE_BROKER");
}

TEST_F(ArgumentsTest, HelpAndVersionGoToStandardOutput) {
  arguments.epilog("Example: gable-thing --root house");
  EXPECT_EQ(parse({"--help"}), node::kExitOk);
  EXPECT_THAT(out.str(), HasSubstr("Does things."));
  EXPECT_THAT(out.str(), HasSubstr("--broker URL"));
  EXPECT_THAT(out.str(), HasSubstr("Example:"));
  out.str("");
  EXPECT_EQ(parse({"--version"}), node::kExitOk);
  EXPECT_THAT(out.str(), HasSubstr("gable-thing 0."));
  EXPECT_EQ(err.str(), "");
}

TEST_F(ArgumentsTest, MistakesSayWhatToDo) {
  EXPECT_EQ(parse({"--brokr", "x"}), node::kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("--brokr"));
  EXPECT_THAT(err.str(), HasSubstr("gable-thing --help"));
  err.str("");
  EXPECT_EQ(parse({"--broker", "http://x"}), node::kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("expected mqtt://"));
  err.str("");
  EXPECT_EQ(parse({"--log-level", "loud"}), node::kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("warning"));
  err.str("");
  EXPECT_EQ(parse({"--root", "a/b"}), node::kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("one topic level"));
  EXPECT_EQ(out.str(), "");
}

TEST_F(ArgumentsTest, OwnOptionsFlagsAndPositionals) {
  std::string state = "default", entity;
  std::vector<std::string> rest, rules;
  double speed = 1;
  bool dry = false;
  arguments.option("-s,--state", "DIR", state, "where to keep it");
  arguments.option("--rules", "DIR", rules, "may be repeated");
  arguments.option("--speed", "N", speed, "times real time");
  arguments.flag("--dry-run", dry, "change nothing");
  arguments.positional("entity", entity, "which");
  arguments.positional("rest", rest, "more", false);
  EXPECT_EQ(parse({"light.a", "x", "--rules", "r1", "y", "--rules", "r2", "--speed", "2.5", "--dry-run"}),
            std::nullopt);
  EXPECT_EQ(state, "default");
  EXPECT_EQ(entity, "light.a");
  EXPECT_THAT(rest, ElementsAre("x", "y"));
  EXPECT_THAT(rules, ElementsAre("r1", "r2"));
  EXPECT_EQ(speed, 2.5);
  EXPECT_TRUE(dry);
}

TEST_F(ArgumentsTest, AMissingPositionalIsNamed) {
  std::string entity;
  arguments.positional("entity", entity, "which");
  EXPECT_EQ(parse({}), node::kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("entity"));
}

TEST_F(ArgumentsTest, SubcommandsTakeTheCommonOptionsToo) {
  std::string entity;
  Arguments& get = arguments.command("get", "shows an entity");
  get.positional("entity", entity, "which");
  arguments.command("ls", "lists them");
  EXPECT_EQ(parse({"get", "light.a", "--json", "--root", "r"}), std::nullopt);
  EXPECT_EQ(arguments.selected(), "get");
  EXPECT_EQ(entity, "light.a");
  EXPECT_TRUE(arguments.common().json);
  EXPECT_EQ(arguments.common().root, "r");
  EXPECT_EQ(parse({}), node::kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("subcommand"));
}

}  // namespace
}  // namespace gable::test
