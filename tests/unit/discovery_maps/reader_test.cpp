// Mistakes in device maps: each is named with its place, what was expected and the nearest right name.

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "map_house.hpp"

namespace gable::discovery::maps {
namespace {

// All mistakes, a line each.
std::string mistakes(const std::string& text) {
  std::string all;
  for (const wire::Error& error : read_map("m.yaml", text).errors)
    all += error.where + ": " + error.text + "\n";
  return all;
}

// A good map with one part put in the place of another.
std::string with(const std::string& old, const std::string& other) {
  std::string text = R"(map: lamp
announce:
  hello: {topic: "lamp/{id}/hello"}
device: {identifiers: ["<< id >>"]}
components:
  - platform: switch
    key: main
    command_topic: lamp/<< id >>/set
)";
  if (old.empty()) return text;
  const std::size_t place = text.find(old);
  EXPECT_NE(place, std::string::npos) << old;
  return text.replace(place, old.size(), other);
}

TEST(MapReader, AGoodOne) { EXPECT_EQ(mistakes(with("", "")), ""); }

TEST(MapReader, ShippedOnesHaveNone) {
  for (const char* name : {"tasmota.yaml", "shelly.yaml", "shelly_gen1.yaml"}) {
    const ReadMap read = read_map(name, shipped(name));
    for (const wire::Error& error : read.errors) ADD_FAILURE() << error.message();
    EXPECT_TRUE(read.map.has_value()) << name;
  }
}

TEST(MapReader, KeysThatAreNone) {
  EXPECT_EQ(mistakes(with("command_topic", "comand_topic")),
            "m.yaml:8:5: a component has no key 'comand_topic'; did you mean command_topic?\n");
  EXPECT_EQ(mistakes(with("announce:", "anounce:")),
            "m.yaml:1:1: a device map needs 'announce'\n"
            "m.yaml:2:1: a device map has no key 'anounce'; did you mean announce?\n");
  EXPECT_EQ(mistakes(with("{identifiers:", "{identifier:")),
            "m.yaml:4:10: 'device' has no key 'identifier'; did you mean identifiers?\n"
            "m.yaml:4:9: 'device' needs 'identifiers' or 'connections', so that it is known again\n");
  EXPECT_EQ(mistakes(with("{topic: \"lamp/{id}/hello\"}", "{topic: \"lamp/{id}/hello\", optinal: true}")),
            "m.yaml:3:37: a message has no key 'optinal'; did you mean optional?\n");
}

TEST(MapReader, WhatIsMissing) {
  EXPECT_EQ(mistakes(with("    key: main\n", "")), "m.yaml:6:5: a component needs 'key'\n");
  EXPECT_EQ(mistakes(with("map: lamp\n", "")), "m.yaml:1:1: a device map needs 'map'\n");
  EXPECT_EQ(mistakes("[]"), "m.yaml:1:1: a device map must be a map, not a list\n");
  EXPECT_EQ(mistakes("a: [").substr(0, 7), "m.yaml:");
}

TEST(MapReader, Platforms) {
  EXPECT_EQ(mistakes(with("platform: switch", "platform: swich")),
            "m.yaml:6:15: there is no platform 'swich'; did you mean switch?\n");
}

TEST(MapReader, Expressions) {
  EXPECT_EQ(mistakes(with("<< id >>/set", "<< id | lowr >>/set")),
            "m.yaml:8:20: 'command_topic' is wrong: expected the name of a filter, got 'lowr'; did you mean "
            "lower? (line 1, column 7 of the expression)\n");
  EXPECT_EQ(mistakes(with("<< id >>/set", "<< id")),
            "m.yaml:8:20: 'command_topic' is wrong: '<<' without '>>': expected << expression >>\n");
  EXPECT_NE(mistakes(with("    key: main\n", "    key: main\n    for_each: range(\n"))
                .find("m.yaml:8:15: 'for_each' is wrong"),
            std::string::npos);
  EXPECT_EQ(mistakes(with("lamp/<< id >>/set", "\"lamp/{{ id }}/set\"")),
            "m.yaml:8:20: 'command_topic' is no template: what is known when the device is announced is "
            "written << expression >>\n");
  EXPECT_NE(mistakes(with("    key: main\n",
                          "    key: main\n    value_template: \"{{ value_json['<< id >>' }}\"\n"))
                .find("m.yaml:8:21: 'value_template' is wrong"),
            std::string::npos);
}

TEST(MapReader, Topics) {
  EXPECT_EQ(
      mistakes(with("lamp/{id}/hello", "lamp/+/hello")),
      "m.yaml:3:18: level '+' of the topic: expected a word, or a name for what stands there: {id}\n"
      "m.yaml:3:10: the first message must name its device: a level such as {id}, or 'with: {id: …}'\n");
  EXPECT_EQ(
      mistakes(with("hello\"}", "hello\"}\n  other: {topic: \"lamp/{di}/x\"}")),
      "m.yaml:4:10: 'id' names the device and must stand in the topic of every message; did you mean di?\n");
  EXPECT_EQ(mistakes(with("lamp/{id}/hello", "lamp/{id}/{id}")),
            "m.yaml:3:18: a name stands for one level of the topic only\n");
  EXPECT_NE(mistakes(with("  hello:", "  value:")).find("'value' has a meaning of its own here"),
            std::string::npos);
}

}  // namespace
}  // namespace gable::discovery::maps
