#include "node/mosquitto_convert.hpp"

#include <mqtt_protocol.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "node/out_of_memory.hpp"

namespace gable::node {

namespace {

struct Free {
  void operator()(void* memory) const {
    std::free(memory);
  }  // NOLINT(cppcoreguidelines-no-malloc): libmosquitto's
};

// Nothing when there is none, or no memory for it.
std::optional<std::string> text_of(const mosquitto_property* property, int id) {
  char* text = nullptr;
  if (mosquitto_property_read_string(property, id, &text, false) == nullptr) return std::nullopt;
  const std::unique_ptr<char, Free> owner(text);
  return text == nullptr ? std::string() : std::string(text);
}

std::optional<std::string> bytes_of(const mosquitto_property* property, int id) {
  void* bytes = nullptr;
  std::uint16_t size = 0;
  if (mosquitto_property_read_binary(property, id, &bytes, &size, false) == nullptr) return std::nullopt;
  const std::unique_ptr<void, Free> owner(bytes);
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

// Of a property that is there.
std::string had(std::optional<std::string> value) {
  if (!value) out_of_memory();
  return *std::move(value);
}

}  // namespace

MosquittoProperties::MosquittoProperties(const Message& message) { add(message); }

void MosquittoProperties::add(const Message& message) {
  if (message.expiry_seconds) {
    with_memory(
        mosquitto_property_add_int32(&list_, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL, *message.expiry_seconds));
  }
  if (!message.response_topic.empty()) {
    with_memory(
        mosquitto_property_add_string(&list_, MQTT_PROP_RESPONSE_TOPIC, message.response_topic.c_str()));
  }
  if (!message.correlation.empty()) {
    with_memory(mosquitto_property_add_binary(&list_, MQTT_PROP_CORRELATION_DATA, message.correlation.data(),
                                              static_cast<std::uint16_t>(message.correlation.size())));
  }
}

MosquittoProperties MosquittoProperties::for_connect(const ConnectOptions& options) {
  MosquittoProperties out;
  with_memory(mosquitto_property_add_int32(&out.list_, MQTT_PROP_SESSION_EXPIRY_INTERVAL,
                                           options.session_expiry_seconds));
  return out;
}

MosquittoProperties MosquittoProperties::for_will(const ConnectOptions& options) {
  MosquittoProperties out(*options.will);
  if (options.will_delay_seconds > 0) {
    with_memory(
        mosquitto_property_add_int32(&out.list_, MQTT_PROP_WILL_DELAY_INTERVAL, options.will_delay_seconds));
  }
  return out;
}

MosquittoProperties::~MosquittoProperties() { mosquitto_property_free_all(&list_); }

MosquittoProperties::MosquittoProperties(MosquittoProperties&& other) noexcept : list_(other.release()) {}

mosquitto_property* MosquittoProperties::release() { return std::exchange(list_, nullptr); }

Message message_from_mosquitto(const mosquitto_message& message, const mosquitto_property* properties) {
  Message out;
  out.topic = message.topic;
  if (message.payloadlen > 0) {
    out.payload.assign(static_cast<const char*>(message.payload),
                       static_cast<std::size_t>(message.payloadlen));
  }
  out.qos = message.qos;
  out.retain = message.retain;
  if (message.qos > 0) out.packet = static_cast<std::uint16_t>(message.mid);
  for (const auto* one = properties; one != nullptr; one = mosquitto_property_next(one)) {
    const int id = mosquitto_property_identifier(one);
    if (id == MQTT_PROP_MESSAGE_EXPIRY_INTERVAL) {
      std::uint32_t seconds = 0;
      mosquitto_property_read_int32(one, id, &seconds, false);
      out.expiry_seconds = seconds;
    } else if (id == MQTT_PROP_RESPONSE_TOPIC) {
      out.response_topic = had(text_of(one, id));
    } else if (id == MQTT_PROP_CORRELATION_DATA) {
      out.correlation = had(bytes_of(one, id));
    }
  }
  return out;
}

int subscribe_option_bits(const Subscription& subscription) {
  int bits = 0;
  if (subscription.no_local) bits |= MQTT_SUB_OPT_NO_LOCAL;
  if (subscription.retain_as_published) bits |= MQTT_SUB_OPT_RETAIN_AS_PUBLISHED;
  if (subscription.retain_handling == RetainHandling::send_if_new) bits |= MQTT_SUB_OPT_SEND_RETAIN_NEW;
  if (subscription.retain_handling == RetainHandling::never) bits |= MQTT_SUB_OPT_SEND_RETAIN_NEVER;
  return bits;
}

std::uint16_t receive_maximum(const mosquitto_property* properties) {
  std::uint16_t limit = 0;
  mosquitto_property_read_int16(properties, MQTT_PROP_RECEIVE_MAXIMUM, &limit, false);
  return limit == 0 ? std::uint16_t{65'535} : limit;
}

std::string reason_string(const mosquitto_property* properties) {
  return text_of(properties, MQTT_PROP_REASON_STRING).value_or("");
}

std::string mosquitto_reason(std::string_view line) {
  // "OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed", "Error: host name
  // verification failed."
  if (const auto at = line.rfind("::"); at != std::string_view::npos) return std::string(line.substr(at + 2));
  constexpr std::string_view kError = "Error: ";
  if (line.starts_with(kError)) line.remove_prefix(kError.size());
  if (line.ends_with('.')) line.remove_suffix(1);
  return std::string(line);
}

int with_memory(int mosquitto_error) {
  if (mosquitto_error == MOSQ_ERR_NOMEM) out_of_memory();
  return mosquitto_error;
}

int refusal_of(int mosquitto_error) {
  switch (mosquitto_error) {
    case MOSQ_ERR_SUCCESS:
      return 0;
    case MOSQ_ERR_INVAL:
    case MOSQ_ERR_MALFORMED_UTF8:
      return MQTT_RC_TOPIC_NAME_INVALID;
    case MOSQ_ERR_PAYLOAD_SIZE:
    case MOSQ_ERR_OVERSIZE_PACKET:
      return MQTT_RC_PACKET_TOO_LARGE;
    case MOSQ_ERR_QOS_NOT_SUPPORTED:
      return MQTT_RC_QOS_NOT_SUPPORTED;
    case MOSQ_ERR_RETAIN_NOT_SUPPORTED:
      return MQTT_RC_RETAIN_NOT_SUPPORTED;
    default:
      return MQTT_RC_IMPLEMENTATION_SPECIFIC;
  }
}

}  // namespace gable::node
