#pragma once
// What is seen of the bridge under test, and how it is spoken to. One examination's.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/conformance.hpp"
#include "wire/documents.hpp"
#include "wire/topic.hpp"
#include "wire/value.hpp"

namespace gable::conformance {

// A topic below the bridge's own, split.
struct Seen {
  node::Message message;
  wire::TopicKind kind = wire::TopicKind::bridge_log;
  std::string name;    // device or method
  bool known = false;  // a topic of the tree
};

class Observer {
 public:
  Observer(Connection& connection, const Options& options);

  // Subscribes and reads what is retained. False when the broker gives no answer.
  bool begin();

  // Messages in order of arrival; those before stored() were retained when we came.
  [[nodiscard]] const std::vector<Seen>& seen() const { return seen_; }
  // Below the bridge's own prefix.
  [[nodiscard]] bool of_bridge(const Seen& seen) const { return seen.message.topic.starts_with(prefix_); }
  [[nodiscard]] std::size_t mark() const { return seen_.size(); }
  [[nodiscard]] std::size_t stored() const { return stored_; }
  // The last payload on a topic of the bridge; null when there was none or it was deleted.
  [[nodiscard]] const std::string* latest(wire::TopicKind kind, std::string_view name = {}) const;
  // Devices that have a retained topic of this kind now.
  [[nodiscard]] std::vector<std::string> names(wire::TopicKind kind) const;

  using Filter = std::function<bool(const Seen&)>;
  // The first message from `since` on that passes; waits for it until the deadline.
  std::optional<Seen> wait(std::size_t since, const Filter& filter, node::Steady deadline);
  std::optional<Seen> wait(std::size_t since, const Filter& filter);
  [[nodiscard]] std::size_t count(std::size_t since, const Filter& filter) const;
  // Until all that the broker had for us has been read.
  bool barrier();

  void publish(wire::TopicKind kind, std::string_view name, std::string payload);
  void publish(const node::Message& message);
  [[nodiscard]] std::string new_id();
  // Below our own part of client/: where the bridge may answer.
  [[nodiscard]] std::string reply_topic() const;
  // Where it may not.
  [[nodiscard]] std::string forbidden_topic() const;

  [[nodiscard]] const wire::TopicTree& tree() const { return tree_; }
  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] node::Steady now() const { return connection_.now(); }
  [[nodiscard]] node::Steady patience() const { return now() + options_.patience; }
  [[nodiscard]] int protocol_version() const { return connection_.protocol_version(); }

 private:
  bool read_one(node::Steady deadline);

  Connection& connection_;
  const Options& options_;
  wire::TopicTree tree_;
  std::string prefix_;  // "gable/bridge/<bridge>/"
  std::vector<Seen> seen_;
  std::size_t stored_ = 0;
  int last_id_ = 0;
};

// Results on the usual topic for one id.
Observer::Filter result_of(std::string_view device, std::string_view id, bool final_only = true);
// The result document of a message; nothing when it is none.
std::optional<wire::ResultDoc> result_in(const Seen& seen);

// Checks are gathered here.
class Report {
 public:
  void pass(std::string name) { checks_.push_back({std::move(name), Verdict::pass, {}}); }
  void fail(std::string name, std::string words) {
    checks_.push_back({std::move(name), Verdict::fail, std::move(words)});
  }
  void skip(std::string name, std::string why) {
    checks_.push_back({std::move(name), Verdict::skipped, std::move(why)});
  }
  // `problems` empty: pass; else the first few of them.
  void add(std::string name, const std::vector<std::string>& problems);
  [[nodiscard]] std::vector<Check> take() { return std::move(checks_); }

 private:
  std::vector<Check> checks_;
};

// A payload for people: short, on one line.
std::string shown(std::string_view payload);

}  // namespace gable::conformance
