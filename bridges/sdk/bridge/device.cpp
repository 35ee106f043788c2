// The handle of one device.

#include <utility>

#include "bridge/bridge.hpp"
#include "bridge/engine.hpp"
#include "bridge/poller.hpp"

namespace gable::bridge {

namespace {

// The engine behind a handle while the bridge is there; null afterwards.
Engine* engine_of(const std::weak_ptr<Device::Owner>& owner) {
  const auto alive = owner.lock();
  return alive ? alive->engine : nullptr;
}

}  // namespace

void Device::report(Object state) const { report({}, std::move(state)); }

void Device::report(std::string_view entity, Object state) const {
  if (Engine* engine = live()) engine->handle(Reported{id_, std::string(entity), std::move(state)});
}

void Device::event(std::string_view event_type, Object data) const { event({}, event_type, std::move(data)); }

void Device::event(std::string_view entity, std::string_view event_type, Object data) const {
  Engine* engine = live();
  if (engine == nullptr) return;
  engine->handle(EventHappened{id_, std::string(entity), std::string(event_type), std::move(data)});
}

void Device::on_command(CommandHandler handler, std::chrono::milliseconds timeout) const {
  if (Engine* engine = live()) engine->set_handler(id_, std::move(handler), timeout);
}

void Device::online() const { link({}); }

void Device::offline(std::string reason) const {
  wire::LinkDoc doc;
  doc.status = wire::LinkStatus::offline;
  doc.reason = std::move(reason);
  link(std::move(doc));
}

void Device::link(wire::LinkDoc link) const {
  if (Engine* engine = live()) engine->handle(LinkChanged{id_, std::move(link)});
}

void Device::poll(std::chrono::milliseconds period, std::function<Object()> read) const {
  Engine* engine = live();
  if (engine == nullptr) return;
  const auto turn = [device = *this, read = std::move(read)] { device.report(read()); };
  engine->poller().add(id_, period, turn,
                       [device = *this](const std::string& reason) { device.offline(reason); });
}

void Device::poll(std::chrono::milliseconds period, Worker& worker, std::function<Object()> read) const {
  Engine* engine = live();
  if (engine == nullptr) return;
  const auto turn = [device = *this, read = std::move(read)]() -> node::Task {
    return [device, state = read()] { device.report(state); };
  };
  engine->poller().add(id_, period, worker, turn,
                       [device = *this](const std::string& reason) { device.offline(reason); });
}

const Value* Device::state(std::string_view name, std::string_view entity) const {
  const Engine* engine = engine_of(owner_);
  if (engine == nullptr) return nullptr;
  const auto found = engine->core().devices().find(id_);
  if (found == engine->core().devices().end()) return nullptr;
  const Object* state = found->second.reported(entity);
  return state == nullptr ? nullptr : state->find(name);
}

void Device::remove() const {
  if (Engine* engine = engine_of(owner_)) engine->remove(id_);
}

bool Device::exists() const {
  const Engine* engine = engine_of(owner_);
  return engine != nullptr && engine->core().devices().contains(id_);
}

Engine* Device::live() const {
  Engine* engine = engine_of(owner_);
  if (engine == nullptr || exists()) return engine;
  engine->log_once("gone " + id_, LogLevel::warning,
                   "device " + id_ + " is not there; what is said of it is ignored");
  return nullptr;
}

}  // namespace gable::bridge
