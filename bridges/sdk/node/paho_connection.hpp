#pragma once
// One attempt at a connection and what becomes of it, on one Paho client. PahoPort owns it, on the owner
// thread; Paho's callbacks come on Paho's threads with Paho's lock held (see PahoGate).

#include <MQTTAsync.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "node/mqtt_port.hpp"
#include "node/paho_waker.hpp"

namespace gable::node {

class PahoConnection {
 public:
  PahoConnection(const ConnectOptions& options, MqttListener& listener, bool tcp_nodelay)
      : options_(options), listener_(listener), tcp_nodelay_(tcp_nodelay) {}
  ~PahoConnection();
  PahoConnection(const PahoConnection&) = delete;
  PahoConnection& operator=(const PahoConnection&) = delete;

  void connect();
  void disconnect();
  [[nodiscard]] bool up() const { return up_ && !ended_; }
  void publish(const Message& message, std::uint64_t token);
  void subscribe(const std::vector<Subscription>& subscriptions, std::uint64_t token);
  void unsubscribe(const std::vector<std::string>& filters, std::uint64_t token);

 private:
  // The context of one request: whose it is and under which token. Kept by the connection, not by Paho, which
  // forgets some of its callbacks when a client is destroyed.
  struct Request {
    PahoConnection* connection = nullptr;
    std::uint64_t token = 0;
    std::size_t filters = 1;  // of a subscribe: 3.1.1's answer does not say how many codes it holds
  };

  MQTTAsync_connectOptions basic_options();
  void fill(MQTTAsync_SSLOptions& tls, const TlsOptions& wanted);
  void send(const Message& message, std::uint64_t token);
  MQTTAsync_responseOptions request(std::uint64_t token, std::size_t filters = 1);
  void check_taken(int result, const MQTTAsync_responseOptions& response);
  std::uint64_t release(void* context);
  void answer(void* context, std::vector<int> codes, std::string text);
  void end(Disconnected event);
  void succeeded(Connected event);
  void failed(int code, const char* message);
  [[nodiscard]] bool is_5() const { return options_.protocol_version >= 5; }

  static void on_connect(void* context, MQTTAsync_successData* data);
  static void on_connect5(void* context, MQTTAsync_successData5* data);
  static void on_connect_failure(void* context, MQTTAsync_failureData* data);
  static void on_connect_failure5(void* context, MQTTAsync_failureData5* data);
  static void on_lost(void* context, char* cause);
  static void on_server_disconnect(void* context, MQTTProperties* properties, MQTTReasonCodes code);
  static int on_arrived(void* context, char* topic, int topic_length, MQTTAsync_message* message);
  static void on_published(void* context, MQTTAsync_successData* data);
  static void on_published5(void* context, MQTTAsync_successData5* data);
  static void on_subscribed(void* context, MQTTAsync_successData* data);
  static void on_subscribed5(void* context, MQTTAsync_successData5* data);
  static void on_refused(void* context, MQTTAsync_failureData* data);
  static void on_refused5(void* context, MQTTAsync_failureData5* data);
  static void on_goodbye(void* context, MQTTAsync_successData* data);
  static void on_goodbye5(void* context, MQTTAsync_successData5* data);
  static int on_tls_error(const char* text, std::size_t length, void* context);

  const ConnectOptions options_;
  MqttListener& listener_;
  const bool tcp_nodelay_;
  MQTTAsync client_ = nullptr;
  std::atomic<bool> up_{false};
  std::atomic<bool> ended_{false};  // nothing is reported any more
  std::unique_ptr<PahoNudge> nudge_;

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::deque<Request> requests_;
  std::vector<Request*> spare_;
  bool gone_ = false;  // the broker has our DISCONNECT
  std::string tls_error_;
  int server_reason_ = 0;
};

}  // namespace gable::node
