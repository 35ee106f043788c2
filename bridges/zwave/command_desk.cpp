#include "command_desk.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "wire/command.hpp"

namespace gable::zwave {

namespace {

using namespace std::chrono_literals;

// A mesh takes its time, and the server asks again after five seconds when a device did not confirm.
constexpr auto kShortestWait = 12s;

class Reported final : public wire::CurrentValues {
 public:
  explicit Reported(const wire::Object& state) : state_(state) {}
  [[nodiscard]] const wire::Value* current(std::string_view name) const override { return state_.find(name); }

 private:
  const wire::Object& state_;
};

std::chrono::milliseconds time_for(const wire::EntityDescription& entity, const bridge::Command& command) {
  std::chrono::milliseconds time = kShortestWait;
  const wire::ServiceSpec* service = wire::find_service(*entity.domain, command.service);
  if (service != nullptr) {
    const wire::Command parsed{service, command.data, {}};
    time = std::max<std::chrono::milliseconds>(time, wire::command_timeout(parsed) + 2s);
  }
  return std::min(time, kLongestCommand);
}

}  // namespace

std::string refusal(const wire::Value& result) {
  // The server wraps the status of set_value in a result of its own.
  const wire::Object* object = result.as_object();
  const wire::Object* inner = object == nullptr ? nullptr : object_of(*object, "result");
  if (inner != nullptr) object = inner;
  const auto status = object == nullptr ? std::nullopt : whole_of(*object, "status");
  if (!status) return {};
  switch (*status) {
    case 0:
      return "the device does not support this";
    case 2:
      return "the device says that it failed";
    case 3:
      return "the device has no such endpoint";
    case 4:
      return "the Z-Wave server cannot do this";
    case 5: {
      const std::string message = text_of(*object, "message");
      return message.empty() ? "the device refuses this value" : message;
    }
    default:
      return {};  // 1: working on it; 254, 255: success
  }
}

void CommandDesk::take(const Node& node, const Plan& plan, const bridge::Command& command,
                       const bridge::Reply& reply) {
  if (!plan.order) return reply.rejected("this entity takes no commands", wire::ErrorCode::unsupported);
  const auto calls = plan.order(node, {command.service, command.data});
  if (!calls) return reply.rejected(calls.error().text, calls.error().code);
  supersede(node.id, plan.key);
  const std::uint64_t number = ++last_;
  waiting_.emplace(number, Waiting{node.id, plan.key, plan.description, plan.state, command.expected, reply, {}});
  if (!send(number, *calls)) return;
  const auto entry = waiting_.find(number);
  if (entry == waiting_.end()) return;
  entry->second.timer =
      bridge_.loop().after(time_for(plan.description, command), [this, number] { out_of_time(number); });
  settle(entry);
}

bool CommandDesk::send(std::uint64_t number, const std::vector<Call>& calls) {
  for (const Call& call : calls) {
    const CallId id = link_.call(call.command, call.arguments,
                                 [this, number](const Finished& finished) { answered(number, finished); });
    const auto entry = waiting_.find(number);
    if (entry == waiting_.end()) return false;
    if (id == 0) {
      release(entry).reply.failed("too many commands are under way at the Z-Wave server", wire::ErrorCode::unavailable);
      return false;
    }
    entry->second.calls.emplace(id, false);
  }
  return true;
}

void CommandDesk::supersede(int node, const std::string& entity) {
  const auto earlier = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& entry) {
    return entry.second.node == node && entry.second.entity == entity;
  });
  if (earlier == waiting_.end()) return;
  release(earlier).reply.failed("a later command came before this one was carried out", wire::ErrorCode::conflict);
}

void CommandDesk::answered(std::uint64_t number, const Finished& finished) {
  const auto entry = waiting_.find(number);
  if (entry == waiting_.end()) return;
  entry->second.calls.erase(finished.call);
  const std::string reason = finished.success ? refusal(finished.result) : finished.error;
  if (!reason.empty()) return release(entry).reply.failed(reason);
  settle(entry);
}

void CommandDesk::look(const Node& node) {
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const auto next = std::next(entry);
    if (entry->second.node == node.id) settle(entry);
    entry = next;
  }
}

void CommandDesk::settle(Entry entry) {
  const Waiting& waiting = entry->second;
  if (!waiting.calls.empty()) return;
  const Node* node = link_.session().network().find(waiting.node);
  if (!waiting.expected.empty() && waiting.state && node != nullptr) {
    const wire::Object state = waiting.state(*node);
    if (!wire::reached(waiting.description, waiting.expected, Reported(state))) return;
  }
  release(entry).reply.done();
}

void CommandDesk::out_of_time(std::uint64_t number) {
  const auto entry = waiting_.find(number);
  if (entry == waiting_.end()) return;
  entry->second.timer = 0;
  const bool sent = entry->second.calls.empty();
  const Node* node = link_.session().network().find(entry->second.node);
  const Waiting waiting = release(entry);
  if (node != nullptr && node->status == NodeStatus::asleep && !sent) {
    return waiting.reply.failed("the device is asleep; the Z-Wave server passes the command on when it wakes up",
                                wire::ErrorCode::unavailable);
  }
  waiting.reply.failed(sent ? "the device has taken the command but does not report what was asked for"
                            : "no answer from the Z-Wave server",
                       sent ? wire::ErrorCode::failed : wire::ErrorCode::unavailable);
}

CommandDesk::Waiting CommandDesk::release(Entry entry) {
  Waiting waiting = std::move(entry->second);
  waiting_.erase(entry);
  bridge_.loop().cancel(waiting.timer);
  for (const auto& [call, unused] : waiting.calls) link_.forget(call);
  return waiting;
}

void CommandDesk::drop(int node, const std::string& reason) {
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const auto next = std::next(entry);
    if (node == 0 || entry->second.node == node) {
      release(entry).reply.failed(reason, wire::ErrorCode::unavailable);
    }
    entry = next;
  }
}

}  // namespace gable::zwave
