// What libmosquitto calls, within a call of ours: it only hands on.

#include <utility>

#include "node/mosquitto_client.hpp"
#include "node/mosquitto_convert.hpp"

namespace gable::node {

namespace {

MosquittoConnection* owner_of(void* client) {
  return static_cast<MosquittoConnection::Client*>(client)->owner;
}

void on_connect(mosquitto* /*handle*/, void* client, int code, int flags,
                const mosquitto_property* properties) {
  constexpr int kSessionPresent = 1;  // MQTT 5, 3.2.2.1.1
  if (auto* owner = owner_of(client)) {
    owner->connack(code, (flags & kSessionPresent) != 0, receive_maximum(properties));
  }
}

void on_disconnect(mosquitto* /*handle*/, void* client, int code, const mosquitto_property* /*properties*/) {
  if (auto* owner = owner_of(client)) owner->gone(code);
}

void on_message(mosquitto* /*handle*/, void* client, const mosquitto_message* message,
                const mosquitto_property* properties) {
  if (auto* owner = owner_of(client)) owner->message(message_from_mosquitto(*message, properties));
}

void on_publish(mosquitto* /*handle*/, void* client, int packet, int code,
                const mosquitto_property* properties) {
  if (auto* owner = owner_of(client)) {
    owner->acknowledged(packet, {code}, properties == nullptr ? std::string() : reason_string(properties));
  }
}

void on_subscribe(mosquitto* /*handle*/, void* client, int packet, int count, const int* codes,
                  const mosquitto_property* properties) {
  if (auto* owner = owner_of(client)) {
    owner->acknowledged(packet, {codes, codes + count}, reason_string(properties));
  }
}

void on_unsubscribe(mosquitto* /*handle*/, void* client, int packet,
                    const mosquitto_property* /*properties*/) {
  if (auto* owner = owner_of(client)) owner->acknowledged(packet, {0}, {});
}

void on_log(mosquitto* /*handle*/, void* client, int level, const char* line) {
  auto& said = static_cast<MosquittoConnection::Client*>(client)->said;
  if (level == MOSQ_LOG_ERR && said.empty()) said = mosquitto_reason(line);
}

}  // namespace

void set_callbacks(mosquitto* handle) {
  mosquitto_connect_v5_callback_set(handle, &on_connect);
  mosquitto_disconnect_v5_callback_set(handle, &on_disconnect);
  mosquitto_message_v5_callback_set(handle, &on_message);
  mosquitto_publish_v5_callback_set(handle, &on_publish);
  mosquitto_subscribe_v5_callback_set(handle, &on_subscribe);
  mosquitto_unsubscribe_v5_callback_set(handle, &on_unsubscribe);
  mosquitto_log_callback_set(handle, &on_log);
}

}  // namespace gable::node
