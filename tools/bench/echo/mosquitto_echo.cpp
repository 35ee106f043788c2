#include <mosquitto.h>

#include <cstdio>
#include <string>

#include "clients.hpp"

namespace gable::bench {

namespace {

struct Echo {
  EchoOptions options;
  Answers answers;
  std::size_t unanswered = 0;  // subscriptions
  mosquitto* client = nullptr;

  // Documents, which are retained, go out at QoS 1, as the hub's do.
  void publish(const std::string& topic, const std::string& payload, bool retain) const {
    mosquitto_publish(client, nullptr, topic.c_str(), static_cast<int>(payload.size()), payload.data(),
                      retain ? 1 : options.qos, retain);
  }
};

void on_connect(mosquitto* client, void* context, int code) {
  auto& echo = *static_cast<Echo*>(context);
  if (code != 0) return;
  const auto topics = echo.answers.topics();
  echo.unanswered = topics.size();
  for (const auto& topic : topics) mosquitto_subscribe(client, nullptr, topic.c_str(), echo.options.qos);
}

void on_subscribe(mosquitto*, void* context, int, int, const int*) {
  if (--static_cast<Echo*>(context)->unanswered > 0) return;
  std::puts("ready");
  std::fflush(stdout);
}

void on_message(mosquitto*, void* context, const mosquitto_message* message) {
  auto& echo = *static_cast<Echo*>(context);
  echo.answers.on_message(
      message->topic,
      {static_cast<const char*>(message->payload), static_cast<std::size_t>(message->payloadlen)},
      [&echo](const std::string& topic, const std::string& payload, bool retain) {
        echo.publish(topic, payload, retain);
      });
}

}  // namespace

int echo_by_mosquitto(const EchoOptions& options) {
  mosquitto_lib_init();
  Echo echo{options, Answers(options)};
  const std::string id = "bench-echo-" + options.base;
  echo.client = mosquitto_new(id.c_str(), true, &echo);
  if (echo.client == nullptr) return 1;
  mosquitto_int_option(echo.client, MOSQ_OPT_TCP_NODELAY, 1);
  mosquitto_max_inflight_messages_set(echo.client, 0);
  mosquitto_connect_callback_set(echo.client, on_connect);
  mosquitto_subscribe_callback_set(echo.client, on_subscribe);
  mosquitto_message_callback_set(echo.client, on_message);
  int code = mosquitto_connect(echo.client, "127.0.0.1", options.port, 60);
  if (code == MOSQ_ERR_SUCCESS) code = mosquitto_loop_forever(echo.client, -1, 1);
  std::fprintf(stderr, "bench_echo: %s\n", mosquitto_strerror(code));
  return 1;
}

}  // namespace gable::bench
