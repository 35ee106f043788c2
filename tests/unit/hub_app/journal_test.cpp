// The journal is bounded, survives kill -9 and torn lines, and goes on when the disk is full.

#include "app/journal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "node/config_tree.hpp"
#include "temporary_folder.hpp"

namespace gable::hub::test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

wire::Time time_of(const char* text) { return *wire::parse_time(text); }

std::string line(wire::Time time, int number) {
  return R"({"t":")" + wire::format_time(time) + R"(","k":"change","n":)" + std::to_string(number) + "}";
}

const wire::Time kNoon = time_of("2026-11-22T12:00:00.000Z");

TEST(Journal, ATurnIsOneFlush) {
  const TemporaryFolder folder;
  Journal journal({.folder = folder / "journal"}, kNoon);
  journal.append(line(kNoon, 1));
  journal.append(line(kNoon, 2));
  const std::string file = folder / "journal/journal-20261122-001.jsonl";
  EXPECT_EQ(read_all(file), "");
  journal.flush(kNoon);
  journal.flush(kNoon);
  EXPECT_EQ(read_all(file), line(kNoon, 1) + "\n" + line(kNoon, 2) + "\n");
}

TEST(Journal, GoesOnInTheSameFile) {
  const TemporaryFolder folder;
  for (int i = 0; i < 3; ++i) {
    Journal journal({.folder = folder.path()}, kNoon);
    journal.append(line(kNoon, i));
    journal.flush(kNoon);
  }
  EXPECT_EQ(folder.names(), std::vector<std::string>{"journal-20261122-001.jsonl"});
  EXPECT_EQ(read_all(folder / "journal-20261122-001.jsonl"),
            line(kNoon, 0) + "\n" + line(kNoon, 1) + "\n" + line(kNoon, 2) + "\n");
}

TEST(Journal, WhatWasAppendedIsWrittenAtTheEnd) {
  const TemporaryFolder folder;
  {
    Journal journal({.folder = folder.path()}, kNoon);
    journal.append(line(kNoon, 1));
    journal.flush(kNoon);
    journal.append(line(kNoon, 2));
  }
  EXPECT_EQ(read_all(folder / "journal-20261122-001.jsonl"), line(kNoon, 1) + "\n" + line(kNoon, 2) + "\n");
}

TEST(Journal, ANewDayAndAFullFileBeginTheNext) {
  const TemporaryFolder folder;
  Journal journal({.folder = folder.path(), .file_bytes = 100}, kNoon);
  for (int i = 0; i < 4; ++i) {  // 56 bytes each
    journal.append(line(kNoon, i));
    journal.flush(kNoon);
  }
  journal.append(line(kNoon + hours(12), 4));
  journal.flush(kNoon + hours(12));
  EXPECT_EQ(folder.names(),
            (std::vector<std::string>{"journal-20261122-001.jsonl", "journal-20261122-002.jsonl",
                                      "journal-20261123-001.jsonl"}));
  // A clock that goes back does not bring the files out of order.
  journal.append(line(kNoon, 5));
  journal.flush(kNoon);
  EXPECT_EQ(read_all(folder / "journal-20261123-001.jsonl"),
            line(kNoon + hours(12), 4) + "\n" + line(kNoon, 5) + "\n");
}

TEST(Journal, AFullFileIsNotResumed) {
  const TemporaryFolder folder;
  for (int i = 0; i < 2; ++i) {
    Journal journal({.folder = folder.path(), .file_bytes = 10}, kNoon);
    journal.append(line(kNoon, i));
    journal.flush(kNoon);
  }
  EXPECT_EQ(folder.names().size(), 2U);
}

TEST(Journal, OldDaysAreDeleted) {
  const TemporaryFolder folder;
  Journal journal({.folder = folder.path(), .days = 2}, kNoon);
  for (int i = 0; i < 5; ++i) {
    journal.append(line(kNoon + days(i), i));
    journal.flush(kNoon + days(i));
  }
  EXPECT_EQ(folder.names(),
            (std::vector<std::string>{"journal-20261124-001.jsonl", "journal-20261125-001.jsonl",
                                      "journal-20261126-001.jsonl"}));
}

TEST(Journal, OldDaysAreDeletedAtTheStart) {
  const TemporaryFolder folder;
  write_all(folder / "journal-20261001-001.jsonl", "x\n");
  write_all(folder / "journal-20261121-001.jsonl", "x\n");
  write_all(folder / "journal-notes.txt", "not ours");
  const Journal journal({.folder = folder.path(), .days = 30}, kNoon);
  EXPECT_EQ(folder.names(), (std::vector<std::string>{"journal-20261121-001.jsonl", "journal-notes.txt"}));
}

TEST(Journal, AllFilesTogetherAreBounded) {
  const TemporaryFolder folder;
  constexpr std::uint64_t kBound = 10'000;
  Journal journal({.folder = folder.path(), .bytes = kBound, .file_bytes = 1000}, kNoon);
  for (int i = 0; i < 2000; ++i) {
    journal.append(line(kNoon, i));
    journal.flush(kNoon);
    std::uint64_t total = 0;
    for (const JournalFile& file : list_journal(folder.path())) total += file.bytes;
    ASSERT_LE(total, kBound + 60);  // a file ends with the line that fills it
  }
  const std::vector<JournalFile> files = list_journal(folder.path());
  EXPECT_GE(files.size(), 9U);
  EXPECT_GE(files.back().number, 100);
}

TEST(Journal, ATornLineIsCutOff) {
  const TemporaryFolder folder;
  const std::string whole = line(kNoon, 1) + "\n";
  for (const std::string& torn :
       {std::string(R"({"t":"2026-)"), std::string(5000, '\0'), std::string(200'000, 'x')}) {
    write_all(folder / "journal-20261122-001.jsonl", whole + torn);
    Journal journal({.folder = folder.path()}, kNoon);
    EXPECT_EQ(journal.cut(), torn.size());
    journal.append(line(kNoon, 2));
    journal.flush(kNoon);
    EXPECT_EQ(read_all(folder / "journal-20261122-001.jsonl"), whole + line(kNoon, 2) + "\n");
  }
}

TEST(Journal, AFileOfOneTornLineIsEmptied) {
  const TemporaryFolder folder;
  write_all(folder / "journal-20261122-001.jsonl", "no line");
  const Journal journal({.folder = folder.path()}, kNoon);
  EXPECT_EQ(journal.cut(), 7U);
  EXPECT_EQ(read_all(folder / "journal-20261122-001.jsonl"), "");
}

TEST(Journal, AFullDiskIsToldOnceAndCostsOnlyItsLines) {
  const TemporaryFolder folder;
  Journal journal({.folder = folder.path(), .sync_delay = hours(1)}, kNoon);
  std::vector<JournalProblem> told;
  journal.on_problem([&](const JournalProblem& problem) { told.push_back(problem); });
  journal.append(line(kNoon, 1));
  journal.flush(kNoon);
  {
    const FileSizeLimit full(line(kNoon, 1).size() * 2);  // room for part of a line
    for (int i = 2; i < 5; ++i) {
      journal.append(line(kNoon, i));
      journal.append(line(kNoon, i));
      journal.flush(kNoon);
    }
  }
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(told[0].solved);
  EXPECT_EQ(told[0].text.substr(0, 30), "The journal cannot be written:");
  journal.append(line(kNoon, 5));
  journal.flush(kNoon);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(told[1].solved);
  EXPECT_EQ(told[1].lost, 6U);
  EXPECT_EQ(journal.lost(), 6U);
  EXPECT_EQ(read_all(folder / "journal-20261122-001.jsonl"), line(kNoon, 1) + "\n" + line(kNoon, 5) + "\n");
}

TEST(Journal, AFolderThatCannotBeMadeIsNamed) {
  const TemporaryFolder folder;
  write_all(folder / "file", "");
  EXPECT_THROW(Journal({.folder = folder / "file"}, kNoon), node::ConfigError);
}

void write_lines(const std::string& folder, int pipe) {
  Journal journal({.folder = folder, .file_bytes = 20'000, .sync_delay = milliseconds(1)}, kNoon);
  for (int i = 0;; ++i) {
    journal.append(line(kNoon, i));
    journal.flush(kNoon);
    if (write(pipe, "x", 1) != 1) _exit(1);
  }
}

TEST(Journal, SurvivesKill) {
  const TemporaryFolder folder;
  const std::uint64_t told = kill_after(2000, write_lines, folder.path());
  const Journal journal({.folder = folder.path()}, kNoon);
  std::string all;
  for (const JournalFile& file : list_journal(folder.path())) all += read_all(folder / file.name());
  std::string expected;
  for (std::uint64_t i = 0; i < told; ++i) expected += line(kNoon, static_cast<int>(i)) + "\n";
  EXPECT_EQ(all.substr(0, expected.size()), expected);
  EXPECT_LE(all.size(), expected.size() + 100);  // at most one more
}

}  // namespace
}  // namespace gable::hub::test
