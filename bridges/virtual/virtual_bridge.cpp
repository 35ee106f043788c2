#include "virtual_bridge.hpp"

#include <algorithm>
#include <ctime>

#include "translation.hpp"

namespace gable::virtual_house {

namespace {

// A slow fade may take as long as the contract allows (6,553 s); the house answers every order by itself.
constexpr auto kCommandTimeout = std::chrono::hours(2);
// Between two looks at a house in fast motion, so that it does not take a whole processor.
constexpr auto kShortestSleep = std::chrono::milliseconds(20);
constexpr auto kLongestSleep = std::chrono::seconds(10);

std::string area_name(const HouseSpec& house, const std::string& area) {
  for (const AreaSpec& spec : house.areas) {
    if (spec.id == area) return spec.name;
  }
  return {};
}

}  // namespace

Moment local_time(wire::Time now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  return Moment(now.time_since_epoch() + std::chrono::seconds(local.tm_gmtoff));
}

VirtualBridge::VirtualBridge(bridge::Bridge& bridge, const HouseFile& file, Moment start)
    : bridge_(bridge),
      house_(file.house, start),
      speed_(file.speed),
      started_(start),
      started_real_(bridge.clock().steady()) {
  for (const SimDevice* device : house_.devices()) {
    const std::string& id = device->spec().id;
    const bridge::Device added =
        bridge_.add(id, describe(*device, area_name(file.house, device->spec().area)));
    added.on_command(
        [this, id](const bridge::Command& order, const bridge::Reply& reply) { command(id, order, reply); },
        kCommandTimeout);
    if (house_.online(id)) added.online();
  }
  flush();
}

Moment VirtualBridge::now() const {
  const std::chrono::duration<double> real = bridge_.clock().steady() - started_real_;
  return started_ + span_of(real.count() * speed_);
}

void VirtualBridge::set_speed(double speed) {
  started_ = now();
  started_real_ = bridge_.clock().steady();
  speed_ = speed;
  flush();
}

void VirtualBridge::flush() {
  house_.advance(now());
  for (const Output& output : house_.take()) publish(output);
  bridge_.loop().cancel(timer_);
  const Moment next = house_.next_due();
  auto sleep = std::chrono::milliseconds(kLongestSleep);
  if (next != kNever) {
    const double real_ms = static_cast<double>((next - now()).count()) / speed_ + 1.0;
    const double longest = static_cast<double>(sleep.count());
    sleep = std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(real_ms, 0.0, longest)));
  }
  timer_ = bridge_.loop().after(std::max(sleep, kShortestSleep), [this] { flush(); });
}

void VirtualBridge::publish(const Output& output) {
  const auto device = bridge_.find(output.device);
  if (!device) return;
  if (const auto* state = std::get_if<Report>(&output.what)) {
    report(*device, *state);
  } else if (const auto* event = std::get_if<SentEvent>(&output.what)) {
    event->entity.empty() ? device->event(event->type) : device->event(event->entity, event->type, {});
  } else if (const auto* link = std::get_if<Link>(&output.what)) {
    link->online ? device->online() : device->offline(link->reason);
  } else if (const auto* answer = std::get_if<Finished>(&output.what)) {
    finished(*answer);
  }
}

void VirtualBridge::report(const bridge::Device& device, const Report& report) {
  if (report.state.empty()) return;
  std::set<std::string>& known = attributes_[device.id() + "/" + report.entity];
  wire::Object state = to_wire(report.state);
  for (const std::string& name : known) {
    if (!report.state.contains(name)) state.append(name, nullptr);
  }
  known.clear();
  for (const auto& field : report.state) known.insert(field.first);
  report.entity.empty() ? device.report(std::move(state)) : device.report(report.entity, std::move(state));
}

void VirtualBridge::finished(const Finished& finished) {
  const auto waiting = waiting_.find(finished.order);
  if (waiting == waiting_.end()) return;
  const bridge::Reply reply = waiting->second;
  waiting_.erase(waiting);
  finished.outcome.verdict == Verdict::done ? reply.done() : reply.failed(finished.outcome.reason);
}

void VirtualBridge::command(const std::string& device, const bridge::Command& command,
                            const bridge::Reply& reply) {
  const Order order{++last_order_, command.entity, command.service, from_wire(command.data)};
  const Outcome outcome = house_.order(device, order, now());
  if (outcome.verdict == Verdict::under_way) {
    waiting_.emplace(order.id, reply);
    reply.accepted();
  }
  flush();  // the new state comes before the result
  if (outcome.verdict == Verdict::done) reply.done();
  if (outcome.verdict == Verdict::failed) {
    const bool online = house_.online(device);
    reply.failed(outcome.reason, online ? wire::ErrorCode::failed : wire::ErrorCode::unavailable);
  }
  if (outcome.verdict == Verdict::rejected) reply.rejected(outcome.reason);
}

}  // namespace gable::virtual_house
