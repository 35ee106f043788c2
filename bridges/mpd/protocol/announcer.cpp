// Pure: no clock, socket or thread.
#include "protocol/announcer.hpp"

#include <algorithm>
#include <charconv>

namespace gable::mpd {

namespace {

std::string line(std::string_view command, const std::string& argument) {
  return command_line(command, {argument}).value_or(std::string(command));
}

std::string line(std::string_view command, std::int64_t number) {
  return line(command, std::to_string(number));
}

std::string flag(bool on) { return on ? "1" : "0"; }

void add(std::string& text, std::string_view key, const std::string& value) {
  if (!value.empty()) text += std::string(key) + ": " + value + "\n";
}

template <class Number>
std::string text_of(const std::optional<Number>& number) {
  return number ? std::to_string(*number) : std::string();
}

std::optional<std::int64_t> id_of(const std::vector<Song>& queue, std::optional<std::int64_t> id,
                                  const std::string& file) {
  if (file.empty()) return std::nullopt;
  const auto same = [&](const Song& song) { return song.id && song.id == id && song.file == file; };
  auto found = std::find_if(queue.begin(), queue.end(), same);
  if (found == queue.end())
    found = std::find_if(queue.begin(), queue.end(), [&](const Song& song) { return song.file == file; });
  return found == queue.end() ? std::nullopt : found->id;
}

}  // namespace

std::vector<std::string> Announcer::prepare(const Announcement& announcement) {
  return {"status", "currentsong", line("addid", announcement.url)};
}

Announcer::Before Announcer::before_of(const Status& status, const std::optional<Song>& song) {
  Before before;
  before.state = status.state;
  before.song_id = status.song_id;
  if (song) before.file = song->file;
  // A live stream has no length, and no place to go back to.
  if (status.duration) before.elapsed = status.elapsed;
  before.repeat = status.repeat;
  before.random = status.random;
  before.consume = status.consume;
  before.single = status.single;
  before.volume = status.volume;
  return before;
}

std::optional<std::vector<std::string>> Announcer::played(const Announcement& announcement,
                                                          const Reply& reply) {
  if (reply.refusal || reply.sections.size() < 3) return std::nullopt;
  const auto id = parse_integer(reply.sections[2].find("Id"));
  if (!id) return std::nullopt;
  const Status status = parse_status(reply.sections[0]);
  std::vector<std::string> lines;
  if (!playing_) {
    playing_ = Playing{{}, {}, {}, {}, before_of(status, parse_song(reply.sections[1]))};
  } else if (playing_->id) {
    playing_->former.push_back(*playing_->id);
  }
  playing_->url = announcement.url;
  playing_->id = id;
  playing_->volume = announcement.volume;
  for (const char* option : {"repeat", "random", "consume"}) lines.push_back(line(option, "0"));
  lines.push_back(line("single", "1"));
  if (announcement.volume && status.volume) lines.push_back(line("setvol", *announcement.volume));
  lines.push_back(line("playid", *id));
  return lines;
}

Announcer::Verdict Announcer::look(const Status& status) const {
  if (!playing_) return Verdict::over;
  const bool on_it = status.song_id && status.song_id == playing_->id;
  if (!status.error.empty() && status.state != PlayState::play) return Verdict::failed;
  if (status.state == PlayState::stop) return Verdict::over;
  // Behind a song that is played alone the player waits before the next one.
  if (!on_it) return status.state == PlayState::play ? Verdict::taken_over : Verdict::over;
  if (status.state == PlayState::pause) return Verdict::began;
  return status.audio.empty() ? Verdict::wait : Verdict::began;
}

void Announcer::forget_music() {
  if (playing_) playing_->before.state = PlayState::stop;
}

void Announcer::add_music(std::vector<std::vector<std::string>>& out) const {
  const Before& before = playing_->before;
  if (before.state == PlayState::stop || !before.song_id) {
    out.push_back({"stop"});
    return;
  }
  std::vector<std::string> music;
  if (before.elapsed) {
    std::string place(32, '\0');
    const auto end = std::to_chars(place.data(), place.data() + place.size(), *before.elapsed,
                                   std::chars_format::fixed, 3);
    place.resize(static_cast<std::size_t>(end.ptr - place.data()));
    music.push_back(*command_line("seekid", {std::to_string(*before.song_id), place}));
  } else {
    music.push_back(line("playid", *before.song_id));
  }
  if (before.state == PlayState::pause) music.push_back(line("pause", "1"));
  out.push_back(std::move(music));
}

std::vector<std::vector<std::string>> Announcer::restore(Verdict verdict, const Status& now) const {
  std::vector<std::vector<std::string>> out;
  if (!playing_) return out;
  const Before& before = playing_->before;
  const bool ours = verdict != Verdict::taken_over;
  // Another volume than the announcement's is somebody's wish.
  if (playing_->volume && before.volume && now.volume == playing_->volume)
    out.push_back({line("setvol", *before.volume)});
  for (const auto& [option, on] : {std::pair{"repeat", before.repeat}, std::pair{"random", before.random}})
    out.push_back({line(option, flag(on))});
  out.push_back({line("single", before.single)});
  if (ours) add_music(out);
  for (const std::int64_t id : playing_->former) out.push_back({line("deleteid", id)});
  if (playing_->id) out.push_back({line("deleteid", *playing_->id)});
  // Last: with it, the song that was interrupted would be taken out of the queue.
  out.push_back({line("consume", flag(before.consume))});
  return out;
}

std::string Announcer::journal() const {
  if (!playing_) return {};
  const Before& before = playing_->before;
  std::string text;
  add(text, "url", playing_->url);
  add(text, "id", text_of(playing_->id));
  add(text, "announced-volume", text_of(playing_->volume));
  add(text, "file", before.file);
  add(text, "songid", text_of(before.song_id));
  add(text, "state", std::string(to_string(before.state)));
  add(text, "elapsed", text_of(before.elapsed));
  add(text, "duration", before.elapsed ? "1" : "");
  add(text, "volume", text_of(before.volume));
  add(text, "repeat", flag(before.repeat));
  add(text, "random", flag(before.random));
  add(text, "consume", flag(before.consume));
  add(text, "single", before.single);
  return text;
}

bool Announcer::resume(const std::vector<Pair>& lines, const std::vector<Song>& queue) {
  const Section section{lines, {}};
  const std::string* url = section.find("url");
  if (url == nullptr) return false;
  Song song;
  if (const std::string* file = section.find("file")) song.file = *file;
  Playing playing{*url, parse_integer(section.find("id")), {}, {}, before_of(parse_status(section), song)};
  if (const auto volume = parse_integer(section.find("announced-volume"));
      volume && *volume >= 0 && *volume <= 100)
    playing.volume = static_cast<int>(*volume);
  playing.id = id_of(queue, playing.id, playing.url);
  playing.before.song_id = id_of(queue, playing.before.song_id, playing.before.file);
  playing_ = std::move(playing);
  return true;
}

}  // namespace gable::mpd
