#include "node/mosquitto_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <thread>
#include <utility>

#include "node/connect_failure.hpp"
#include "node/mosquitto_client.hpp"
#include "node/mosquitto_convert.hpp"

namespace gable::node {

namespace {

// How long disconnect() waits for acknowledgements, and then for the socket to take what it is given.
constexpr std::chrono::milliseconds kDrain{1'000};
constexpr std::chrono::milliseconds kGoodbye{200};
constexpr int kStep = 20;  // ms
// Packets read before the tasks that came of them run. As many messages can share a transaction.
constexpr int kReads = 16;
constexpr std::chrono::seconds kKeepAliveCheck{1};
constexpr std::uint32_t kLeastKeepAlive = 5;  // s; libmosquitto takes no less
// Where Debian keeps the authorities that the system trusts, by hash.
constexpr const char* kSystemAuthorities = "/etc/ssl/certs";

bool is_address(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 || inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

// Zero, or why the socket's connection failed (errno).
int socket_error(int descriptor) {
  int error = 0;
  socklen_t size = sizeof error;
  if (descriptor >= 0) getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

// The connection was refused or broken, and something else (a handshake) has taken the socket's error.
bool is_closed(int descriptor) {
  tcp_info info{};
  socklen_t size = sizeof info;
  return getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_state == TCP_CLOSE;
}

bool set_cork(int descriptor, bool on) {
  const int value = on ? 1 : 0;
  return setsockopt(descriptor, IPPROTO_TCP, TCP_CORK, &value, sizeof value) == 0;
}

const char* text_or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

// A key that wants a password cannot be used: nobody is there to type it.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) { return 0; }

}  // namespace

MosquittoConnection::Client::Client(const ConnectOptions& options) : handle(nullptr) {
  [[maybe_unused]] static const int kInitialised = mosquitto_lib_init();
  handle =
      mosquitto_new(text_or_null(options.client_id), options.clean_start || options.client_id.empty(), this);
  if (handle != nullptr) set_callbacks(handle);
}

MosquittoConnection::MosquittoConnection(Loop& loop, ConnectOptions options, MqttListener& listener)
    : loop_(loop), options_(std::move(options)), listener_(listener) {}

MosquittoConnection::~MosquittoConnection() {
  *alive_ = false;
  ended_ = true;
  stop_watching();
  loop_.cancel(timer_);
  if (!client_) return;
  client_->owner = nullptr;
  const std::scoped_lock lock(client_->mutex);
  client_->loop = nullptr;
}

void MosquittoConnection::connect() {
  if (const std::string missing = unreadable_file(options_); !missing.empty()) {
    return end_later(unusable(options_, "cannot read " + missing));
  }
  // IPv4 first: a name may have an IPv6 address that the broker does not listen on.
  families_ = is_address(options_.host) ? std::vector<const char*>{nullptr}
                                        : std::vector<const char*>{"::", "0.0.0.0"};
  timer_ = loop_.after(std::chrono::seconds(options_.timeout_seconds),
                       [this] { end(not_answered_in_time(options_)); });
  reach();
}

// False: what was asked for cannot be, and the end is on its way.
bool MosquittoConnection::configure() {
  client_ = std::make_shared<Client>(options_);
  mosquitto* const handle = client_->handle;
  if (handle == nullptr) {
    end_later(unusable(options_, "not a usable client id"));
    return false;
  }
  mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, is_5() ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
  mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_int_option(handle, MOSQ_OPT_RECEIVE_MAXIMUM, UINT16_MAX);
  mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, UINT16_MAX);
  if (!options_.user.empty()) {
    with_memory(mosquitto_username_pw_set(handle, options_.user.c_str(), text_or_null(options_.password)));
  }
  if (options_.will) {
    const Message& will = *options_.will;
    mosquitto_property* const properties =
        is_5() ? MosquittoProperties::for_will(options_).release() : nullptr;
    with_memory(mosquitto_will_set_v5(handle, will.topic.c_str(), static_cast<int>(will.payload.size()),
                                      will.payload.data(), will.qos, will.retain, properties));
  }
  if (options_.tls) {
    with_memory(mosquitto_tls_set(handle, text_or_null(options_.tls->ca_file),
                                  options_.tls->ca_file.empty() ? kSystemAuthorities : nullptr,
                                  text_or_null(options_.tls->certificate_file),
                                  text_or_null(options_.tls->key_file), &no_password));
  }
  if (is_5()) {
    // The call that does not wait for the connection takes no properties, but keeps those of the last call
    // that does: so that one is made first, with a socket that is none.
    const MosquittoProperties properties = MosquittoProperties::for_connect(options_);
    with_memory(mosquitto_connect_bind_v5(handle, "/", 0, static_cast<int>(kLeastKeepAlive), nullptr,
                                          properties.get()));
    client_->said.clear();
  }
  return true;
}

// Tries the next family of addresses.
void MosquittoConnection::reach() {
  if (families_.empty()) return end_later(unreachable(options_));
  const char* const family = families_.back();
  families_.pop_back();
  if (!configure()) return;
  client_->loop = &loop_;
  auto attempt = [client = client_, family, host = options_.host, port = options_.port,
                  keep_alive = std::max(options_.keep_alive_seconds, kLeastKeepAlive)] {
    return with_memory(mosquitto_connect_bind_async(client->handle, host.c_str(), port,
                                                    static_cast<int>(keep_alive), family));
  };
  if (family == nullptr) return reached(attempt());
  std::thread([this, client = client_, alive = alive_, attempt = std::move(attempt)] {
    const int result = attempt();
    const std::scoped_lock lock(client->mutex);
    if (client->loop == nullptr) return;
    client->loop->post_now([this, client, alive, result] {
      if (*alive && !ended_ && client == client_) reached(result);
    });
  }).detach();
}

// The socket is there, and its connection is on its way; or it is not.
void MosquittoConnection::reached(int result) {
  if (result != MOSQ_ERR_SUCCESS) {
    if (!families_.empty()) return reach();
    return end_later(failure(result));
  }
  client_->owner = this;
  watch_ = loop_.watch(mosquitto_socket(client_->handle), [this] { ready(); });
  write();
}

void MosquittoConnection::ready() {
  if (up_) {
    read();
  } else {
    proceed();
  }
  if (!ended_ && watch_ != 0) write();
}

// One step towards CONNACK.
void MosquittoConnection::proceed() {
  const int descriptor = mosquitto_socket(client_->handle);
  const int error = socket_error(descriptor);
  if (error == ECONNRESET || error == EPIPE) return end(closed_unanswered(options_));
  if (error != 0 || is_closed(descriptor)) {
    stop_watching();
    if (!families_.empty()) return reach();
    return end(unreachable(options_));
  }
  const int result = with_memory(mosquitto_loop(client_->handle, 0, 1));
  if (result != MOSQ_ERR_SUCCESS && !ended_) end(failure(result));
}

// Level-triggered: what is left is read in the next turn.
void MosquittoConnection::read() {
  for (int i = 0; i < kReads && !ended_; ++i) {
    if (!listener_.has_room()) return;
    const std::uint64_t before = events_;
    const int result = with_memory(mosquitto_loop_read(client_->handle, 1));
    if (result != MOSQ_ERR_SUCCESS || events_ == before) return;
  }
}

// Writes what waits, and asks to be called when the socket takes more.
void MosquittoConnection::write() {
  mosquitto* const handle = client_->handle;
  if (mosquitto_want_write(handle) && up_) with_memory(mosquitto_loop_write(handle, 1));
  if (ended_) return;
  const bool more = mosquitto_want_write(handle);
  if (std::exchange(writing_, more) != more) loop_.watch_writing(watch_, more);
}

// Documents come several at a time, and each that is sent by itself wakes the broker: the kernel is told to
// wait for more (TCP_CORK), until the tasks are done that wait now.
void MosquittoConnection::hold() {
  if (held_) return;
  held_ = set_cork(mosquitto_socket(client_->handle), true);
  if (!held_) return;
  loop_.post_now([this, alive = alive_] {
    if (*alive) push();
  });
}

void MosquittoConnection::push() {
  if (std::exchange(held_, false) && !ended_) set_cork(mosquitto_socket(client_->handle), false);
}

void MosquittoConnection::connack(int code, bool session_present, std::uint16_t receive_maximum) {
  if (code != 0) return end(refused_by_broker(options_, code));
  up_ = true;
  loop_.cancel(timer_);
  timer_ = loop_.every(kKeepAliveCheck, [this] { with_memory(mosquitto_loop_misc(client_->handle)); });
  listener_.on_connected({.session_present = session_present,
                          .protocol_version = options_.protocol_version,
                          .receive_maximum = receive_maximum});
}

void MosquittoConnection::gone(int code) {
  if (up_) return end(connection_ended(options_, code));
  end(failure(code));
}

void MosquittoConnection::message(Message message) {
  ++events_;
  if (!ended_) listener_.on_message(std::move(message));
}

Disconnected MosquittoConnection::failure(int error) const {
  if (options_.tls && !client_->said.empty()) {
    const bool host = client_->said.find("host name") != std::string::npos;
    return tls_failed(options_, client_->said + (host ? "; is its certificate for this host?" : ""));
  }
  // Anything else is that there was somebody, who then said nothing, or what is no MQTT.
  const bool nobody = error == MOSQ_ERR_ERRNO || error == MOSQ_ERR_EAI || error == MOSQ_ERR_NO_CONN;
  return nobody ? unreachable(options_) : closed_unanswered(options_);
}

// Reports the end once. The client itself stays until there is a next one: we may be within a call of it.
void MosquittoConnection::end(Disconnected event) {
  if (std::exchange(ended_, true)) return;
  up_ = false;
  stop_watching();
  loop_.cancel(std::exchange(timer_, 0));
  listener_.on_disconnected(std::move(event));
}

// For what fails within connect(): its caller is not to hear of it before it returns.
void MosquittoConnection::end_later(Disconnected event) {
  loop_.post_now([this, alive = alive_, event = std::move(event)]() mutable {
    if (*alive) end(std::move(event));
  });
}

void MosquittoConnection::stop_watching() {
  loop_.unwatch(std::exchange(watch_, 0));
  writing_ = false;
}

void MosquittoConnection::disconnect() {
  if (!up_) return;
  push();
  drain();
  if (std::exchange(ended_, true)) return;
  up_ = false;
  stop_watching();
  client_->owner = nullptr;
  mosquitto_disconnect(client_->handle);
  flush();
}

// Until everything has been answered.
void MosquittoConnection::drain() {
  const auto end = std::chrono::steady_clock::now() + kDrain;
  while (!ended_ && !packets_.empty() && std::chrono::steady_clock::now() < end) {
    with_memory(mosquitto_loop(client_->handle, kStep, 1));
  }
}

// Until DISCONNECT has gone out: libmosquitto then closes the socket.
void MosquittoConnection::flush() {
  const auto end = std::chrono::steady_clock::now() + kGoodbye;
  while (mosquitto_socket(client_->handle) >= 0 && std::chrono::steady_clock::now() < end) {
    if (mosquitto_loop(client_->handle, kStep, 1) != MOSQ_ERR_SUCCESS) return;
  }
}

bool MosquittoConnection::publish(const Message& message, std::uint64_t token) {
  int packet = 0;
  if (message.retain) hold();
  const MosquittoProperties properties = is_5() ? MosquittoProperties(message) : MosquittoProperties();
  sending_ = token;
  const int result = with_memory(mosquitto_publish_v5(
      client_->handle, &packet, message.topic.c_str(), static_cast<int>(message.payload.size()),
      message.payload.data(), message.qos, message.retain, properties.get()));
  const bool answered = std::exchange(sending_, 0) == 0;
  // Somebody waits for a command: it goes at once, with what was held.
  if (!message.retain) push();
  if (answered) return true;  // QoS 0, and already in the kernel
  sent(result, packet, {token, {}}, 0);
  return !ended_;
}

void MosquittoConnection::subscribe(const std::vector<Subscription>& subscriptions, std::uint64_t token) {
  // libmosquitto has one set of options for a packet.
  std::map<std::pair<int, int>, std::vector<std::size_t>> packets;
  for (std::size_t i = 0; i < subscriptions.size(); ++i) {
    packets[{subscriptions[i].qos, is_5() ? subscribe_option_bits(subscriptions[i]) : 0}].push_back(i);
  }
  requests_[token] = {std::vector<int>(subscriptions.size(), 0), packets.size()};
  for (auto& [kind, places] : packets) {
    std::vector<char*> filters;
    filters.reserve(places.size());
    // libmosquitto takes char* and does not write.
    for (const auto place : places) filters.push_back(const_cast<char*>(subscriptions[place].filter.c_str()));
    int packet = 0;
    const int result =
        with_memory(mosquitto_subscribe_multiple(client_->handle, &packet, static_cast<int>(filters.size()),
                                                 filters.data(), kind.first, kind.second, nullptr));
    const std::size_t count = places.size();
    sent(result, packet, {token, std::move(places)}, count);
  }
}

void MosquittoConnection::unsubscribe(const std::vector<std::string>& filters, std::uint64_t token) {
  std::vector<char*> pointers;
  std::vector<std::size_t> places;
  for (const std::string& filter : filters) {
    places.push_back(pointers.size());
    pointers.push_back(const_cast<char*>(filter.c_str()));
  }
  requests_[token] = {std::vector<int>(filters.size(), 0), 1};
  int packet = 0;
  const int result = with_memory(mosquitto_unsubscribe_multiple(
      client_->handle, &packet, static_cast<int>(pointers.size()), pointers.data(), nullptr));
  sent(result, packet, {token, std::move(places)}, filters.size());
}

// What became of handing a packet over: it waits for its answer, or the library did not take it, or the
// connection broke.
void MosquittoConnection::sent(int result, int packet, Packet what, std::size_t filters) {
  if (result == MOSQ_ERR_NO_CONN || result == MOSQ_ERR_CONN_LOST || result == MOSQ_ERR_ERRNO ||
      result == MOSQ_ERR_TLS) {
    return end(connection_ended(options_, 0));
  }
  if (const int refusal = refusal_of(result); refusal != 0) {
    return answer(what, std::vector<int>(std::max<std::size_t>(filters, 1), refusal),
                  mosquitto_strerror(result));
  }
  packets_[packet] = std::move(what);
  if (!ended_) write();
}

void MosquittoConnection::acknowledged(int packet, std::vector<int> codes, std::string text) {
  ++events_;
  const auto found = packets_.find(packet);
  if (found == packets_.end()) {
    const std::uint64_t token = std::exchange(sending_, 0);
    if (token != 0) answer({token, {}}, std::move(codes), std::move(text));
    return;
  }
  const Packet what = std::move(found->second);
  packets_.erase(found);
  answer(what, std::move(codes), std::move(text));
}

void MosquittoConnection::answer(const Packet& packet, std::vector<int> codes, std::string text) {
  if (ended_) return;
  const auto request = requests_.find(packet.token);
  if (request == requests_.end()) {
    listener_.on_acknowledged({packet.token, std::move(codes), std::move(text)});
    return;
  }
  for (std::size_t i = 0; i < packet.places.size() && i < codes.size(); ++i) {
    request->second.codes[packet.places[i]] = codes[i];
  }
  if (--request->second.open > 0) return;
  Acknowledged event{packet.token, std::move(request->second.codes), std::move(text)};
  requests_.erase(request);
  listener_.on_acknowledged(std::move(event));
}

}  // namespace gable::node
