// play_media: into the queue, or as an announcement; done when it can be heard.

#include <utility>

#include "mpd_player.hpp"

namespace gable::mpd {

namespace {

using namespace std::chrono_literals;

constexpr auto kBegins = 10s;
constexpr auto kLook = 200ms;

}  // namespace

void MpdPlayer::on_media(const bridge::Command& command, const bridge::Reply& reply) {
  const auto order = read_order(command.data);
  if (!order) return reply.rejected(order.error().text, order.error().code);
  if (!order->announce) return play(*order, reply);
  announcements_.add({order->uri, order->volume ? order->volume : config_.announce_volume}, reply);
}

void MpdPlayer::play(const MediaOrder& order, const bridge::Reply& reply) {
  // The queue as it is now, not as it was when it was last read.
  link_.request({"status"}, [this, order, reply](const Outcome& asked) {
    if (!asked.error.empty()) return reply.failed(asked.error);
    const auto lines = lines_for(order, parse_status(asked.reply.sections.front()));
    const bool plays = order.place == MediaOrder::Place::replace || order.place == MediaOrder::Place::play;
    if (!plays) return carry_out(lines, reply);
    link_.request(lines, [this, reply](const Outcome& outcome) {
      if (!outcome.error.empty()) return reply.failed(outcome.error);
      reply.accepted();
      watch_beginning(reply);
    });
  });
}

// The player says "playing" before it has opened what it plays: whether it can is known when it decodes.
void MpdPlayer::watch_beginning(const bridge::Reply& reply) {
  beginnings_.push_back({reply, bridge_.clock().steady() + kBegins});
  if (beginning_timer_ == 0) beginning_timer_ = loop_.every(kLook, [this] { read_state(); });
  read_state();
}

void MpdPlayer::look_at_beginnings() {
  if (beginnings_.empty()) return;
  const bool waits = status_.error.empty() && status_.state == PlayState::play && status_.audio.empty();
  const auto now = bridge_.clock().steady();
  std::vector<Beginning> left;
  for (Beginning& each : std::exchange(beginnings_, {})) {
    if (waits && now < each.until) {
      left.push_back(std::move(each));
    } else if (waits) {
      each.reply.failed("the player did not begin within 10 s");
    } else if (!status_.error.empty()) {
      each.reply.failed("the player cannot play it: " + printable(status_.error, 200));
    } else {
      each.reply.done();
    }
  }
  beginnings_ = std::move(left);
  if (beginnings_.empty()) loop_.cancel(std::exchange(beginning_timer_, 0));
}

}  // namespace gable::mpd
