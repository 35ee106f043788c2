// PahoConnection's callbacks: on Paho's threads, with Paho's lock held. They only hand on.

#include <utility>

#include "node/connect_failure.hpp"
#include "node/paho_connection.hpp"
#include "node/paho_convert.hpp"
#include "node/paho_gate.hpp"

namespace gable::node {

void PahoConnection::on_connect(void* context, MQTTAsync_successData* data) {
  static_cast<PahoConnection*>(context)->succeeded(
      {.session_present = data->alt.connect.sessionPresent != 0, .protocol_version = 4});
}

void PahoConnection::on_connect5(void* context, MQTTAsync_successData5* data) {
  Connected event{.session_present = data->alt.connect.sessionPresent != 0, .protocol_version = 5};
  const int limit = MQTTProperties_getNumericValue(&data->properties, MQTTPROPERTY_CODE_RECEIVE_MAXIMUM);
  if (limit > 0) event.receive_maximum = static_cast<std::uint16_t>(limit);
  static_cast<PahoConnection*>(context)->succeeded(event);
}

void PahoConnection::on_connect_failure(void* context, MQTTAsync_failureData* data) {
  static_cast<PahoConnection*>(context)->failed(data->code, data->message);
}

void PahoConnection::on_connect_failure5(void* context, MQTTAsync_failureData5* data) {
  static_cast<PahoConnection*>(context)->failed(data->code, data->message);
}

void PahoConnection::on_lost(void* context, char* /*cause*/) {
  auto* const self = static_cast<PahoConnection*>(context);
  int reason = 0;
  {
    const std::scoped_lock lock(self->mutex_);
    reason = self->server_reason_;
  }
  self->end(connection_ended(self->options_, reason));
}

void PahoConnection::on_server_disconnect(void* context, MQTTProperties* /*properties*/,
                                          MQTTReasonCodes code) {
  auto* const self = static_cast<PahoConnection*>(context);
  const std::scoped_lock lock(self->mutex_);
  self->server_reason_ = static_cast<int>(code);
}

int PahoConnection::on_arrived(void* context, char* topic, int topic_length, MQTTAsync_message* message) {
  auto* const self = static_cast<PahoConnection*>(context);
  if (!self->ended_) {
    PahoGate::of_process().wait_for_room(self->listener_);
    if (!self->ended_) self->listener_.on_message(message_from_paho(topic, topic_length, *message));
  }
  MQTTAsync_freeMessage(&message);
  MQTTAsync_free(topic);
  return 1;
}

void PahoConnection::on_published(void* context, MQTTAsync_successData* /*data*/) {
  static_cast<Request*>(context)->connection->answer(context, {0}, {});
}

void PahoConnection::on_published5(void* context, MQTTAsync_successData5* data) {
  static_cast<Request*>(context)->connection->answer(context, {static_cast<int>(data->reasonCode)}, {});
}

void PahoConnection::on_subscribed(void* context, MQTTAsync_successData* data) {
  auto* const request = static_cast<Request*>(context);
  std::vector<int> codes{data->alt.qos};
  if (request->filters > 1) codes.assign(data->alt.qosList, data->alt.qosList + request->filters);
  request->connection->answer(context, std::move(codes), {});
}

void PahoConnection::on_subscribed5(void* context, MQTTAsync_successData5* data) {
  std::vector<int> codes{static_cast<int>(data->reasonCode)};
  if (data->alt.sub.reasonCodeCount > 1) {
    codes.assign(data->alt.sub.reasonCodes, data->alt.sub.reasonCodes + data->alt.sub.reasonCodeCount);
  }
  static_cast<Request*>(context)->connection->answer(context, std::move(codes), {});
}

void PahoConnection::on_refused(void* context, MQTTAsync_failureData* data) {
  auto* const self = static_cast<Request*>(context)->connection;
  // Paho's own errors are negative and mean that the connection went before the answer came.
  if (data->code < 0x80) {
    self->release(context);
    return;
  }
  self->answer(context, {data->code}, {});
}

void PahoConnection::on_refused5(void* context, MQTTAsync_failureData5* data) {
  auto* const self = static_cast<Request*>(context)->connection;
  const int code = static_cast<int>(data->reasonCode);
  if (code < 0x80) {
    self->release(context);
    return;
  }
  const auto* reason = MQTTProperties_getProperty(&data->properties, MQTTPROPERTY_CODE_REASON_STRING);
  std::string text;
  if (reason != nullptr)
    text.assign(reason->value.data.data, static_cast<std::size_t>(reason->value.data.len));
  self->answer(context, {code}, std::move(text));
}

void PahoConnection::on_goodbye(void* context, MQTTAsync_successData* /*data*/) {
  auto* const self = static_cast<PahoConnection*>(context);
  const std::scoped_lock lock(self->mutex_);
  self->gone_ = true;
  self->changed_.notify_all();
}

void PahoConnection::on_goodbye5(void* context, MQTTAsync_successData5* /*data*/) {
  on_goodbye(context, nullptr);
}

int PahoConnection::on_tls_error(const char* text, std::size_t length, void* context) {
  auto* const self = static_cast<PahoConnection*>(context);
  const std::scoped_lock lock(self->mutex_);
  if (self->tls_error_.empty()) self->tls_error_ = tls_reason({text, length});
  return 1;
}

}  // namespace gable::node
