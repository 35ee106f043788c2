// Announcements and messages in any order, as a broker brings them: what is announced can be stored and
// commanded, listens to what brokers take, and is gone without a trace when its topic is emptied. A line is
// topic, tab, payload; one without a tab is something that happens in the house, by its first letter: `t` all
// timers that are set, `d` everything is disabled, `e` enabled, `f` the first entity is forgotten, `n` what
// is announced from now on is disabled.

#include <string>
#include <vector>

#include "discovery_house.hpp"

namespace {

using gable::discovery::Discovery;
using gable::fuzz::DiscoveryHouse;
using gable::fuzz::require;
namespace wire = gable::wire;

constexpr std::string_view kPrefix = "homeassistant";

void happen(Discovery& discovery, DiscoveryHouse& house, char what, wire::Time now) {
  switch (what) {
    case 't':
      for (const auto& [timer, at] : std::exchange(house.timers, {}))
        discovery.on_timer(timer.first, timer.second, at);
      break;
    case 'd':
    case 'e':
      for (const auto& [handle, entity] : house.entities) discovery.listen(handle, what == 'e');
      break;
    case 'f':
      if (!house.entities.empty()) {
        const auto handle = house.entities.begin()->first;
        discovery.drop(handle);
        require(discovery.announced_by(handle).empty(), "nobody announces what was forgotten");
        house.removed(handle);
      }
      break;
    case 'n':
      house.takes = !house.takes;
      break;
    default:
      discovery.on_timer(static_cast<gable::discovery::Handle>(what), gable::discovery::Timer::off, now);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = gable::fuzz::text_of(data, size);
  DiscoveryHouse house;
  Discovery discovery({.prefix = std::string(kPrefix), .own = "gable_gable"}, house);
  wire::Time now{};
  for (bool retained = true; !text.empty(); retained = !retained) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    now += wire::Duration(1000);
    const auto tab = line.find('\t');
    const std::string_view topic = line.substr(0, tab);
    if (tab == std::string_view::npos) {
      if (!line.empty()) happen(discovery, house, line.front(), now);
    } else if (wire::valid_topic_name(topic)) {
      discovery.on_message(topic, line.substr(tab + 1), retained, now);
    }
  }
  gable::fuzz::check_known(discovery, house);
  gable::fuzz::command_all(discovery, house);
  const auto sources = discovery.sources();
  for (const std::string& source : std::vector<std::string>(sources.begin(), sources.end()))
    require(discovery.on_message(source, "", true, now), "an emptied announcement is read");
  gable::fuzz::check_empty(discovery, house);
  return 0;
}
