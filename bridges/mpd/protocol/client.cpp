// Pure: no clock, socket or thread.
#include "protocol/client.hpp"

#include <utility>

#include "protocol/player.hpp"

namespace gable::mpd {

namespace {

constexpr const char* kIdle = "idle player mixer options playlist output stored_playlist\n";

}  // namespace

Client::Client(std::string password, Moment now, ClientLimits limits)
    : password_(std::move(password)), limits_(limits), since_(now) {}

void Client::fail(std::string reason, bool refused) {
  if (phase_ == Phase::broken) return;
  phase_ = Phase::broken;
  waiting_.clear();
  output_.clear();
  idle_ = false;
  events_.emplace_back(Broken{std::move(reason), refused});
}

void Client::received(std::string_view bytes, Moment now) {
  if (phase_ == Phase::broken) return;
  reader_.feed(bytes);
  if (phase_ == Phase::greeting && !reader_.version().empty()) greeted(now);
  while (phase_ != Phase::broken) {
    auto reply = reader_.next();
    if (!reply) break;
    on_reply(std::move(*reply), now);
  }
  if (!reader_.broken().empty()) fail(reader_.broken());
}

void Client::greeted(Moment now) {
  if (password_.empty()) return become_ready(now);
  const auto line = command_line("password", {password_});
  if (!line) return fail("the password holds a line break", true);
  phase_ = Phase::password;
  output_ += *line + "\n";
  waiting_.push_back({Kind::password, 0, now});
}

void Client::become_ready(Moment now) {
  phase_ = Phase::ready;
  events_.emplace_back(Ready{reader_.version()});
  enter_idle(now);
}

void Client::enter_idle(Moment now) {
  idle_ = true;
  since_ = now;
  output_ += kIdle;
  waiting_.push_back({Kind::idle, 0, now});
}

// From now on the answer to idle is due: what has changed so far, or nothing. Should the server have answered
// already, it passes over the noidle.
void Client::leave_idle(Moment now) {
  if (!idle_) return;
  idle_ = false;
  waiting_.back().since = now;
  output_ += "noidle\n";
}

bool Client::send(std::uint64_t id, const std::vector<std::string>& lines, Moment now) {
  if (phase_ != Phase::ready || lines.empty() || waiting_.size() >= limits_.queue) return false;
  leave_idle(now);
  if (lines.size() > 1) output_ += "command_list_ok_begin\n";
  for (const std::string& line : lines) output_ += line + "\n";
  if (lines.size() > 1) output_ += "command_list_end\n";
  waiting_.push_back({Kind::command, id, now});
  return true;
}

void Client::on_reply(Reply reply, Moment now) {
  if (waiting_.empty()) return fail("an answer came to which there was no question");
  const Waiting asked = waiting_.front();
  waiting_.pop_front();
  // The next one's patience begins when the server turns to it.
  if (!waiting_.empty() && !(idle_ && waiting_.size() == 1)) waiting_.front().since = now;
  switch (asked.kind) {
    case Kind::password:
      return on_password(reply, now);
    case Kind::idle: {
      if (waiting_.empty()) idle_ = false;
      if (reply.refusal) {
        const bool rights = reply.refusal->code == kNoPermission;
        return fail(rights ? "the server wants a password (" + printable(reply.refusal->text) + ")"
                           : "the server refuses idle: " + printable(reply.refusal->text),
                    rights);
      }
      Changed changed{parse_changes(reply.sections.front())};
      if (!changed.subsystems.empty()) events_.emplace_back(std::move(changed));
      break;
    }
    case Kind::command:
      events_.emplace_back(Answered{asked.id, std::move(reply)});
      break;
    case Kind::ping:
      break;
  }
  if (waiting_.empty()) enter_idle(now);
}

void Client::on_password(const Reply& reply, Moment now) {
  if (!reply.refusal) return become_ready(now);
  const std::string text = printable(reply.refusal->text);
  if (reply.refusal->code == kWrongPassword)
    return fail("the server refuses the password (" + text + ")", true);
  fail("the server refuses to hear a password: " + text);
}

std::optional<Moment> Client::deadline() const {
  if (phase_ == Phase::broken) return std::nullopt;
  if (phase_ == Phase::greeting) return since_ + limits_.patience;
  if (idle_ && waiting_.size() == 1) return since_ + limits_.quiet;
  return waiting_.front().since + limits_.patience;
}

void Client::tick(Moment now) {
  const auto due = deadline();
  if (!due || now < *due) return;
  if (phase_ == Phase::greeting) return fail("no greeting from the server; is it a music player?");
  if (!(idle_ && waiting_.size() == 1)) return fail("the server does not answer");
  leave_idle(now);
  output_ += "ping\n";
  waiting_.push_back({Kind::ping, 0, now});
}

std::string Client::take_output() { return std::exchange(output_, {}); }

std::optional<ClientEvent> Client::take_event() {
  if (events_.empty()) return std::nullopt;
  ClientEvent event = std::move(events_.front());
  events_.pop_front();
  return event;
}

}  // namespace gable::mpd
