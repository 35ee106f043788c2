#pragma once
// Why a connection could not be made, in words for people; the same whichever client library tried.
// Stateless; any thread.

#include <string>

#include "node/mqtt_port.hpp"

namespace gable::node {

// The broker answered CONNECT with a refusal. `code` as it came: of MQTT 5, or 1 to 5 of MQTT 3.1.1
// (3.2.2.3).
Disconnected refused_by_broker(const ConnectOptions& options, int code);
// The handshake failed; `reason` as the TLS library says it.
Disconnected tls_failed(const ConnectOptions& options, const std::string& reason);
Disconnected closed_unanswered(const ConnectOptions& options);
Disconnected not_answered_in_time(const ConnectOptions& options);
Disconnected unreachable(const ConnectOptions& options);
// The host name or client id is none, or a file of `options.tls` cannot be read: `text` says so, trying again
// is no use.
Disconnected unusable(const ConnectOptions& options, const std::string& text);

// A connection that was up has ended; `code` of the broker's DISCONNECT, below 0x80 when there was none.
Disconnected connection_ended(const ConnectOptions& options, int code);

// The first file of `options.tls` that cannot be read; empty: all can.
std::string unreadable_file(const ConnectOptions& options);

}  // namespace gable::node
