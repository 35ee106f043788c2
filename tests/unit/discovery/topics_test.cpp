// Who listens to which topic, against plain matching of every filter.

#include "discovery/topics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "wire/topic.hpp"

namespace gable::discovery {
namespace {

std::vector<Handle> found(const Topics& topics, std::string_view topic) {
  std::vector<Listener> out;
  topics.find(topic, out);
  std::vector<Handle> handles;
  for (const auto& listener : out) handles.push_back(listener.entity);
  std::sort(handles.begin(), handles.end());
  return handles;
}

TEST(Topics, FirstAndLastListenerAreTold) {
  Topics topics;
  for (const auto* filter : {"a/b", "a/+", "a/#", "#"}) {
    EXPECT_TRUE(topics.add(filter, {1})) << filter;
    EXPECT_FALSE(topics.add(filter, {2})) << filter;
    EXPECT_FALSE(topics.remove(filter, 1)) << filter;
    EXPECT_FALSE(topics.remove(filter, 7)) << filter;
    EXPECT_TRUE(topics.remove(filter, 2)) << filter;
    EXPECT_FALSE(topics.remove(filter, 2)) << filter;
  }
  EXPECT_TRUE(found(topics, "a/b").empty());
}

// MQTT 5, 4.7, as wire::topic_matches has it, over every filter one by one.
TEST(Topics, FindWhatMatchingFindsOneByOne) {
  const std::vector<std::string> levels{"a", "b", "", "$x", "+", "#"};
  std::mt19937 random(7);
  const auto pick = [&](std::size_t below) { return random() % below; };
  std::vector<std::string> filters;
  Topics topics;
  while (filters.size() < 400) {
    std::string filter;
    for (std::size_t depth = 1 + pick(4), i = 0; i < depth; ++i) {
      const std::string& level = levels[pick(i + 1 == depth ? 6 : 5)];
      filter += (i == 0 ? "" : "/") + level;
    }
    if (filter.empty() || filter == "/") continue;
    topics.add(filter, {static_cast<Handle>(filters.size())});
    filters.push_back(filter);
  }
  std::set<Handle> gone;
  for (int round = 0; round < 2000; ++round) {
    std::string topic;
    for (std::size_t depth = 1 + pick(4), i = 0; i < depth; ++i)
      topic += (i == 0 ? "" : "/") + levels[pick(4)];
    if (topic.empty()) continue;
    std::vector<Handle> expected;
    for (Handle handle = 0; handle < filters.size(); ++handle)
      if (!gone.contains(handle) && wire::topic_matches(filters[handle], topic)) expected.push_back(handle);
    EXPECT_EQ(found(topics, topic), expected) << topic;
    if (round % 10 == 0) {
      const auto handle = static_cast<Handle>(pick(filters.size()));
      topics.remove(filters[handle], handle);
      gone.insert(handle);
    }
  }
}

}  // namespace
}  // namespace gable::discovery
