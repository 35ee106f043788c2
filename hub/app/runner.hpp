#pragma once
// Runs the core: one owner thread turns messages and deadlines into core events, and carries out the effects
// in the order that keeps promises: saved, then commanded, then told (design section 3).

#include <functional>
#include <memory>
#include <string>

#include "app/journal_port.hpp"
#include "app/store.hpp"
#include "core/core.hpp"
#include "core/flood_gate.hpp"
#include "disk/rule_folder.hpp"
#include "node/session.hpp"
#include "wire/topic.hpp"

namespace gable::hub {

class Runner {
 public:
  struct Parts {
    node::Loop& loop;
    node::Session& session;
    Core& core;
    StorePort& store;
    JournalPort& journal;
    const wire::TopicTree& topics;
    std::function<void(LogLevel, const std::string&)> log;
    std::function<void(EdgeRequest)> request;  // what the core leaves to the edges
    std::function<void(EdgeAction)> start;     // a program to be run; end() tells how it ended
  };
  explicit Runner(Parts parts);

  // Reads the store into the core. Call once, before the session starts. Throws std::runtime_error when it
  // cannot be read.
  void restore(const House& house);

  void on_connected(const node::Connected& event);
  void on_disconnected(const node::Disconnected& event);
  void on_message(const node::Message& message);
  void notice(ProblemNoticed problem);
  void end(const ProcessEnded& ended);
  void reload(const House& house);
  // Carries out what still waits for others to share its transaction, or until commands have left. Call once
  // the loop has stopped.
  void finish() { settle(); }
  // The rules' files have been read: at start after restore(), and whenever they change.
  // `reports`: what the checker says of them.
  void load_rules(rules::RuleFolder folder, rules::Enforcement house_wide,
                  std::vector<rules::RuleReport> reports = {});
  // The answer to an EdgeRequest.
  void answer(const EdgeRequest& request, const wire::ResponseDoc& response);

 private:
  // Runs the core and carries out at once what it decided …
  void turn(const std::function<void(Turn&)>& work);
  // … or leaves it for a while, while more messages are waiting: one transaction then serves them all.
  void collect(const std::function<void(Turn&)>& work);
  void hear(const MessageIn& message);
  // Messages that a flood has held up: some of them, whenever the queue is empty …
  void drain();
  // … what the topics said last that are muffled, and what is to be told of the floods.
  void hear_muffled();
  void tell_floods();
  void watch_flood();
  void perform();
  void drop_superseded();
  void send(Publish& publish);
  void arm();
  void idle();
  void settle();
  void info();

  Parts p_;
  Effects effects_;
  FloodGate gate_;
  node::TimerId muffled_timer_ = 0, flood_timer_ = 0;
  std::size_t heard_ = 0;      // messages since memory was looked at
  std::size_t arrived_ = 0;    // messages since the queue was empty
  std::size_t collected_ = 0;  // messages whose effects have not been carried out
  node::TimerId timer_ = 0;
  Time timer_at_{};
};

}  // namespace gable::hub
