#include "bridge/engine.hpp"

#include <exception>
#include <utility>

#include "bridge/poller.hpp"
#include "bridge/reply_token.hpp"
#include "wire/json.hpp"
#include "wire/time.hpp"
#include "wire/utf8.hpp"

namespace gable::bridge {

namespace {

// Lines a minute on bridge/<b>/log; the program's own log has all of them.
constexpr int kLogLinesPerMinute = 60;
constexpr std::size_t kLogKeys = 2000;
constexpr std::size_t kLogText = 2000;

}  // namespace

Engine::Engine(node::Loop& loop, Options options)
    : loop_(loop),
      tree_(options.tree),
      bridge_(options.core.bridge),
      core_(options.tree, std::move(options.core)),
      memory_(options.memory),
      log_(std::move(options.log)),
      status_(std::move(options.status)),
      owner_(std::make_shared<Device::Owner>(loop, this)),
      poller_(std::make_unique<Poller>(*this)) {}

Engine::~Engine() { loop_.cancel(timer_); }

Now Engine::now() const { return {loop_.clock().now(), loop_.clock().steady()}; }

void Engine::handle(const Event& event) {
  Effects effects = core_.handle(event, now());
  // A handler that is called here may report and so come back into handle(): its effects then go out before
  // the rest of these, which is the order of what happened.
  for (Effect& effect : effects) {
    std::visit([this](auto&& one) { perform(std::forward<decltype(one)>(one)); }, std::move(effect));
  }
  flush_later();
  arm();
}

void Engine::flush_later() {
  if (flush_waits_ || !core_.unsent()) return;
  flush_waits_ = true;
  // After what is under way now: several reports of one device in one turn make one document.
  loop_.post([this, weak = std::weak_ptr(owner_)] {
    if (weak.expired()) return;
    flush_waits_ = false;
    handle(Flush{});
  });
}

void Engine::arm() {
  const auto due = core_.deadline();
  if (due == armed_for_) return;
  if (timer_ != 0) loop_.cancel(std::exchange(timer_, 0));
  armed_for_ = due;
  if (!due) return;
  timer_ = loop_.at(*due, [this] {
    timer_ = 0;
    armed_for_.reset();
    handle(Tick{});
  });
}

void Engine::publish(node::Message message) {
  if (session_ != nullptr) session_->publish(std::move(message));
}

void Engine::listen(const std::string& filter) {
  node::Subscription subscription{filter};
  subscription.retain_handling = node::RetainHandling::never;
  perform(Subscribe{{subscription}});
}

int Engine::protocol_version() const { return session_ == nullptr ? 5 : session_->protocol_version(); }

void Engine::perform(Publish&& effect) { publish(std::move(effect.message)); }

void Engine::perform(Subscribe&& effect) {
  if (session_ == nullptr) return;
  session_->subscribe(effect.subscriptions,
                      [this, filters = effect.subscriptions](const std::vector<int>& codes) {
                        for (std::size_t i = 0; i < codes.size() && i < filters.size(); ++i) {
                          if (codes[i] < 0x80) continue;
                          log(LogLevel::error, "the broker refuses the subscription " + filters[i].filter);
                        }
                      });
}

void Engine::perform(Unsubscribe&& effect) {
  if (session_ != nullptr) session_->unsubscribe(effect.filters);
}

void Engine::perform(SetStatus&& effect) {
  if (session_ != nullptr) session_->set_status(effect.status, effect.reason);
  if (status_) status_(effect.status, effect.reason);
}

void Engine::perform(Execute&& effect) {
  auto token = std::make_shared<const Reply::Token>(owner_, effect.token);
  const auto handler = command_handlers_.find(effect.device);
  if (handler == command_handlers_.end()) return;  // the token's end answers
  try {
    // A copy: the handler may replace itself.
    const CommandHandler call = handler->second;
    call(effect.command, Reply(token));
  } catch (const std::exception& error) {
    Reply(std::move(token)).failed(error.what());
  }
}

void Engine::perform(HandleRequest&& effect) {
  auto token = std::make_shared<const Answer::Token>(owner_, effect.token);
  const auto handler = request_handlers_.find(effect.method);
  if (handler == request_handlers_.end()) return;
  try {
    const RequestHandler call = handler->second;
    call(effect.arguments, Answer(token));
  } catch (const std::exception& error) {
    Answer(std::move(token)).failed(error.what());
  }
}

void Engine::perform(Remember&& effect) {
  if (memory_ == nullptr || memory_->append(effect.seen)) return;
  log_once("command memory", LogLevel::error,
           "command ids cannot be written; after a restart a repeated command would be carried out again");
}

void Engine::perform(LogLine&& effect) { log(effect.level, effect.text); }

void Engine::set_handler(const std::string& device, CommandHandler handler,
                         std::chrono::milliseconds timeout) {
  command_handlers_.insert_or_assign(device, std::move(handler));
  handle(HandlerSet{device, timeout});
}

void Engine::set_method(const std::string& method, std::string help, RequestHandler handler) {
  request_handlers_.insert_or_assign(method, std::move(handler));
  handle(MethodAdded{method, std::move(help)});
}

void Engine::remove(const std::string& device) {
  poller_->remove(device);
  command_handlers_.erase(device);
  handle(DeviceRemoved{device});
}

void Engine::log(LogLevel level, std::string_view text) {
  if (log_) log_(level, text);
  if (session_ == nullptr || level == LogLevel::debug || !session_->connected()) return;
  const Now at = now();
  if (at.steady - log_minute_ >= std::chrono::minutes(1)) {
    log_minute_ = at.steady;
    log_budget_ = kLogLinesPerMinute;
  }
  if (log_budget_ <= 0) return;
  --log_budget_;
  // Texts of devices may hold anything; a JSON string must be UTF-8.
  const std::string_view cut = wire::utf8_prefix(text, kLogText);
  const Object line{{"level", to_string(level)},
                    {"text", wire::valid_utf8(cut) ? cut : std::string_view("(a text that is not UTF-8)")},
                    {"_at", wire::format_time(at.wall)}};
  node::Message message;
  message.topic = tree_.bridge(wire::TopicKind::bridge_log, bridge_);
  message.payload = wire::to_json(line);
  message.expiry_seconds = kAnswerExpirySeconds;
  session_->publish(std::move(message));
}

void Engine::log_once(std::string_view key, LogLevel level, std::string_view text) {
  if (logged_.size() >= kLogKeys || !logged_.try_emplace(std::string(key), true).second) return;
  log(level, text);
}

void Engine::set_complete(bool complete) {
  wants_complete_ = complete;
  if (!complete || first_readings_ == 0) handle(InventoryChanged{complete});
}

void Engine::first_reading_ends() {
  if (first_readings_ > 0 && --first_readings_ == 0 && wants_complete_) handle(InventoryChanged{true});
}

std::string_view to_string(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "info";
}

}  // namespace gable::bridge
