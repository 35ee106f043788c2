// The file of seen command ids: what a new process finds after any end of the old one.

#include <gmock/gmock.h>

#include <fstream>

#include "bridge/command_memory_file.hpp"
#include "support/child_process.hpp"

namespace gable::bridge::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class CommandMemoryTest : public ::testing::Test {
 protected:
  std::vector<SeenCommand> reload() { return CommandMemoryFile(path).load(); }

  gable::test::TemporaryDirectory directory;
  std::string path = (directory.path() / "seen").string();
};

SeenCommand ended(const std::string& id) {
  wire::ResultDoc result;
  result.id = id;
  result.status = wire::CommandStatus::failed;
  result.reason = "stuck";
  return {"lamp", id, {result}};
}

TEST_F(CommandMemoryTest, KeepsIdsAndOutcomes) {
  EXPECT_THAT(reload(), IsEmpty());
  {
    CommandMemoryFile file(path);
    EXPECT_TRUE(file.append({"lamp", "a", {}}));
    EXPECT_TRUE(file.append({"lamp", "b", {}}));
    EXPECT_TRUE(file.append(ended("a")));
  }
  const auto seen = reload();
  ASSERT_THAT(seen, SizeIs(2));
  EXPECT_EQ(seen[0].id, "a");
  ASSERT_THAT(seen[0].outcome, SizeIs(1));
  EXPECT_EQ(seen[0].outcome[0].reason, "stuck");
  EXPECT_THAT(seen[1].outcome, IsEmpty());
}

TEST_F(CommandMemoryTest, ATornLineIsLeftOutAndTheNextOneIsWhole) {
  ASSERT_TRUE(CommandMemoryFile(path).append(ended("a")));
  std::ofstream(path, std::ios::app) << R"({"device":"lamp","id":"to)";
  {
    CommandMemoryFile file(path);
    EXPECT_THAT(file.load(), SizeIs(1));
    EXPECT_TRUE(file.append(ended("b")));
  }
  EXPECT_THAT(reload(), SizeIs(2));
}

TEST_F(CommandMemoryTest, IsBounded) {
  CommandMemoryFile file(path);
  for (std::size_t i = 0; i < 6 * kSeenCommands; ++i) ASSERT_TRUE(file.append(ended(std::to_string(i))));
  std::ifstream text(path);
  const auto lines = std::count(std::istreambuf_iterator<char>(text), {}, '\n');
  EXPECT_LE(lines, static_cast<std::ptrdiff_t>(4 * kSeenCommands));
  const auto seen = reload();
  ASSERT_THAT(seen, SizeIs(kSeenCommands));
  EXPECT_EQ(seen.back().id, std::to_string(6 * kSeenCommands - 1));
}

TEST_F(CommandMemoryTest, SaysWhenItCannotWrite) {
  CommandMemoryFile file((directory.path() / "no" / "such" / "folder").string());
  EXPECT_FALSE(file.append(ended("a")));
}

}  // namespace
}  // namespace gable::bridge::test
