#pragma once
// What a music player is and says, in the words of the contract. No state, no I/O.

#include <optional>
#include <string>
#include <vector>

#include "bridge/model.hpp"
#include "mpd_config.hpp"
#include "protocol/player.hpp"
#include "wire/time.hpp"

namespace gable::mpd {

inline constexpr const char* kPlayer = "player";  // key of the media player within its device
inline constexpr std::size_t kOutputLimit = 64;
inline constexpr std::size_t kPlaylistLimit = 500;

// What a player has to choose from.
struct Choices {
  std::vector<Output> outputs;
  std::vector<std::string> playlists;  // stored ones, as sources
};

// Keys of the outputs' switches, in their order: "output_kitchen_speaker", and a number where two are alike.
std::vector<std::string> output_keys(const std::vector<Output>& outputs);
bridge::Model describe(const PlayerConfig& config, const Choices& choices);

// Where a song is, as it was last told: moves by itself while playing.
struct Position {
  std::optional<std::int64_t> song_id;
  PlayState state = PlayState::stop;
  double seconds = 0;
  std::optional<double> length;
  wire::Time at;
};
// The position to tell now; `last` itself while the song only goes on.
Position position_of(const Status& status, const Position& last, wire::Time now);

struct Scene {
  const Status& status;
  const std::optional<Song>& song;
  const Position& position;
  std::string source;  // the stored playlist that was loaded; empty: unknown
  bool announcing = false;
};
// The media player's attributes, those that do not hold now as null.
bridge::Object player_state(const Scene& scene);

// Valid UTF-8 of at most 1,000 bytes.
std::string clean(const std::string& text);

// Repeat and single as Home Assistant calls them: off, all, one.
std::string repeat_mode(const Status& status);

// For the state directory: outputs and playlists as lines "key: value", and back.
std::string choices_text(const Choices& choices);
Choices parse_choices(std::string_view text);
std::vector<Pair> parse_lines(std::string_view text);

}  // namespace gable::mpd
