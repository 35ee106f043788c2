#include <MQTTAsync.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "clients.hpp"
#include "node/tcp_nodelay.hpp"

namespace gable::bench {

namespace {

struct Echo {
  EchoOptions options;
  Answers answers;
  MQTTAsync client = nullptr;
  std::atomic<int> state{0};  // 1: connected, 2: subscribed, −1: failed

  void publish(const std::string& topic, const std::string& payload, bool retain) const {
    MQTTAsync_responseOptions response = MQTTAsync_responseOptions_initializer;
    MQTTAsync_send(client, topic.c_str(), static_cast<int>(payload.size()), payload.data(), options.qos,
                   retain ? 1 : 0, &response);
  }
};

int on_message(void* context, char* topic, int, MQTTAsync_message* message) {
  auto& echo = *static_cast<Echo*>(context);
  echo.answers.on_message(
      topic, {static_cast<const char*>(message->payload), static_cast<std::size_t>(message->payloadlen)},
      [&echo](const std::string& to, const std::string& payload, bool retain) {
        echo.publish(to, payload, retain);
      });
  MQTTAsync_freeMessage(&message);
  MQTTAsync_free(topic);
  return 1;
}

void on_failure(void* context, MQTTAsync_failureData*) { static_cast<Echo*>(context)->state = -1; }

bool await(const Echo& echo, int state) {
  constexpr int kTries = 5'000;
  for (int i = 0; i < kTries && echo.state != -1 && echo.state != state; ++i) usleep(2'000);
  return echo.state == state;
}

bool connect(Echo& echo) {
  MQTTAsync_connectOptions options = MQTTAsync_connectOptions_initializer;
  options.context = &echo;
  options.onSuccess = [](void* context, MQTTAsync_successData*) { static_cast<Echo*>(context)->state = 1; };
  options.onFailure = on_failure;
  options.maxInflight = 65'535;
  return MQTTAsync_connect(echo.client, &options) == MQTTASYNC_SUCCESS && await(echo, 1) &&
         node::set_tcp_nodelay(static_cast<std::uint16_t>(echo.options.port));
}

bool subscribe(Echo& echo) {
  const auto topics = echo.answers.topics();
  std::vector<char*> filters;
  filters.reserve(topics.size());
  for (const auto& topic : topics)
    filters.push_back(const_cast<char*>(topic.c_str()));  // Paho does not write
  const std::vector<int> qos(filters.size(), echo.options.qos);
  MQTTAsync_responseOptions response = MQTTAsync_responseOptions_initializer;
  response.context = &echo;
  response.onSuccess = [](void* context, MQTTAsync_successData*) { static_cast<Echo*>(context)->state = 2; };
  response.onFailure = on_failure;
  return MQTTAsync_subscribeMany(echo.client, static_cast<int>(filters.size()), filters.data(), qos.data(),
                                 &response) == MQTTASYNC_SUCCESS &&
         await(echo, 2);
}

}  // namespace

int echo_by_paho(const EchoOptions& options) {
  Echo echo{options, Answers(options)};
  const std::string uri = "tcp://127.0.0.1:" + std::to_string(options.port);
  const std::string id = "bench-paho-" + options.base;
  MQTTAsync_createOptions create = MQTTAsync_createOptions_initializer;
  create.maxBufferedMessages = 65'535;
  if (MQTTAsync_createWithOptions(&echo.client, uri.c_str(), id.c_str(), MQTTCLIENT_PERSISTENCE_NONE, nullptr,
                                  &create) != MQTTASYNC_SUCCESS)
    return 1;
  MQTTAsync_setCallbacks(echo.client, &echo, nullptr, on_message, nullptr);
  if (!connect(echo) || !subscribe(echo)) {
    std::fprintf(stderr, "bench_echo: cannot connect or subscribe\n");
    return 1;
  }
  std::puts("ready");
  std::fflush(stdout);
  pause();
  return 0;
}

}  // namespace gable::bench
