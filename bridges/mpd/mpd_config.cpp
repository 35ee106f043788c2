#include "mpd_config.hpp"

#include <charconv>

#include "node/config_reader.hpp"

namespace gable::mpd {

namespace {

constexpr const char* kPort = "6600";

// A device id of the contract, short enough for keys that are made from it.
bool valid_id(const std::string& id) {
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-";
  return !id.empty() && id.size() <= 64 && id.find_first_not_of(kAllowed) == std::string::npos;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

PlayerConfig read_player(const node::ConfigEntry& entry) {
  const node::ConfigNode& node = entry.value;
  node.expect_keys({"address", "name", "area", "password", "announce_volume"});
  PlayerConfig config;
  config.id = entry.key;
  if (!valid_id(config.id))
    entry.fail("'" + entry.key + "' is no id", "use letters, digits, _ . : -, at most 64");
  config.name = entry.key;
  if (const auto* name = node.find("name")) config.name = name->as_name();
  if (const auto* area = node.find("area")) config.area = area->as_name();
  const auto& address = node.at("address");
  const auto parsed = parse_address(address.as_name());
  if (!parsed) address.fail_expected("host, host:port or the path of a socket");
  config.address = *parsed;
  if (const auto* password = node.find("password")) config.password = password->as_name();
  if (const auto* volume = node.find("announce_volume"))
    config.announce_volume = static_cast<int>(volume->as_int(0, 100));
  return config;
}

std::vector<PlayerConfig> read_root(const node::ConfigNode& root) {
  if (root.is_null()) return {{"mpd", "Music", {}, {"localhost", 6600, {}}, {}, {}}};
  root.expect_keys({"players"});
  const node::ConfigNode& players = root.at("players");
  std::vector<PlayerConfig> out;
  for (const auto& entry : players.entries()) {
    if (out.size() == kPlayerLimit)
      entry.fail("more than 32 players", "run a second bridge with another --id");
    out.push_back(read_player(entry));
  }
  if (out.empty()) players.fail_expected("at least one player");
  return out;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  if (text.empty() || text.find_first_of(" \t\n\r") != text.npos) return std::nullopt;
  Address address;
  if (text.front() == '/' || text.front() == '@') {
    address.path = text;
    return text.size() == 1 ? std::nullopt : std::optional(address);
  }
  std::string_view port = kPort;
  const std::size_t close = text.front() == '[' ? text.find(']') : text.npos;
  if (text.front() == '[' && close == text.npos) return std::nullopt;
  const std::size_t colon = text.find(':', close == text.npos ? 0 : close);
  if (close != text.npos && colon == text.npos && close + 1 != text.size()) return std::nullopt;
  if (colon != text.npos) port = text.substr(colon + 1);
  address.host = close == text.npos ? text.substr(0, colon) : text.substr(1, close - 1);
  const auto number = parse_port(port);
  if (!number || address.host.empty() || address.host.find('/') != std::string::npos) return std::nullopt;
  address.port = *number;
  return address;
}

std::vector<PlayerConfig> read_mpd_config(const node::ConfigNode& own) { return read_root(own); }

std::vector<PlayerConfig> read_mpd_text(const std::string& name, std::string_view yaml) {
  return read_root(node::parse_config(name, yaml).root);
}

}  // namespace gable::mpd
