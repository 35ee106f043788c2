#pragma once
// What the parts of the pure core share during one turn: the tree, the time of the input, and the effects
// that collect. Owned by BridgeCore.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "bridge/effects.hpp"
#include "wire/topic.hpp"

namespace gable::bridge {

// How long a result, response, event or log line is worth delivering.
inline constexpr std::uint32_t kAnswerExpirySeconds = 60;

class CoreContext {
 public:
  CoreContext(wire::TopicTree tree, std::string bridge, std::string session_id)
      : tree_(std::move(tree)), bridge_(std::move(bridge)), session_id_(std::move(session_id)) {}

  [[nodiscard]] const wire::TopicTree& tree() const { return tree_; }
  [[nodiscard]] const std::string& bridge() const { return bridge_; }
  [[nodiscard]] const Now& now() const { return now_; }
  [[nodiscard]] std::string topic(wire::TopicKind kind, std::string_view name = {}) const {
    return tree_.bridge(kind, bridge_, name);
  }
  // A new id, unlike any other of this or another process: for events, and commands that came without one.
  std::string make_id();

  void add(Effect effect) { effects_.push_back(std::move(effect)); }
  void publish_retained(std::string topic, std::string payload);
  // Not retained, with an expiry.
  void publish_once(std::string topic, std::string payload);
  void log(LogLevel level, std::string text) { add(LogLine{level, std::move(text)}); }
  // Once for each key in the life of the process.
  void log_once(const std::string& key, LogLevel level, std::string text);
  // Something from outside or from the author that was wrong.
  void count_error() { ++errors_; }
  [[nodiscard]] std::int64_t errors() const { return errors_; }

  // Whether a message to set/ or request/ may act, by its retain flag (design section 2, rule 4). What was
  // stored is cleared from the broker.
  bool admit(const node::Message& message);

  void begin(const Now& now) { now_ = now; }
  Effects take() { return std::exchange(effects_, {}); }

  int protocol_version = 5;

 private:
  wire::TopicTree tree_;
  std::string bridge_, session_id_;
  Now now_{};
  Effects effects_;
  std::unordered_set<std::string> logged_;
  std::uint64_t last_id_ = 0;
  std::int64_t errors_ = 0;
};

// Where the answer to one message goes.
struct ReplyRoute {
  std::string id;              // of the answer document; empty when the sender gave none
  std::string response_topic;  // empty: only the usual topic
  std::string correlation;     // MQTT 5, returned as it came
};

// Takes response topic and correlation of `message` where they are allowed: answers go only below
// <root>/client/ or bridge/<b>/response/ (design section 2), so that nobody can make us write elsewhere.
ReplyRoute route_of(const node::Message& message, CoreContext& context);

// Publishes an answer on `topic`, and on the response topic when there is one.
void publish_answer(const std::string& topic, const std::string& payload, const ReplyRoute& route,
                    CoreContext& context);

// `_id` of a payload; an integer counts as its text. Error: malformed (another type, empty, over 128 bytes).
wire::Result<std::string> message_id(const wire::Object& document);

}  // namespace gable::bridge
