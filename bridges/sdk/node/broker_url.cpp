#include "node/broker_url.hpp"

#include <charconv>
#include <optional>

#include "wire/json.hpp"

namespace gable::node {

namespace {

wire::Error bad(std::string text) {
  return {wire::ErrorCode::malformed,
          "broker address: " + std::move(text) + "; expected mqtt://[user:password@]host[:port] or mqtts://…",
          {}};
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Nothing when a % is not followed by two digits, or the text is not UTF-8 (MQTT wants that of a user name).
std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!wire::valid_utf8(out)) return std::nullopt;
  return out;
}

// Cuts `text` at the first `separator`: the part before it is returned, what follows stays in `text`.
std::string_view cut(std::string_view& text, char separator) {
  const auto at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

std::optional<wire::Error> read_user(std::string_view text, ConnectOptions& options) {
  const auto user = percent_decode(cut(text, ':'));
  const auto password = percent_decode(text);
  if (!user || !password) return bad("a % in user or password is not followed by two hexadecimal digits");
  options.user = *user;
  options.password = *password;
  return std::nullopt;
}

std::optional<wire::Error> read_port(std::string_view text, ConnectOptions& options) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0 || port > 65'535) {
    return bad("'" + std::string(text) + "' is not a port (1 to 65535)");
  }
  options.port = static_cast<std::uint16_t>(port);
  return std::nullopt;
}

std::optional<wire::Error> read_host(std::string_view text, ConnectOptions& options) {
  std::string_view host;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return bad("the bracket of the IPv6 address is not closed");
    host = text.substr(1, close - 1);
    text.remove_prefix(close + 1);
    if (!text.empty() && text.front() != ':') return bad("only a port may follow the IPv6 address");
    if (!text.empty()) text.remove_prefix(1);
  } else {
    if (text.find(':') != text.rfind(':'))
      return bad("an IPv6 address stands in brackets, as in mqtt://[::1]:1883");
    host = cut(text, ':');
  }
  if (host.empty()) return bad("there is no host");
  for (const char c : host) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '/' || c == 0x7F)
      return bad("the host has a character that no host has");
  }
  options.host = std::string(host);
  return text.empty() ? std::nullopt : read_port(text, options);
}

std::optional<wire::Error> read_query(std::string_view text, ConnectOptions& options) {
  while (!text.empty()) {
    std::string_view value = cut(text, '&');
    const std::string_view name = cut(value, '=');
    const auto file = percent_decode(value);
    if (!file || file->empty()) return bad("'" + std::string(name) + "' needs a file name");
    if (!options.tls) return bad("'" + std::string(name) + "' is for TLS: write mqtts://");
    if (name == "ca") {
      options.tls->ca_file = *file;
    } else if (name == "cert") {
      options.tls->certificate_file = *file;
    } else if (name == "key") {
      options.tls->key_file = *file;
    } else {
      return bad("'" + std::string(name) + "' is not known (ca, cert and key are)");
    }
  }
  if (options.tls && options.tls->certificate_file.empty() != options.tls->key_file.empty()) {
    return bad("a client certificate needs both cert and key");
  }
  return std::nullopt;
}

}  // namespace

wire::Result<ConnectOptions> parse_broker_url(std::string_view url) {
  ConnectOptions options;
  if (const auto at = url.find("://"); at != std::string_view::npos) {
    const std::string_view scheme = url.substr(0, at);
    if (scheme != "mqtt" && scheme != "mqtts") return bad("'" + std::string(scheme) + "://' is not known");
    if (scheme == "mqtts") {
      options.tls.emplace();
      options.port = 8883;
    }
    url.remove_prefix(at + 3);
  }
  std::string_view query = url;
  std::string_view rest = cut(query, '?');
  // The last @: a password may hold one that was not encoded.
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    if (auto error = read_user(rest.substr(0, at), options)) return *error;
    rest.remove_prefix(at + 1);
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (auto error = read_host(rest, options)) return *error;
  if (auto error = read_query(query, options)) return *error;
  return options;
}

std::string broker_address(const ConnectOptions& options) {
  const bool six = options.host.find(':') != std::string::npos;
  return (options.tls ? "mqtts://" : "mqtt://") + (six ? "[" + options.host + "]" : options.host) + ":" +
         std::to_string(options.port);
}

}  // namespace gable::node
