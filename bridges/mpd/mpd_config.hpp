#pragma once
// The configuration of the MPD bridge: its players.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connection.hpp"
#include "node/config_tree.hpp"

namespace gable::mpd {

inline constexpr std::size_t kPlayerLimit = 32;

struct PlayerConfig {
  std::string id;    // of the device
  std::string name;  // for people
  std::string area;  // may be empty
  Address address;
  std::string password;                // may be empty
  std::optional<int> announce_volume;  // 0–100; none: as it is
};

// `own`: the bridge's part of its file (Bridge::config); null: one player on this machine. Throws
// node::ConfigError with file, line and column.
std::vector<PlayerConfig> read_mpd_config(const node::ConfigNode& own);
// `name` stands in messages.
std::vector<PlayerConfig> read_mpd_text(const std::string& name, std::string_view yaml);

// "host", "host:6600", "[::1]:6600", "/run/mpd/socket", "@abstract". Nothing when it is none.
std::optional<Address> parse_address(std::string_view text);

}  // namespace gable::mpd
