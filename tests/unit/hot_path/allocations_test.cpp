// How many allocations the core needs from a state change to the command, and for what follows. Counts are
// the same on every machine, unlike times; a rise is a decision.

#include <gtest/gtest.h>

#include "counted_allocations.hpp"
#include "hot_house.hpp"

namespace gable::hub::test {
namespace {

using gable::test::counted;

struct Costs {
  std::size_t to_command = 0, documents = 0, answer = 0, answer_documents = 0;
};

// The mean of many events, once everything has its memory: tables that grow now and then count with their
// share.
Costs measure() {
  constexpr std::size_t kPairs = 20, kEvents = 2'000;
  HotHouse house(kPairs);
  for (std::size_t i = 0; i < kPairs * 4; ++i) house.whole_event(i % kPairs, (i / kPairs) % 2 == 0);
  Costs sum;
  for (std::size_t i = 0; i < kEvents; ++i) {
    const std::size_t sensor = i % kPairs;
    const bool on = (i / kPairs) % 2 == 0;
    const Event motion = house.motion(sensor, on), lamp = house.lamp(sensor, on);
    sum.to_command += counted([&] { house.handle(motion); });
    EXPECT_EQ(house.effects().commands.size(), 1U);
    sum.documents += counted([&] { house.flush(); });
    house.take();
    sum.answer += counted([&] { house.handle(lamp); });
    sum.answer_documents += counted([&] { house.flush(); });
    house.take();
  }
  return {sum.to_command / kEvents, sum.documents / kEvents, sum.answer / kEvents,
          sum.answer_documents / kEvents};
}

TEST(HotPath, AllocationsAreFew) {
  const Costs costs = measure();
  EXPECT_LE(costs.to_command, 232U);
  EXPECT_LE(costs.documents, 80U);  // the automation's own state among them
  EXPECT_LE(costs.answer, 54U);
  EXPECT_LE(costs.answer_documents, 8U);
}

}  // namespace
}  // namespace gable::hub::test
