#pragma once
// Where a server is: ws://host:port/path.
// Pure: plain text.

#include <string>
#include <string_view>

#include "wire/result_type.hpp"

namespace gable::zwave {

struct ServerUrl {
  std::string host = "127.0.0.1";  // an IPv6 address without its brackets
  std::string port = "3000";
  std::string path = "/";

  // As people write it.
  [[nodiscard]] std::string text() const;
};

// Errors: malformed, with what was expected.
wire::Result<ServerUrl> parse_server_url(std::string_view text);

}  // namespace gable::zwave
