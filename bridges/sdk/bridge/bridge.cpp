#include "bridge/bridge.hpp"

#include <stdexcept>
#include <utility>

#include "bridge/bridge_impl.hpp"
#include "bridge/poller.hpp"
#include "wire/entity_id.hpp"

namespace gable::bridge {

Bridge::Bridge(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {
  impl_->engine.set_method("refresh", "Publishes everything again",
                           [this](const Object&, const Answer& answer) {
                             if (impl_->refresh) impl_->refresh();
                             impl_->engine.handle(RefreshAsked{});
                             answer.ok();
                           });
  impl_->engine.set_method("forget", "Takes a device off the tree: {\"device\": …}",
                           [this](const Object& arguments, const Answer& answer) {
                             const Value* name = arguments.find("device");
                             const std::string id(name == nullptr ? "" : name->string_or(""));
                             if (!wire::valid_device_id(id)) {
                               return answer.failed("say which device is meant: {\"device\": …}",
                                                    wire::ErrorCode::malformed);
                             }
                             if (!find(id)) {
                               impl_->engine.handle(TopicsCleared{id});
                               return answer.ok();
                             }
                             if (!impl_->forget)
                               return answer.failed("the device is there now", wire::ErrorCode::refused);
                             impl_->forget(id, answer);
                           });
}

Bridge::~Bridge() = default;

Device Bridge::add(std::string id, const Model& model) {
  if (!wire::valid_device_id(id)) {
    throw std::invalid_argument("\"" + id + "\" is no device id: [A-Za-z0-9_.:-]{1,128}");
  }
  // What is announced is what others will decode: the same judge for both.
  auto description = wire::decode_device(wire::encode(model.description()));
  if (!description) throw std::invalid_argument("device " + id + ": " + description.error().message());
  impl_->engine.handle(DeviceAdded{id, std::move(*description)});
  return impl_->engine.device(std::move(id));
}

void Bridge::remove(std::string_view id) { impl_->engine.remove(std::string(id)); }

std::optional<Device> Bridge::find(std::string_view id) const {
  if (!impl_->engine.core().devices().contains(id)) return {};
  return impl_->engine.device(std::string(id));
}

std::vector<std::string> Bridge::devices() const {
  std::vector<std::string> ids;
  for (const auto& [id, record] : impl_->engine.core().devices()) ids.push_back(id);
  return ids;
}

void Bridge::discovering() {
  impl_->discovering = true;
  impl_->engine.set_complete(false);
}

void Bridge::inventory_complete() {
  impl_->discovering = false;
  impl_->engine.set_complete(true);
}

void Bridge::poll(std::chrono::milliseconds period, std::function<void()> work, std::string name) {
  impl_->engine.poller().add(std::move(name), period, std::move(work));
}

void Bridge::poll(std::chrono::milliseconds period, Worker& worker, std::function<node::Task()> work,
                  std::string name) {
  impl_->engine.poller().add(std::move(name), period, worker, std::move(work));
}

void Bridge::on_request(const std::string& method, std::string help, RequestHandler handler) {
  if (!wire::valid_device_id(method))
    throw std::invalid_argument("\"" + method + "\" is no name of a request");
  impl_->engine.set_method(method, std::move(help), std::move(handler));
}

void Bridge::on_refresh(std::function<void()> handler) { impl_->refresh = std::move(handler); }

void Bridge::on_forget(std::function<void(const std::string& device, Answer answer)> handler) {
  impl_->forget = std::move(handler);
}

void Bridge::use(Transport& transport) {
  impl_->transports.emplace_back(impl_->engine, transport, impl_->seed++);
}

void Bridge::degraded(std::string reason) {
  impl_->engine.handle(ConditionChanged{std::move(reason), false});
}

void Bridge::recovered() { impl_->engine.handle(ConditionChanged{}); }

void Bridge::call(const std::string& service, const Object& document,
                  std::function<void(const CallOutcome&)> then) {
  impl_->calls.make(service, document, std::move(then));
}

void Bridge::log(LogLevel level, std::string_view text) { impl_->engine.log(level, text); }

void Bridge::log_once(std::string_view key, LogLevel level, std::string_view text) {
  impl_->engine.log_once(key, level, text);
}

const node::ConfigNode& Bridge::config() const { return impl_->config; }

const std::string& Bridge::config_file() const { return impl_->config_file; }

std::string Bridge::option(std::string_view name) const {
  const auto found = impl_->options.find(name);
  return found == impl_->options.end() ? std::string() : found->second;
}

const std::string& Bridge::id() const { return impl_->engine.bridge(); }

const std::string& Bridge::state_dir() const { return impl_->state_dir; }

node::Loop& Bridge::loop() { return impl_->engine.loop(); }

const node::Clock& Bridge::clock() const { return impl_->engine.loop().clock(); }

Worker& Bridge::worker(std::string name, std::size_t queue_limit) {
  return impl_->workers.emplace_back(impl_->engine.loop(), std::move(name), queue_limit);
}

void Bridge::stop(std::string reason) {
  // Not within the author's call: what is stopped may be what is calling.
  impl_->engine.loop().post([weak = std::weak_ptr(impl_), reason = std::move(reason)] {
    const auto alive = weak.lock();
    if (alive && alive->stop) alive->stop(reason);
  });
}

void Bridge::hold(std::shared_ptr<void> part) { impl_->parts.push_front(std::move(part)); }

void Bridge::on_stop(std::function<void()> handler) { impl_->stopping = std::move(handler); }

}  // namespace gable::bridge
