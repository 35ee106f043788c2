// How many allocations the commonest templates cost. Counts are the same on every machine, unlike times.
#include <gtest/gtest.h>

#include "counted_allocations.hpp"
#include "template/json_values.hpp"
#include "template/template.hpp"

namespace gable::rules::jinja {
namespace {

constexpr const char* kState =
    R"({"battery": 97, "temperature": 21.5, "state": "ON", "color": {"x": 0.4, "y": 0.3}, "update": {"state": "idle"}})";

using gable::test::counted;

std::size_t cost_of_look_up(std::string_view source) {
  const Value json = *read_json(kState);
  const auto compiled = Template::compile(source);
  std::string out;
  out.reserve(64);
  bool found = false;
  const std::size_t cost = counted([&] { found = compiled->look_up(json, out); });
  EXPECT_TRUE(found) << source;
  return cost;
}

TEST(Allocations, ABarePathNeedsNoneBeyondItsResult) {
  EXPECT_EQ(cost_of_look_up("{{ value_json.state }}"), 0U);
  EXPECT_EQ(cost_of_look_up("{{ value_json['temperature'] }}"), 0U);
  EXPECT_EQ(cost_of_look_up("{{ value_json[\"battery\"] }}"), 0U);
  EXPECT_EQ(cost_of_look_up("{{ value_json['update'].state }}"), 0U);
  EXPECT_EQ(cost_of_look_up("{{ value_json.color['x'] }}"), 0U);
}

class NoRandom final : public RandomSource {
 public:
  std::uint64_t below(std::uint64_t) override { return 0; }
};

TEST(Allocations, ASmallTemplateNeedsFew) {
  const Value json = *read_json(kState);
  const auto compiled = Template::compile("{{ value_json.temperature | float | round(1) }}");
  const EmptyHouse house;
  const Clock clock;
  NoRandom random;
  const Variable variables[] = {{"value_json", json}};
  const std::size_t cost = counted([&] {
    const Rendering rendering = compiled->render(variables, {house, clock, random, {}});
    EXPECT_EQ(rendering.text, "21.5");
  });
  EXPECT_LE(cost, 4U);
}

}  // namespace
}  // namespace gable::rules::jinja
