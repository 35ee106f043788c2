#include "presence_config.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "node/config_reader.hpp"
#include "wire/entity_id.hpp"

namespace gable::presence {

namespace {

using node::ConfigNode;
using namespace std::chrono_literals;

constexpr std::size_t kDeviceLimit = 500;
constexpr std::size_t kPersonLimit = 100;
constexpr std::size_t kListLimit = 20;

std::chrono::milliseconds read_time(const ConfigNode& node, std::chrono::milliseconds least) {
  const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(node.as_duration());
  if (time < least) node.fail_expected("at least " + wire::format_duration(least));
  if (time > 24h) node.fail_expected("at most one day");
  return time;
}

LeaseFileConfig read_lease_file(const ConfigNode& node) {
  LeaseFileConfig file;
  if (node.is_scalar()) {
    file.path = node.as_name();
  } else {
    node.expect_keys({"file", "format"});
    file.path = node.at("file").as_name();
  }
  if (!file.path.starts_with('/')) node.fail_expected("the absolute path of a lease file");
  const ConfigNode* format = node.is_map() ? node.find("format") : nullptr;
  if (format == nullptr) return file;
  static const std::map<std::string, LeaseFormat> kFormats = {
      {"dnsmasq", LeaseFormat::dnsmasq}, {"isc", LeaseFormat::isc}, {"udhcpd", LeaseFormat::udhcpd}};
  const auto found = kFormats.find(format->as_text());
  if (found == kFormats.end()) format->fail_expected("dnsmasq, isc or udhcpd");
  file.format = found->second;
  return file;
}

RouterConfig read_router(const ConfigNode& node) {
  node.expect_keys({"address", "port", "community"});
  RouterConfig router;
  const ConfigNode& address = node.at("address");
  const auto ip = parse_ip(address.as_name());
  if (!ip) address.fail_expected("the router's IP address");
  router.address = *ip;
  if (const auto* port = node.find("port")) router.port = static_cast<std::uint16_t>(port->as_int(1, 65'535));
  router.community = node.at("community").as_name();
  if (router.community.size() > 255) node.at("community").fail_expected("at most 255 characters");
  return router;
}

// One value or a list of them, each read by `parse`; `what` for people.
template <class Parse>
auto read_list(const ConfigNode& device, std::string_view key, Parse parse, std::string_view what) {
  std::vector<typename decltype(parse(std::string()))::value_type> out;
  const ConfigNode* node = device.find(key);
  if (node == nullptr) return out;
  const auto one = [&](const ConfigNode& item) {
    const auto value = parse(item.as_name());
    if (!value) item.fail_expected(what);
    out.push_back(*value);
  };
  if (node->is_scalar()) {
    one(*node);
  } else {
    for (const ConfigNode& item : node->items()) one(item);
  }
  if (out.size() > kListLimit) node->fail_expected("at most " + std::to_string(kListLimit) + " of them");
  return out;
}

std::optional<std::string> host_name(const std::string& text) {
  std::string name = normal_host_name(text);
  return name.empty() ? std::nullopt : std::optional(std::move(name));
}

std::optional<std::string> client_id(const std::string& text) {
  std::string id = normal_client_id(text);
  return id.empty() ? std::nullopt : std::optional(std::move(id));
}

void check_id(const node::ConfigEntry& entry) {
  if (!wire::valid_object_id(entry.key)) entry.fail("\"" + entry.key + "\" is no id: [a-z0-9_]{1,128}");
}

DeviceSpec read_device(const node::ConfigEntry& entry, const PresenceConfig& config) {
  check_id(entry);
  const ConfigNode& node = entry.value;
  node.expect_keys({"name", "mac", "ip", "host_name", "client_id", "grace"});
  DeviceSpec device;
  device.id = entry.key;
  device.macs =
      read_list(node, "mac", parse_mac, "the MAC address of a network card, such as 02:aa:bb:cc:dd:01");
  device.ips = read_list(node, "ip", parse_ip, "an IP address, such as 192.168.1.20");
  device.host_names = read_list(node, "host_name", host_name, "a host name, such as annas-phone");
  device.client_ids =
      read_list(node, "client_id", client_id, "a DHCP client id, such as 01:02:aa:bb:cc:dd:01");
  if (const ConfigNode* grace = node.find("grace")) device.grace = read_time(*grace, 1s);
  if (device.grace < config.interval) {
    const ConfigNode* grace = node.find("grace");
    (grace == nullptr ? node : *grace)
        .fail_expected("a grace time that is not shorter than the interval of " +
                       wire::format_duration(config.interval));
  }
  const bool by_lease = !device.host_names.empty() || !device.client_ids.empty();
  if (!by_lease && device.macs.empty() && device.ips.empty())
    entry.fail("device " + entry.key + " cannot be recognized: give its mac, ip, host_name or client_id");
  if (by_lease && config.leases.empty())
    entry.fail("device " + entry.key + " is to be recognized by its DHCP lease, but no lease file is given",
               "leases: [/var/lib/misc/dnsmasq.leases]");
  return device;
}

// Two devices with the same address would both be home when one of them is.
template <class Key>
void check_new(const std::vector<Key>& keys, const node::ConfigEntry& entry,
               std::map<Key, std::string>& seen) {
  for (const Key& key : keys) {
    const auto [found, added] = seen.emplace(key, entry.key);
    if (!added)
      entry.fail("device " + entry.key + " is listed with the same address or name as " + found->second);
  }
}

void read_devices(const ConfigNode& node, PresenceConfig& config) {
  std::map<Mac, std::string> macs;
  std::map<Ip, std::string> ips;
  std::map<std::string, std::string> names;
  std::map<std::string, std::string> ids;
  for (const node::ConfigEntry& entry : node.entries()) {
    config.devices.push_back(read_device(entry, config));
    const DeviceSpec& device = config.devices.back();
    check_new(device.macs, entry, macs);
    check_new(device.ips, entry, ips);
    check_new(device.host_names, entry, names);
    check_new(device.client_ids, entry, ids);
    if (device.id.starts_with("person_")) entry.fail("ids of devices do not begin with person_");
    const ConfigNode* name = entry.value.find("name");
    config.device_names.push_back(name == nullptr ? entry.key : name->as_name());
  }
  if (config.devices.size() > kDeviceLimit)
    node.fail_expected("at most " + std::to_string(kDeviceLimit) + " devices");
}

PersonSpec read_person(const node::ConfigEntry& entry, const PresenceConfig& config) {
  check_id(entry);
  entry.value.expect_keys({"name", "devices"});
  PersonSpec person;
  person.id = entry.key;
  for (const ConfigNode& item : entry.value.at("devices").items()) {
    const std::string& id = item.as_name();
    const auto found = std::find_if(config.devices.begin(), config.devices.end(),
                                    [&id](const DeviceSpec& device) { return device.id == id; });
    if (found == config.devices.end()) item.fail("there is no device \"" + id + "\" under devices");
    person.devices.push_back(static_cast<std::size_t>(found - config.devices.begin()));
  }
  if (person.devices.empty()) entry.fail("person " + entry.key + " has no devices to be recognized by");
  return person;
}

void read_people(const ConfigNode& node, PresenceConfig& config) {
  for (const node::ConfigEntry& entry : node.entries()) {
    config.people.push_back(read_person(entry, config));
    const ConfigNode* name = entry.value.find("name");
    config.person_names.push_back(name == nullptr ? entry.key : name->as_name());
  }
  if (config.people.size() > kPersonLimit)
    node.fail_expected("at most " + std::to_string(kPersonLimit) + " people");
}

void read_sources(const ConfigNode& root, PresenceConfig& config) {
  if (const auto* interval = root.find("interval")) config.interval = read_time(*interval, 1s);
  if (const auto* release = root.find("release_grace")) config.release_grace = read_time(*release, 0s);
  if (const auto* neighbours = root.find("neighbours")) config.neighbours = neighbours->as_bool();
  if (const auto* interfaces = root.find("interfaces")) config.interfaces = interfaces->as_text_list();
  if (const auto* leases = root.find("leases")) {
    for (const ConfigNode& item : leases->items()) config.leases.push_back(read_lease_file(item));
  }
  if (const auto* ping = root.find("ping")) config.ping = ping->as_bool();
  if (const auto* routers = root.find("routers")) {
    for (const ConfigNode& item : routers->items()) config.routers.push_back(read_router(item));
  }
  // Presence keeps a bit for each source.
  if (config.leases.size() + config.routers.size() > kListLimit)
    root.fail_expected("at most 20 lease files and routers");
}

}  // namespace

PresenceConfig read_presence_config(const ConfigNode& own, bool scan) {
  own.expect_keys({"interval", "release_grace", "neighbours", "interfaces", "ping", "leases", "routers",
                   "publish_addresses", "devices", "people"});
  PresenceConfig config;
  read_sources(own, config);
  if (const auto* publish = own.find("publish_addresses")) config.publish_addresses = publish->as_bool();
  if (const auto* devices = own.find("devices")) read_devices(*devices, config);
  if (const auto* people = own.find("people")) read_people(*people, config);
  if (scan) return config;
  if (config.devices.empty()) {
    throw node::ConfigError("no devices are listed, so that nobody could be seen",
                            "give them under devices in --config FILE; --scan shows what is there");
  }
  if (!config.neighbours && !config.ping && config.leases.empty() && config.routers.empty())
    own.fail("there is no source to look at", "neighbours: true");
  return config;
}

PresenceConfig read_presence_text(const std::string& name, std::string_view yaml) {
  return read_presence_config(node::parse_config(name, yaml).root);
}

}  // namespace gable::presence
