#include "outbox_file.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace gable::notify {
namespace {

class OutboxFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "outbox-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  [[nodiscard]] std::string path() const { return (folder / "waiting.jsonl").string(); }
  std::filesystem::path folder;
};

TEST_F(OutboxFileTest, KnowsWhatWaitsAfterARestart) {
  {
    OutboxFile file(path());
    EXPECT_TRUE(file.load().empty());
    EXPECT_TRUE(file.added({"a", "T", "x\ny", R"({"k":1})", Moment(5)}));
    EXPECT_TRUE(file.added({"b", "", "b", "", Moment(6)}));
    EXPECT_TRUE(file.added({"c", "", "c", "", Moment(7)}));
    EXPECT_TRUE(file.sending("a"));
    EXPECT_TRUE(file.waits("a"));
    EXPECT_TRUE(file.ended("b"));
    EXPECT_TRUE(file.sending("c"));
  }
  OutboxFile again(path());
  const auto entries = again.load();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].message.title, "T");
  EXPECT_EQ(entries[0].message.text, "x\ny");
  EXPECT_EQ(entries[0].message.data, R"({"k":1})");
  EXPECT_EQ(entries[0].message.at, Moment(5));
  EXPECT_FALSE(entries[0].sending);
  EXPECT_TRUE(entries[1].sending);
  EXPECT_EQ(OutboxFile(path()).load().size(), 1U);  // what was under way is told once
}

TEST_F(OutboxFileTest, GarbageAndHalfALineCostNothingElse) {
  {
    std::ofstream out(path());
    out << "garbage\n{\"step\":\"ended\",\"id\":\"x\"}\n{\"step\":\"added\",\"id\":\"a\",\"text\":\"t\"}\n{"
           "\"step\":\"added\",\"id\":\"b";
  }
  OutboxFile file(path());
  const auto entries = file.load();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].message.id, "a");
}

TEST_F(OutboxFileTest, DoesNotGrowForEver) {
  OutboxFile file(path());
  file.load();
  for (int i = 0; i < 3000; ++i) {
    const std::string id = std::to_string(i);
    file.added({id, "", std::string(100, 'x'), "", Moment(0)});
    file.ended(id);
  }
  EXPECT_LT(std::filesystem::file_size(path()), 400'000U);
}

TEST_F(OutboxFileTest, SaysWhenItCannotBeWritten) {
  OutboxFile file((folder / "nowhere" / "x").string());
  file.load();
  EXPECT_FALSE(file.added({"a", "", "t", "", Moment(0)}));
}

}  // namespace
}  // namespace gable::notify
