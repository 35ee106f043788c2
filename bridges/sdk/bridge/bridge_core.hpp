#pragma once
// The protocol machine of a bridge: what the author reports and what the broker brings go in, what to publish
// and what to call comes out. Pure: no clock, socket, file or log. The edge (runtime.cpp) performs the
// effects.
//
// Order at the start: info → device/… → state/… → link/… → inventory → status online, so that `online` means:
// what you see is current. While the broker is away nothing retained is published, since all of it is
// published again on reconnection; events and results are, and wait in the session.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/command_inbox.hpp"
#include "bridge/core_context.hpp"
#include "bridge/device_record.hpp"
#include "bridge/effects.hpp"
#include "bridge/leftovers.hpp"
#include "bridge/request_desk.hpp"
#include "wire/documents.hpp"
#include "wire/topic.hpp"

namespace gable::bridge {

inline constexpr std::size_t kDeviceLimit = 5000;

struct CoreOptions {
  std::string bridge;
  std::string session_id;
  wire::InfoDoc info;
  std::vector<SeenCommand> seen;  // of former runs, oldest first
};

class BridgeCore {
 public:
  BridgeCore(const wire::TopicTree& tree, CoreOptions options);
  BridgeCore(const BridgeCore&) = delete;
  BridgeCore& operator=(const BridgeCore&) = delete;

  [[nodiscard]] Effects handle(const Event& event, const Now& now);
  // When handle(Tick) is due next.
  [[nodiscard]] std::optional<node::Steady> deadline() const;

  // States wait for handle(Flush), which is due when the present turn of the loop ends.
  [[nodiscard]] bool unsent() const { return !unsent_.empty(); }

  [[nodiscard]] const std::map<std::string, DeviceRecord, std::less<>>& devices() const { return devices_; }
  [[nodiscard]] std::int64_t errors() const { return context_.errors(); }

 private:
  void on(const Connected& event);
  void on(const ConnectionLost& event);
  void on(const Inbound& event);
  void on(const DeviceAdded& event);
  void on(const DeviceRemoved& event);
  void on(const HandlerSet& event);
  void on(const Reported& event);
  void on(const EventHappened& event);
  void on(const LinkChanged& event);
  void on(const InventoryChanged& event);
  void on(const ConditionChanged& event);
  void on(const Answered& event);
  void on(const Responded& event);
  void on(const MethodAdded& event);
  void on(const TopicsCleared& event);
  void on(const RefreshAsked& event);
  void on(const Flush& event);
  void on(const Tick& event);

  DeviceRecord* find(std::string_view device);
  void on_own_document(const wire::ParsedTopic& topic, const node::Message& message);
  void report(const std::string& device, const std::string& entity, const wire::Object& state);
  void log_refusals(const std::string& device, const std::vector<Refusal>& refused);
  void publish_everything();
  void publish_device(const std::string& device, const DeviceRecord& record);
  void publish_state(const std::string& device, DeviceRecord& record);
  void send_unsent(const std::string& device);
  void publish_link(const std::string& device, const DeviceRecord& record);
  void publish_inventory();
  void publish_status(bool again);
  void inventory_changed();
  void delete_topics(std::string_view device);

  CoreContext context_;
  CommandInbox commands_;
  RequestDesk requests_;
  Leftovers leftovers_;
  wire::InfoDoc info_;
  std::map<std::string, DeviceRecord, std::less<>> devices_;
  std::set<std::string, std::less<>> unsent_;  // devices whose state waits
  std::vector<std::string> deleted_while_away_;
  bool connected_ = false;
  bool complete_ = false;
  std::optional<std::string> degraded_;  // why
  bool links_down_ = false;
  std::int64_t rev_ = 1;
  std::optional<node::Steady> inventory_due_, leftovers_end_;
  std::optional<wire::ParticipantStatus> said_;
  std::string said_reason_;
};

}  // namespace gable::bridge
