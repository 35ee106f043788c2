#pragma once
// Commands of one bridge, from set/<device> to the final result: lenient in form, strict in type, at most
// once for each id, never late, always answered. Pure; owned by BridgeCore.

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bridge/command_words.hpp"
#include "bridge/core_context.hpp"
#include "bridge/device_record.hpp"
#include "bridge/effects.hpp"
#include "wire/command.hpp"

namespace gable::bridge {

// Commands under way at a time; more are rejected, so that a stuck device cannot grow the bridge.
inline constexpr std::size_t kCommandsUnderWay = 256;

// A command whose `_at` is older than this came too late. Only on MQTT 3.1.1, where messages do not expire.
inline constexpr std::chrono::seconds kCommandAge{30};

class CommandInbox {
 public:
  // `seen`: what a former run has remembered, oldest first.
  CommandInbox(CoreContext& context, std::vector<SeenCommand> seen);

  struct Target {
    std::string_view device;
    const DeviceRecord* record = nullptr;  // null: no such device
    bool complete = true;                  // the inventory is
    std::string_view unreachable;          // why no device can be reached now; empty: they can
  };
  void on_set(const Target& target, const node::Message& message);

  // Where a reported state belongs that comes with an answer; empty for a token that is over.
  struct Subject {
    std::string device, entity;
  };
  [[nodiscard]] std::optional<Subject> subject(Token token) const;
  void on_answer(const Answered& answer);
  void on_tick();
  // Commands of a device that has gone.
  void on_removed(std::string_view device);
  [[nodiscard]] std::optional<node::Steady> deadline() const;

 private:
  struct Group {  // the commands of one payload
    SeenCommand seen;
    ReplyRoute route;
    std::size_t open = 0;
    bool remembered = false;
  };
  struct UnderWay {
    std::uint64_t group = 0;
    std::string entity;
    node::Steady begun, deadline;
    std::chrono::milliseconds timeout{};
  };

  void reject(const Target& target, const ReplyRoute& route, const wire::Error& error,
              wire::CommandStatus status = wire::CommandStatus::rejected);
  void on_document(const Target& target, const wire::Object& document, ReplyRoute route);
  bool repeat_outcome(const Target& target, const std::string& id, const ReplyRoute& route);
  [[nodiscard]] std::optional<wire::Error> too_late(const wire::Object& document) const;
  void begin(const Target& target, const std::string& id, const std::vector<CommandPart>& parts,
             const ReplyRoute& route);
  void execute(const Target& target, std::uint64_t group, const CommandPart& part);
  void finish(std::map<Token, UnderWay>::iterator entry, const Answered& answer);
  void publish_result(const std::string& device, const wire::ResultDoc& result, const ReplyRoute& route);
  void remember(const SeenCommand& seen);

  CoreContext& context_;
  std::map<Token, UnderWay> under_way_;
  std::map<std::uint64_t, Group> groups_;
  std::unordered_map<std::string, SeenCommand> seen_;  // by device and id
  std::deque<std::string> seen_order_;
  Token last_token_ = 0;
  std::uint64_t last_group_ = 0;
};

}  // namespace gable::bridge
