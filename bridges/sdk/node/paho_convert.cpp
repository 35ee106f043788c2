#include "node/paho_convert.hpp"

#include <cstring>
#include <string_view>

#include "node/broker_url.hpp"
#include "node/connect_failure.hpp"

namespace gable::node {

namespace {

std::string text_of(const MQTTLenString& value) {
  return value.len > 0 ? std::string(value.data, static_cast<std::size_t>(value.len)) : std::string();
}

// Paho's functions take char* but do not write.
char* unconst(const std::string& text) { return const_cast<char*>(text.c_str()); }

}  // namespace

PahoProperties::PahoProperties(const Message& message) {
  if (message.expiry_seconds) add_number(MQTTPROPERTY_CODE_MESSAGE_EXPIRY_INTERVAL, *message.expiry_seconds);
  if (!message.response_topic.empty()) add_text(MQTTPROPERTY_CODE_RESPONSE_TOPIC, message.response_topic);
  if (!message.correlation.empty()) add_text(MQTTPROPERTY_CODE_CORRELATION_DATA, message.correlation);
}

PahoProperties PahoProperties::for_connect(const ConnectOptions& options) {
  PahoProperties properties;
  properties.add_number(MQTTPROPERTY_CODE_SESSION_EXPIRY_INTERVAL, options.session_expiry_seconds);
  return properties;
}

PahoProperties PahoProperties::for_will(const ConnectOptions& options) {
  if (!options.will) return {};
  PahoProperties properties(*options.will);
  if (options.will_delay_seconds > 0) {
    properties.add_number(MQTTPROPERTY_CODE_WILL_DELAY_INTERVAL, options.will_delay_seconds);
  }
  return properties;
}

MQTTProperties* PahoProperties::get() {
  properties_.array = array_.data();
  properties_.max_count = static_cast<int>(array_.size());
  return &properties_;
}

void PahoProperties::add_number(MQTTPropertyCodes code, std::uint32_t value) {
  MQTTProperty& property = array_[static_cast<std::size_t>(properties_.count++)];
  property.identifier = code;
  property.value.integer4 = value;
  properties_.length += 1 + 4;  // identifier and four-byte integer (MQTT 5, 2.2.2)
}

void PahoProperties::add_text(MQTTPropertyCodes code, const std::string& text) {
  MQTTProperty& property = array_[static_cast<std::size_t>(properties_.count++)];
  property.identifier = code;
  property.value.data.len = static_cast<int>(text.size());
  property.value.data.data = unconst(text);
  properties_.length += 1 + 2 + static_cast<int>(text.size());
}

Message message_from_paho(const char* topic, int topic_length, const MQTTAsync_message& message) {
  Message out;
  out.topic.assign(topic, topic_length > 0 ? static_cast<std::size_t>(topic_length) : std::strlen(topic));
  if (message.payloadlen > 0) {
    out.payload.assign(static_cast<const char*>(message.payload),
                       static_cast<std::size_t>(message.payloadlen));
  }
  out.qos = message.qos;
  out.retain = message.retained != 0;
  if (message.qos > 0) out.packet = static_cast<std::uint16_t>(message.msgid);
  for (int i = 0; i < message.properties.count; ++i) {
    const MQTTProperty& property = message.properties.array[i];
    if (property.identifier == MQTTPROPERTY_CODE_MESSAGE_EXPIRY_INTERVAL) {
      out.expiry_seconds = property.value.integer4;
    } else if (property.identifier == MQTTPROPERTY_CODE_RESPONSE_TOPIC) {
      out.response_topic = text_of(property.value.data);
    } else if (property.identifier == MQTTPROPERTY_CODE_CORRELATION_DATA) {
      out.correlation = text_of(property.value.data);
    }
  }
  return out;
}

std::vector<MQTTSubscribe_options> subscribe_options(const std::vector<Subscription>& subscriptions) {
  std::vector<MQTTSubscribe_options> options;
  options.reserve(subscriptions.size());
  for (const Subscription& subscription : subscriptions) {
    MQTTSubscribe_options one = MQTTSubscribe_options_initializer;
    one.noLocal = subscription.no_local ? 1 : 0;
    one.retainAsPublished = subscription.retain_as_published ? 1 : 0;
    one.retainHandling = static_cast<unsigned char>(subscription.retain_handling);
    options.push_back(one);
  }
  return options;
}

std::string paho_uri(const ConnectOptions& options) {
  std::string uri = broker_address(options);
  return uri.replace(0, uri.find(':'), options.tls ? "ssl" : "tcp");
}

MQTTAsync create_client(const std::string& uri, const std::string& client_id, int version) {
  MQTTAsync_createOptions options = MQTTAsync_createOptions_initializer;
  options.MQTTVersion = version;
  options.maxBufferedMessages = 65'535;  // Session has the window; Paho's default is 100
  MQTTAsync client = nullptr;
  if (MQTTAsync_createWithOptions(&client, uri.c_str(), client_id.c_str(), MQTTCLIENT_PERSISTENCE_NONE,
                                  nullptr, &options) != MQTTASYNC_SUCCESS) {
    return nullptr;
  }
  return client;
}

std::string tls_reason(std::string_view line) {
  // thread:error:number:library:function:reason:file:line:
  constexpr int kReason = 5;
  std::string_view rest = line;
  for (int field = 0; field < kReason; ++field) {
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos) return std::string(line);
    rest.remove_prefix(colon + 1);
  }
  return std::string(rest.substr(0, rest.find(':')));
}

Disconnected connect_failure(const ConnectOptions& options, int code, const char* message,
                             const std::string& tls_error) {
  const std::string_view said = message == nullptr ? "" : message;
  if (code > 0) return refused_by_broker(options, code);
  if (!tls_error.empty()) return tls_failed(options, tls_error);
  if (said == "TCP connect completion failure") return closed_unanswered(options);
  if (said == "TCP connect timeout") return not_answered_in_time(options);
  return unreachable(options);  // with TLS, Paho says the same whatever was wrong
}

}  // namespace gable::node
