// Traces as trees.

#include "gable/trace_text.hpp"

#include <gtest/gtest.h>

#include "wire/json.hpp"

namespace gable::cli {
namespace {

std::string shown(const std::string& json) {
  return trace_text(*wire::parse_object(json), Paint(false), *wire::parse_time("2026-11-23T12:00:00Z"));
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(TraceTextTest, BranchesAreDrawnToTheirLastSibling) {
  EXPECT_EQ(draw_tree({{0, "a"}, {1, "b"}, {2, "c"}, {1, "d"}, {0, "e"}, {1, "f"}}),
            "├─ a\n"
            "│  ├─ b\n"
            "│  │  └─ c\n"
            "│  └─ d\n"
            "└─ e\n"
            "   └─ f\n");
}

TEST(TraceTextTest, StepsStandBelowTheStepThatTheyBelongTo) {
  const std::string text = shown(R"({"rule":"automation.a","verdict":"finished","steps":[
    {"path":"action/1","step":"choose","choose/0":[{"condition":"template","rendered":"False","result":"false"}],"choice":"default"},
    {"path":"action/1/default/0","step":"service","call":{"service":"light.turn_on","target":{"entity_id":["light.a","light.b"]},"data":{"brightness":9}}},
    {"path":"action/10","step":"delay","waited":2},
    {"left_out":3},
    {"path":"action/11","step":"service","withheld":{"service":"notify.x","data":{}},"error":"no"}]})");
  EXPECT_TRUE(has(text,
                  "  ├─ choose  → default\n"
                  "  │  ├─ template: rendered False  false\n"
                  "  │  └─ service  light.turn_on light.a light.b (brightness 9)\n"
                  "  ├─ delay  waited 2 s\n"
                  "  ├─ … 3 steps left out\n"
                  "  └─ service  withheld: notify.x  no\n"))
      << text;
}

TEST(TraceTextTest, ATriggerNamesTheStepOfItsEntity) {
  const std::string text =
      shown(R"({"rule":"automation.a","verdict":"conditions","trigger":{"platform":"state",
    "entity_id":"binary_sensor.x","from_state":{"entity":"binary_sensor.x","state":"off"},
    "to_state":{"entity":"binary_sensor.x","state":"on"},"for":"0:05:00"},"conditions":{"result":"false","members":[
    {"condition":"or","members":[{"condition":"state","sun.sun":"above_horizon","result":"false"}],"result":"false"}]}})");
  EXPECT_TRUE(has(text, "automation.a did not run: conditions not met")) << text;
  EXPECT_TRUE(has(text, "triggered by binary_sensor.x: off → on for 0:05:00\n")) << text;
  EXPECT_TRUE(has(text, "  └─ or  false\n     └─ state: sun.sun above_horizon  false\n")) << text;
}

TEST(TraceTextTest, TextsFromOutsideAreSafeToPrint) {
  const std::string text =
      shown(R"({"rule":"automation.a","verdict":"failed","error":"a\u001b[31mb","trigger":"x"})");
  EXPECT_TRUE(has(text, "a\\x1b[31mb")) << text;
}

}  // namespace
}  // namespace gable::cli
