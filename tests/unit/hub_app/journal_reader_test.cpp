// Ranges, filters and limits of the journal's reader, forwards and backwards.

#include "app/journal_reader.hpp"

#include <gtest/gtest.h>

#include "app/journal.hpp"
#include "app/journal_queries.hpp"
#include "temporary_folder.hpp"
#include "wire/json.hpp"

namespace gable::hub::test {
namespace {

using std::chrono::hours;

const wire::Time kStart = *wire::parse_time("2026-11-20T00:00:00.000Z");

std::string line(int hour, const std::string& rest = {}) {
  return R"({"t":")" + wire::format_time(kStart + hours(hour)) + R"(","k":"change","e":"light.l)" +
         std::to_string(hour % 3) + "\"" + rest + "}";
}

// An hour of 2026-11-20 and the days after it.
int hour_of(std::string_view text) {
  const auto time = wire::parse_time(text.substr(6, 24));
  return time ? static_cast<int>((*time - kStart) / hours(1)) : -1;
}

class JournalReaderTest : public testing::Test {
 protected:
  // 72 hours over three days, several files a day.
  void SetUp() override {
    Journal journal({.folder = folder_.path(), .file_bytes = 500}, kStart);
    for (int hour = 0; hour < 72; ++hour) {
      journal.append(line(hour));
      journal.flush(kStart + hours(hour));
    }
  }

  std::vector<int> scan(const JournalQuery& query, JournalScan* result = nullptr) {
    std::vector<int> found;
    const auto scanned = JournalReader(folder_.path()).scan(query, [&](std::string_view text) {
      found.push_back(hour_of(text));
      return true;
    });
    EXPECT_TRUE(scanned);
    if (scanned && result != nullptr) *result = *scanned;
    return found;
  }

  TemporaryFolder folder_;
};

std::vector<int> range(int from, int to) {
  std::vector<int> numbers;
  for (int i = from; i < to; ++i) numbers.push_back(i);
  return numbers;
}

TEST_F(JournalReaderTest, EverythingInOrder) {
  EXPECT_EQ(folder_.names().size(), 9U);
  EXPECT_EQ(scan({}), range(0, 72));
  std::vector<int> backwards = range(0, 72);
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(scan({.newest_first = true}), backwards);
}

TEST_F(JournalReaderTest, FromIsIncludedToIsNot) {
  for (const bool newest_first : {false, true}) {
    for (const auto& [from, to] :
         {std::pair{0, 1}, {5, 6}, {23, 25}, {10, 60}, {71, 72}, {40, 40}, {80, 90}}) {
      std::vector<int> expected = range(from, std::min(to, 72));
      if (newest_first) std::reverse(expected.begin(), expected.end());
      EXPECT_EQ(scan({.from = kStart + hours(from), .to = kStart + hours(to), .newest_first = newest_first}),
                expected);
    }
  }
}

TEST_F(JournalReaderTest, AllTextsMustOccur) {
  EXPECT_EQ(scan({.texts = {R"("e":"light.l1")"}, .limit = 4}), (std::vector<int>{1, 4, 7, 10}));
  EXPECT_EQ(scan({.texts = {R"("e":"light.l1")"}, .limit = 3, .newest_first = true}),
            (std::vector<int>{70, 67, 64}));
  EXPECT_EQ(scan({.texts = {R"("e":"light.l1")", "2026-11-21T0"}}), (std::vector<int>{25, 28, 31}));
  EXPECT_TRUE(scan({.texts = {"light.kitchen"}}).empty());
}

TEST_F(JournalReaderTest, TheLimitSaysWhetherThereIsMore) {
  JournalScan result;
  EXPECT_EQ(scan({.limit = 71}, &result), range(0, 71));
  EXPECT_TRUE(result.more);
  EXPECT_EQ(scan({.limit = 72}, &result), range(0, 72));
  EXPECT_FALSE(result.more);
  EXPECT_EQ(result.lines, 72U);
  EXPECT_TRUE(scan({.limit = 0}, &result).empty());
  EXPECT_TRUE(result.more);
}

TEST_F(JournalReaderTest, TheCallerMayEndIt) {
  int seen = 0;
  const auto result = JournalReader(folder_.path()).scan({}, [&](std::string_view) { return ++seen < 5; });
  ASSERT_TRUE(result);
  EXPECT_EQ(result->lines, 5U);
  EXPECT_TRUE(result->more);
}

TEST_F(JournalReaderTest, BrokenLinesArePassedOver) {
  const std::string name = folder_ / "journal-20261125-001.jsonl";
  write_all(name, "\n\nnonsense\n{\"t\":\"short\"}\n" + line(120) + "\n" + std::string(50, '\0') +
                      "\n{\"t\":\"" + wire::format_time(kStart + hours(121)) + "\",\"torn\":\n" + line(122) +
                      "\n" + line(123));
  EXPECT_EQ(scan({.from = kStart + hours(72)}), (std::vector<int>{120, 122}));
  EXPECT_EQ(scan({.from = kStart + hours(72), .newest_first = true}), (std::vector<int>{122, 120}));
}

TEST_F(JournalReaderTest, LinesLongerThanABlock) {
  const auto padded = [](int hour, std::size_t size) {
    return line(hour, R"(,"x":")" + std::string(size, 'x') + "\"") + "\n";
  };
  constexpr std::size_t kBlock = 256 * 1024;
  std::string text;
  for (int hour = 120; hour < 140; ++hour) {
    // Ends of lines on, before and after the borders of blocks.
    text += padded(
        hour, static_cast<std::size_t>(hour % 4) * kBlock + static_cast<std::size_t>(hour) - line(0).size());
  }
  write_all(folder_ / "journal-20261125-001.jsonl", text + "{\"t\":\"2026-" + std::string(2 * kBlock, 'x'));
  EXPECT_EQ(scan({.from = kStart + hours(72)}), range(120, 140));
  EXPECT_EQ(scan({.from = kStart + hours(72), .texts = {"light.l1"}}),
            (std::vector<int>{121, 124, 127, 130, 133, 136, 139}));
  std::vector<int> backwards = range(120, 140);
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_EQ(scan({.from = kStart + hours(72), .newest_first = true}), backwards);
}

TEST(JournalReader, AMissingFolderIsEmpty) {
  const TemporaryFolder folder;
  const auto result = JournalReader(folder / "none").scan({}, [](std::string_view) { return true; });
  ASSERT_TRUE(result);
  EXPECT_EQ(result->lines, 0U);
}

TEST(JournalFiles, Names) {
  EXPECT_EQ(parse_journal_name("journal-20261122-007.jsonl")->name(), "journal-20261122-007.jsonl");
  EXPECT_EQ(parse_journal_name("journal-20261122-1234.jsonl")->name(), "journal-20261122-1234.jsonl");
  for (const char* bad :
       {"journal-20261122-07.jsonl", "journal-2026112-007.jsonl", "journal-20261122-000.jsonl", "x",
        "journal-20261122-007.json", "journal-2026112x-007.jsonl", "journal-20261122_007.jsonl",
        "journal-20261122-99999999999.jsonl", "journal--2026112-007.jsonl"}) {
    EXPECT_FALSE(parse_journal_name(bad)) << bad;
  }
}

std::string ask(const JournalReader& reader, const char* method, wire::Object arguments) {
  EdgeRequest request;
  request.method = method;
  request.arguments = std::move(arguments);
  const auto answer = journal_query(reader, request, kStart + hours(4));
  return answer ? wire::to_json(*answer) : answer.error().message();
}

std::string line_at(int hour, const std::string& rest) {
  return R"({"t":")" + wire::format_time(kStart + hours(hour)) + R"(",)" + rest + "}";
}

// What an entity did before it got its name belongs to it still.
TEST(JournalQueries, AnEntityThatWasRenamedKeepsItsPast) {
  const TemporaryFolder folder;
  {
    Journal journal({.folder = folder.path()}, kStart);
    journal.append(line_at(1, R"("k":"change","e":"light.old","to":"on")"));
    journal.append(line_at(2, R"("k":"rename","e":"light.old","to":"light.new")"));
    journal.append(line_at(3, R"("k":"change","e":"light.old","to":"unknown")"));  // another one of that name
    journal.flush(kStart + hours(3));
  }
  const JournalReader reader(folder.path());
  const std::string past = R"([{"t":"2026-11-20T01:00:00.000Z","state":"on"}])";
  EXPECT_EQ(ask(reader, "history", {{"entity", "light.new"}}),
            R"({"entity":"light.new","points":)" + past + R"(,"more":false})");
  EXPECT_EQ(ask(reader, "history", {{"entity", "light.new"}, {"from", "-1h"}}),
            R"({"entity":"light.new","points":[],"more":false})");
  EXPECT_NE(ask(reader, "why", {{"entity", "light.new"}}).find(R"("to":"on")"), std::string::npos);
}

TEST(JournalQueries, WhySaysWhatHasKeptAnEntityFromChangingSince) {
  const TemporaryFolder folder;
  Journal journal({.folder = folder.path()}, kStart);
  const JournalReader reader(folder.path());
  const auto since = [&](const std::string& rest, int hour) {
    journal.append(line_at(hour, R"("e":"light.hall",)" + rest));
    journal.flush(kStart + hours(hour));
    const std::string answer = ask(reader, "why", {{"entity", "light.hall"}});
    const auto found = answer.find(R"("since":)");
    return found == std::string::npos ? std::string() : answer.substr(found);
  };
  const std::string failed = R"("k":"result","status":"timeout","reason":"no answer")";
  EXPECT_NE(since(failed, 1), "") << "although it has never changed";
  EXPECT_EQ(since(R"("k":"change","to":"on")", 2), "") << "that was before";
  EXPECT_NE(since(R"("k":"availability","to":"offline","reason":"flat")", 2).find("flat"), std::string::npos);
  EXPECT_EQ(since(R"("k":"availability","to":"online")", 3), "");
  EXPECT_NE(since(failed, 3).find("timeout"), std::string::npos);
  EXPECT_EQ(since(R"("k":"result","status":"done")", 4), "");
}

}  // namespace
}  // namespace gable::hub::test
