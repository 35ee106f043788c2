#pragma once
// All players of one bridge, and the requests about their queues, libraries and pictures. On the loop's
// thread.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"
#include "mpd_config.hpp"
#include "mpd_player.hpp"

namespace gable::mpd {

class MpdBridge {
 public:
  // `bridge` names this until it has ended. `seed`: every process its own.
  MpdBridge(bridge::Bridge& bridge, const std::vector<PlayerConfig>& players, std::uint32_t seed);

 private:
  void settled();
  void add_requests();
  // Null, answered, when the arguments name no player; it may be left out when there is only one.
  MpdPlayer* named(const bridge::Object& arguments, const bridge::Answer& answer);

  bridge::Bridge& bridge_;
  std::vector<std::unique_ptr<MpdPlayer>> players_;
  bool complete_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // weakly held by a task of the loop
};

// ── what requests ask of a player, in mpd_requests.cpp ──
void answer_queue(PlayerLink& link, const bridge::Object& arguments, const bridge::Answer& answer);
void answer_remove(PlayerLink& link, const bridge::Object& arguments, const bridge::Answer& answer);
void answer_move(PlayerLink& link, const bridge::Object& arguments, const bridge::Answer& answer);
void answer_browse(PlayerLink& link, const bridge::Object& arguments, const bridge::Answer& answer);
void answer_art(PlayerLink& link, const bridge::Object& arguments, const bridge::Answer& answer);

}  // namespace gable::mpd
