#include "gable/playback.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>

#include "gable/client.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kLastAnswers{60'000};
constexpr Milliseconds kProgressPeriod{250};
constexpr std::uint64_t kNamedLines = 5;
constexpr Milliseconds kBunch{10};  // this much may be published at once; a shorter wait is not worth a sleep

double seconds_since(node::Steady then) {
  return std::chrono::duration<double>(in(Milliseconds(0)) - then).count();
}

std::string rounded(double number, int digits) {
  std::string text(64, '\0');
  const int length = std::snprintf(text.data(), text.size(), "%.*f", digits, number);
  text.resize(static_cast<std::size_t>(std::max(0, length)));
  return text;
}

}  // namespace

Playback::Playback(const Context& context, const PlayOptions& options)
    : context_(context),
      options_(options),
      interrupt_([this] { link_.interrupt(); }),
      begun_(in(Milliseconds(0))),
      shown_(begun_),
      next_(begun_),
      terminal_(isatty(STDERR_FILENO) != 0) {}

wire::Result<node::Connected> Playback::begin(const node::ConnectOptions& connect_options) {
  auto connected = connect(link_, context_, connect_options);
  begun_ = shown_ = in(Milliseconds(0));
  return connected;
}

bool Playback::wait_for(wire::Time at) {
  if (options_.speed <= 0) return !link_.interrupted();
  if (!first_) first_ = at;
  const double offset = std::chrono::duration<double>(at - *first_).count() / options_.speed;
  const auto due =
      begun_ + std::chrono::duration_cast<node::Steady::duration>(std::chrono::duration<double>(offset));
  link_.pause_until(due);
  return !link_.interrupted();
}

// What was late is not caught up with: a second of silence is not followed by one with twice the messages.
void Playback::keep_rate() {
  const auto now = in(Milliseconds(0));
  if (next_ > now + kBunch) link_.pause_until(next_);
  next_ = std::max(next_, now) + std::chrono::duration_cast<node::Steady::duration>(
                                     std::chrono::duration<double>(1 / options_.rate));
}

bool Playback::publish(const node::Message& message) {
  keep_rate();
  if (!link_.publish(message)) return false;
  ++messages_;
  return true;
}

void Playback::last_words(const node::Message& message) {
  stopped_ = link_.interrupted();
  link_.go_on();
  publish(message);
}

void Playback::count_line(std::uint64_t total) {
  ++lines_;
  if (terminal_ && lines_ % 64 == 0) show_progress(total);
}

void Playback::show_progress(std::uint64_t total) {
  const auto now = in(Milliseconds(0));
  if (now - shown_ < kProgressPeriod) return;
  shown_ = now;
  progress_ = true;
  const double seconds = seconds_since(begun_);
  context_.err << '\r' << lines_;
  if (total > 0) context_.err << " of " << total << " lines, " << lines_ * 100 / total << " %";
  context_.err << ", " << rounded(static_cast<double>(lines_) / seconds, 0) << "/s   " << std::flush;
}

void Playback::clear_progress() {
  if (std::exchange(progress_, false)) context_.err << "\r\x1b[K" << std::flush;
}

void Playback::bad_line(std::uint64_t number, std::string_view why) {
  if (++bad_ > kNamedLines) return;
  clear_progress();
  context_.err << "gable: " << options_.file << ':' << number << ": left out: " << printable(why) << '\n';
}

int Playback::finish() {
  const bool complete = link_.flush(kLastAnswers);
  const double seconds = seconds_since(begun_);
  clear_progress();
  if (interrupted()) {
    link_.disconnect();
    context_.err << "gable: ended before the end of the recording\n";
    sum_up(seconds);
    return node::kExitFailed;
  }
  if (!link_.connected()) {
    sum_up(seconds);
    return context_.fail("the connection was lost: " + link_.lost_reason());
  }
  link_.disconnect();
  const int status = sum_up(seconds);
  return complete ? status : context_.fail("the broker did not acknowledge everything");
}

int Playback::sum_up(double seconds) {
  const double rate = seconds > 0 ? static_cast<double>(lines_) / seconds : 0;
  if (context_.json) {
    context_.print(wire::Object{{"lines", static_cast<std::int64_t>(lines_)},
                                {"messages", static_cast<std::int64_t>(messages_)},
                                {"left_out", static_cast<std::int64_t>(bad_)},
                                {"refused", static_cast<std::int64_t>(link_.refused())},
                                {"seconds", std::round(seconds * 1000) / 1000},
                                {"events_per_second", std::round(rate)}});
  } else {
    context_.out << lines_ << " lines, " << messages_ << " messages, " << rounded(seconds, 2) << " s, "
                 << rounded(rate, 0) << " events per second\n";
    if (bad_ > 0) context_.err << "gable: " << bad_ << " lines were left out\n";
  }
  if (link_.refused() == 0) return node::kExitOk;
  return context_.fail("the broker refused " + std::to_string(link_.refused()) +
                       " messages: " + link_.last_refusal());
}

}  // namespace gable::cli
