#include "notify_bridge.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "deliveries.hpp"

namespace gable::notify {

namespace {

namespace fs = std::filesystem;

constexpr auto kFileLives = std::chrono::minutes(10);  // a player may fetch it late, or twice

Judgement busy() { return {Verdict::again, "too many others are being sent", {}}; }

bool speaks(const TargetConfig& target) { return target.kind == Kind::speech; }

Delivery delivery_of(const Message& message, const TargetConfig& target) {
  if (target.kind == Kind::mail) return mail_of(message, target);
  return target.kind == Kind::ntfy ? ntfy_of(message, target) : webhook_of(message, target);
}

Judgement judge(const Attempt& attempt, const TargetConfig& target) {
  return target.kind == Kind::mail ? judge_mail(attempt) : judge_http(attempt);
}

}  // namespace

NotifyBridge::NotifyBridge(bridge::Bridge& bridge, const NotifyConfig& config)
    : bridge_(bridge), loop_(bridge.loop()), folder_(bridge.state_dir() + "/spoken") {
  const bool voice = std::any_of(config.targets.begin(), config.targets.end(), speaks);
  if (voice) start_server(config);
  for (const TargetConfig& target : config.targets)
    targets_.push_back(std::make_unique<Target>(bridge, target, way_to(target)));
  // The workers end before this does, and what they send may take its time.
  bridge.on_stop([stop = stop_] { stop->store(true); });
}

NotifyBridge::~NotifyBridge() {
  stop_->store(true);
  for (const node::TimerId timer : timers_) loop_.cancel(timer);
}

void NotifyBridge::start_server(const NotifyConfig& config) {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);  // of a former run: nobody asks for it any more
  fs::create_directories(folder_, ignored);
  server_ = std::make_unique<FileServer>(config.listen_host, config.listen_port);
  url_ = config.url.empty() ? "http://" + config.listen_host + ":" + std::to_string(server_->port())
                            : config.url;
  if (!url_.ends_with('/')) url_ += '/';
  bridge_.log(bridge::LogLevel::info, "what is spoken is served at " + url_);
}

Target::Deliver NotifyBridge::way_to(const TargetConfig& target) {
  return speaks(target) ? by_voice(target) : by_network(target);
}

Target::Deliver NotifyBridge::by_network(const TargetConfig& target) {
  // A thread each: a server that does not answer keeps nobody else waiting.
  bridge::Worker& worker = bridge_.worker(target.id);
  return [&worker, target, stop = stop_](const Target::Attempted& attempted) {
    Delivery delivery = delivery_of(attempted.message, target);
    delivery.handing_over = attempted.handing_over;
    if (!worker.run([delivery, target, stop] { return judge(send(delivery, *stop), target); },
                    attempted.done))
      attempted.done(busy());
  };
}

std::string NotifyBridge::file_of(const std::string& name) const { return folder_ + "/" + name; }

Target::Deliver NotifyBridge::by_voice(const TargetConfig& target) {
  bridge::Worker& worker = bridge_.worker(target.id);
  return [this, &worker, target](const Target::Attempted& attempted) {
    const std::string name = ids_.next() + ids_.next() + ".wav";
    const Speech speech = speech_of(attempted.message, target, file_of(name));
    const auto spoken = [this, target, name, attempted,
                         alive = std::weak_ptr(alive_)](const std::string& error) {
      if (alive.expired()) return;
      if (!error.empty()) return attempted.done({Verdict::never, error, {}});
      server_->offer("/" + name, file_of(name));
      keep_for_a_while(name);
      attempted.handing_over();
      play(target, name, attempted.done, true);
    };
    if (!worker.run([speech, stop = stop_] { return speak(speech, *stop); }, spoken)) attempted.done(busy());
  };
}

void NotifyBridge::play(const TargetConfig& target, const std::string& name, const Target::Done& done,
                        bool announce) {
  bridge_.call(
      "media_player.play_media", play_call(target, url_ + name, announce),
      [this, target, name, done, announce,
       alive = std::weak_ptr(alive_)](const bridge::CallOutcome& outcome) {
        if (alive.expired()) return;
        using wire::ErrorCode;
        if (outcome.done) return done({Verdict::delivered, {}, {}});
        // A player that cannot go back to what it played plays it all the same.
        if (announce && outcome.code == ErrorCode::unsupported) return play(target, name, done, false);
        const std::string reason = target.player + ": " + outcome.error;
        // Only what surely was not begun is tried again: nobody wants to hear it twice.
        const bool again = outcome.code == ErrorCode::unavailable || outcome.code == ErrorCode::starting;
        const bool late = outcome.code == ErrorCode::unavailable && outcome.error.find("the hub") == 0;
        done({late ? Verdict::unknown : again ? Verdict::away : Verdict::never, reason, {}});
      });
}

void NotifyBridge::keep_for_a_while(const std::string& name) {
  timers_.push_back(loop_.after(kFileLives, [this, name] {
    server_->withdraw("/" + name);
    std::remove(file_of(name).c_str());
    timers_.erase(timers_.begin());  // they end in the order in which they began
  }));
}

}  // namespace gable::notify
