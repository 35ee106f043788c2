// Pure: no clock, socket or thread.
#include "protocol/player.hpp"

#include <charconv>
#include <cmath>

namespace gable::mpd {

namespace {

std::optional<double> parse_seconds(const std::string* text) {
  if (text == nullptr) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || !std::isfinite(number) || number < 0)
    return std::nullopt;
  return number;
}

std::string text_of(const Section& section, std::string_view key) {
  const std::string* text = section.find(key);
  return text == nullptr ? std::string() : *text;
}

bool flag(const Section& section, std::string_view key) { return text_of(section, key) == "1"; }

// One song's pairs begin with its "file".
void add_to_song(Song& song, const Pair& pair) {
  if (pair.key == "file") song.file = pair.value;
  if (pair.key == "Title" && song.title.empty()) song.title = pair.value;
  if (pair.key == "Name" && song.name.empty()) song.name = pair.value;
  if (pair.key == "Artist") song.artist += (song.artist.empty() ? "" : ", ") + pair.value;
  if (pair.key == "Album" && song.album.empty()) song.album = pair.value;
  if (pair.key == "AlbumArtist" && song.album_artist.empty()) song.album_artist = pair.value;
  if (pair.key == "Pos") song.position = parse_integer(&pair.value);
  if (pair.key == "Id") song.id = parse_integer(&pair.value);
  if (pair.key == "duration" || (pair.key == "Time" && !song.duration))
    song.duration = parse_seconds(&pair.value);
  if (pair.key == "Track") {
    const std::string number = pair.value.substr(0, pair.value.find('/'));  // "3/12"
    song.track = parse_integer(&number);
  }
}

}  // namespace

std::string_view to_string(PlayState state) {
  switch (state) {
    case PlayState::play:
      return "play";
    case PlayState::pause:
      return "pause";
    case PlayState::stop:
      break;
  }
  return "stop";
}

std::string Song::shown() const {
  if (!title.empty()) return title;
  if (!name.empty()) return name;
  const std::string path = file.substr(0, file.find('?'));
  const std::size_t slash = path.find_last_of('/');
  return slash == path.npos || slash + 1 == path.size() ? path : path.substr(slash + 1);
}

std::optional<std::int64_t> parse_integer(const std::string* text) {
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

Status parse_status(const Section& section) {
  Status status;
  const std::string state = text_of(section, "state");
  if (state == "play") status.state = PlayState::play;
  if (state == "pause") status.state = PlayState::pause;
  if (const auto volume = parse_integer(section.find("volume")); volume && *volume >= 0 && *volume <= 100)
    status.volume = static_cast<int>(*volume);
  status.repeat = flag(section, "repeat");
  status.random = flag(section, "random");
  status.consume = text_of(section, "consume") != "0" && section.find("consume") != nullptr;
  const std::string single = text_of(section, "single");
  if (single == "1" || single == "oneshot") status.single = single;
  status.queue_length = parse_integer(section.find("playlistlength")).value_or(0);
  status.queue_version = parse_integer(section.find("playlist")).value_or(0);
  status.song = parse_integer(section.find("song"));
  status.song_id = parse_integer(section.find("songid"));
  status.elapsed = parse_seconds(section.find("elapsed"));
  status.duration = parse_seconds(section.find("duration"));
  status.audio = text_of(section, "audio");
  status.error = text_of(section, "error");
  return status;
}

std::optional<Song> parse_song(const Section& section) {
  auto songs = parse_songs(section, 1);
  if (songs.empty()) return std::nullopt;
  return std::move(songs.front());
}

std::vector<Song> parse_songs(const Section& section, std::size_t limit) {
  std::vector<Song> songs;
  for (const Pair& pair : section.pairs) {
    if (pair.key == "file") {
      if (songs.size() == limit) break;
      songs.emplace_back();
    }
    if (!songs.empty()) add_to_song(songs.back(), pair);
  }
  return songs;
}

std::vector<Output> parse_outputs(const Section& section, std::size_t limit) {
  std::vector<Output> outputs;
  for (const Pair& pair : section.pairs) {
    if (pair.key == "outputid") {
      if (outputs.size() == limit) break;
      outputs.push_back({parse_integer(&pair.value).value_or(-1), {}, false});
    }
    if (outputs.empty()) continue;
    if (pair.key == "outputname") outputs.back().name = pair.value;
    if (pair.key == "outputenabled") outputs.back().enabled = pair.value == "1";
  }
  std::erase_if(outputs, [](const Output& output) { return output.id < 0; });
  return outputs;
}

std::vector<Entry> parse_entries(const Section& section, std::size_t limit) {
  std::vector<Entry> entries;
  for (const Pair& pair : section.pairs) {
    if (entries.size() == limit) break;
    if (pair.key == "file") entries.push_back({Entry::Kind::file, pair.value});
    if (pair.key == "directory") entries.push_back({Entry::Kind::directory, pair.value});
    if (pair.key == "playlist") entries.push_back({Entry::Kind::playlist, pair.value});
  }
  return entries;
}

std::vector<std::string> parse_changes(const Section& section) {
  std::vector<std::string> changes;
  for (const Pair& pair : section.pairs) {
    if (pair.key == "changed") changes.push_back(pair.value);
  }
  return changes;
}

}  // namespace gable::mpd
