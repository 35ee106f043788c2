#pragma once
// Where the broker is, as people write it:
//   mqtt://[user[:password]@]host[:1883]
//   mqtts://[user[:password]@]host[:8883][?ca=FILE&cert=FILE&key=FILE]
// User, password and file names are percent-encoded where they hold reserved characters; an IPv6 address
// stands in brackets. Stateless; any thread.

#include <string>
#include <string_view>

#include "node/mqtt_port.hpp"
#include "wire/result_type.hpp"

namespace gable::node {

// Host, port, user, password and TLS of a connection; the rest keeps its defaults. A text without "://" is
// taken as host[:port] of mqtt. Errors (malformed) say what is wrong and never repeat the password.
wire::Result<ConnectOptions> parse_broker_url(std::string_view url);

// "mqtts://host:8883": for people, without user and password.
std::string broker_address(const ConnectOptions& options);

}  // namespace gable::node
