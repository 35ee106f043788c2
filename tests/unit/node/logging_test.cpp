#include "node/logging.hpp"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace gable::test {
namespace {

using node::LogLevel;
using node::LogStyle;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

struct LoggingTest : testing::Test {
  ~LoggingTest() override {
    node::set_log_hook(LogLevel::off, {});
    node::set_log(LogLevel::info, LogStyle::plain);
  }
};

TEST_F(LoggingTest, LevelsHaveNames) {
  for (const LogLevel level : {LogLevel::trace, LogLevel::debug, LogLevel::info, LogLevel::warning,
                               LogLevel::error, LogLevel::off}) {
    EXPECT_EQ(node::parse_log_level(node::to_string(level)), level);
  }
  EXPECT_EQ(node::parse_log_level("warn"), LogLevel::warning);
  EXPECT_FALSE(node::parse_log_level("loud"));
}

TEST_F(LoggingTest, WritesWhatTheLevelLetsThrough) {
  node::set_log(LogLevel::warning, LogStyle::plain);
  CaptureStderr();
  node::log_info("hidden");
  node::log_warning("shown {} %s");
  const std::string text = GetCapturedStderr();
  EXPECT_THAT(text, Not(HasSubstr("hidden")));
  EXPECT_THAT(text, HasSubstr("warning shown {} %s\n"));
}

TEST_F(LoggingTest, TheJournalGetsItsPrefix) {
  node::set_log(LogLevel::debug, LogStyle::journal);
  CaptureStderr();
  node::log_debug("a");
  node::log_info("b");
  node::log_warning("c");
  node::log_error("d");
  EXPECT_EQ(GetCapturedStderr(), "<7>a\n<6>b\n<4>c\n<3>d\n");
}

TEST_F(LoggingTest, TextFromOutsideCannotMakeLinesOfItsOwn) {
  node::set_log(LogLevel::info, LogStyle::journal);
  CaptureStderr();
  node::log_info("device 'x\n<0>kernel panic\x1b[31m'");
  EXPECT_EQ(GetCapturedStderr(), "<6>device 'x\\n<0>kernel panic?[31m'\n");
}

TEST_F(LoggingTest, TheHookHearsWarningsWhateverIsShown) {
  node::set_log(LogLevel::off);
  std::vector<std::pair<LogLevel, std::string>> heard;
  node::set_log_hook(LogLevel::warning,
                     [&](LogLevel level, std::string_view text) { heard.emplace_back(level, text); });
  node::log_info("no");
  node::log_warning("yes");
  node::log_error("too");
  node::set_log_hook(LogLevel::off, {});
  node::log_error("after");
  EXPECT_THAT(heard, ElementsAre(std::pair(LogLevel::warning, std::string("yes")),
                                 std::pair(LogLevel::error, std::string("too"))));
}

TEST_F(LoggingTest, NoTerminalNoColours) {
  CaptureStderr();  // a file
  EXPECT_EQ(node::log_style_of_stderr(), LogStyle::plain);
  node::set_log(LogLevel::info, LogStyle::plain);
  node::log_error("x");
  const std::string text = GetCapturedStderr();
  EXPECT_THAT(text, EndsWith("error   x\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace gable::test
