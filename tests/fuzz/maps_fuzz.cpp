// Device maps, and devices that speak to them. The input is a map, a line "===", then messages, a line each:
// topic, tab, payload; a line without a tab ends a turn. A refused map says where and why; what a taken one
// asks for and announces goes where brokers let it, and nothing stays of devices whose topics are emptied.

#include <set>
#include <string>

#include "discovery/maps/maps.hpp"
#include "discovery/maps/reader.hpp"
#include "discovery_house.hpp"

namespace {

using gable::discovery::Discovery;
using gable::fuzz::DiscoveryHouse;
using gable::fuzz::is_text;
using gable::fuzz::require;
namespace maps = gable::discovery::maps;
namespace wire = gable::wire;

constexpr std::string_view kMark = "\n===\n";

struct Announcer {
  DiscoveryHouse house;
  Discovery discovery{{.prefix = "", .own = ""}, house};
  std::set<std::string, std::less<>> sources;

  void take(const maps::Changes& changes) {
    for (const maps::Announced& device : changes.announced) {
      require(is_text(device.source) && wire::valid_topic_name(device.topic), "a device has a topic");
      sources.insert(device.source);
      discovery.announce(device.source, device.components);
    }
    for (const std::string& source : changes.removed) {
      require(sources.erase(source) == 1, "only what was announced is removed");
      discovery.announce(source, {});
    }
    check(changes.asks);
    for (const maps::Fault& fault : changes.faults)
      require(!fault.text.empty() && is_text(fault.text), "a fault is text");
  }
  static void check(const std::vector<maps::Asked>& asks) {
    for (const maps::Asked& ask : asks)
      require(wire::valid_topic_name(ask.topic), "who is asked has a topic");
  }
};

void speak(const maps::DeviceMap& map, std::string_view text) {
  maps::Limits limits;
  limits.devices = 8;
  limits.components = 20;
  limits.items = 16;
  limits.messages = 8;
  maps::Maps running({map}, limits);
  for (const std::string& filter : running.filters())
    require(gable::fuzz::is_filter(filter), "a broker takes what is subscribed to");
  Announcer announcer;
  Announcer::check(running.start());
  std::set<std::string, std::less<>> topics;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto tab = line.find('\t');
    const std::string_view topic = line.substr(0, tab);
    if (tab == std::string_view::npos) {
      announcer.take(running.changes());
    } else if (wire::valid_topic_name(topic)) {
      topics.emplace(topic);
      running.take(topic, line.substr(tab + 1));
      announcer.discovery.on_message(topic, line.substr(tab + 1), true, wire::Time());
    }
    require(running.size() <= limits.devices, "the devices are limited");
  }
  announcer.take(running.changes());
  gable::fuzz::check_known(announcer.discovery, announcer.house);
  gable::fuzz::command_all(announcer.discovery, announcer.house);
  for (const std::string& topic : topics) running.take(topic, "");
  announcer.take(running.changes());
  // Who is named in his payload cannot be named in an empty one.
  if (!std::ranges::all_of(map.messages, [](const maps::Message& message) { return message.with.empty(); }))
    return;
  require(running.size() == 0 && running.bytes() == 0, "nothing is remembered of devices that are gone");
  require(announcer.sources.empty() && announcer.discovery.size() == 0, "devices that are gone are removed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gable::fuzz::text_of(data, size);
  const auto mark = text.find(kMark);
  const maps::ReadMap read = maps::read_map("m.yaml", text.substr(0, mark));
  require(read.map.has_value() == read.errors.empty(), "a map is taken or it is said why not");
  for (const wire::Error& error : read.errors) {
    require(error.where.starts_with("m.yaml"), "errors have a place");
    require(!error.text.empty() && is_text(error.message()), "messages are UTF-8");
  }
  if (read.map) speak(*read.map, mark == text.npos ? std::string_view() : text.substr(mark + kMark.size()));
  return 0;
}
