#pragma once
// One receiver of messages: its entity, its queue, its attempts. On the loop's thread.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "bridge/bridge.hpp"
#include "notify_config.hpp"
#include "outbox_file.hpp"
#include "protocol/attempt.hpp"
#include "protocol/outbox.hpp"

namespace gable::notify {

class Target {
 public:
  using Done = std::function<void(const Judgement& judgement)>;
  // Makes one attempt, on whatever thread: calls `handing_over` before anything leaves that could be taken
  // for the message, and `done` once, on the loop's thread.
  struct Attempted {
    Message message;
    std::function<void()> handing_over;
    Done done;
  };
  using Deliver = std::function<void(const Attempted& attempted)>;

  // `bridge` names this until it has ended.
  Target(bridge::Bridge& bridge, TargetConfig config, Deliver deliver);
  ~Target();
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;

  [[nodiscard]] const TargetConfig& config() const { return config_; }

 private:
  void restore();
  void on_command(const bridge::Command& command, const bridge::Reply& reply);
  void pump();
  void give_up();
  void ended(const Message& message, const Judgement& judgement);
  void answer(const std::string& id, const std::string& error);
  void report(const std::string& trouble);
  void written(bool is);
  void arm();
  [[nodiscard]] Moment now() const;

  bridge::Bridge& bridge_;
  node::Loop& loop_;  // lives longer than the bridge
  const Moment began_;
  const node::Steady began_steady_;
  const TargetConfig config_;
  const Deliver deliver_;
  Outbox outbox_;
  // Shared with the attempt under way, which may outlive this.
  const std::shared_ptr<OutboxFile> file_;
  bridge::Device device_;
  std::map<std::string, bridge::Reply> replies_;  // by id, while the result is open
  std::uint64_t serial_ = 0;
  node::TimerId timer_ = 0;
  // Weakly held by attempts under way, which may outlive this.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace gable::notify
