// A media player with a playlist, a volume and sources. Tracks follow each other in their own time. The
// position is reported when playing begins, pauses, jumps or goes to the next track, not every second.

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

struct Track {
  std::string artist, title;
  Span length;
};

constexpr Span kDefaultLength = std::chrono::minutes(3);

// "Artist - Title - 3:41"; missing parts are empty, a missing length is three minutes.
Track parse_track(const std::string& text) {
  Track track{{}, text, kDefaultLength};
  const std::size_t colon = text.rfind(':');
  const std::size_t last = text.rfind(" - ");
  if (colon != std::string::npos && last != std::string::npos && last < colon) {
    const long minutes = std::strtol(text.c_str() + last + 3, nullptr, 10);
    const long seconds = std::strtol(text.c_str() + colon + 1, nullptr, 10);
    const long total = std::clamp(minutes * 60 + seconds, 1L, 86'400L);
    track.length = std::chrono::seconds(total);
    track.title = text.substr(0, last);
  }
  const std::size_t dash = track.title.find(" - ");
  if (dash != std::string::npos) {
    track.artist = track.title.substr(0, dash);
    track.title.erase(0, dash + 3);
  }
  return track;
}

class MediaPlayer final : public SimDevice {
 public:
  MediaPlayer(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    for (const auto& text : this->spec().options.list("playlist")) tracks_.push_back(parse_track(text));
    if (tracks_.empty()) tracks_.push_back({"", "Test tone", kDefaultLength});
    sources_ = this->spec().options.list("sources");
    if (sources_.empty()) sources_ = {"Playlist"};
    source_ = sources_.front();
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override;
  [[nodiscard]] Fields state(std::string_view entity) const override;
  [[nodiscard]] Moment due() const override { return track_ends_; }
  void advance(Turn& turn) override { skip(1, turn.now); }
  Outcome obey(const Order& order, Turn& turn) override;

 private:
  [[nodiscard]] bool playing() const { return track_ends_ != kNever; }
  void power(bool on, Moment now);
  void play(Moment now);
  void pause(Moment now, std::string_view state);
  void skip(int tracks, Moment now);
  void seek(double seconds, Moment now);
  bool obey_transport(const Order& order, Moment now);
  bool obey_settings(const Order& order);

  std::vector<Track> tracks_;
  std::vector<std::string> sources_;
  std::string source_, state_ = "off";
  double volume_ = 0.3;
  bool muted_ = false;
  std::size_t track_ = 0;
  Span position_{};  // at the last report
  Moment track_ends_ = kNever;
};

std::vector<EntitySpec> MediaPlayer::entities() const {
  EntitySpec player = single("media_player", spec().options.text("class", "speaker"));
  player.features = {"pause",   "seek",     "volume_set",    "volume_mute", "previous_track", "next_track",
                     "turn_on", "turn_off", "select_source", "stop",        "play",           "volume_step"};
  player.capabilities.set("source_list", sources_);
  return {player};
}

Fields MediaPlayer::state(std::string_view) const {
  Fields out{{"state", state_}};
  if (state_ == "off") return out;
  out.set("volume_level", rounded(volume_, 2));
  out.set("is_volume_muted", muted_);
  out.set("source", source_);
  if (state_ == "idle") return out;
  const Track& track = tracks_.at(track_);
  out.set("media_title", track.title);
  if (!track.artist.empty()) out.set("media_artist", track.artist);
  out.set("media_content_type", "music");
  out.set("media_duration", rounded(seconds_of(track.length), 0));
  out.set("media_position", rounded(seconds_of(position_), 0));
  return out;
}

void MediaPlayer::power(bool on, Moment now) {
  if (!on) pause(now, "off");
  if (on && state_ == "off") state_ = "idle";
}

void MediaPlayer::play(Moment now) {
  if (playing()) return;
  if (state_ != "paused") position_ = Span::zero();
  state_ = "playing";
  track_ends_ = now + (tracks_.at(track_).length - position_);
}

void MediaPlayer::pause(Moment now, std::string_view state) {
  if (playing()) position_ = tracks_.at(track_).length - (track_ends_ - now);
  track_ends_ = kNever;
  state_ = state;
}

void MediaPlayer::skip(int tracks, Moment now) {
  const auto count = static_cast<std::int64_t>(tracks_.size());
  track_ = static_cast<std::size_t>((static_cast<std::int64_t>(track_) + tracks + count) % count);
  position_ = Span::zero();
  if (playing()) track_ends_ = now + tracks_.at(track_).length;
}

void MediaPlayer::seek(double seconds, Moment now) {
  const Span length = tracks_.at(track_).length;
  position_ = std::clamp(span_of(std::clamp(seconds, 0.0, 86'400.0)), Span::zero(), length - Span(1));
  if (playing()) track_ends_ = now + (length - position_);
}

bool MediaPlayer::obey_transport(const Order& order, Moment now) {
  const std::string& service = order.service;
  if (service == "turn_on") {
    power(true, now);
  } else if (service == "turn_off") {
    power(false, now);
  } else if (service == "toggle") {
    power(state_ == "off", now);
  } else if (service == "media_play") {
    play(now);
  } else if (service == "media_pause") {
    if (playing()) pause(now, "paused");
  } else if (service == "media_play_pause") {
    playing() ? pause(now, "paused") : play(now);
  } else if (service == "media_stop") {
    if (state_ != "off") pause(now, "idle");
  } else if (service == "media_next_track" || service == "media_previous_track") {
    skip(service == "media_next_track" ? 1 : -1, now);
  } else if (service == "media_seek") {
    seek(order.data.number("seek_position", 0), now);
  } else {
    return false;
  }
  return true;
}

bool MediaPlayer::obey_settings(const Order& order) {
  const std::string& service = order.service;
  if (service == "volume_set") {
    volume_ = std::clamp(order.data.number("volume_level", volume_), 0.0, 1.0);
  } else if (service == "volume_up" || service == "volume_down") {
    volume_ = std::clamp(volume_ + (service == "volume_up" ? 0.05 : -0.05), 0.0, 1.0);
  } else if (service == "volume_mute") {
    muted_ = order.data.flag("is_volume_muted", true);
  } else if (service == "select_source") {
    source_ = order.data.text("source", source_);
  } else {
    return false;
  }
  return true;
}

Outcome MediaPlayer::obey(const Order& order, Turn& turn) {
  if (obey_transport(order, turn.now) || obey_settings(order)) return {};
  return not_understood(order);
}

}  // namespace

std::unique_ptr<SimDevice> make_media_player(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<MediaPlayer>(std::move(spec), seed);
}

}  // namespace gable::virtual_house
