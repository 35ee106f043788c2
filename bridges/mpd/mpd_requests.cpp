// Requests about the queue, the library and pictures: no state of ours, each is one or two of the player's
// commands.

#include <algorithm>
#include <cmath>
#include <optional>

#include "mpd_bridge.hpp"
#include "wire/json.hpp"

namespace gable::mpd {

namespace {

using bridge::Answer, bridge::Object, bridge::Value;

constexpr std::int64_t kMost = 200;        // songs or entries in one answer
constexpr std::size_t kBytes = 48 * 1024;  // of one answer, so that it is within the tree's 64 KiB

// A whole number from 0; the fallback when there is none. Nothing, answered, when it is something else.
std::optional<std::int64_t> number(const Object& arguments, const char* key, std::int64_t fallback,
                                   const Answer& answer) {
  const Value* value = arguments.find(key);
  if (value == nullptr && fallback >= 0) return fallback;
  const std::int64_t* found = value == nullptr ? nullptr : value->as_int();
  if (found != nullptr && *found >= 0 && *found < 1'000'000'000) return *found;
  answer.failed(std::string(key) + " must be a whole number from 0", wire::ErrorCode::wrong_type);
  return std::nullopt;
}

std::string line(std::string_view command, const std::vector<std::string>& arguments) {
  return command_line(command, arguments).value_or(std::string(command));
}

Object song_object(const Song& song) {
  Object out{{"title", clean(song.shown())}, {"uri", clean(song.file)}};
  if (!song.artist.empty()) out.set("artist", clean(song.artist));
  if (!song.album.empty()) out.set("album", clean(song.album));
  if (song.duration) out.set("duration", *song.duration);
  if (song.id) out.set("id", *song.id);
  if (song.position) out.set("place", *song.position);
  return out;
}

void answer_done(PlayerLink& link, const std::string& line, const Answer& answer) {
  link.request({line}, [answer](const Outcome& outcome) {
    outcome.error.empty() ? answer.ok() : answer.failed(outcome.error);
  });
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t three = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    for (std::size_t i = 0; i < 3; ++i)
      three = three << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += i > count ? '=' : kDigits[three >> (18 - 6 * i) & 63U];
  }
  return out;
}

struct ArtQuestion {
  std::string uri;
  std::int64_t offset = 0;
};

// A part of the picture in the song's file, else of the one in its folder.
void ask_art(PlayerLink& link, const ArtQuestion& question, const char* command, const Answer& answer) {
  const std::string asked = line(command, {question.uri, std::to_string(question.offset)});
  link.request({asked}, [&link, question, command, answer](const Outcome& outcome) {
    if (outcome.lost) return answer.failed(outcome.error);
    const Section none;
    const Section& section = outcome.reply.sections.empty() ? none : outcome.reply.sections.front();
    const auto size = parse_integer(section.find("size"));
    if (!size || !outcome.error.empty()) {
      const bool embedded = std::string_view(command) == "readpicture";
      if (embedded) return ask_art(link, question, "albumart", answer);
      return answer.failed("there is no picture for " + clean(question.uri));
    }
    Object out{{"uri", clean(question.uri)}, {"size", *size}, {"offset", question.offset}};
    if (const std::string* type = section.find("type")) out.set("type", clean(*type));
    out.set("bytes", static_cast<std::int64_t>(section.binary.size()));
    out.set("data", base64(section.binary));
    answer.ok(std::move(out));
  });
}

}  // namespace

void answer_queue(PlayerLink& link, const Object& arguments, const Answer& answer) {
  const auto from = number(arguments, "from", 0, answer);
  if (!from) return;
  const auto count = number(arguments, "count", 100, answer);
  if (!count) return;
  const std::string range = std::to_string(*from) + ":" + std::to_string(*from + std::min(*count, kMost));
  link.request({"status", line("playlistinfo", {range})}, [answer](const Outcome& outcome) {
    const auto& sections = outcome.reply.sections;
    // A range that begins behind the end is refused.
    if (sections.empty()) return answer.failed(outcome.error);
    bridge::List songs;
    std::size_t bytes = 0;
    if (sections.size() == 2) {
      for (const Song& song : parse_songs(sections[1], kMost)) {
        Object object = song_object(song);
        bytes += wire::to_json(object).size();
        if (bytes > kBytes) break;
        songs.emplace_back(std::move(object));
      }
    }
    const Status status = parse_status(sections[0]);
    answer.ok(Object{{"length", status.queue_length},
                     {"place", status.song ? Value(*status.song) : Value()},
                     {"songs", std::move(songs)}});
  });
}

void answer_remove(PlayerLink& link, const Object& arguments, const Answer& answer) {
  if (const auto id = number(arguments, "id", -1, answer))
    answer_done(link, line("deleteid", {std::to_string(*id)}), answer);
}

void answer_move(PlayerLink& link, const Object& arguments, const Answer& answer) {
  const auto id = number(arguments, "id", -1, answer);
  if (!id) return;
  const auto to = number(arguments, "to", -1, answer);
  if (to) answer_done(link, line("moveid", {std::to_string(*id), std::to_string(*to)}), answer);
}

void answer_browse(PlayerLink& link, const Object& arguments, const Answer& answer) {
  const Value* path = arguments.find("path");
  const auto asked = command_line("lsinfo", {std::string(path == nullptr ? "" : path->string_or(""))});
  if (!asked) return answer.failed("a path has no line breaks", wire::ErrorCode::malformed);
  link.request({*asked}, [answer](const Outcome& outcome) {
    if (!outcome.error.empty()) return answer.failed(outcome.error);
    bridge::List entries;
    std::size_t bytes = 0;
    const auto found = parse_entries(outcome.reply.sections.front(), 100'000);
    for (const Entry& entry : found) {
      const char* kind = entry.kind == Entry::Kind::directory  ? "folder"
                         : entry.kind == Entry::Kind::playlist ? "playlist"
                                                               : "song";
      Object object{{"kind", kind}, {"path", clean(entry.path)}};
      bytes += wire::to_json(object).size();
      if (bytes > kBytes) break;
      entries.emplace_back(std::move(object));
    }
    const bool whole = entries.size() == found.size();
    answer.ok(Object{{"entries", std::move(entries)}, {"complete", whole}});
  });
}

void answer_art(PlayerLink& link, const Object& arguments, const Answer& answer) {
  const auto offset = number(arguments, "offset", 0, answer);
  if (!offset) return;
  const Value* given = arguments.find("uri");
  if (given != nullptr) {
    const std::string uri(given->string_or(""));
    if (uri.empty() || !command_line("", {uri}))
      return answer.failed("uri is the path of a song", wire::ErrorCode::malformed);
    return ask_art(link, {uri, *offset}, "readpicture", answer);
  }
  link.request({"currentsong"}, [&link, answer, offset = *offset](const Outcome& outcome) {
    if (!outcome.error.empty()) return answer.failed(outcome.error);
    const auto song = parse_song(outcome.reply.sections.front());
    if (!song) return answer.failed("there is no song");
    ask_art(link, {song->file, offset}, "readpicture", answer);
  });
}

}  // namespace gable::mpd
