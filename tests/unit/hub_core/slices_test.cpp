// Announcements that are more than the broker hands out at once.
#include "core/discovery/slices.hpp"

#include <gmock/gmock.h>

#include <set>

#include "wire/topic.hpp"

namespace gable::hub {
namespace {

using testing::IsEmpty;

std::vector<std::string_view> nothing_seen() { return {}; }

// Hands out what matches, in the order in which it was published, and drops what is beyond its queue: for all
// filters that are asked for together.
struct SmallBroker {
  std::vector<std::string> topics;
  std::size_t queue = 1'100;
  std::size_t bursts = 0;

  std::size_t read(const std::vector<std::string>& filters, Slices& slices, std::set<std::string>& seen) {
    ++bursts;
    std::size_t count = 0;
    for (const auto& topic : topics) {
      const bool wanted = std::ranges::any_of(
          filters, [&](const std::string& filter) { return wire::topic_matches(filter, topic); });
      if (!wanted || count == queue) continue;
      ++count;
      seen.insert(topic);
      slices.on_announcement();
    }
    return count;
  }

  // All that gets known from one reading.
  std::set<std::string> read_all() {
    Slices slices("ha");
    slices.begin();
    std::set<std::string> seen;
    std::vector<std::string> filters{"ha/+/+/config", "ha/+/+/+/config"};
    while (!filters.empty()) {
      read(filters, slices, seen);
      filters = slices.next([&] { return std::vector<std::string_view>(seen.begin(), seen.end()); });
      EXPECT_EQ(slices.present(), filters);
    }
    return seen;
  }
};

std::string announcement(const std::string& platform, int device, const std::string& object) {
  return "ha/" + platform + "/0x" + std::to_string(device) + "/" + object + "/config";
}

TEST(Slices, AHouseThatFitsIsReadAtOnce) {
  SmallBroker broker;
  for (int device = 0; device < 1'000; ++device)
    broker.topics.push_back(announcement("light", device, "light"));
  EXPECT_EQ(broker.read_all().size(), broker.topics.size());
  EXPECT_EQ(broker.bursts, 1u);
}

TEST(Slices, ManyDevicesOfManyKindsAreAllFound) {
  SmallBroker broker;
  for (int device = 0; device < 900; ++device) {
    for (const char* object : {"battery", "linkquality", "temperature", "humidity", "voltage"})
      broker.topics.push_back(announcement("sensor", device, object));
    broker.topics.push_back(announcement("switch", device, "switch"));
    broker.topics.push_back("ha/device/short" + std::to_string(device) + "/config");
    // What hardly any device has, and only the late ones.
    if (device > 880)
      broker.topics.push_back(announcement("sensor", device, "rare" + std::to_string(device)));
  }
  EXPECT_EQ(broker.read_all().size(), broker.topics.size());
}

TEST(Slices, NothingIsAskedForTwiceOnceAllIsRead) {
  Slices slices("ha");
  slices.begin();
  EXPECT_THAT(slices.next(nothing_seen), IsEmpty());
  EXPECT_THAT(slices.next(nothing_seen), IsEmpty());
}

TEST(Slices, ForeignTopicsAmongTheSourcesAreNoSlices) {
  Slices slices("ha");
  slices.begin();
  for (int i = 0; i < 2'000; ++i) slices.on_announcement();
  std::set<std::string> asked;
  const std::vector<std::string_view> topics{"homie/x/$homie", "ha", "ha/", "ha/sensor/short/config",
                                             "ha/sensor/a/b/config"};
  const auto seen = [&] { return topics; };
  for (auto filters = slices.next(seen); !filters.empty(); filters = slices.next(seen)) {
    for (int i = 0; i < 2'000; ++i) slices.on_announcement();
    asked.insert(filters.begin(), filters.end());
  }
  EXPECT_TRUE(asked.contains("ha/sensor/+/b/config"));
  EXPECT_TRUE(asked.contains("ha/+/a/+/config"));
  for (const auto& filter : asked)
    EXPECT_TRUE(filter.starts_with("ha/") && filter.ends_with("/config")) << filter;
}

}  // namespace
}  // namespace gable::hub
