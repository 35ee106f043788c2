#pragma once
// What the author of a bridge works with: Bridge adds devices, Device reports what it does and takes
// commands, Reply answers one command. Everything here is used on the loop's thread only; a Worker carries
// blocking calls. Device, Reply and Answer are small handles to copy and capture; they do nothing (and log it
// once) after the device or the bridge has gone.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/command.hpp"
#include "bridge/log_level.hpp"
#include "bridge/model.hpp"
#include "node/loop.hpp"
#include "wire/documents.hpp"
#include "wire/result_type.hpp"

namespace gable::node {
class ConfigNode;
}

namespace gable::bridge {

class Engine;
class Transport;
class Worker;

// The answer to one command. The first final answer counts; when every copy is gone without one, or the time
// is over, the command fails with words that say so.
class Reply {
 public:
  // Under way; a final answer follows. Restarts the time limit.
  void accepted() const;
  void done() const;
  // Reports `state` of the command's entity, then done: state comes before the result.
  void done(Object state) const;
  void failed(std::string reason, wire::ErrorCode code = wire::ErrorCode::failed) const;
  void rejected(std::string reason, wire::ErrorCode code = wire::ErrorCode::refused) const;

  struct Token;
  explicit Reply(std::shared_ptr<const Token> token) : token_(std::move(token)) {}

 private:
  // Shared by the copies that an author keeps: the last one to go tells that nobody will answer.
  std::shared_ptr<const Token> token_;
};

// The answer to a request; the same rules as for Reply.
class Answer {
 public:
  void ok(Value data = {}) const;
  void failed(std::string reason, wire::ErrorCode code = wire::ErrorCode::failed) const;

  struct Token;
  explicit Answer(std::shared_ptr<const Token> token) : token_(std::move(token)) {}

 private:
  std::shared_ptr<const Token> token_;  // shared as in Reply
};

using CommandHandler = std::function<void(const Command& command, Reply reply)>;
using RequestHandler = std::function<void(const Object& arguments, Answer answer)>;

// How a call of one of the house's services ended.
struct CallOutcome {
  bool done = false;
  std::string error;  // for people; empty when it is done
  std::optional<wire::ErrorCode> code;
};

class Bridge;

class Device {
 public:
  [[nodiscard]] const std::string& id() const { return id_; }

  // Merges into what was reported before; the published document is always complete. A null removes an
  // attribute (a null state means unknown). Values that break the description are not published, but logged
  // once and counted. A report that changes nothing is not published again, unless the entity has a due
  // interval. A report on a device whose link is offline brings it online, state first.
  void report(Object state) const;  // a device that is one entity
  void report(std::string_view entity, Object state) const;
  // A press, a scan, a pulse: never retained. `data` becomes attributes of the event.
  void event(std::string_view event_type, Object data = {}) const;
  void event(std::string_view entity, std::string_view event_type, Object data) const;

  // One handler a device; without one commands are rejected. `timeout`: from the command, or from accepted(),
  // to the final answer.
  void on_command(CommandHandler handler, std::chrono::milliseconds timeout = std::chrono::seconds(10)) const;

  void online() const;
  void offline(std::string reason) const;
  void link(wire::LinkDoc link) const;

  // Reads now and then every `period`, on the loop's thread, and reports what `read` returns. When it throws,
  // the link goes offline with the exception's text, until it succeeds.
  void poll(std::chrono::milliseconds period, std::function<Object()> read) const;
  // The same on the worker's thread, for calls that block.
  void poll(std::chrono::milliseconds period, Worker& worker, std::function<Object()> read) const;

  // What was last reported, without bookkeeping; null when unknown.
  [[nodiscard]] const Value* state(std::string_view name = "state", std::string_view entity = {}) const;
  void remove() const;
  [[nodiscard]] bool exists() const;

  struct Owner;
  Device() = default;
  Device(std::weak_ptr<Owner> owner, std::string id) : owner_(std::move(owner)), id_(std::move(id)) {}

 private:
  // Null, said once, when the device or the bridge has gone.
  [[nodiscard]] Engine* live() const;

  std::weak_ptr<Owner> owner_;
  std::string id_;
};

class Bridge {
 public:
  // Adds a device, or replaces the description of the one with this id (its state is kept where it still
  // fits). `id`: [A-Za-z0-9_.:-]{1,128}, the same on every start. Throws std::invalid_argument for an id or
  // description that the contract refuses. At most 5,000 devices.
  Device add(std::string id, const Model& model);
  // Takes the device and its topics off the tree.
  void remove(std::string_view id);
  [[nodiscard]] std::optional<Device> find(std::string_view id) const;
  [[nodiscard]] std::vector<std::string> devices() const;

  // Devices are still being found after setup: the inventory says so until inventory_complete(). Without this
  // call the inventory is complete when the setup function returns. Only a complete inventory makes the
  // bridge online, and clears what a former run has left on the broker and is no longer there.
  void discovering();
  void inventory_complete();

  // Runs `work` now and then every `period`; exceptions are logged once until it succeeds again. A run that
  // takes longer than the period is warned of once, by `name`.
  void poll(std::chrono::milliseconds period, std::function<void()> work, std::string name = "poll");
  // Runs on the worker's thread; the task that it returns runs on the loop. Never two at a time.
  void poll(std::chrono::milliseconds period, Worker& worker, std::function<node::Task()> work,
            std::string name = "poll");

  // bridge/<b>/request/<method>. There already: refresh, forget, methods. `help` is one line for people.
  void on_request(const std::string& method, std::string help, RequestHandler handler);
  // Called for request/refresh before everything is published again: read what can be read.
  void on_refresh(std::function<void()> handler);
  // Called for request/forget of a device that is there. Without a handler such a request is refused.
  void on_forget(std::function<void(const std::string& device, Answer answer)> handler);

  // Connects, reconnects with back-off; while it is lost the bridge is `degraded` and links are offline. The
  // transport must live as long as the bridge.
  void use(Transport& transport);
  // For what is not a Transport: status `degraded` with this reason, until recovered().
  void degraded(std::string reason);
  void recovered();

  // Asks the hub for a service of the house, as a person would: call("media_player.play_media",
  // {{"target", …}, {"data", …}}, …). For bridges that need another's device, as a voice needs a player; the
  // broker has to allow it (`write <root>/call/…` beside the bridge's own part). `then` is called once, at
  // the latest after 20 s; over MQTT 3.1.1, which has no answers, as soon as it was sent.
  void call(const std::string& service, const Object& document,
            std::function<void(const CallOutcome& outcome)> then);

  // To the program's log and, from `info` up, to bridge/<b>/log.
  void log(LogLevel level, std::string_view text);
  // The same, once for each key in the life of the process.
  void log_once(std::string_view key, LogLevel level, std::string_view text);

  // What --config FILE holds beside `broker`, `root` and `id`, which every bridge has; a null node without a
  // file.
  [[nodiscard]] const node::ConfigNode& config() const;
  // Of this process's command line; empty when it was not given.
  [[nodiscard]] const std::string& config_file() const;
  [[nodiscard]] std::string option(std::string_view name) const;
  [[nodiscard]] const std::string& id() const;
  // A directory of the bridge's own for what it must remember; exists.
  [[nodiscard]] const std::string& state_dir() const;
  [[nodiscard]] node::Loop& loop();
  [[nodiscard]] const node::Clock& clock() const;
  // A worker thread of this bridge; lives as long as the bridge.
  Worker& worker(std::string name, std::size_t queue_limit = 64);
  // Makes a part of the bridge that its handlers, timers and workers name: it ends after transports and
  // workers, and before everything else that it may use. A constructor's exceptions pass, as in setup.
  template <class Part, class... Arguments>
  Part& keep(Arguments&&... arguments) {
    auto part = std::make_shared<Part>(std::forward<Arguments>(arguments)...);
    hold(part);
    return *part;
  }
  // Ends the program in order.
  void stop(std::string reason);
  // Called once when the bridge is about to end, before it says offline.
  void on_stop(std::function<void()> handler);

  // Made by run(), or by a test through runtime.hpp.
  struct Impl;
  explicit Bridge(std::shared_ptr<Impl> impl);
  ~Bridge();
  Bridge(const Bridge&) = delete;
  Bridge& operator=(const Bridge&) = delete;
  [[nodiscard]] Impl& impl() { return *impl_; }

 private:
  void hold(std::shared_ptr<void> part);

  // Shared with nobody; tasks that wait in the loop hold it weakly.
  std::shared_ptr<Impl> impl_;
};

}  // namespace gable::bridge
