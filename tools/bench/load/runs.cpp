#include "runs.hpp"

#include <algorithm>

namespace gable::bench {

namespace {

using std::chrono::duration;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using Clock = std::chrono::steady_clock;

constexpr double kWarmUp = 0.3;  // seconds

Clock::duration period(double per_second) {
  return duration_cast<Clock::duration>(duration<double>(1 / per_second));
}

std::string id_of(std::string_view command) {
  constexpr std::string_view kKey = R"("_id":")";
  const auto at = command.find(kKey);
  if (at == std::string_view::npos) return {};
  command.remove_prefix(at + kKey.size());
  return std::string(command.substr(0, command.find('"')));
}

}  // namespace

Load::Load(const RunOptions& options)
    : options_(options),
      plane_(options.kind, options.base),
      meter_(options.pairs),
      client_("bench-load-" + options.base, options.port,
              [this](std::string_view topic, std::string_view payload) { arrived(topic, payload); }) {
  for (std::size_t i = 0; i < options_.pairs; ++i) client_.subscribe(plane_.lamp_command(i), options_.qos);
  client_.settle(std::chrono::seconds(20));
  if (options_.background > 0)
    other_.emplace("bench-background-" + options_.base, options_.port,
                   [](std::string_view, std::string_view) {});
}

void Load::arrived(std::string_view topic, std::string_view payload) {
  answers_.push_back({Plane::number_of(topic), Plane::says_on(payload), Clock::now(), id_of(payload)});
}

std::string Load::run() {
  stretch(kWarmUp);
  drain();
  meter_.begin();
  const auto begun = Clock::now();
  stretch(options_.seconds);
  const double seconds = duration<double>(Clock::now() - begun).count();
  drain();
  std::string report = meter_.report(seconds);
  rest();
  return report;
}

// Leaves every sensor at off, as the next run expects it: a sensor that says again what it said is no event.
void Load::rest() {
  for (std::size_t i = 0; i < options_.pairs; ++i) {
    if (meter_.on(i)) send(i);
  }
  drain();
  client_.disconnect();
}

void Load::stretch(double seconds) {
  const auto end = Clock::now() + duration_cast<Clock::duration>(duration<double>(seconds));
  due_ = background_due_ = Clock::now();
  for (auto now = Clock::now(); now < end; now = Clock::now()) {
    if (options_.depth > 0)
      fill();
    else
      pace(now);
    if (other_) stir(now);
    auto wake = options_.depth > 0 ? end : std::min(end, due_);
    if (other_) wake = std::min(wake, background_due_);
    client_.step(std::max(duration_cast<microseconds>(wake - Clock::now()), microseconds(0)));
    answer_all();
  }
}

void Load::pace(Steady now) {
  if (now < due_) return;
  // One that was missed is sent late, not left out: a stall must show.
  due_ += period(options_.rate);
  send(turn_++ % options_.pairs);
}

void Load::fill() {
  for (std::size_t i = 0; i < options_.pairs; ++i) {
    while (meter_.open_of(i) < options_.depth) send(i);
  }
}

void Load::stir(Steady now) {
  while (now >= background_due_) {
    background_due_ += period(options_.background);
    const std::size_t turn = background_turn_++;
    other_->publish(plane_.meter(turn % options_.meters), plane_.meter_payload(turn / options_.meters),
                    options_.qos);
  }
  other_->step(microseconds(0));
}

void Load::send(std::size_t sensor) {
  const bool on = meter_.send(sensor);
  client_.publish(plane_.motion(sensor), plane_.motion_payload(on), options_.qos,
                  options_.kind == Kind::bridge);
}

void Load::answer_all() {
  for (const Answer& answer : answers_) {
    meter_.answer(answer.lamp, answer.on, answer.arrived);
    client_.publish(plane_.lamp(answer.lamp), plane_.lamp_payload(answer.on), options_.qos,
                    options_.kind == Kind::bridge);
    if (options_.kind == Kind::bridge && !answer.id.empty())
      client_.publish(plane_.lamp_result(answer.lamp), plane_.result_payload(answer.id), options_.qos);
  }
  answers_.clear();
}

void Load::drain() {
  const auto limit = Clock::now() + std::chrono::seconds(5);
  while ((meter_.open() > 0 || client_.unacknowledged() > 0) && Clock::now() < limit) {
    client_.step(std::chrono::milliseconds(1));
    answer_all();
    if (other_) other_->step(microseconds(0));
  }
}

}  // namespace gable::bench
