// The store's log: what is read is what was appended, up to the first byte that is not as it was written.

#include "app/store_redo.hpp"

#include <gtest/gtest.h>

#include "temporary_folder.hpp"

namespace gable::hub::test {
namespace {

using Texts = std::vector<std::string>;

RedoRead read(std::string_view bytes, Texts& rows) {
  rows.clear();
  return read_redo(bytes, [&rows](const RedoRow& row) {
    rows.push_back(std::to_string(static_cast<int>(row.table)) + " " + std::string(row.key) + " " +
                   std::string(row.json));
  });
}

class Redo : public testing::Test {
 protected:
  Redo() {
    auto log = RedoLog::create(folder_ / "log");
    EXPECT_TRUE(log);
    EXPECT_TRUE(log->empty());
    EXPECT_TRUE(log->append({{Table::state, "a", "1"}, {Table::seen, "b", ""}}));
    first_ = log->size();
    EXPECT_TRUE(log->append({{Table::entity, std::string("nul\0", 4), std::string(70'000, 'x')}}));
    EXPECT_TRUE(log->sync());
    EXPECT_FALSE(log->empty());
    bytes_ = read_all(log->path());
    EXPECT_EQ(bytes_.size(), log->size());
  }
  const TemporaryFolder folder_;
  std::string bytes_;
  std::size_t first_ = 0;  // bytes up to the end of the first batch
};

TEST_F(Redo, ComesBackAsItWas) {
  Texts rows;
  const auto read_back = read(bytes_, rows);
  EXPECT_EQ(read_back.batches, 2U);
  EXPECT_EQ(read_back.left_out, 0U);
  EXPECT_EQ(rows, (Texts{"2 a 1", "8 b ", "0 " + std::string("nul\0", 4) + " " + std::string(70'000, 'x')}));
}

TEST_F(Redo, ATornEndIsLeftOut) {
  Texts rows;
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{8}, first_ - 1, first_,
                                 first_ + 1, first_ + 9, bytes_.size() - 1}) {
    const auto read_back = read(std::string_view(bytes_).substr(0, size), rows);
    const bool whole = size >= first_;
    EXPECT_EQ(read_back.batches, whole ? 1U : 0U) << size;
    EXPECT_EQ(read_back.left_out, size < 8 ? size : size - (whole ? first_ : 8)) << size;
    EXPECT_EQ(rows.size(), whole ? 2U : 0U) << size;
  }
}

TEST_F(Redo, EachChangedByteOfABatchIsNoticed) {
  Texts rows;
  for (std::size_t at = 0; at < first_; ++at) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ 0x40);
    EXPECT_EQ(read(changed, rows).batches, 0U) << at;
  }
}

TEST_F(Redo, IsMadeOnce) {
  const auto again = RedoLog::create(folder_ / "log");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().text, folder_ / "log" + " cannot be made: File exists");
}

TEST(RedoFile, OneThatIsNotThereIsNamed) {
  const MappedFile file("/nowhere/log");
  EXPECT_EQ(file.error(), "No such file or directory");
  EXPECT_TRUE(file.bytes().empty());
}

}  // namespace
}  // namespace gable::hub::test
