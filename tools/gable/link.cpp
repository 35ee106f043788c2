#include "gable/link.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "node/reason_code.hpp"
#include "node/tcp_nodelay.hpp"

namespace gable::cli {

namespace {

using wire::Error;
using wire::ErrorCode;

constexpr Milliseconds kAnswerPatience{10'000};
constexpr int kRefusal = 0x80;

}  // namespace

node::Steady in(Milliseconds wait) { return std::chrono::steady_clock::now() + wait; }

Link::~Link() { disconnect(); }

wire::Result<node::Connected> Link::connect(node::ConnectOptions options) {
  auto outcome = attempt(options);
  if (outcome || options.protocol_version < 5) return outcome;
  {
    const std::lock_guard lock(mutex_);
    if (!end_ || (!end_->protocol_refused && !end_->closed_unanswered)) return outcome;
  }
  options.protocol_version = 4;
  return attempt(options);
}

wire::Result<node::Connected> Link::attempt(const node::ConnectOptions& options) {
  {
    const std::lock_guard lock(mutex_);
    greeting_.reset();
    end_.reset();
    in_flight_.clear();
    early_.clear();
  }
  const auto before = node::sockets_to_port(options.port);
  port_.connect(options, *this);
  std::unique_lock lock(mutex_);
  const auto patience = std::chrono::seconds(options.timeout_seconds + 5);
  changed_.wait_for(lock, patience, [this] { return greeting_ || end_ || interrupted_; });
  socket_ = -1;
  for (const int fd : node::sockets_to_port(options.port)) {
    if (std::find(before.begin(), before.end(), fd) == before.end()) socket_ = fd;
  }
  if (greeting_) return *greeting_;
  if (!end_) return Error{ErrorCode::unavailable, interrupted_ ? "interrupted" : "it does not answer", ""};
  return Error{end_->fatal ? ErrorCode::refused : ErrorCode::unavailable, end_->text, ""};
}

void Link::disconnect() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(up_, false)) return;
  }
  port_.disconnect();
}

void Link::drop() {
  std::unique_lock lock(mutex_);
  if (!up_ || socket_ < 0) return;
  ::shutdown(socket_, SHUT_RDWR);
  changed_.wait_for(lock, kAnswerPatience, [this] { return !up_; });
}

wire::Result<std::vector<int>> Link::subscribe(const std::vector<node::Subscription>& subscriptions) {
  const std::uint64_t token = port_.subscribe(subscriptions);
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kAnswerPatience, [&] { return early_.contains(token) || over(); });
  auto answer = early_.extract(token);
  if (answer.empty())
    return Error{ErrorCode::unavailable, end_ ? end_->text : "the broker did not answer SUBSCRIBE", ""};
  const auto& codes = answer.mapped().reason_codes;
  for (std::size_t i = 0; i < codes.size() && i < subscriptions.size(); ++i) {
    if (codes[i] >= kRefusal)
      return Error{ErrorCode::refused, node::reason_text(codes[i], answer.mapped().text),
                   subscriptions[i].filter};
  }
  return codes;
}

bool Link::publish(const node::Message& message) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return over() || in_flight_.size() < kWindow; });
    if (over()) return false;
  }
  // Not under the lock: Paho's threads call us with locks of theirs.
  const std::uint64_t token = port_.publish(message);
  if (token == 0) return false;
  const std::lock_guard lock(mutex_);
  if (const auto answer = early_.extract(token); !answer.empty()) {
    count(answer.mapped());
  } else {
    in_flight_.insert(token);
  }
  return true;
}

bool Link::flush(Milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [this] { return over() || in_flight_.empty(); });
  return in_flight_.empty();
}

void Link::count(const node::Acknowledged& event) {
  const int code = event.reason_codes.empty() ? 0 : event.reason_codes.front();
  if (code < kRefusal) return;
  ++refused_;
  last_refusal_ = node::reason_text(code, event.text);
}

std::uint64_t Link::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

std::string Link::last_refusal() const {
  const std::lock_guard lock(mutex_);
  return last_refusal_;
}

std::optional<node::Message> Link::next(node::Steady deadline) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, deadline, [this] { return !inbox_.empty() || over(); });
  if (inbox_.empty() || interrupted_) return std::nullopt;
  node::Message message = std::move(inbox_.front());
  inbox_.pop_front();
  if (inbox_.size() < kInbox) room_.notify_all();
  return message;
}

bool Link::connected() const {
  const std::lock_guard lock(mutex_);
  return up_;
}

std::string Link::lost_reason() const {
  const std::lock_guard lock(mutex_);
  return end_ ? end_->text : std::string();
}

int Link::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

void Link::interrupt() {
  const std::lock_guard lock(mutex_);
  interrupted_ = true;
  changed_.notify_all();
  room_.notify_all();
}

bool Link::interrupted() const {
  const std::lock_guard lock(mutex_);
  return interrupted_;
}

void Link::go_on() {
  const std::lock_guard lock(mutex_);
  interrupted_ = false;
}

void Link::pause_until(node::Steady when) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, when, [this] { return interrupted_; });
}

void Link::on_connected(node::Connected event) {
  const std::lock_guard lock(mutex_);
  greeting_ = event;
  version_ = event.protocol_version;
  up_ = true;
  changed_.notify_all();
}

void Link::on_disconnected(node::Disconnected event) {
  const std::lock_guard lock(mutex_);
  end_ = std::move(event);
  up_ = false;
  changed_.notify_all();
  room_.notify_all();
}

void Link::on_acknowledged(node::Acknowledged event) {
  const std::lock_guard lock(mutex_);
  if (in_flight_.erase(event.token) > 0) {
    count(event);
  } else {
    const auto token = event.token;
    early_.emplace(token, std::move(event));
  }
  changed_.notify_all();
}

void Link::on_message(node::Message message) {
  const std::lock_guard lock(mutex_);
  inbox_.push_back(std::move(message));
  changed_.notify_all();
}

bool Link::has_room() const {
  const std::lock_guard lock(mutex_);
  return inbox_.size() < kInbox || over();
}

bool Link::wait_for_room(Milliseconds patience) {
  std::unique_lock lock(mutex_);
  room_.wait_for(lock, patience, [this] { return inbox_.size() < kInbox || over(); });
  return inbox_.size() < kInbox || over();
}

}  // namespace gable::cli
