#pragma once
// What a command of the contract is in the player's words. No state, no I/O.

#include <optional>
#include <string>
#include <vector>

#include "bridge/command.hpp"
#include "protocol/announcer.hpp"
#include "protocol/player.hpp"
#include "wire/result_type.hpp"

namespace gable::mpd {

// The lines for a command of the media player other than play_media. `loud`: the volume to go back to from
// mute. Errors: refused (it makes no sense now), malformed.
wire::Result<std::vector<std::string>> lines_for(const bridge::Command& command, const Status& status,
                                                 int loud);

// What play_media asks for.
struct MediaOrder {
  enum class Place { replace, add, next, play };
  std::string uri;  // of the library, or a URL; or a stored playlist's name
  bool playlist = false;
  Place place = Place::replace;
  bool announce = false;
  std::optional<int> volume;  // of the announcement, 0–100
};
// Errors: malformed, out_of_range.
wire::Result<MediaOrder> read_order(const wire::Object& data);
// The lines that put it into the queue as it is now, and play it where that is meant.
std::vector<std::string> lines_for(const MediaOrder& order, const Status& status);

}  // namespace gable::mpd
