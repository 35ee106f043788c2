#include "protocol/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/player.hpp"

namespace gable::mpd {
namespace {

using testing::HasSubstr;

Reader greeted() {
  Reader reader;
  reader.feed("OK MPD 0.23.5\n");
  return reader;
}

TEST(ReaderTest, RepliesComeWhereverTheBytesAreCut) {
  const std::string all =
      "OK MPD 0.23.5\nvolume: 30\nstate: play\nOK\nsize: 5\nbinary: 5\na\nOK\n\nOK\nlist_OK\nfile: a: "
      "b\nlist_OK\nOK\n"
      "ACK [50@1] {play} No such song\n";
  for (std::size_t piece = 1; piece <= all.size(); ++piece) {
    Reader reader;
    for (std::size_t at = 0; at < all.size(); at += piece)
      reader.feed(std::string_view(all).substr(at, piece));
    EXPECT_EQ(reader.version(), "0.23.5");
    const auto status = reader.next();
    ASSERT_TRUE(status);
    EXPECT_EQ(*status->sections.at(0).find("state"), "play");
    const auto picture = reader.next();
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->sections.at(0).binary, "a\nOK\n");
    const auto list = reader.next();
    ASSERT_TRUE(list);
    ASSERT_EQ(list->sections.size(), 2U);
    EXPECT_EQ(*list->sections[1].find("file"), "a: b");
    const auto refused = reader.next();
    ASSERT_TRUE(refused && refused->refusal);
    EXPECT_EQ(refused->refusal->code, kNotFound);
    EXPECT_EQ(refused->refusal->index, 1U);
    EXPECT_EQ(refused->refusal->command, "play");
    EXPECT_EQ(refused->refusal->text, "No such song");
    EXPECT_FALSE(reader.next());
    EXPECT_EQ(reader.broken(), "");
  }
}

TEST(ReaderTest, WhatIsNoPlayersIsSaidInWords) {
  const std::pair<const char*, const char*> wrong[] = {
      {"SSH-2.0-OpenSSH\n", "greeting"},
      {"OK MPD \n", "greeting"},
      {"OK MPD 1\nnonsense\n", "key: value"},
      {"OK MPD 1\n: x\n", "key: value"},
      {"OK MPD 1\nACK oops\n", "ACK [code@index]"},
      {"OK MPD 1\nACK [x@0] {} y\n", "ACK [code@index]"},
      {"OK MPD 1\nbinary: -1\n", "picture"},
      {"OK MPD 1\nbinary: 99999999999\n", "picture"},
      {"OK MPD 1\nbinary: 1\nab\n", "line break"},
  };
  for (const auto& [bytes, said] : wrong) {
    Reader reader;
    reader.feed(bytes);
    EXPECT_THAT(reader.broken(), HasSubstr(said)) << bytes;
    reader.feed("OK\n");
    EXPECT_FALSE(reader.next());
  }
}

TEST(ReaderTest, NothingGrowsWithoutBound) {
  Reader line = greeted();
  line.feed(std::string(kLineLimit + 1, 'x'));
  EXPECT_THAT(line.broken(), HasSubstr("64 KiB"));
  Reader pairs = greeted();
  for (std::size_t i = 0; i <= kPairLimit && pairs.broken().empty(); ++i) pairs.feed("a: b\n");
  EXPECT_THAT(pairs.broken(), HasSubstr("lines"));
  Reader bytes = greeted();
  const std::string big = "a: " + std::string(60'000, 'x') + "\n";
  for (std::size_t i = 0; i < 100 && bytes.broken().empty(); ++i) bytes.feed(big);
  EXPECT_THAT(bytes.broken(), HasSubstr("4 MiB"));
}

TEST(ReaderTest, ArgumentsAreQuoted) {
  EXPECT_EQ(command_line("add", {R"(a "b" \ c)", "3"}), R"(add "a \"b\" \\ c" "3")");
  EXPECT_EQ(command_line("stop", {}), "stop");
  EXPECT_FALSE(command_line("add", {"a\nstop"}));
  EXPECT_FALSE(command_line("add", {std::string("a\0b", 3)}));
}

TEST(ReaderTest, WhatIsShownIsText) {
  EXPECT_EQ(printable("a\nb\x7f"), "a b ");
  EXPECT_EQ(printable("\xff\xc0\x80 ok"), "??? ok");
  EXPECT_EQ(printable("\xed\xa0\x80"), "???");  // a surrogate
  EXPECT_EQ(printable("grün", 3), "gr…");
  EXPECT_EQ(printable("grün", 4), "grü…");
  EXPECT_EQ(printable("grün", 5), "grün");
}

TEST(PlayerTest, StatusWithAndWithoutItsValues) {
  const Section section{{{"volume", "-1"},
                         {"repeat", "1"},
                         {"random", "0"},
                         {"single", "oneshot"},
                         {"consume", "0"},
                         {"playlist", "7"},
                         {"playlistlength", "3"},
                         {"state", "pause"},
                         {"song", "2"},
                         {"songid", "x"},
                         {"elapsed", "nan"},
                         {"duration", "12.5"}},
                        {}};
  const Status status = parse_status(section);
  EXPECT_EQ(status.state, PlayState::pause);
  EXPECT_FALSE(status.volume);
  EXPECT_TRUE(status.repeat);
  EXPECT_FALSE(status.consume);
  EXPECT_EQ(status.single, "oneshot");
  EXPECT_EQ(status.song, 2);
  EXPECT_FALSE(status.song_id);
  EXPECT_FALSE(status.elapsed);
  EXPECT_EQ(status.duration, 12.5);
  EXPECT_EQ(parse_status({}).state, PlayState::stop);
}

TEST(PlayerTest, SongsAndWhatTheyAreCalled) {
  const Section section{{{"file", "http://radio.example/live?x=1"},
                         {"Name", "Radio"},
                         {"file", "a/b.ogg"},
                         {"Title", "B"},
                         {"Artist", "One"},
                         {"Artist", "Two"},
                         {"Track", "3/12"},
                         {"Id", "9"},
                         {"file", "c/d.ogg"}},
                        {}};
  const auto songs = parse_songs(section, 10);
  ASSERT_EQ(songs.size(), 3U);
  EXPECT_EQ(songs[0].shown(), "Radio");
  EXPECT_EQ(songs[1].shown(), "B");
  EXPECT_EQ(songs[1].artist, "One, Two");
  EXPECT_EQ(songs[1].track, 3);
  EXPECT_EQ(songs[1].id, 9);
  EXPECT_EQ(songs[2].shown(), "d.ogg");
  EXPECT_EQ(parse_songs(section, 2).size(), 2U);
  EXPECT_FALSE(parse_song({}));
}

TEST(PlayerTest, OutputsWithoutANumberAreNone) {
  const Section section{{{"outputname", "lost"},
                         {"outputid", "1"},
                         {"outputname", "A"},
                         {"outputenabled", "1"},
                         {"outputid", "?"},
                         {"outputname", "B"}},
                        {}};
  const auto outputs = parse_outputs(section, 10);
  ASSERT_EQ(outputs.size(), 1U);
  EXPECT_EQ(outputs[0].name, "A");
  EXPECT_TRUE(outputs[0].enabled);
}

}  // namespace
}  // namespace gable::mpd
