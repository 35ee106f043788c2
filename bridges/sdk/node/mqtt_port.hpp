#pragma once
// The small interface behind which every MQTT client stands: Paho in paho_port.cpp, the in-memory broker of
// tests/support. A port keeps no policy: no reconnect, no buffer, no resubscribe; Session does that.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gable::node {

struct Message {
  std::string topic;
  std::string payload;
  int qos = 1;
  bool retain = false;
  // MQTT 5 only; ignored on 3.1.1.
  std::optional<std::uint32_t> expiry_seconds;
  std::string response_topic;
  std::string correlation;
  // Of one that has arrived at QoS 1 or 2: the id of its packet. Else 0.
  std::uint16_t packet = 0;
  // Set by Session: it seems to have arrived before (redelivery.hpp). What happens is not to happen again;
  // what is so may be told twice.
  bool repeated = false;
};

enum class RetainHandling { send = 0, send_if_new = 1, never = 2 };

struct Subscription {
  std::string filter;
  int qos = 1;
  // MQTT 5 only; ignored on 3.1.1.
  RetainHandling retain_handling = RetainHandling::send;
  bool retain_as_published = false;
  bool no_local = false;
};

struct TlsOptions {
  std::string ca_file;           // empty: the system's
  std::string certificate_file;  // client certificate and key; both or neither
  std::string key_file;
};

struct ConnectOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 1883;
  std::optional<TlsOptions> tls;
  std::string user, password;
  std::string client_id;
  int protocol_version = 5;  // 5 or 4 (3.1.1)
  bool clean_start = true;
  std::uint32_t session_expiry_seconds = 30;
  std::uint32_t keep_alive_seconds = 20;
  std::uint32_t timeout_seconds = 10;  // until CONNACK
  std::optional<Message> will;
  std::uint32_t will_delay_seconds = 5;
};

struct Connected {
  bool session_present = false;
  int protocol_version = 5;
  bool tcp_nodelay = true;  // false: QoS 1 answers may take 44 ms longer; worth telling people
  // How many unacknowledged publishes the broker takes (MQTT 5, 3.2.2.3.3); beyond it Paho stalls.
  std::uint16_t receive_maximum = 65'535;
};

// Why a connection could not be made or ended. `reason_code` as in MQTT 5, 0 when none was given.
struct Disconnected {
  int reason_code = 0;
  std::string text;
  bool protocol_refused = false;   // the broker said that it does not speak the version that was asked for
  bool closed_unanswered = false;  // it closed the connection instead of answering CONNECT
  bool fatal = false;              // trying again will not help (bad user or password, not authorised)
};

// A publish, subscribe or unsubscribe has been answered. Subscribe gives one code per filter. Codes ≥ 0x80
// are refusals.
struct Acknowledged {
  std::uint64_t token = 0;
  std::vector<int> reason_codes;
  std::string text;
};

// Called on the client library's own threads, possibly several at once, with locks of the library held:
// implementations enqueue and return, and never call the port.
class MqttListener {
 public:
  virtual ~MqttListener() = default;
  virtual void on_connected(Connected event) = 0;
  virtual void on_disconnected(Disconnected event) = 0;
  virtual void on_acknowledged(Acknowledged event) = 0;
  virtual void on_message(Message message) = 0;
  // A port that reads a socket asks before every on_message() and while there is no room does not read on; so
  // the broker holds the rest. wait_for_room() waits at most `patience`; true when there is room.
  [[nodiscard]] virtual bool has_room() const { return true; }
  virtual bool wait_for_room(std::chrono::milliseconds /*patience*/) { return true; }
};

// All calls come from the owner thread and return at once; outcomes come through the listener, also for QoS
// 0. A call that needs a connection while there is none gives token 0. Tokens are never used twice. What was
// not acknowledged when on_disconnected comes never will be.
class MqttPort {
 public:
  virtual ~MqttPort() = default;
  // One attempt. Ends in on_connected or on_disconnected. The listener must outlive the port.
  virtual void connect(const ConnectOptions& options, MqttListener& listener) = 0;
  // Ends the connection in order: no last will is sent. Waits for what is under way, at most a second.
  virtual void disconnect() = 0;
  virtual std::uint64_t publish(const Message& message) = 0;
  virtual std::uint64_t subscribe(const std::vector<Subscription>& subscriptions) = 0;
  virtual std::uint64_t unsubscribe(const std::vector<std::string>& filters) = 0;
};

}  // namespace gable::node
