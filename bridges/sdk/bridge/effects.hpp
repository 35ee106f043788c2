#pragma once
// What the pure core of a bridge takes in and gives out. Plain values: the edge performs effects in their
// order.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/command.hpp"
#include "bridge/command_memory.hpp"
#include "bridge/log_level.hpp"
#include "node/clock.hpp"
#include "node/mqtt_port.hpp"
#include "wire/description.hpp"
#include "wire/documents.hpp"

namespace gable::bridge {

// The time of an input: wall clock for documents, steady for deadlines.
struct Now {
  wire::Time wall;
  node::Steady steady;
};

// Names one command or request that is under way. 0 is none.
using Token = std::uint64_t;

// ── inputs ──
struct Connected {
  int protocol_version = 5;
};
struct ConnectionLost {};
struct Inbound {
  node::Message message;
};
struct DeviceAdded {
  std::string device;
  wire::DeviceDescription description;
};
struct DeviceRemoved {
  std::string device;
};
// The device has a command handler.
struct HandlerSet {
  std::string device;
  std::chrono::milliseconds timeout;
};
struct Reported {
  std::string device, entity;
  wire::Object state;
};
struct EventHappened {
  std::string device, entity, event_type;
  wire::Object data;
};
struct LinkChanged {
  std::string device;
  wire::LinkDoc link;
};
struct InventoryChanged {
  bool complete = true;
};
// Degraded while there is a reason. With `links`, no device can be reached either.
struct ConditionChanged {
  std::optional<std::string> reason;
  bool links = false;
};
struct Answered {
  Token token = 0;
  wire::CommandStatus status = wire::CommandStatus::done;
  std::optional<wire::ErrorCode> code;
  std::string reason;
  std::optional<wire::Object> state;  // reported before the result
};
struct Responded {
  Token token = 0;
  wire::ResponseDoc response;  // `id` is filled in
};
// A method of request/<method> that the author answers.
struct MethodAdded {
  std::string method, help;
};
// Deletes the topics of a device that is not there.
struct TopicsCleared {
  std::string device;
};
// Publish everything again.
struct RefreshAsked {};
// Publish the states that wait for their turn to end.
struct Flush {};
struct Tick {};

using Event = std::variant<Connected, ConnectionLost, Inbound, DeviceAdded, DeviceRemoved, HandlerSet,
                           Reported, EventHappened, LinkChanged, InventoryChanged, ConditionChanged, Answered,
                           Responded, MethodAdded, TopicsCleared, RefreshAsked, Flush, Tick>;

// ── effects ──
struct Publish {
  node::Message message;
};
struct Subscribe {
  std::vector<node::Subscription> subscriptions;
};
struct Unsubscribe {
  std::vector<std::string> filters;
};
struct SetStatus {
  wire::ParticipantStatus status;
  std::string reason;
};
// Call the device's command handler; exactly one final Answered is expected for the token.
struct Execute {
  Token token;
  std::string device;
  Command command;
};
// Call the request handler of `method`; one Responded is expected.
struct HandleRequest {
  Token token;
  std::string method;
  wire::Object arguments;
};
// Must be on disk before the next effect.
struct Remember {
  SeenCommand seen;
};
struct LogLine {
  LogLevel level;
  std::string text;
};

using Effect =
    std::variant<Publish, Subscribe, Unsubscribe, SetStatus, Execute, HandleRequest, Remember, LogLine>;
using Effects = std::vector<Effect>;

}  // namespace gable::bridge
