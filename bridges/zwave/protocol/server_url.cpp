#include "protocol/server_url.hpp"

#include <algorithm>

namespace gable::zwave {

namespace {

constexpr std::size_t kLongest = 500;
constexpr int kHighestPort = 65'535;

wire::Error malformed(const std::string& text) {
  return {wire::ErrorCode::malformed, text + "; expected ws://HOST:PORT, as in ws://127.0.0.1:3000", {}};
}

bool usable_port(std::string_view port) {
  if (port.empty() || port.size() > 5) return false;
  int number = 0;
  for (const char c : port) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  return number > 0 && number <= kHighestPort;
}

bool usable_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == ':' || c == '%';
  });
}

bool usable_path(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

std::string ServerUrl::text() const {
  const bool brackets = host.find(':') != std::string::npos;
  return "ws://" + (brackets ? "[" + host + "]" : host) + ":" + port + (path == "/" ? "" : path);
}

wire::Result<ServerUrl> parse_server_url(std::string_view text) {
  constexpr std::string_view kScheme = "ws://";
  if (text.size() > kLongest) return malformed("the address is too long");
  if (text.starts_with("wss://")) {
    return malformed("Z-Wave JS server has no encryption of its own, so wss:// is not understood");
  }
  if (!text.starts_with(kScheme)) return malformed("\"" + std::string(text) + "\" is no address of a server");
  text.remove_prefix(kScheme.size());
  ServerUrl url;
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    url.path = text.substr(slash);
    text = text.substr(0, slash);
  }
  std::string_view port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return malformed("the address has a [ without ]");
    url.host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    if (!port.empty() && port.front() != ':') return malformed("the address has something after ]");
  } else {
    const auto colon = text.rfind(':');
    url.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
    if (url.host.find(':') != std::string::npos) return malformed("an IPv6 address stands in [ ]");
  }
  if (!port.empty()) url.port = port.substr(1);
  if (!usable_host(url.host)) return malformed("the address has no usable host");
  if (!usable_port(url.port)) return malformed("the address has no usable port");
  if (!usable_path(url.path)) return malformed("the address has no usable path");
  // With the port that was left out.
  if (url.text().size() > kLongest) return malformed("the address is too long");
  return url;
}

}  // namespace gable::zwave
