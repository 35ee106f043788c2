#pragma once
// The programs that the core wants run, each on a thread of its own, so that none holds up the house.

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "core/effects.hpp"
#include "core/event.hpp"
#include "node/loop.hpp"

namespace gable::hub {

class EdgeActions {
 public:
  using Ended = std::function<void(const ProcessEnded&)>;

  // `loop` must outlive this object. `ended` is called on the owner thread.
  EdgeActions(node::Loop& loop, Ended ended) : loop_(loop), ended_(std::move(ended)) {}
  // Kills what still runs.
  ~EdgeActions();
  EdgeActions(const EdgeActions&) = delete;
  EdgeActions& operator=(const EdgeActions&) = delete;

  // Owner thread.
  void start(EdgeAction action);

 private:
  void refuse(std::uint64_t id, std::string why);
  void finish(const ProcessEnded& ended);

  node::Loop& loop_;
  Ended ended_;
  std::atomic<bool> stopping_{false};
  std::map<std::uint64_t, std::thread> threads_;
};

}  // namespace gable::hub
