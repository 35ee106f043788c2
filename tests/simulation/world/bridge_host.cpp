#include "world/bridge_host.hpp"

#include "bridge/bridge.hpp"
#include "bridge/runtime.hpp"
#include "wire/json.hpp"

namespace gable::sim {

namespace {

void answer(const bridge::Reply& reply, bool obeyed, const wire::Object& expected) {
  if (!obeyed) return reply.failed("the device did not obey");
  if (expected.empty()) return reply.done();
  reply.done(expected);
}

}  // namespace

struct BridgeHost::Process {
  Process(BridgeHost& host, bridge::RuntimeOptions options, SimPort::Watch watch)
      : loop(host.clock_),
        port(host.broker_, host.fuse_, std::move(watch)),
        runtime(loop, port, std::move(options)) {}
  node::Loop loop;
  SimPort port;
  bridge::Runtime runtime;
};

BridgeHost::BridgeHost(std::string id, const WorldTime& time, gable::test::MemoryBroker& broker,
                       Nature& nature, History& history)
    : id_(std::move(id)),
      time_(time),
      broker_(broker),
      nature_(nature),
      history_(history),
      memory_(fuse_),
      clock_(time) {}

BridgeHost::~BridgeHost() { died(); }

void BridgeHost::start() {
  ++starts_;
  history_.note(id_ + " starts, " + std::to_string(starts_));
  SimPort::Watch watch;
  watch.published = [this](const node::Message& message) {
    // Health tells of this machine; the log is of the simulated one.
    const bool health = message.topic.ends_with("/health");
    history_.note(id_ + " > " + message.topic + " " + (health ? "" : message.payload));
  };
  watch.acknowledged = [this](const node::Message& message, bool taken) {
    if (message.topic.find("/event/") == std::string::npos) return;
    const auto document = wire::parse_object(message.payload);
    const auto* number = document ? document->find("n") : nullptr;
    if (number == nullptr || number->as_int() == nullptr) return;
    for (auto& press : history_.presses) {
      if (press.number != *number->as_int()) continue;
      press.taken = taken;
      press.taken_at = time_.now();
    }
  };
  bridge::RuntimeOptions options;
  options.about.name = id_;
  options.session_id = id_ + std::to_string(starts_);
  options.memory = &memory_;
  options.seed = starts_;
  options.log = [this](bridge::LogLevel level, std::string_view text) {
    if (level >= bridge::LogLevel::warning) history_.note(id_ + " says " + std::string(text));
  };
  alive_ = std::make_shared<bool>(true);
  process_ = std::make_unique<Process>(*this, std::move(options), std::move(watch));
  process_->runtime.set_up([this](bridge::Bridge& bridge) { set_up(bridge); });
  process_->runtime.start();
}

void BridgeHost::set_up(bridge::Bridge& bridge) {
  for (const auto& [id, thing] : nature_.things()) {
    if (thing.bridge == id_) add(bridge, thing);
  }
  Nature::Ear ear;
  // By the loop, as what a radio says is: the process may be frozen, and it may die of what it does then.
  ear.changed = [&bridge](const Thing& thing) {
    bridge.loop().post([&bridge, id = thing.id, state = thing.state] {
      if (const auto device = bridge.find(id)) device->report(state);
    });
  };
  ear.pressed = [&bridge](const Thing& thing, std::int64_t number) {
    bridge.loop().post([&bridge, id = thing.id, number] {
      if (const auto device = bridge.find(id)) device->event("press", {{"n", number}});
    });
  };
  nature_.listen(id_, std::move(ear));
}

void BridgeHost::add(bridge::Bridge& bridge, const Thing& thing) {
  const auto device = bridge.add(thing.id, Nature::description(thing));
  device.online();
  if (!thing.state.empty()) device.report(thing.state);
  device.on_command([this, id = thing.id](const bridge::Command& command, const bridge::Reply& reply) {
    const int times = sabotage == "act twice" && command.id.ends_with('3') ? 2 : 1;
    for (int i = 0; i < times; ++i) {
      nature_.order(id, {command.id, command.service, command.expected},
                    [reply, &loop = process_->loop, alive = std::weak_ptr<bool>(alive_),
                     expected = command.expected](bool obeyed) {
                      if (!alive.expired())
                        loop.post([reply, obeyed, expected] { answer(reply, obeyed, expected); });
                    });
    }
  });
}

bool BridgeHost::run() { return process_ && !frozen && process_->loop.run_pending() > 0; }

std::optional<Steady> BridgeHost::next_timer() const {
  if (!process_ || frozen) return std::nullopt;
  return process_->loop.next_timer();
}

void BridgeHost::died() {
  nature_.listen(id_, {});
  alive_.reset();
  if (process_) process_->port.die();
  process_.reset();
  fuse_.put_out();
  frozen = false;
}

}  // namespace gable::sim
