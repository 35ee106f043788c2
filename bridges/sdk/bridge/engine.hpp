#pragma once
// Runs the pure core: performs its effects, arms its timer, calls the author's handlers. Internal to the SDK;
// one for each Bridge, on the loop's thread.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "bridge/bridge.hpp"
#include "bridge/bridge_core.hpp"
#include "bridge/command_memory.hpp"
#include "bridge/effects.hpp"
#include "node/loop.hpp"
#include "node/session.hpp"

namespace gable::bridge {

class Poller;

// What handles hold on to. Reply and Answer may be dropped on any thread, so that they only ever post to the
// loop, which outlives the bridge.
struct Device::Owner {
  Owner(node::Loop& its_loop, Engine* its_engine) : loop(its_loop), engine(its_engine) {}
  node::Loop& loop;
  Engine* engine;
};

class Engine {
 public:
  struct Options {
    wire::TopicTree tree;
    CoreOptions core;
    CommandMemory* memory = nullptr;                                                 // may be null
    std::function<void(LogLevel, std::string_view)> log;                             // may be empty
    std::function<void(wire::ParticipantStatus, const std::string& reason)> status;  // may be empty
  };

  Engine(node::Loop& loop, Options options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Effects that need a connection go there from now on. Null: nowhere.
  void use(node::Session* session) { session_ = session; }
  void handle(const Event& event);

  void set_handler(const std::string& device, CommandHandler handler, std::chrono::milliseconds timeout);
  void set_method(const std::string& method, std::string help, RequestHandler handler);
  void remove(const std::string& device);
  void log(LogLevel level, std::string_view text);
  void log_once(std::string_view key, LogLevel level, std::string_view text);
  // The inventory of the author is complete; said once no first reading is under way any more.
  void set_complete(bool complete);
  void first_reading_begins() { ++first_readings_; }
  void first_reading_ends();

  // Beside the core: what is not of the bridge's own part of the tree. Nowhere without a session.
  void publish(node::Message message);
  void listen(const std::string& filter);
  [[nodiscard]] int protocol_version() const;

  [[nodiscard]] const BridgeCore& core() const { return core_; }
  [[nodiscard]] Poller& poller() { return *poller_; }
  [[nodiscard]] node::Loop& loop() { return loop_; }
  [[nodiscard]] const wire::TopicTree& tree() const { return tree_; }
  [[nodiscard]] const std::string& bridge() const { return bridge_; }
  [[nodiscard]] std::weak_ptr<Device::Owner> owner() const { return owner_; }
  [[nodiscard]] Device device(std::string id) const { return {owner_, std::move(id)}; }

 private:
  void perform(Publish&& effect);
  void perform(Subscribe&& effect);
  void perform(Unsubscribe&& effect);
  void perform(SetStatus&& effect);
  void perform(Execute&& effect);
  void perform(HandleRequest&& effect);
  void perform(Remember&& effect);
  void perform(LogLine&& effect);
  [[nodiscard]] Now now() const;
  void arm();
  void flush_later();

  node::Loop& loop_;
  wire::TopicTree tree_;
  std::string bridge_;
  BridgeCore core_;
  CommandMemory* memory_;
  std::function<void(LogLevel, std::string_view)> log_;
  std::function<void(wire::ParticipantStatus, const std::string& reason)> status_;
  node::Session* session_ = nullptr;
  std::map<std::string, CommandHandler, std::less<>> command_handlers_;
  std::map<std::string, RequestHandler, std::less<>> request_handlers_;
  std::map<std::string, bool, std::less<>> logged_;
  node::TimerId timer_ = 0;
  bool flush_waits_ = false;
  std::optional<node::Steady> armed_for_;
  std::size_t first_readings_ = 0;
  bool wants_complete_ = false;
  int log_budget_ = 0;
  node::Steady log_minute_{};
  // Shared with the handles, which hold it weakly: they notice by it that the bridge has gone.
  std::shared_ptr<Device::Owner> owner_;
  std::unique_ptr<Poller> poller_;
};

}  // namespace gable::bridge
