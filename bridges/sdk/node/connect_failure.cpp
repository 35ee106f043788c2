#include "node/connect_failure.hpp"

#include <unistd.h>

#include <array>

#include "node/broker_url.hpp"
#include "node/reason_code.hpp"

namespace gable::node {

namespace {

// CONNACK of MQTT 3.1.1 (3.2.2.3) in the codes of MQTT 5.
int connack_5(int code, int version) {
  static constexpr std::array<int, 6> kOld{0, 0x84, 0x85, 0x88, 0x86, 0x87};
  if (version >= 5 && code >= 0x80) return code;
  return code > 0 && code < static_cast<int>(kOld.size()) ? kOld[static_cast<std::size_t>(code)] : 0x80;
}

Disconnected failure(const ConnectOptions& options, const std::string& text) {
  Disconnected event;
  event.text = broker_address(options) + ": " + text;
  return event;
}

}  // namespace

Disconnected refused_by_broker(const ConnectOptions& options, int code) {
  const int reason = connack_5(code, options.protocol_version);
  Disconnected event = failure(options, reason_text(reason));
  event.reason_code = reason;
  event.protocol_refused = reason == 0x84;
  event.fatal = is_fatal(reason);
  return event;
}

Disconnected tls_failed(const ConnectOptions& options, const std::string& reason) {
  return failure(options, "TLS: " + reason);
}

Disconnected closed_unanswered(const ConnectOptions& options) {
  Disconnected event = failure(
      options, std::string("the broker closed the connection without an answer (") +
                   (options.tls ? "does it speak TLS on this port?)" : "does it want TLS, mqtts://?)"));
  event.closed_unanswered = true;
  return event;
}

Disconnected not_answered_in_time(const ConnectOptions& options) {
  return failure(options, "no answer within " + std::to_string(options.timeout_seconds) + " s");
}

Disconnected unreachable(const ConnectOptions& options) {
  if (options.tls) {
    return failure(
        options,
        "cannot connect; is the broker running, does it speak TLS on this port, and is its certificate "
        "for this host?");
  }
  return failure(options, "cannot connect; is the broker running, and are host and port right?");
}

Disconnected unusable(const ConnectOptions& options, const std::string& text) {
  Disconnected event = failure(options, text);
  event.fatal = true;
  return event;
}

Disconnected connection_ended(const ConnectOptions& options, int code) {
  const bool by_broker = code >= 0x80;
  Disconnected event = failure(
      options, by_broker ? "the broker ended the connection: " + reason_text(code) : "connection lost");
  if (by_broker) event.reason_code = code;
  return event;
}

std::string unreadable_file(const ConnectOptions& options) {
  if (!options.tls) return {};
  for (const std::string* file :
       {&options.tls->ca_file, &options.tls->certificate_file, &options.tls->key_file}) {
    if (!file->empty() && access(file->c_str(), R_OK) != 0) return *file;
  }
  return {};
}

}  // namespace gable::node
