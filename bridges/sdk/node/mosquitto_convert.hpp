#pragma once
// Between libmosquitto's C types and ours. Stateless; any thread.

#include <mosquitto.h>

#include <string>
#include <string_view>

#include "node/mqtt_port.hpp"

namespace gable::node {

// MQTT 5 properties for one call; libmosquitto copies them, except those of a will.
class MosquittoProperties {
 public:
  MosquittoProperties() = default;
  explicit MosquittoProperties(const Message& message);
  static MosquittoProperties for_connect(const ConnectOptions& options);
  static MosquittoProperties for_will(const ConnectOptions& options);
  ~MosquittoProperties();
  MosquittoProperties(MosquittoProperties&& other) noexcept;
  MosquittoProperties(const MosquittoProperties&) = delete;
  MosquittoProperties& operator=(const MosquittoProperties&) = delete;

  [[nodiscard]] const mosquitto_property* get() const { return list_; }
  // The caller's from now on.
  mosquitto_property* release();

 private:
  void add(const Message& message);
  mosquitto_property* list_ = nullptr;
};

Message message_from_mosquitto(const mosquitto_message& message, const mosquitto_property* properties);

// The byte of SUBSCRIBE's options without the QoS (MQTT 5, 3.8.3.1).
int subscribe_option_bits(const Subscription& subscription);

// How many unacknowledged publishes the broker takes; 65,535 if it does not say.
std::uint16_t receive_maximum(const mosquitto_property* properties);
// The broker's words for people; empty: none.
std::string reason_string(const mosquitto_property* properties);

// The reason within one of libmosquitto's lines of log: "certificate verify failed".
std::string mosquitto_reason(std::string_view line);

// A result of the library as it is, unless it is that there is no memory: then the process ends.
int with_memory(int mosquitto_error);

// The reason code of MQTT 5 for what the library itself refused to send; 0: it took it.
int refusal_of(int mosquitto_error);

}  // namespace gable::node
