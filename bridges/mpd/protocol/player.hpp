#pragma once
// Pure: no clock, socket or thread.
// What a music player says of itself, read from the pairs of a reply. Unknown keys are ignored, values that
// are no numbers count as missing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/reader.hpp"

namespace gable::mpd {

enum class PlayState { stop, play, pause };
std::string_view to_string(PlayState state);

// "status"
struct Status {
  PlayState state = PlayState::stop;
  std::optional<int> volume;  // 0–100; none: the output has no mixer, or it is not known now
  bool repeat = false, random = false, consume = false;
  std::string single = "0";  // 0 | 1 | oneshot
  std::int64_t queue_length = 0, queue_version = 0;
  std::optional<std::int64_t> song, song_id;  // place in the queue, and id
  std::optional<double> elapsed, duration;    // seconds
  std::string audio;                          // sample format, while something is decoded
  std::string error;                          // the last one, until the next play
};

// A song of "currentsong" or "playlistinfo".
struct Song {
  std::string file, title, name, artist, album, album_artist;
  std::optional<std::int64_t> track, position, id;
  std::optional<double> duration;
  // The title; of a stream its name; else the last part of the file's path.
  [[nodiscard]] std::string shown() const;
};

// "outputs"
struct Output {
  std::int64_t id = 0;
  std::string name;
  bool enabled = false;
};

// "listplaylists", "lsinfo"
struct Entry {
  enum class Kind { file, directory, playlist };
  Kind kind = Kind::file;
  std::string path;
};

Status parse_status(const Section& section);
// Nothing when the queue is empty or has no current song.
std::optional<Song> parse_song(const Section& section);
// At most `limit` of them.
std::vector<Song> parse_songs(const Section& section, std::size_t limit);
std::vector<Output> parse_outputs(const Section& section, std::size_t limit);
std::vector<Entry> parse_entries(const Section& section, std::size_t limit);
// The subsystems of "idle".
std::vector<std::string> parse_changes(const Section& section);
std::optional<std::int64_t> parse_integer(const std::string* text);

}  // namespace gable::mpd
