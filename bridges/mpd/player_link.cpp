#include "player_link.hpp"

#include <algorithm>
#include <utility>

namespace gable::mpd {

namespace {

using namespace std::chrono_literals;

constexpr auto kRetryMin = 500ms;
constexpr auto kRetryMax = 60s;
// A password does not get better by trying; but somebody may correct it at the server.
constexpr auto kRetryRefused = 5min;

std::string words_of(const Refusal& refusal) {
  return "the player refuses " + (refusal.command.empty() ? "it" : printable(refusal.command, 32)) + ": " +
         printable(refusal.text, 200);
}

}  // namespace

PlayerLink::PlayerLink(node::Loop& loop, Address address, std::string password, std::uint32_t seed)
    : loop_(loop),
      address_(std::move(address)),
      password_(std::move(password)),
      backoff_(kRetryMin, kRetryMax, seed) {}

PlayerLink::~PlayerLink() {
  loop_.cancel(retry_);
  loop_.cancel(tick_);
}

void PlayerLink::start(Handlers handlers) {
  handlers_ = std::move(handlers);
  open();
}

Moment PlayerLink::now() const {
  return std::chrono::duration_cast<Moment>(loop_.clock().steady().time_since_epoch());
}

void PlayerLink::open() {
  retry_ = 0;
  Connection::Handlers handlers;
  handlers.opened = [this] {
    client_ = std::make_unique<Client>(password_, now());
    pump();
  };
  handlers.received = [this](const std::string& bytes) {
    if (!client_) return;
    client_->received(bytes, now());
    pump();
  };
  handlers.closed = [this](const std::string& reason) { lose(reason, false); };
  connection_ = std::make_unique<Connection>(loop_, address_, std::move(handlers));
}

// Performs what the client wants: handlers may send more while it does.
void PlayerLink::pump() {
  while (client_) {
    auto event = client_->take_event();
    if (!event) break;
    perform(*event);
  }
  if (!client_) return;
  if (!connection_->write(client_->take_output())) return lose("the server does not read", false);
  arm();
}

void PlayerLink::perform(const ClientEvent& event) {
  if (const auto* answered = std::get_if<Answered>(&event)) {
    const auto found = waiting_.find(answered->id);
    if (found == waiting_.end()) return;
    // Not before it has answered something: one that greets and closes is not asked at once again.
    backoff_.reset();
    const Then then = std::move(found->second);
    waiting_.erase(found);
    const auto& refusal = answered->reply.refusal;
    then({answered->reply, refusal ? words_of(*refusal) : std::string(), false});
  } else if (const auto* changed = std::get_if<Changed>(&event)) {
    handlers_.changed(changed->subsystems);
  } else if (const auto* broken = std::get_if<Broken>(&event)) {
    lose(broken->reason, broken->refused);
  } else {
    said_.clear();
    handlers_.ready();
  }
}

void PlayerLink::lose(const std::string& reason, bool refused) {
  if (!connection_) return;
  client_.reset();
  connection_.reset();
  loop_.cancel(tick_);
  tick_ = 0;
  const std::chrono::milliseconds delay = refused ? kRetryRefused : backoff_.next();
  retry_ = loop_.after(delay, [this] { open(); });
  const std::string text = address_.text() + ": " + reason;
  if (std::exchange(said_, text) != text) handlers_.lost(text);
  for (auto& [id, then] : std::exchange(waiting_, {})) {
    then({{},
          "the connection was lost before the answer (" + reason + "); it may have been carried out",
          true});
  }
}

void PlayerLink::request(const std::vector<std::string>& lines, Then then) {
  if (!ready()) return then({{}, said_.empty() ? "the player is not connected yet" : said_, true});
  const std::uint64_t id = ++last_id_;
  if (!client_->send(id, lines, now()))
    return then({{}, "too many commands are waiting for the player", true});
  waiting_.emplace(id, std::move(then));
  if (!connection_->write(client_->take_output())) return lose("the server does not read", false);
  arm();
}

void PlayerLink::arm() {
  loop_.cancel(std::exchange(tick_, 0));
  const auto due = client_ ? client_->deadline() : std::nullopt;
  if (!due) return;
  tick_ = loop_.after(std::max(*due - now(), Moment(1)), [this] {
    tick_ = 0;
    if (!client_) return;
    client_->tick(now());
    pump();
  });
}

}  // namespace gable::mpd
