// Devices of Homie 3, 4 and 5 that may say anything: whatever is announced is taken by its platform without a
// fault, stays within the limits, and is gone when its topics are emptied. A line is topic, tab, payload; one
// without a tab is the end of a turn (`s`: after all retained messages are in).

#include <set>
#include <string>

#include "discovery/homie/homie.hpp"
#include "discovery_house.hpp"

namespace {

using gable::discovery::Discovery;
using gable::fuzz::DiscoveryHouse;
using gable::fuzz::is_text;
using gable::fuzz::require;
namespace homie = gable::discovery::homie;
namespace wire = gable::wire;

// What the hub does with changes.
class Announcer {
 public:
  void take(const homie::Changes& changes, std::size_t limit) {
    for (const std::string& base : changes.removed) {
      require(bases_.erase(base) == 1, "only what was announced is removed");
      discovery_.announce(base, {});
    }
    for (const homie::Announced& device : changes.announced) announce(device, limit);
    for (const homie::Alerts& alerts : changes.alerts) {
      for (const homie::Alert& alert : alerts.alerts) require(is_text(alert.text), "an alert is text");
    }
    for (const homie::Target& target : changes.targets)
      require(wire::valid_topic_name(target.topic), "a target has a topic");
    for (const homie::Fault& fault : changes.faults)
      require(!fault.text.empty() && is_text(fault.text), "a fault is text");
  }

  void command() {
    gable::fuzz::check_known(discovery_, house_);
    gable::fuzz::command_all(discovery_, house_);
  }
  void check_gone() {
    require(bases_.empty(), "a device without a message is removed");
    require(house_.entities.empty() && house_.subscribed.empty() && discovery_.size() == 0,
            "nothing stays of it");
  }
  [[nodiscard]] bool announced(std::string_view base) const { return bases_.contains(base); }
  bool on_message(std::string_view topic, std::string_view payload) {
    return discovery_.on_message(topic, payload, true, wire::Time());
  }

 private:
  void announce(const homie::Announced& device, std::size_t limit) {
    require(device.model.property_count() <= limit, "the properties of a device are limited");
    for (const gable::discovery::Component& component : device.components) {
      const auto binding = bind(component, templates_);
      require(binding.has_value(), binding ? "" : binding.error().message().c_str());
      // Of options there may be too many.
      require((*binding)->faults.empty() || component.config.contains("options"), "nothing is left out");
    }
    bases_.insert(device.model.base);
    discovery_.announce(device.model.base, device.components);
  }

  DiscoveryHouse house_;
  Discovery discovery_{{.prefix = "", .own = ""}, house_};
  gable::discovery::Templates templates_;
  std::set<std::string, std::less<>> bases_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  homie::Limits limits;
  limits.devices = 8;
  limits.nodes = 12;
  limits.properties = 40;
  limits.alerts = 4;
  limits.device_bytes = 32 * std::size_t{1024};
  homie::Homie homie({"homie", "+"}, limits);
  Announcer announcer;
  std::set<std::string, std::less<>> topics;
  for (std::string_view text = gable::fuzz::text_of(data, size); !text.empty();) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto tab = line.find('\t');
    const std::string_view topic = line.substr(0, tab);
    if (tab == std::string_view::npos) {
      if (line.starts_with('s')) homie.settle();
      announcer.take(homie.changes(), limits.properties);
    } else if (wire::valid_topic_name(topic)) {
      topics.emplace(topic);
      homie.take(topic, line.substr(tab + 1));
      announcer.on_message(topic, line.substr(tab + 1));
    }
    require(homie.size() <= limits.devices, "the devices are limited");
  }
  announcer.take(homie.changes(), limits.properties);
  for (const std::string& topic : topics) {
    const std::string_view base = homie.device_of(topic);
    require(base.empty() || announcer.announced(base), "whose topic it is has been announced");
  }
  announcer.command();
  for (const std::string& topic : topics) homie.take(topic, "");
  announcer.take(homie.changes(), limits.properties);
  announcer.check_gone();
  require(homie.size() == 0 && homie.bytes() == 0, "nothing is remembered of it");
  return 0;
}
