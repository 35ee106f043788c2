#include "target.hpp"

#include <algorithm>
#include <utility>

#include "deliveries.hpp"
#include "wire/time.hpp"

namespace gable::notify {

namespace {

using namespace std::chrono_literals;
using bridge::LogLevel;

// Longest that a command waits for its turn behind others.
constexpr auto kCommandPatience = 10min;

bridge::Entity describe(const TargetConfig& config) {
  bridge::Entity entity("notify");
  entity.named(config.name).extra_attribute("waiting").extra_attribute("error");
  // tts.speak for media_player.kitchen is handed to notify.kitchen.
  if (config.kind == Kind::speech) {
    entity.suggest_id(config.player.substr(config.player.find('.') + 1)).icon("mdi:bullhorn");
  } else {
    entity.suggest_id(config.id).feature("title");
  }
  return entity;
}

std::string shortly(const Message& message) {
  const std::string& text = message.title.empty() ? message.text : message.title;
  return "'" + shown(text.substr(0, text.find('\n')), 60) + "'";
}

}  // namespace

Target::Target(bridge::Bridge& bridge, TargetConfig config, Deliver deliver)
    : bridge_(bridge),
      loop_(bridge.loop()),
      began_(std::chrono::duration_cast<Moment>(bridge.clock().now().time_since_epoch())),
      began_steady_(bridge.clock().steady()),
      config_(std::move(config)),
      deliver_(std::move(deliver)),
      outbox_(config_.policy),
      file_(std::make_shared<OutboxFile>(bridge.state_dir() + "/waiting-" + config_.id + ".jsonl")) {
  bridge::Model model(describe(config_));
  if (!config_.area.empty()) model.area(config_.area);
  device_ = bridge_.add(config_.id, model);
  device_.on_command(
      [this](const bridge::Command& command, const bridge::Reply& reply) { on_command(command, reply); },
      kCommandPatience);
  restore();
}

Target::~Target() { loop_.cancel(timer_); }

// The wall clock of the start, and from there on steadily: a clock that is set must neither give up what
// waits nor hold it back. Only over a restart it is the wall clock that counts.
Moment Target::now() const {
  return began_ + std::chrono::duration_cast<Moment>(bridge_.clock().steady() - began_steady_);
}

void Target::restore() {
  std::string trouble;
  for (const Message& message : outbox_.restore(file_->load())) {
    trouble = shortly(message) + " may or may not have been delivered before a restart; it is not sent again";
    bridge_.log(LogLevel::warning, config_.id + ": " + trouble);
  }
  report(trouble);
  arm();
}

void Target::on_command(const bridge::Command& command, const bridge::Reply& reply) {
  auto message = read_message(command.data, config_);
  if (!message) return reply.rejected(message.error().text, message.error().code);
  if (const std::string refusal = outbox_.refusal(now()); !refusal.empty())
    return reply.failed(refusal + "; nothing is tried for some minutes");
  // A command without an id has its correlation for one, which need not be the only one of its kind.
  message->id = command.id + "-" + std::to_string(now().count()) + "-" + std::to_string(++serial_);

  message->at = now();
  switch (outbox_.add(*message, now())) {
    case Outbox::Added::full:
      return reply.rejected(
          std::to_string(config_.policy.waiting) + " messages for " + config_.id + " wait already",
          wire::ErrorCode::unavailable);
    case Outbox::Added::known:
      return reply.rejected("this message waits already", wire::ErrorCode::duplicate);
    case Outbox::Added::waits:
      break;
  }
  written(file_->added(*message));
  replies_.insert_or_assign(message->id, reply);
  reply.accepted();
  pump();
  if (outbox_.entries().size() > 1)
    device_.report({{"waiting", static_cast<std::int64_t>(outbox_.entries().size())}});
}

void Target::pump() {
  give_up();
  if (auto message = outbox_.begin(now())) {
    // On disk before it leaves: after a crash nobody knows, and it is not sent twice.
    const auto handing_over = [file = file_, id = message->id] { file->sending(id); };
    deliver_({*message, handing_over,
              [this, message = *message, alive = std::weak_ptr(alive_)](const Judgement& judgement) {
                if (!alive.expired()) ended(message, judgement);
              }});
  }
  arm();
}

void Target::give_up() {
  const std::string refusal = outbox_.refusal(now());
  for (const Message& message : outbox_.give_up(now())) {
    const std::string why =
        refusal.empty() ? "it could not be delivered within " + wire::format_duration(config_.policy.keep)
                        : refusal;
    written(file_->ended(message.id));
    bridge_.log(LogLevel::warning, config_.id + ": " + shortly(message) + " is given up: " + why);
    answer(message.id, why);
    report(shortly(message) + " is given up: " + why);
  }
}

void Target::ended(const Message& message, const Judgement& judgement) {
  const bool over = outbox_.end(judgement.verdict, judgement.reason, now(), judgement.after);
  written(over ? file_->ended(message.id) : file_->waits(message.id));
  if (judgement.verdict == Verdict::delivered) {
    device_.report({{"state", wire::format_time(bridge_.clock().now())}});
    report({});
    answer(message.id, {});
  } else {
    const std::string next = over ? "" : "; it is kept and tried again";
    // Once for each kind of trouble in a row: the attributes and results have the rest.
    const wire::Value* before = device_.state("error");
    if (before == nullptr || before->is_null())
      bridge_.log(LogLevel::warning, config_.id + ": " + shortly(message) + ": " + judgement.reason + next);
    report(judgement.reason);
    answer(message.id, judgement.reason + next);
  }
  pump();
}

void Target::answer(const std::string& id, const std::string& error) {
  const auto found = replies_.find(id);
  if (found == replies_.end()) return;
  const bridge::Reply reply = found->second;
  replies_.erase(found);
  error.empty() ? reply.done() : reply.failed(error);
}

void Target::report(const std::string& trouble) {
  device_.report({{"waiting", static_cast<std::int64_t>(outbox_.entries().size())},
                  {"error", trouble.empty() ? bridge::Value() : bridge::Value(shown(trouble, 500))}});
}

void Target::written(bool is) {
  if (!is)
    bridge_.log_once("file " + config_.id, LogLevel::error,
                     "what waits for " + config_.id + " cannot be written to " + bridge_.state_dir() +
                         "; a restart would lose it");
}

void Target::arm() {
  loop_.cancel(std::exchange(timer_, 0));
  const auto due = outbox_.due(now());
  if (!due) return;
  const auto delay = std::clamp<std::chrono::milliseconds>(*due - now(), 10ms, 1h);
  timer_ = loop_.after(delay, [this] {
    timer_ = 0;
    pump();
  });
}

}  // namespace gable::notify
