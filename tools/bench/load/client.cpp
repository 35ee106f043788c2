#include "client.hpp"

#include <mosquitto.h>
#include <poll.h>

#include <stdexcept>

namespace gable::bench {

namespace {

void check(int code, const char* doing) {
  if (code != MOSQ_ERR_SUCCESS)
    throw std::runtime_error(std::string(doing) + ": " + mosquitto_strerror(code));
}

}  // namespace

void Client::Free::operator()(mosquitto* client) const { mosquitto_destroy(client); }

Client::Client(const std::string& id, int port, Arrived arrived) : arrived_(std::move(arrived)) {
  mosquitto_lib_init();
  client_.reset(mosquitto_new(id.c_str(), true, this));
  if (!client_) throw std::runtime_error("cannot make an MQTT client");
  mosquitto_int_option(client_.get(), MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_max_inflight_messages_set(client_.get(), 0);  // 0: no limit of the library's own
  mosquitto_connect_callback_set(client_.get(), [](mosquitto*, void* self, int code) {
    static_cast<Client*>(self)->connected_ = code == 0;
  });
  mosquitto_message_callback_set(client_.get(), [](mosquitto*, void* self, const mosquitto_message* message) {
    static_cast<Client*>(self)->arrived_(message->topic, {static_cast<const char*>(message->payload),
                                                          static_cast<std::size_t>(message->payloadlen)});
  });
  mosquitto_publish_callback_set(
      client_.get(), [](mosquitto*, void* self, int) { ++static_cast<Client*>(self)->acknowledged_; });
  mosquitto_subscribe_callback_set(client_.get(), [](mosquitto*, void* self, int, int, const int*) {
    ++static_cast<Client*>(self)->acknowledged_;
  });
  check(mosquitto_connect(client_.get(), "127.0.0.1", port, 60), "connect");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!connected_) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("the broker does not answer");
    step(std::chrono::milliseconds(10));
  }
}

void Client::publish(const std::string& topic, std::string_view payload, int qos, bool retain) {
  ++sent_;
  check(mosquitto_publish(client_.get(), nullptr, topic.c_str(), static_cast<int>(payload.size()),
                          payload.data(), qos, retain),
        "publish");
}

void Client::subscribe(const std::string& filter, int qos) {
  ++sent_;
  check(mosquitto_subscribe(client_.get(), nullptr, filter.c_str(), qos), "subscribe");
}

void Client::step(std::chrono::microseconds patience) {
  pollfd socket{mosquitto_socket(client_.get()), POLLIN, 0};
  if (mosquitto_want_write(client_.get())) socket.events |= POLLOUT;
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(patience);
  const timespec wait{whole.count(), std::chrono::nanoseconds(patience - whole).count()};
  ppoll(&socket, 1, &wait, nullptr);
  constexpr int kMostAtOnce = 100;
  if ((socket.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
    check(mosquitto_loop_read(client_.get(), kMostAtOnce), "read");
  if (mosquitto_want_write(client_.get())) check(mosquitto_loop_write(client_.get(), 1), "write");
  mosquitto_loop_misc(client_.get());
}

void Client::settle(std::chrono::seconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (unacknowledged() > 0) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error(std::to_string(unacknowledged()) + " messages were not acknowledged");
    step(std::chrono::milliseconds(1));
  }
}

void Client::disconnect() {
  mosquitto_disconnect(client_.get());
  step(std::chrono::milliseconds(1));
}

}  // namespace gable::bench
