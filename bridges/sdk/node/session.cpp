#include "node/session.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "node/backoff.hpp"
#include "node/outbox.hpp"
#include "node/reason_code.hpp"
#include "node/redelivery.hpp"
#include "node/subscriptions.hpp"
#include "wire/json.hpp"
#include "wire/topic.hpp"

namespace gable::node {

namespace {

// A birth is not repeated more often than this, so that two processes under one name do not chase each other.
constexpr std::chrono::milliseconds kBirthPause{1'000};
// A connection that ended sooner counts as a failed attempt: two clients that take each other's session over
// would else do so without pause.
constexpr std::chrono::seconds kStable{10};
// Brokers of MQTT 3.1.1 may close instead of refusing, but so does one that is just starting or stopping.
constexpr int kUnansweredLimit = 2;

}  // namespace

struct Session::Impl {
  Impl(Session& its_session, Loop& its_loop, MqttPort& its_port, SessionOptions its_options,
       Handlers its_handlers);

  void connect();
  void connected(const Connected& event);
  void disconnected(const Disconnected& event);
  void retry_later(const Disconnected& event);
  void acknowledged(const Acknowledged& event);
  void message(Message& message);
  void publish(Message message);
  void pump(std::size_t limit);
  void publish_status();
  void check_own_status(const Message& message);
  void repeat_birth();
  void refused(const std::string& topic, const std::string& reason);
  void notice(const std::string& text);
  Message status_message(const wire::StatusDoc& doc) const;
  std::vector<Subscription> own_status() const;
  // Runs `work` on the owner thread, unless the session is gone by then.
  template <class Work>
  void enqueue(Work work);

  Session& session;
  Loop& loop;
  MqttPort& port;
  SessionOptions options;
  Handlers handlers;
  Outbox outbox;
  Redelivery redelivery;
  Subscriptions subscriptions;
  Backoff backoff;
  SessionStats stats;
  wire::StatusDoc status;
  bool status_set = false;
  bool is_connected = false;
  bool was_connected = false;  // once in this process: the broker may hold our session
  bool stopped = true;
  bool below_5 = false;     // the next attempt asks for 3.1.1
  int unanswered = 0;       // attempts with MQTT 5 in a row that the broker closed without an answer
  bool birth_sent = false;  // on this connection
  bool born = false;        // the broker has taken a birth of this process
  Steady connected_at;
  bool said_fall_back = false, said_delay = false, said_other = false;
  int version = 5;
  std::size_t window = 0;  // unacknowledged publishes allowed on this connection
  TimerId retry_timer = 0;
  TimerId birth_timer = 0;
  std::optional<Steady> last_birth;
  // Watched by what waits in the loop's queue; shared with those tasks only.
  std::shared_ptr<bool> alive = std::make_shared<bool>(true);
};

Session::Impl::Impl(Session& its_session, Loop& its_loop, MqttPort& its_port, SessionOptions its_options,
                    Handlers its_handlers)
    : session(its_session),
      loop(its_loop),
      port(its_port),
      options(std::move(its_options)),
      handlers(std::move(its_handlers)),
      outbox([this](const Message& message, const std::string& reason) {
        ++stats.dropped;
        if (handlers.dropped) return handlers.dropped(message.topic, reason);
        refused(message.topic, reason);
      }),
      subscriptions(port,
                    [this](const std::string& filter, const std::string& reason) {
                      ++stats.refused;
                      refused(filter, reason);
                    }),
      backoff(options.backoff_min, options.backoff_max, options.backoff_seed) {
  version = options.connect.protocol_version;
  status.status = wire::ParticipantStatus::starting;
  status.session = options.session_id;
  if (options.status_topic.empty()) return;
  wire::StatusDoc will;
  will.session = options.session_id;
  will.reason = "connection lost";
  options.connect.will = status_message(will);
  subscriptions.subscribe(own_status(), {}, false);
}

std::vector<Subscription> Session::Impl::own_status() const {
  Subscription own{options.status_topic};
  own.no_local = true;
  return {own};
}

template <class Work>
void Session::Impl::enqueue(Work work) {
  loop.post_now([alive_now = alive, work = std::move(work)]() mutable {
    if (*alive_now) work();
  });
}

Message Session::Impl::status_message(const wire::StatusDoc& doc) const {
  Message message;
  message.topic = options.status_topic;
  message.payload = wire::to_json(wire::encode(doc));
  message.retain = true;
  return message;
}

void Session::Impl::refused(const std::string& topic, const std::string& reason) {
  if (handlers.refused) handlers.refused(topic, reason);
}

void Session::Impl::notice(const std::string& text) {
  if (handlers.notice) handlers.notice(text);
}

void Session::Impl::connect() {
  retry_timer = 0;
  ConnectOptions attempt = options.connect;
  if (below_5) attempt.protocol_version = 4;
  version = attempt.protocol_version;
  // A new process begins with a clean session; its later connections take up the one that it made.
  attempt.clean_start = options.connect.clean_start && !was_connected;
  port.connect(attempt, session);
}

void Session::Impl::connected(const Connected& event) {
  if (stopped) return;
  is_connected = true;
  if (was_connected) ++stats.reconnects;
  was_connected = true;
  version = event.protocol_version;
  window = std::min<std::size_t>(options.inflight_limit, event.receive_maximum);
  unanswered = 0;
  connected_at = loop.clock().steady();
  if (version < 5 && options.connect.protocol_version >= 5 && !std::exchange(said_fall_back, true)) {
    notice(
        "the broker speaks only MQTT 3.1.1: expiry, will delay and response topics are replaced by payload "
        "keys");
  }
  if (!event.tcp_nodelay && !std::exchange(said_delay, true)) {
    notice("TCP_NODELAY could not be set on the broker's socket: commands may take 44 ms longer");
  }
  redelivery.connected(event.session_present);
  subscriptions.connected(event.session_present, options.confirm_subscriptions && version >= 5);
  // Whoever runs under our name elsewhere has had our session, and left what it says of itself on our topic.
  if (event.session_present && born) subscriptions.subscribe(own_status(), {}, true);
  birth_sent = false;
  if (handlers.connected) handlers.connected(event);
  pump(window);
  if (!birth_sent) publish_status();
}

void Session::Impl::disconnected(const Disconnected& event) {
  const bool lost = std::exchange(is_connected, false);
  outbox.connection_lost();
  outbox.trim(options.offline_limit);
  subscriptions.connection_lost();
  loop.cancel(std::exchange(birth_timer, 0));
  if (stopped) return;
  if (event.closed_unanswered && version >= 5) ++unanswered;
  if (version >= 5 && (event.protocol_refused || unanswered >= kUnansweredLimit)) {
    below_5 = true;
    unanswered = 0;
    connect();  // the other version at once: nothing has failed yet
    return;
  }
  below_5 = false;  // begin with 5 again: the guess may have been wrong, and brokers are upgraded
  if (lost && loop.clock().steady() - connected_at >= kStable) backoff.reset();
  retry_later(event);
}

void Session::Impl::retry_later(const Disconnected& event) {
  if (event.fatal) {
    stopped = true;
    if (handlers.disconnected) handlers.disconnected(event, std::chrono::milliseconds(0));
    return;
  }
  const auto delay = backoff.next();
  retry_timer = loop.after(delay, [this] { connect(); });
  if (handlers.disconnected) handlers.disconnected(event, delay);
}

void Session::Impl::acknowledged(const Acknowledged& event) {
  if (const auto message = outbox.acknowledged(event.token)) {
    const int code = event.reason_codes.empty() ? 0 : event.reason_codes.front();
    if (code >= 0x80) {
      ++stats.refused;
      refused(message->topic, "publish refused: " + reason_text(code, event.text));
    } else {
      ++stats.messages_out;
      born = born || message->topic == options.status_topic;
    }
    pump(window);
    return;
  }
  subscriptions.acknowledged(event);
}

void Session::Impl::message(Message& message) {
  if (stopped) return;
  ++stats.messages_in;
  message.repeated = redelivery.repeats(message);
  if (!options.status_topic.empty() && message.topic == options.status_topic) {
    check_own_status(message);
    return;
  }
  if (handlers.message) handlers.message(message);
}

void Session::Impl::publish(Message message) {
  // A broker ends the connection of whoever sends such a topic, and it would be sent again.
  if (!wire::valid_topic_name(message.topic)) {
    ++stats.refused;
    refused(message.topic, "publish refused: " + reason_text(0x90));
    return;
  }
  const Steady now = loop.clock().steady();
  if (is_connected && outbox.waiting() == 0 && outbox.in_flight() < window) {
    const std::uint64_t token = port.publish(message);
    if (token != 0) {
      outbox.sent_directly(std::move(message), token, now);
      return;
    }
  }
  outbox.add(std::move(message), now, options.coalesce || !is_connected);
  if (!is_connected) outbox.trim(options.offline_limit);
}

void Session::Impl::pump(std::size_t limit) {
  const Steady now = loop.clock().steady();
  while (is_connected && outbox.in_flight() < limit) {
    const Message* next = outbox.front(now);
    if (next == nullptr) return;
    const std::uint64_t token = port.publish(*next);
    if (token == 0) return;  // the connection has just gone; on_disconnected is on its way
    outbox.sent(token);
  }
}

void Session::Impl::publish_status() {
  // Without a connection it waits for the next one, whose birth it will be.
  if (!status_set || !is_connected || options.status_topic.empty()) return;
  last_birth = loop.clock().steady();
  birth_sent = true;
  publish(status_message(status));
}

// Our own topic, as others see it. A will that the broker published late (takeover, a predecessor that
// crashed) leaves `offline` behind although we live: say again that we do.
void Session::Impl::check_own_status(const Message& message) {
  const auto object = wire::parse_object(message.payload);
  const auto seen = object ? wire::decode_status(*object) : wire::Result<wire::StatusDoc>(wire::Error{});
  if (seen && seen->session == status.session && seen->status == status.status) return;
  if (stopped || !status_set || status.status == wire::ParticipantStatus::offline) return;
  const bool offline = !seen || seen->status == wire::ParticipantStatus::offline;
  // Before our own birth it may be what a predecessor that crashed has left.
  const bool other = !offline && seen->session != status.session && (born || !message.retain);
  if (other && !std::exchange(said_other, true)) {
    notice("another process publishes " + options.status_topic + " (session " + seen->session +
           "): two programs run under one name; end one of them, or give it another name");
  }
  if (!offline && seen->session == status.session) return;  // an older one of ours, on its way back
  repeat_birth();
}

void Session::Impl::repeat_birth() {
  if (birth_timer != 0) return;
  const Steady now = loop.clock().steady();
  if (!last_birth || now - *last_birth >= kBirthPause) {
    publish_status();
    return;
  }
  birth_timer = loop.at(*last_birth + kBirthPause, [this] {
    birth_timer = 0;
    if (is_connected) publish_status();
  });
}

Session::Session(Loop& loop, MqttPort& port, SessionOptions options, Handlers handlers)
    : impl_(std::make_unique<Impl>(*this, loop, port, std::move(options), std::move(handlers))) {}

Session::~Session() {
  *impl_->alive = false;
  if (!impl_->stopped) {
    impl_->stopped = true;
    impl_->port.disconnect();
  }
  impl_->loop.cancel(impl_->retry_timer);
  impl_->loop.cancel(impl_->birth_timer);
}

void Session::start() {
  if (!impl_->stopped) return;
  impl_->stopped = false;
  impl_->connect();
}

void Session::stop(const std::string& reason) {
  if (impl_->stopped) return;
  set_status(wire::ParticipantStatus::offline, reason);
  impl_->pump(SIZE_MAX);
  impl_->stopped = true;
  impl_->is_connected = false;
  impl_->loop.cancel(std::exchange(impl_->retry_timer, 0));
  impl_->loop.cancel(std::exchange(impl_->birth_timer, 0));
  impl_->port.disconnect();
}

void Session::publish(Message message) { impl_->publish(std::move(message)); }

void Session::subscribe(std::vector<Subscription> subscriptions,
                        std::function<void(const std::vector<int>&)> granted) {
  impl_->subscriptions.subscribe(std::move(subscriptions), std::move(granted), impl_->is_connected);
}

void Session::unsubscribe(const std::vector<std::string>& filters) {
  impl_->subscriptions.unsubscribe(filters, impl_->is_connected);
}

void Session::set_status(wire::ParticipantStatus status, const std::string& reason) {
  // Said once more, for another reason or because somebody asked, it is so since then all the same.
  if (!impl_->status_set || impl_->status.status != status) impl_->status.since = impl_->loop.clock().now();
  impl_->status.status = status;
  impl_->status.reason = reason;
  impl_->status_set = true;
  impl_->publish_status();
}

const wire::StatusDoc& Session::status() const { return impl_->status; }

bool Session::connected() const { return impl_->is_connected; }

int Session::protocol_version() const { return impl_->version; }

std::size_t Session::backlog() const { return impl_->outbox.waiting(); }

const SessionStats& Session::stats() const { return impl_->stats; }

void Session::on_connected(Connected event) {
  impl_->enqueue([impl = impl_.get(), event] { impl->connected(event); });
}

void Session::on_disconnected(Disconnected event) {
  impl_->enqueue([impl = impl_.get(), event = std::move(event)] { impl->disconnected(event); });
}

void Session::on_acknowledged(Acknowledged event) {
  impl_->enqueue([impl = impl_.get(), event = std::move(event)] { impl->acknowledged(event); });
}

void Session::on_message(Message message) {
  impl_->enqueue([impl = impl_.get(), message = std::move(message)]() mutable { impl->message(message); });
}

bool Session::has_room() const { return impl_->loop.has_room(); }

bool Session::wait_for_room(std::chrono::milliseconds patience) {
  return impl_->loop.wait_for_room(patience);
}

}  // namespace gable::node
