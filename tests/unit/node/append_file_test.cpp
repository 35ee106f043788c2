// A file of whole lines, on a disk that is full.

#include "node/append_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gable::node {
namespace {

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Files cannot grow beyond so many bytes, which is what a full disk looks like.
class Full {
 public:
  explicit Full(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~Full() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  Full(const Full&) = delete;
  Full& operator=(const Full&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

TEST(AppendFile, KeepsNothingOfALineThatDoesNotFit) {
  const std::string path = ::testing::TempDir() + "append_file_test.lines";
  std::filesystem::remove(path);
  AppendFile file;
  ASSERT_TRUE(file.open(path));
  EXPECT_TRUE(file.append("first\n"));
  {
    const Full disk(10);
    EXPECT_FALSE(file.append("second\n"));
    EXPECT_EQ(text_of(path), "first\n");
  }
  EXPECT_TRUE(file.append("third\n"));
  EXPECT_EQ(text_of(path), "first\nthird\n");
  file.close();
  EXPECT_FALSE(file.append("fourth\n"));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace gable::node
