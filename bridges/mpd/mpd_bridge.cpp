#include "mpd_bridge.hpp"

#include <algorithm>

#include "wire/utf8.hpp"

namespace gable::mpd {

MpdBridge::MpdBridge(bridge::Bridge& bridge, const std::vector<PlayerConfig>& players, std::uint32_t seed)
    : bridge_(bridge) {
  bridge_.discovering();
  for (const PlayerConfig& config : players)
    players_.push_back(std::make_unique<MpdPlayer>(bridge, config, ++seed, [this] { settled(); }));
  // When the loop runs: whoever only wants the description opens no connection.
  bridge_.loop().post([this, alive = std::weak_ptr(alive_)] {
    if (alive.expired()) return;
    for (const auto& player : players_) player->start();
  });
  add_requests();
  bridge_.on_refresh([this] {
    for (const auto& player : players_) player->refresh();
  });
}

// Online means: what is known now is on the tree. A player that cannot be reached is known to be away.
void MpdBridge::settled() {
  if (!complete_ &&
      std::all_of(players_.begin(), players_.end(), [](const auto& each) { return each->settled(); })) {
    complete_ = true;
    bridge_.inventory_complete();
  }
  std::string trouble;
  for (const auto& player : players_) {
    if (player->trouble().empty()) return bridge_.recovered();
    trouble += (trouble.empty() ? "" : "; ") + player->config().id + ": " + player->trouble();
  }
  bridge_.degraded("no player can be reached: " + wire::shortened(trouble, 500));
}

MpdPlayer* MpdBridge::named(const bridge::Object& arguments, const bridge::Answer& answer) {
  const wire::Value* device = arguments.find("device");
  if (device == nullptr && players_.size() == 1) return players_.front().get();
  const std::string id(device == nullptr ? "" : device->string_or(""));
  for (const auto& player : players_) {
    if (player->config().id == id) return player.get();
  }
  answer.failed(id.empty() ? "say which player: {\"device\": \"" + players_.front()->config().id + "\"}"
                           : "there is no player '" + printable(id) + "'",
                wire::ErrorCode::unknown_entity);
  return nullptr;
}

void MpdBridge::add_requests() {
  struct Method {
    const char* name;
    const char* help;
    void (*run)(PlayerLink&, const bridge::Object&, const bridge::Answer&);
  };
  for (const Method& method :
       {Method{"queue", "the queue: {\"device\", \"from\": 0, \"count\": 100}", answer_queue},
        Method{"remove", "takes a song out of the queue: {\"device\", \"id\"}", answer_remove},
        Method{"move", "moves a song in the queue: {\"device\", \"id\", \"to\": place from 0}", answer_move},
        Method{"browse", "a folder of the library: {\"device\", \"path\"}", answer_browse},
        Method{"art",
               "a song's picture in parts: {\"device\", \"uri\" (else the present song), \"offset\": 0}",
               answer_art}}) {
    bridge_.on_request(
        method.name, method.help,
        [this, run = method.run](const bridge::Object& arguments, const bridge::Answer& answer) {
          if (MpdPlayer* player = named(arguments, answer)) run(player->link(), arguments, answer);
        });
  }
}

}  // namespace gable::mpd
