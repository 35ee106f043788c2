#pragma once
// Pure: no clock, socket or thread; bytes in, replies out.
// The server's half of the Music Player Daemon's protocol: a greeting, then one reply for each command or
// command list. A reply is lines "key: value" (and at most one binary chunk a section) that end in OK or ACK.

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gable::mpd {

struct Pair {
  std::string key, value;
};

// What one command of a list answered.
struct Section {
  std::vector<Pair> pairs;
  std::string binary;
  // The first value of `key`; null when there is none. Borrowed.
  [[nodiscard]] const std::string* find(std::string_view key) const;
};

// "ACK [50@0] {play} No such song"
struct Refusal {
  int code = 0;           // kNoPermission …
  std::size_t index = 0;  // of the command within its list
  std::string command, text;
};
inline constexpr int kWrongPassword = 3;
inline constexpr int kNoPermission = 4;
inline constexpr int kUnknownCommand = 5;
inline constexpr int kNotFound = 50;

struct Reply {
  std::vector<Section> sections;  // of the commands that were carried out, at least one unless refused
  std::optional<Refusal> refusal;
};

// More of it than this is no answer of a music player that we can use.
inline constexpr std::size_t kLineLimit = 64 * 1024;
inline constexpr std::size_t kReplyLimit = 4 * 1024 * 1024;  // bytes of one reply
inline constexpr std::size_t kPairLimit = 100'000;           // lines of one reply

class Reader {
 public:
  // Takes in what came from the server. Nothing more is read once it is broken.
  void feed(std::string_view bytes);
  // Empty until the greeting has come.
  [[nodiscard]] const std::string& version() const { return version_; }
  // Replies in the order of their commands; nothing when none is complete.
  std::optional<Reply> next();
  // Why these bytes are no music player's, for people; empty: they are.
  [[nodiscard]] const std::string& broken() const { return broken_; }

 private:
  void fail(std::string_view expected, std::string_view got);
  void take_line(std::string_view line);
  void take_pair(std::string_view line);
  std::size_t take_binary(std::string_view bytes);
  void end_section();
  void end_reply(std::optional<Refusal> refusal);

  std::string pending_;                // an incomplete line
  std::size_t binary_left_ = 0;        // of the chunk that is coming
  bool binary_end_ = false;            // its closing line break is due
  std::size_t bytes_ = 0, pairs_ = 0;  // of the reply that is coming
  bool listed_ = false;                // list_OK was seen
  Section section_;
  Reply reply_;
  std::deque<Reply> ready_;
  std::string version_, broken_;
};

// A command line without its line break: arguments in quotation marks. Nothing when an argument holds what
// the protocol has no way to say (line breaks, NUL).
std::optional<std::string> command_line(std::string_view command, const std::vector<std::string>& arguments);

// For people: valid UTF-8 without control characters, cut after `limit` bytes at most.
std::string printable(std::string_view text, std::size_t limit = 80);

}  // namespace gable::mpd
