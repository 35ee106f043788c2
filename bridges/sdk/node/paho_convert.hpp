#pragma once
// Between Paho's C types and ours. Stateless; any thread.

#include <MQTTAsync.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "node/mqtt_port.hpp"

namespace gable::node {

// MQTT 5 properties of a message as Paho takes them; borrows from the message.
class PahoProperties {
 public:
  explicit PahoProperties(const Message& message);
  // Session expiry of CONNECT, and will delay on top of a will's own properties.
  static PahoProperties for_connect(const ConnectOptions& options);
  static PahoProperties for_will(const ConnectOptions& options);
  // Valid as long as this object stays where it is; Paho copies it in the call.
  MQTTProperties* get();

 private:
  PahoProperties() = default;
  void add_number(MQTTPropertyCodes code, std::uint32_t value);
  void add_text(MQTTPropertyCodes code, const std::string& text);

  std::array<MQTTProperty, 4> array_{};
  MQTTProperties properties_ = MQTTProperties_initializer;
};

// `topic_length` 0: the topic ends at its NUL.
Message message_from_paho(const char* topic, int topic_length, const MQTTAsync_message& message);

std::vector<MQTTSubscribe_options> subscribe_options(const std::vector<Subscription>& subscriptions);

// As Paho wants it: tcp:// or ssl://.
std::string paho_uri(const ConnectOptions& options);

// A client that keeps nothing on disk; null when Paho does not like the address or id. The caller destroys
// it.
MQTTAsync create_client(const std::string& uri, const std::string& client_id, int version);

// The reason within a line of OpenSSL's: "certificate verify failed".
std::string tls_reason(std::string_view line);

// What a failed attempt says. `code` > 0 is CONNACK's, in the numbers of the version that was asked for; else
// Paho's own. `tls_error` is what OpenSSL said, or empty.
Disconnected connect_failure(const ConnectOptions& options, int code, const char* message,
                             const std::string& tls_error);

}  // namespace gable::node
