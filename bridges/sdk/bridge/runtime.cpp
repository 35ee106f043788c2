#include "bridge/runtime.hpp"

#include <utility>

#include "bridge/bridge_impl.hpp"
#include "node/health.hpp"
#include "node/session.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::bridge {

namespace {

using namespace std::chrono_literals;

constexpr auto kHealthPeriod = 30s;

CoreOptions core_options(const RuntimeOptions& options) {
  CoreOptions core;
  core.bridge = options.id;
  core.session_id = options.session_id;
  core.info.program = options.program.empty() ? "gable-bridge-" + options.about.name : options.program;
  core.info.version = options.about.version;
  core.info.protocol = options.about.protocol.empty() ? options.about.name : options.about.protocol;
  if (!options.about.summary.empty()) core.info.extra.set("summary", options.about.summary);
  if (options.memory != nullptr) core.seen = options.memory->load();
  return core;
}

RuntimeOptions completed(RuntimeOptions options, const node::Clock& clock) {
  if (options.id.empty()) options.id = options.about.name;
  if (options.session_id.empty()) options.session_id = std::to_string(clock.now().time_since_epoch().count());
  return options;
}

}  // namespace

struct Runtime::Impl {
  Impl(node::Loop& its_loop, node::MqttPort& its_port, RuntimeOptions its_options)
      : loop(its_loop),
        port(its_port),
        options(completed(std::move(its_options), its_loop.clock())),
        tree(options.root),
        behind(std::make_shared<Bridge::Impl>(
            loop, Engine::Options{tree, core_options(options), options.memory, options.log, options.status})),
        bridge(behind) {
    behind->config_file = options.config_file;
    behind->state_dir = options.state_dir;
    behind->config = options.config;
    behind->options = options.options;
    behind->seed = options.seed;
    behind->stop = [this](const std::string& reason) {
      stop(reason);
      if (options.stopped) {
        options.stopped();
      } else {
        loop.stop();
      }
    };
  }

  void start();
  void stop(const std::string& reason);
  [[nodiscard]] node::SessionOptions session_options() const;
  [[nodiscard]] node::Session::Handlers handlers();
  void publish_health();

  node::Loop& loop;
  node::MqttPort& port;
  RuntimeOptions options;
  wire::TopicTree tree;
  // Bridge holds it too; both end with the runtime.
  std::shared_ptr<Bridge::Impl> behind;
  Bridge bridge;
  std::optional<node::Session> session;
  std::optional<node::Health> health;
  node::TimerId health_timer = 0;
};

node::SessionOptions Runtime::Impl::session_options() const {
  node::SessionOptions result;
  result.coalesce = false;  // every report is a step that the hub's rules may wait for
  result.connect = options.connect;
  // Under another root the bridge of the same name is another one, and a broker ends who has a name twice.
  result.connect.client_id = std::string(tree.root()) + "-bridge-" + options.id;
  result.status_topic = tree.bridge(wire::TopicKind::bridge_status, options.id);
  result.session_id = options.session_id;
  result.backoff_seed = options.seed;
  return result;
}

node::Session::Handlers Runtime::Impl::handlers() {
  node::Session::Handlers result;
  Engine& engine = behind->engine;
  HouseCalls& calls = behind->calls;
  result.connected = [&engine](const node::Connected& event) {
    engine.handle(Connected{event.protocol_version});
  };
  result.disconnected = [this, &engine](const node::Disconnected& event, std::chrono::milliseconds retry_in) {
    engine.handle(ConnectionLost{});
    const std::string text = "no connection to the broker: " + event.text;
    if (!event.fatal) {
      return engine.log(LogLevel::warning, text + "; next attempt in " + wire::format_duration(retry_in));
    }
    engine.log(LogLevel::error, text + "; trying again would not help");
    if (options.refused_for_good) options.refused_for_good();
  };
  result.message = [&engine, &calls](const node::Message& message) {
    if (!calls.take(message)) engine.handle(Inbound{message});
  };
  result.refused = [&engine, &calls](const std::string& topic, const std::string& reason) {
    calls.refused(topic, reason);
    engine.log_once("refused " + topic, LogLevel::warning, topic + ": " + reason);
  };
  result.notice = [&engine](const std::string& text) { engine.log(LogLevel::warning, text); };
  return result;
}

void Runtime::Impl::start() {
  session.emplace(loop, port, session_options(), handlers());
  health.emplace(loop, *session);
  behind->engine.use(&*session);
  session->start();
  health_timer = loop.every(kHealthPeriod, [this] { publish_health(); });
}

void Runtime::Impl::stop(const std::string& reason) {
  if (!session) return;
  if (const auto stopping = std::exchange(behind->stopping, {})) stopping();
  loop.cancel(std::exchange(health_timer, 0));
  // Before `offline` no link is called offline: the hub composes that from the status.
  behind->transports.clear();
  behind->engine.handle(Flush{});
  session->stop(reason);
  behind->engine.use(nullptr);
  health.reset();
  session.reset();
}

void Runtime::Impl::publish_health() {
  if (!session || !session->connected()) return;
  wire::HealthDoc document = health->take();
  document.errors += behind->engine.core().errors();
  node::Message message;
  message.topic = tree.bridge(wire::TopicKind::bridge_health, options.id);
  message.payload = wire::to_json(wire::encode(document));
  message.retain = true;
  session->publish(std::move(message));
}

Runtime::Runtime(node::Loop& loop, node::MqttPort& port, RuntimeOptions options)
    : impl_(std::make_unique<Impl>(loop, port, std::move(options))) {}

Runtime::~Runtime() {
  // A runtime that was not stopped goes as a crash does: the will speaks for it.
  impl_->loop.cancel(impl_->health_timer);
  impl_->behind->engine.use(nullptr);
}

Bridge& Runtime::bridge() { return impl_->bridge; }

void Runtime::set_up(const Setup& setup) {
  setup(impl_->bridge);
  if (!impl_->behind->discovering) impl_->bridge.inventory_complete();
}

void Runtime::start() { impl_->start(); }

void Runtime::stop(const std::string& reason) { impl_->stop(reason); }

Object Runtime::describe() const {
  Object devices;
  for (const auto& [id, record] : impl_->behind->engine.core().devices()) {
    devices.set(id, wire::encode(record.description()));
  }
  return devices;
}

}  // namespace gable::bridge
