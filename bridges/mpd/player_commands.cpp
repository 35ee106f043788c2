#include "player_commands.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>

namespace gable::mpd {

namespace {

using bridge::Command;
using wire::Error;
using wire::ErrorCode;
using Lines = wire::Result<std::vector<std::string>>;

constexpr int kStep = 5;  // percent of volume_up and volume_down
constexpr std::size_t kUriLimit = 4000;

std::string line(std::string_view command, const std::string& argument) {
  return command_line(command, {argument}).value_or(std::string(command));
}

std::string line(std::string_view command, std::int64_t number) {
  return line(command, std::to_string(number));
}

Error refused(std::string text) { return {ErrorCode::refused, std::move(text), {}}; }

Lines volume_by(const Status& status, int step) {
  if (!status.volume) return refused("the player tells no volume");
  return std::vector{line("setvol", std::clamp(*status.volume + step, 0, 100))};
}

Lines seek(const Command& command) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), command.number("seek_position", 0),
                                 std::chars_format::fixed, 3);
  return std::vector{line("seekcur", std::string(text.data(), end.ptr))};
}

Lines repeat(const Command& command) {
  const std::string mode = command.text("repeat");
  return std::vector{line("repeat", mode == "off" ? 0 : 1), line("single", mode == "one" ? 1 : 0)};
}

Lines play(const Status& status) {
  if (status.queue_length == 0) return refused("there is nothing in the queue to play");
  return std::vector<std::string>{"play"};
}

Lines pause(const Status& status) {
  if (status.state == PlayState::stop) return refused("nothing is being played");
  return std::vector{line("pause", 1)};
}

Lines source(const Command& command) {
  const auto load = command_line("load", {command.text("source")});
  if (!load) return Error{ErrorCode::malformed, "a playlist's name has no line breaks", "source"};
  return std::vector<std::string>{"clear", *load, "play"};
}

struct Asked {
  const Command& command;
  const Status& status;
  int loud;
};

bool flag(const Command& command, std::string_view name) {
  const auto* value = command.data.find(name);
  return value != nullptr && value->bool_or(false);
}

const std::map<std::string, std::function<Lines(const Asked&)>, std::less<>>& services() {
  static const std::map<std::string, std::function<Lines(const Asked&)>, std::less<>> kServices{
      {"media_play", [](const Asked& a) { return play(a.status); }},
      {"media_pause", [](const Asked& a) { return pause(a.status); }},
      {"media_play_pause",
       [](const Asked& a) { return a.status.state == PlayState::play ? pause(a.status) : play(a.status); }},
      {"media_stop", [](const Asked&) { return Lines(std::vector<std::string>{"stop"}); }},
      {"media_next_track", [](const Asked&) { return Lines(std::vector<std::string>{"next"}); }},
      {"media_previous_track", [](const Asked&) { return Lines(std::vector<std::string>{"previous"}); }},
      {"media_seek", [](const Asked& a) { return seek(a.command); }},
      {"volume_up", [](const Asked& a) { return volume_by(a.status, kStep); }},
      {"volume_down", [](const Asked& a) { return volume_by(a.status, -kStep); }},
      {"volume_set",
       [](const Asked& a) {
         return Lines(std::vector{line("setvol", std::lround(a.command.number("volume_level", 0) * 100))});
       }},
      {"volume_mute",
       [](const Asked& a) {
         return Lines(std::vector{line("setvol", flag(a.command, "is_volume_muted") ? 0 : a.loud)});
       }},
      {"shuffle_set",
       [](const Asked& a) { return Lines(std::vector{line("random", flag(a.command, "shuffle") ? 1 : 0)}); }},
      {"repeat_set", [](const Asked& a) { return repeat(a.command); }},
      {"select_source", [](const Asked& a) { return source(a.command); }},
      {"clear_playlist", [](const Asked&) { return Lines(std::vector<std::string>{"clear"}); }},
  };
  return kServices;
}

wire::Result<MediaOrder::Place> read_place(const wire::Value* enqueue) {
  using Place = MediaOrder::Place;
  if (enqueue == nullptr || enqueue->is_null()) return Place::replace;
  if (const bool* added = enqueue->as_bool()) return *added ? Place::add : Place::play;
  const std::string_view text = enqueue->string_or("");
  if (text == "replace") return Place::replace;
  if (text == "add") return Place::add;
  if (text == "next") return Place::next;
  if (text == "play") return Place::play;
  return Error{ErrorCode::out_of_range, "enqueue is replace, add, next or play", "enqueue"};
}

std::string content(const wire::Object& data, std::string_view key) {
  const wire::Value* own = data.find(key);
  const wire::Value* media = data.find("media");
  if (own == nullptr && media != nullptr && media->as_object() != nullptr)
    own = media->as_object()->find(key);
  return own == nullptr ? std::string() : std::string(own->string_or(""));
}

wire::Result<std::optional<int>> read_volume(const wire::Object& data) {
  const wire::Value* extra = data.find("extra");
  const wire::Value* volume =
      extra == nullptr || extra->as_object() == nullptr ? nullptr : extra->as_object()->find("volume");
  if (volume == nullptr) return std::optional<int>();
  const double level = volume->is_number() ? volume->number_or(-1) : -1;
  if (!(level >= 0 && level <= 1))
    return Error{ErrorCode::out_of_range, "volume is a number from 0 to 1", "extra.volume"};
  return std::optional(static_cast<int>(std::lround(level * 100)));
}

}  // namespace

Lines lines_for(const Command& command, const Status& status, int loud) {
  const auto found = services().find(command.service);
  if (found == services().end()) return refused("a music player has no " + command.service);
  return found->second({command, status, loud});
}

wire::Result<MediaOrder> read_order(const wire::Object& data) {
  MediaOrder order;
  order.uri = content(data, "media_content_id");
  if (order.uri.empty())
    return Error{ErrorCode::malformed,
                 "play_media needs media_content_id: a URL, a file of the library or a playlist",
                 {}};
  if (order.uri.size() > kUriLimit || !command_line("", {order.uri}))
    return Error{ErrorCode::malformed, "media_content_id has at most 4,000 bytes and no line breaks",
                 "media_content_id"};
  if (order.uri.starts_with("media-source:"))
    return Error{ErrorCode::unsupported, "media-source: is Home Assistant's own; give the URL itself",
                 "media_content_id"};
  order.playlist = content(data, "media_content_type") == "playlist";
  const auto place = read_place(data.find("enqueue"));
  if (!place) return place.error();
  order.place = *place;
  const wire::Value* announce = data.find("announce");
  order.announce = announce != nullptr && announce->bool_or(false);
  if (order.announce && order.playlist)
    return Error{ErrorCode::refused, "a playlist cannot be announced, only a sound", "announce"};
  const auto volume = read_volume(data);
  if (!volume) return volume.error();
  order.volume = *volume;
  return order;
}

std::vector<std::string> lines_for(const MediaOrder& order, const Status& status) {
  using Place = MediaOrder::Place;
  const bool here = order.place == Place::next || order.place == Place::play;
  const std::int64_t place = here && status.song ? *status.song + 1 : status.queue_length;
  std::vector<std::string> arguments{order.uri};
  if (order.playlist) arguments.emplace_back("0:");
  arguments.push_back(std::to_string(place));
  std::vector<std::string> lines{*command_line(order.playlist ? "load" : "add", arguments)};
  if (order.place == Place::replace || order.place == Place::play) lines.push_back(line("play", place));
  // Only now: what cannot be played has not cost the queue.
  if (order.place == Place::replace && place > 0)
    lines.push_back(line("delete", "0:" + std::to_string(place)));
  return lines;
}

}  // namespace gable::mpd
