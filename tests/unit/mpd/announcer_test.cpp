#include "protocol/announcer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gable::mpd {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using Verdict = Announcer::Verdict;
using Lines = std::vector<std::string>;

Reply reply_to_prepare(const std::string& state, const std::string& elapsed = "12.345") {
  Reply reply;
  reply.sections = {Section{{{"volume", "30"},
                             {"repeat", "1"},
                             {"random", "1"},
                             {"single", "0"},
                             {"consume", "1"},
                             {"state", state},
                             {"songid", "4"},
                             {"elapsed", elapsed},
                             {"duration", "60.000"}},
                            {}},
                    Section{{{"file", "a.ogg"}, {"Id", "4"}}, {}}, Section{{{"Id", "9"}}, {}}};
  return reply;
}

Status status(PlayState state, std::int64_t song_id, int volume = 80) {
  Status out;
  out.state = state;
  out.song_id = song_id;
  out.volume = volume;
  out.audio = "44100:16:2";
  return out;
}

TEST(AnnouncerTest, ThereAndBack) {
  EXPECT_EQ(Announcer::prepare({"http://x/a b", {}}),
            (Lines{"status", "currentsong", "addid \"http://x/a b\""}));
  Announcer announcer;
  const auto lines = announcer.played({"http://x/a", 80}, reply_to_prepare("play"));
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines, (Lines{"repeat \"0\"", "random \"0\"", "consume \"0\"", "single \"1\"", "setvol \"80\"",
                           "playid \"9\""}));
  Status opening = status(PlayState::play, 9);
  opening.audio.clear();
  EXPECT_EQ(announcer.look(opening), Verdict::wait);
  EXPECT_EQ(announcer.look(status(PlayState::play, 9)), Verdict::began);
  EXPECT_EQ(announcer.look(status(PlayState::stop, 9)), Verdict::over);
  EXPECT_EQ(announcer.look(status(PlayState::pause, 4)), Verdict::over);  // before the next one
  EXPECT_EQ(announcer.look(status(PlayState::play, 5)), Verdict::taken_over);
  EXPECT_THAT(
      announcer.restore(Verdict::over, status(PlayState::stop, 9)),
      ElementsAre(Lines{"setvol \"30\""}, Lines{"repeat \"1\""}, Lines{"random \"1\""}, Lines{"single \"0\""},
                  Lines{"seekid \"4\" \"12.345\""}, Lines{"deleteid \"9\""}, Lines{"consume \"1\""}));
  announcer.restored();
  EXPECT_FALSE(announcer.busy());
}

TEST(AnnouncerTest, PausedStaysPausedAndSilenceSilent) {
  Announcer announcer;
  announcer.played({"x", {}}, reply_to_prepare("pause"));
  EXPECT_THAT(announcer.restore(Verdict::over, {}),
              Contains(Lines{"seekid \"4\" \"12.345\"", "pause \"1\""}));
  announcer.forget_music();
  EXPECT_THAT(announcer.restore(Verdict::over, {}), Contains(Lines{"stop"}));
  announcer.restored();
  announcer.played({"x", {}}, reply_to_prepare("stop"));
  EXPECT_THAT(announcer.restore(Verdict::over, {}), Contains(Lines{"stop"}));
}

TEST(AnnouncerTest, WhatSomebodyWantsMeanwhileIsLeft) {
  Announcer announcer;
  announcer.played({"x", 80}, reply_to_prepare("play"));
  const auto steps = announcer.restore(Verdict::taken_over, status(PlayState::play, 5, 55));
  EXPECT_THAT(steps, Not(Contains(Lines{"setvol \"30\""})));
  EXPECT_THAT(steps, Not(Contains(Lines{"seekid \"4\" \"12.345\""})));
  EXPECT_THAT(steps, Contains(Lines{"deleteid \"9\""}));
}

TEST(AnnouncerTest, TheFirstOfSeveralKnowsWhatWasThere) {
  Announcer announcer;
  announcer.played({"x", {}}, reply_to_prepare("play"));
  Reply second = reply_to_prepare("stop");
  second.sections[2] = Section{{{"Id", "10"}}, {}};
  announcer.played({"y", {}}, second);
  const auto steps = announcer.restore(Verdict::over, {});
  EXPECT_THAT(steps, Contains(Lines{"seekid \"4\" \"12.345\""}));
  EXPECT_THAT(steps, Contains(Lines{"deleteid \"9\""}));
  EXPECT_THAT(steps, Contains(Lines{"deleteid \"10\""}));
}

TEST(AnnouncerTest, AnswersThatDoNotFit) {
  Announcer announcer;
  EXPECT_FALSE(announcer.played({"x", {}}, {}));
  Reply refused;
  refused.refusal = Refusal{50, 2, "addid", "No such directory"};
  EXPECT_FALSE(announcer.played({"x", {}}, refused));
  EXPECT_FALSE(announcer.busy());
  EXPECT_TRUE(announcer.restore(Verdict::over, {}).empty());
}

TEST(AnnouncerTest, ComesBackFromItsLinesWhateverTheIdsAreNow) {
  Announcer before;
  before.played({"http://x/a", 80}, reply_to_prepare("play"));
  std::vector<Pair> lines;
  std::string text = before.journal();
  for (std::size_t end = 0; (end = text.find('\n')) != text.npos; text.erase(0, end + 1)) {
    const std::size_t colon = text.find(": ");
    lines.push_back({text.substr(0, colon), text.substr(colon + 2, end - colon - 2)});
  }
  std::vector<Song> queue(2);
  queue[0].file = "a.ogg";
  queue[0].id = 1;
  queue[1].file = "http://x/a";
  queue[1].id = 2;
  Announcer after;
  ASSERT_TRUE(after.resume(lines, queue));
  EXPECT_THAT(
      after.restore(Verdict::over, status(PlayState::stop, 2)),
      ElementsAre(Lines{"setvol \"30\""}, Lines{"repeat \"1\""}, Lines{"random \"1\""}, Lines{"single \"0\""},
                  Lines{"seekid \"1\" \"12.345\""}, Lines{"deleteid \"2\""}, Lines{"consume \"1\""}));
  Announcer empty;
  EXPECT_TRUE(empty.resume(lines, {}));  // the songs are gone, the options are still to be put back
  EXPECT_THAT(empty.restore(Verdict::over, {}), Contains(Lines{"random \"1\""}));
  EXPECT_FALSE(Announcer().resume({}, queue));
}

}  // namespace
}  // namespace gable::mpd
