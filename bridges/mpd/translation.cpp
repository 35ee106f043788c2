#include "translation.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "wire/entity_id.hpp"

namespace gable::mpd {

namespace {

constexpr double kJump = 2.0;  // seconds that a clock or a buffer may be off before it counts as sought
constexpr std::size_t kTextLimit = 1000;

using bridge::Value;

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(clean(text)); }

Value rounded(double number, double steps) { return std::round(number * steps) / steps; }

std::string_view state_word(PlayState state) {
  switch (state) {
    case PlayState::play:
      return "playing";
    case PlayState::pause:
      return "paused";
    case PlayState::stop:
      break;
  }
  return "idle";
}

void add_song(const Scene& scene, bridge::Object& out) {
  const bool there = scene.song && scene.status.state != PlayState::stop;
  const Song none;
  const Song& song = there ? *scene.song : none;
  out.set("media_content_id", text_or_null(song.file));
  out.set("media_content_type", there ? Value("music") : Value());
  out.set("media_title", text_or_null(there ? song.shown() : std::string()));
  out.set("media_artist", text_or_null(song.artist));
  out.set("media_album_name", text_or_null(song.album));
  out.set("media_album_artist", text_or_null(song.album_artist));
  out.set("media_track", song.track ? Value(*song.track) : Value());
  const auto length = scene.status.duration ? scene.status.duration : song.duration;
  out.set("media_duration", there && length ? rounded(*length, 1) : Value());
  out.set("media_position", there ? rounded(scene.position.seconds, 10) : Value());
  out.set("media_position_updated_at", there ? Value(wire::format_time(scene.position.at)) : Value());
}

}  // namespace

std::string clean(const std::string& text) { return printable(text, kTextLimit); }

std::vector<std::string> output_keys(const std::vector<Output>& outputs) {
  std::vector<std::string> keys;
  std::set<std::string> taken;
  for (const Output& output : outputs) {
    const std::string base = "output_" + wire::slugify(output.name).substr(0, 48);
    std::string key = base;
    for (int number = 2; !taken.insert(key).second; ++number) key = base + "_" + std::to_string(number);
    keys.push_back(key);
  }
  return keys;
}

bridge::Model describe(const PlayerConfig& config, const Choices& choices) {
  bridge::Entity player("media_player");
  player.suggest_id(wire::slugify(config.name)).device_class("speaker");
  for (const char* feature : {"play", "pause", "stop", "seek", "previous_track", "next_track", "volume_set",
                              "volume_step", "volume_mute", "play_media", "media_enqueue", "media_announce",
                              "select_source", "clear_playlist", "shuffle_set", "repeat_set"})
    player.feature(feature);
  bridge::List sources;
  sources.reserve(choices.playlists.size());
  for (const std::string& playlist : choices.playlists) sources.emplace_back(playlist);
  player.capability("source_list", std::move(sources));
  for (const char* extra : {"queue_length", "queue_position", "announcing", "error"})
    player.extra_attribute(extra);

  bridge::Model model = bridge::device(config.name);
  model.made_by("Music Player Daemon").with(kPlayer, player);
  if (!config.area.empty()) model.area(config.area);
  const auto keys = output_keys(choices.outputs);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    bridge::Entity output = bridge::switch_entity();
    output.named(clean(choices.outputs[i].name)).icon("mdi:speaker");
    model.with(keys[i], output);
  }
  return model;
}

Position position_of(const Status& status, const Position& last, wire::Time now) {
  Position next{status.song_id, status.state, status.elapsed.value_or(0), status.duration, now};
  double expected = last.seconds;
  if (last.state == PlayState::play) expected += std::chrono::duration<double>(now - last.at).count();
  const bool same = next.song_id == last.song_id && next.state == last.state && next.length == last.length;
  return same && std::abs(next.seconds - expected) <= kJump ? last : next;
}

std::string repeat_mode(const Status& status) {
  if (!status.repeat) return "off";
  return status.single == "0" ? "all" : "one";
}

bridge::Object player_state(const Scene& scene) {
  const Status& status = scene.status;
  bridge::Object out{{"state", state_word(status.state)}};
  out.set("volume_level", status.volume ? rounded(*status.volume / 100.0, 100) : Value());
  out.set("is_volume_muted", status.volume ? Value(*status.volume == 0) : Value());
  out.set("shuffle", status.random);
  out.set("repeat", repeat_mode(status));
  out.set("source", text_or_null(scene.source));
  add_song(scene, out);
  out.set("queue_length", status.queue_length);
  out.set("queue_position", status.song ? Value(*status.song + 1) : Value());
  out.set("announcing", scene.announcing);
  out.set("error", text_or_null(status.error));
  return out;
}

std::string choices_text(const Choices& choices) {
  std::string text;
  for (const Output& output : choices.outputs)
    text += "outputid: " + std::to_string(output.id) + "\noutputname: " + output.name + "\n";
  for (const std::string& playlist : choices.playlists) text += "playlist: " + playlist + "\n";
  return text;
}

std::vector<Pair> parse_lines(std::string_view text) {
  std::vector<Pair> pairs;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t colon = line.find(": ");
    if (colon != line.npos)
      pairs.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
  }
  return pairs;
}

Choices parse_choices(std::string_view text) {
  const Section section{parse_lines(text), {}};
  Choices choices{parse_outputs(section, kOutputLimit), {}};
  for (Entry& entry : parse_entries(section, kPlaylistLimit))
    choices.playlists.push_back(std::move(entry.path));
  return choices;
}

}  // namespace gable::mpd
