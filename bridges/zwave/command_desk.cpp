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

// What a device does not confirm (no Supervision) the server reads back itself, but only this long after:
// just when the hub has given up a command that has no longer time than that. For those the bridge reads back
// earlier. Whatever takes longer (a transition, the way of a cover) has more time, and the server's own
// reading comes early enough.
constexpr auto kServerReads = 5s;
constexpr auto kFirstReading = 1500ms;
// A reading cancels the server's own; and a lamp that brightens slowly was still on its way.
constexpr auto kSecondReading = kServerReads - kFirstReading;

// SetValueStatus of zwave-js.
constexpr std::int64_t kUnsupervised = 254;

class Reported final : public wire::CurrentValues {
 public:
  explicit Reported(const wire::Object& state) : state_(state) {}
  [[nodiscard]] const wire::Value* current(std::string_view name) const override { return state_.find(name); }

 private:
  const wire::Object& state_;
};

// How long whoever asked for it waits.
std::chrono::milliseconds patience_for(const wire::EntityDescription& entity,
                                       const bridge::Command& command) {
  const wire::ServiceSpec* service = wire::find_service(*entity.domain, command.service);
  if (service == nullptr) return 0ms;
  return wire::command_timeout(wire::Command{service, command.data, {}});
}

std::chrono::milliseconds time_for(const wire::EntityDescription& entity, const bridge::Command& command) {
  const std::chrono::milliseconds time = patience_for(entity, command) + 2s;
  return std::clamp<std::chrono::milliseconds>(time, kShortestWait, kLongestCommand);
}

constexpr std::string_view kSuperseded = "a later command came before this one was carried out";

// Whether nothing is lost when only `later` is sent: neither is a step (toggle, press), and it says all that
// the earlier one says.
bool replaces(const wire::EntityDescription& entity, const bridge::Command& later,
              const bridge::Command& earlier) {
  for (const bridge::Command* command : {&later, &earlier}) {
    const wire::ServiceSpec* service = wire::find_service(*entity.domain, command->service);
    if (service == nullptr || !service->repeatable) return false;
  }
  return std::all_of(earlier.data.begin(), earlier.data.end(),
                     [&later](const wire::Member& member) { return later.data.contains(member.key); });
}

bool contradicts(const wire::Object& later, const wire::Object& earlier) {
  return std::any_of(earlier.begin(), earlier.end(), [&later](const wire::Member& member) {
    const wire::Value* value = later.find(member.key);
    return value != nullptr && !(*value == member.value);
  });
}

// What the server says of a set_value; it wraps that in a result of its own. Null when it says nothing.
const wire::Object* outcome_of(const wire::Value& result) {
  const wire::Object* object = result.as_object();
  const wire::Object* inner = object == nullptr ? nullptr : object_of(*object, "result");
  return inner == nullptr ? object : inner;
}

std::int64_t status_of(const wire::Value& result) {
  constexpr std::int64_t kNone = -1;
  const wire::Object* outcome = outcome_of(result);
  return outcome == nullptr ? kNone : whole_of(*outcome, "status").value_or(kNone);
}

}  // namespace

std::string refusal(const wire::Value& result) {
  switch (status_of(result)) {
    case 0:
      return "the device does not support this";
    case 2:
      return "the device says that it failed";
    case 3:
      return "the device has no such endpoint";
    case 4:
      return "the Z-Wave server cannot do this";
    case 5: {
      const std::string message = text_of(*outcome_of(result), "message");
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
  const std::uint64_t number = ++last_;
  const Subject subject{node.id, plan.key};
  const auto entry =
      waiting_.emplace(number, Waiting{subject, plan.description, plan.state, plan.order, command, reply})
          .first;
  entry->second.timer =
      bridge_.loop().after(time_for(plan.description, command), [this, number] { out_of_time(number); });
  // Whoever says stop means now.
  const bool now = command.service.starts_with("stop") || !at_server(subject);
  now ? send(number) : hold(number);
}

bool CommandDesk::at_server(const Subject& subject) const {
  return std::any_of(waiting_.begin(), waiting_.end(), [&subject](const auto& entry) {
    return entry.second.subject == subject && !entry.second.calls.empty();
  });
}

void CommandDesk::hold(std::uint64_t number) {
  const auto entry = waiting_.find(number);
  entry->second.held = true;
  auto& queue = held_[entry->second.subject];
  if (!queue.empty()) {
    const auto earlier = waiting_.find(queue.back());
    if (replaces(entry->second.description, entry->second.command, earlier->second.command)) {
      queue.back() = number;
      return fail(earlier, std::string(kSuperseded), wire::ErrorCode::conflict);
    }
  }
  if (queue.size() >= kHeldLimit) {
    return fail(entry, "too many commands wait for this device", wire::ErrorCode::unavailable);
  }
  queue.push_back(number);
}

void CommandDesk::send_held(const Subject& subject) {
  auto held = held_.find(subject);
  while (held != held_.end() && !at_server(subject)) {
    const std::uint64_t number = held->second.front();
    held->second.pop_front();
    if (held->second.empty()) held_.erase(held);
    send(number);
    held = held_.find(subject);
  }
}

void CommandDesk::send(std::uint64_t number) {
  auto entry = waiting_.find(number);
  if (entry == waiting_.end()) return;
  entry->second.held = false;
  supersede(entry->second, number);
  const Node* node = link_.session().network().find(entry->second.subject.first);
  if (node == nullptr) return fail(entry, "the device is not there now", wire::ErrorCode::unavailable);
  const bridge::Command& command = entry->second.command;
  // Again, since what it depends on may have changed while it was held.
  const auto calls = entry->second.order(*node, {command.service, command.data});
  if (!calls) return fail(entry, calls.error().text, calls.error().code);
  for (const Call& call : *calls) {
    const CallId id =
        link_.call(call.command, call.arguments,
                   [this, number, call](const Finished& finished) { answered(number, finished, call); });
    if (id == 0) {
      return fail(entry, "too many commands are under way at the Z-Wave server",
                  wire::ErrorCode::unavailable);
    }
    entry->second.calls.insert(id);
  }
  settle(entry);
}

void CommandDesk::supersede(const Waiting& later, std::uint64_t number) {
  for (auto entry = waiting_.begin(); entry != waiting_.end() && entry->first < number;) {
    const auto next = std::next(entry);
    const Waiting& earlier = entry->second;
    const bool same = earlier.subject == later.subject && earlier.calls.empty() && !earlier.held;
    // What it waits for will not be reported any more.
    if (same && contradicts(later.command.expected, earlier.command.expected)) {
      fail(entry, std::string(kSuperseded), wire::ErrorCode::conflict);
    }
    entry = next;
  }
}

void CommandDesk::answered(std::uint64_t number, const Finished& finished, const Call& call) {
  const auto entry = waiting_.find(number);
  if (entry == waiting_.end()) return;
  Waiting& waiting = entry->second;
  const Subject subject = waiting.subject;
  waiting.calls.erase(finished.call);
  const auto stopped = finished.success ? stopped_by(call) : std::nullopt;
  if (stopped) link_.stopped(subject.first, *stopped);
  if (finished.success && status_of(finished.result) == kUnsupervised) {
    if (const auto shown = shown_by(call)) waiting.unconfirmed.push_back(*shown);
  }
  const std::string reason = finished.success ? refusal(finished.result) : finished.error;
  reason.empty() ? settle(entry) : fail(entry, reason, wire::ErrorCode::failed);
  taken(number);
  send_held(subject);
}

void CommandDesk::taken(std::uint64_t number) {
  const auto entry = waiting_.find(number);
  if (entry == waiting_.end() || !entry->second.calls.empty()) return;
  const Waiting& waiting = entry->second;
  waiting.reply.accepted();
  if (waiting.unconfirmed.empty() || patience_for(waiting.description, waiting.command) > kServerReads)
    return;
  bridge_.loop().after(kFirstReading, [this, number] { read_back(number); });
}

void CommandDesk::read_back(std::uint64_t number) {
  const auto entry = waiting_.find(number);
  if (entry == waiting_.end()) return;  // reported meanwhile
  const int node = entry->second.subject.first;
  ask(node, entry->second.unconfirmed);
  bridge_.loop().after(kSecondReading,
                       [this, node, values = entry->second.unconfirmed] { ask(node, values); });
}

void CommandDesk::ask(int node, const std::vector<ValueId>& values) {
  for (const ValueId& value : values) {
    const Call call = reading_of(node, value);
    // The reading shows as a change; that there is none is told by the command's own time limit.
    link_.call(call.command, call.arguments, [](const Finished&) {});
  }
}

void CommandDesk::look(const Node& node) {
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const auto next = std::next(entry);
    if (entry->second.subject.first == node.id) settle(entry);
    entry = next;
  }
}

void CommandDesk::settle(Entry entry) {
  const Waiting& waiting = entry->second;
  if (waiting.held || !waiting.calls.empty()) return;
  const Node* node = link_.session().network().find(waiting.subject.first);
  if (!waiting.command.expected.empty() && waiting.state && node != nullptr) {
    const wire::Object state = waiting.state(*node);
    if (!wire::reached(waiting.description, waiting.command.expected, Reported(state))) return;
  }
  release(entry).reply.done();
}

void CommandDesk::out_of_time(std::uint64_t number) {
  const auto entry = waiting_.find(number);
  if (entry == waiting_.end()) return;
  entry->second.timer = 0;
  const Subject subject = entry->second.subject;
  const Node* node = link_.session().network().find(subject.first);
  if (entry->second.held) {
    fail(entry, "the device is still busy with earlier commands", wire::ErrorCode::unavailable);
  } else if (entry->second.calls.empty()) {
    fail(entry, "the device has taken the command but does not report what was asked for",
         wire::ErrorCode::failed);
  } else if (node != nullptr && node->status == NodeStatus::asleep) {
    fail(entry, "the device is asleep; the Z-Wave server passes the command on when it wakes up",
         wire::ErrorCode::unavailable);
  } else {
    fail(entry, "no answer from the Z-Wave server", wire::ErrorCode::unavailable);
  }
  send_held(subject);
}

CommandDesk::Waiting CommandDesk::release(Entry entry) {
  const std::uint64_t number = entry->first;
  Waiting waiting = std::move(entry->second);
  waiting_.erase(entry);
  bridge_.loop().cancel(waiting.timer);
  for (const CallId call : waiting.calls) link_.forget(call);
  const auto held = held_.find(waiting.subject);
  if (waiting.held && held != held_.end()) {
    std::erase(held->second, number);
    if (held->second.empty()) held_.erase(held);
  }
  return waiting;
}

void CommandDesk::fail(Entry entry, const std::string& reason, wire::ErrorCode code) {
  release(entry).reply.failed(reason, code);
}

void CommandDesk::drop(int node, const std::string& reason) {
  for (auto entry = waiting_.begin(); entry != waiting_.end();) {
    const auto next = std::next(entry);
    if (node == 0 || entry->second.subject.first == node) fail(entry, reason, wire::ErrorCode::unavailable);
    entry = next;
  }
}

}  // namespace gable::zwave
