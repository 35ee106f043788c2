#pragma once
// One player's connection, kept up: made again with back-off when it is lost, its protocol spoken, each
// request answered exactly once. On the loop's thread.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "connection.hpp"
#include "node/backoff.hpp"
#include "node/loop.hpp"
#include "protocol/client.hpp"

namespace gable::mpd {

// What became of a request.
struct Outcome {
  Reply reply;        // empty when `lost`
  std::string error;  // for people; empty: it was carried out
  bool lost = false;  // there is no answer; it may or may not have been carried out
};

class PlayerLink {
 public:
  struct Handlers {
    std::function<void()> ready;
    std::function<void(const std::vector<std::string>& subsystems)> changed;
    // Not called again until it was ready, unless the reason is another one.
    std::function<void(const std::string& reason)> lost;
  };
  using Then = std::function<void(const Outcome& outcome)>;

  // `seed` of the back-off's jitter. `loop` outlives the link.
  PlayerLink(node::Loop& loop, Address address, std::string password, std::uint32_t seed);
  ~PlayerLink();
  PlayerLink(const PlayerLink&) = delete;
  PlayerLink& operator=(const PlayerLink&) = delete;

  void start(Handlers handlers);
  // Commands in one go (see command_line); `then` is called exactly once, unless the link is destroyed.
  void request(const std::vector<std::string>& lines, Then then);
  [[nodiscard]] bool ready() const { return client_ && client_->ready(); }

 private:
  void open();
  void pump();
  void perform(const ClientEvent& event);
  void lose(const std::string& reason, bool refused);
  void arm();
  [[nodiscard]] Moment now() const;

  node::Loop& loop_;
  const Address address_;
  const std::string password_;
  Handlers handlers_;
  node::Backoff backoff_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Client> client_;
  std::map<std::uint64_t, Then> waiting_;
  std::uint64_t last_id_ = 0;
  node::TimerId retry_ = 0, tick_ = 0;
  std::string said_;  // the last reason
};

}  // namespace gable::mpd
