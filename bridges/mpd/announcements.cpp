#include "announcements.hpp"

#include <cstdio>
#include <utility>

#include "bridge/state_file.hpp"
#include "translation.hpp"

namespace gable::mpd {

namespace {

using namespace std::chrono_literals;
using bridge::LogLevel;

constexpr std::size_t kWaitingLimit = 8;
constexpr auto kBegins = 10s;     // until a sound that was started can be heard
constexpr auto kLongest = 10min;  // a live stream would never end
constexpr auto kLook = 500ms;     // beside what the player says by itself

}  // namespace

Announcements::Announcements(bridge::Bridge& bridge, PlayerLink& link, std::string journal,
                             std::function<void()> changed)
    : bridge_(bridge),
      loop_(bridge.loop()),
      link_(link),
      journal_(std::move(journal)),
      changed_(std::move(changed)) {}

Announcements::~Announcements() { loop_.cancel(timer_); }

void Announcements::add(Announcement announcement, const bridge::Reply& reply) {
  if (waiting_.size() >= kWaitingLimit) return reply.rejected("eight announcements are waiting already");
  waiting_.push_back({std::move(announcement), reply});
  reply.accepted();
  if (step_ == Step::none) begin();
}

void Announcements::begin() {
  step_ = Step::beginning;
  now_ = std::move(waiting_.front());
  waiting_.pop_front();
  link_.request(Announcer::prepare(now_->announcement),
                [this](const Outcome& outcome) { prepared(outcome); });
}

void Announcements::prepared(const Outcome& outcome) {
  const auto lines =
      outcome.error.empty() ? announcer_.played(now_->announcement, outcome.reply) : std::nullopt;
  if (!lines) {
    answer(outcome.error.empty() ? "the player has put nothing into its queue" : outcome.error);
    // After a loss the rest is brought to an end when the connection is back.
    if (outcome.lost) return lost();
    return announcer_.busy() ? end(Announcer::Verdict::failed, {}) : restored();
  }
  write_journal();
  link_.request(*lines, [this](const Outcome& played) {
    if (played.lost) return lost();
    // Not before: replies come in order, and an earlier one tells of the music.
    watch(Step::starting);
    if (played.error.empty()) return changed_();
    answer(played.error);
    end(Announcer::Verdict::failed, {});
  });
}

// Looks now and then: an end that the player does not push would keep the house's music away.
void Announcements::watch(Step step) {
  step_ = step;
  since_ = bridge_.clock().steady();
  if (timer_ == 0) timer_ = loop_.every(kLook, [this] { changed_(); });
}

bool Announcements::late() const {
  const auto waited = bridge_.clock().steady() - since_;
  return step_ == Step::starting ? waited > kBegins : waited > kLongest;
}

void Announcements::look(const Status& status) {
  using Verdict = Announcer::Verdict;
  if (step_ != Step::starting && step_ != Step::sounding) return;
  const Verdict verdict = announcer_.look(status);
  if (late()) {
    answer("the player did not begin within 10 s");
    return end(Verdict::failed, status);
  }
  if (verdict == Verdict::wait) return;
  if (verdict == Verdict::failed) answer("the player cannot play it: " + printable(status.error, 200));
  answer({});
  if (verdict != Verdict::began) return end(verdict, status);
  if (step_ == Step::starting) watch(Step::sounding);
}

void Announcements::answer(const std::string& error) {
  if (!now_) return;
  const Waiting ended = std::move(*now_);
  now_.reset();
  if (error.empty()) return ended.reply.done();
  ended.reply.failed(error);
}

void Announcements::end(Announcer::Verdict verdict, const Status& status) {
  if (!waiting_.empty() && verdict != Announcer::Verdict::taken_over) return begin();
  step_ = Step::restoring;
  auto steps = announcer_.restore(verdict, status);
  for (std::size_t i = 0; i < steps.size() && step_ == Step::restoring; ++i) {
    const bool last = i + 1 == steps.size();
    link_.request(steps[i], [this, last](const Outcome& outcome) {
      if (step_ != Step::restoring) return;
      if (outcome.lost) return lost();
      if (!outcome.error.empty()) bridge_.log(LogLevel::info, "after an announcement: " + outcome.error);
      if (last) restored();
    });
  }
}

void Announcements::restored() {
  announcer_.restored();
  std::remove(journal_.c_str());
  loop_.cancel(std::exchange(timer_, 0));
  step_ = Step::none;
  changed_();
  if (step_ == Step::none && !waiting_.empty()) begin();
}

void Announcements::lost() {
  loop_.cancel(std::exchange(timer_, 0));
  step_ = Step::none;
  answer("the connection to the player was lost");
  for (const Waiting& each : std::exchange(waiting_, {}))
    each.reply.failed("the connection to the player was lost");
}

void Announcements::write_journal() {
  if (!bridge::replace_file(journal_, announcer_.journal()))
    bridge_.log_once("journal", LogLevel::warning,
                     "cannot write " + journal_ +
                         ": after a restart in the middle of an "
                         "announcement, what was playing would not come back");
}

void Announcements::connected() {
  std::string lines = bridge::read_file(journal_);
  if (lines.empty()) lines = announcer_.journal();
  if (!lines.empty()) resume(lines);
}

void Announcements::resume(const std::string& lines) {
  step_ = Step::beginning;
  link_.request({"playlistinfo", "status"}, [this, lines](const Outcome& outcome) {
    if (outcome.lost) return lost();
    const bool whole = outcome.error.empty() && outcome.reply.sections.size() == 2;
    if (!whole || !announcer_.resume(parse_lines(lines), parse_songs(outcome.reply.sections[0], kPairLimit)))
      return restored();
    watch(Step::sounding);
    look(parse_status(outcome.reply.sections[1]));
  });
}

}  // namespace gable::mpd
