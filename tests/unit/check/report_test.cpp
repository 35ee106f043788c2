// Reports: statuses, places, and their JSON.
#include <gtest/gtest.h>

#include "checked.hpp"

namespace gable::rules::test {
namespace {

TEST(CheckReport, HasARuleEach) {
  const auto all = reports(
      "automation:\n- alias: A b\n  id: '7'\n  triggers: [{trigger: sun, event: sunset}]\n"
      "  actions: [{action: script.missing}]\n"
      "script: {s: {sequence: [{delay: 1}]}}\n"
      "scene: [{name: Sc, entities: {light.a: 'on'}}]\n"
      "template: [{sensor: [{name: T, state: \"{{ 1 }}\"}]}]\n",
      {});
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(wire::to_json(to_json(all[0], {"rules.yaml"})),
            R"({"file":"rules.yaml","line":2,"id":"automation.a_b","kind":"automation","status":"waits",)"
            R"("unique_id":"7","alias":"A b","problems":[{"file":"rules.yaml","line":5,"column":13,)"
            R"("severity":"waits","code":"unknown_script","message":"there is no script script.missing"}]})");
  EXPECT_EQ(all[1].id + " " + all[2].id + " " + all[3].id, "script.s scene.sc sensor.t");
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_EQ(all[i].status, Status::ok);
}

TEST(CheckReport, OneErrorRefusesAndWarningsDoNot) {
  const auto status = [](const std::string& text) { return reports(text, {}).front().status; };
  EXPECT_EQ(status(trigger("{trigger: state, entity_id: light.a, to: 'On'}")), Status::ok);
  EXPECT_EQ(status(action("{action: script.a}, {action: light.x, target: {entity_id: light.a}}")),
            Status::refused);
}

TEST(CheckReport, HouseIsAListOfEntities) {
  for (const char* text : {"3", "{}", R"([{"state":"on"}])", R"([{"entity_id":"nothing"}])"}) {
    EXPECT_FALSE(Knowledge::of_house(*wire::parse_json(text))) << text;
  }
  const auto known = Knowledge::of_house(
      *wire::parse_json(R"([{"entity_id":"light.a","attributes":{"supported_color_modes":["hs"],)"
                        R"("supported_features":36}}])"));
  ASSERT_TRUE(known);
  EXPECT_TRUE(known->entity("light.a")->description.has_feature("brightness"));
  EXPECT_TRUE(known->entity("light.a")->description.has_feature("transition"));
}

}  // namespace
}  // namespace gable::rules::test
