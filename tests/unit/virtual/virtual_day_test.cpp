// The golden day: the shipped house from its seed, line by line. GABLE_UPDATE=1 in the environment, or
// --update on the command line, writes tests/transcript/virtual-day.txt anew.

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "house_file.hpp"
#include "test_house.hpp"

namespace gable::virtual_house {
namespace {

const std::string kGolden = std::string(GABLE_SOURCE_DIR) + "/tests/transcript/virtual-day.txt";

// What somebody does on that day; each at its time after the start.
void play(House& house, Span at) {
  OrderId id = static_cast<OrderId>(at.count());
  const Moment now = kStart + at;
  if (at == 1h)
    house.order("kitchen_ceiling", {id, "", "turn_on", {{"brightness", 180}, {"transition", 3.0}}}, now);
  if (at == 2h) house.order("living_room_blind", {id, "", "close_cover", {}}, now);
  if (at == 2h + 10s) house.order("living_room_blind", {id, "", "stop_cover", {}}, now);
  if (at == 3h) house.fault("hall_ceiling", {FaultKind::drop, 10min, 0s}, now);
  if (at == 3h + 1min) house.order("hall_ceiling", {id, "", "turn_on", {}}, now);
  if (at == 12h) house.order("living_room_speaker", {id, "", "media_play", {}}, now);
  if (at == 13h) house.order("living_room_speaker", {id, "", "turn_off", {}}, now);
  if (at == 14h) house.press("living_room_remote", "top", "double_press", now);
}

// The day, told in steps of `step`, which must divide ten seconds.
std::string day(Span step) {
  House house(read_house_text("built-in", built_in_house()).house, kStart);
  std::string out;
  for (Span at = 0s; at <= 24h; at += step) {
    house.advance(kStart + at);
    if (at % 10s == 0s) play(house, at);
    for (const Output& output : house.take()) out += text_of(output) + "\n";
  }
  return out;
}

std::string first_difference(const std::string& a, const std::string& b) {
  std::istringstream lines_a(a), lines_b(b);
  std::string line_a, line_b;
  for (int line = 1;; ++line) {
    const bool more_a = static_cast<bool>(std::getline(lines_a, line_a));
    const bool more_b = static_cast<bool>(std::getline(lines_b, line_b));
    if (!more_a && !more_b) return "none";
    if (line_a != line_b || more_a != more_b)
      return "line " + std::to_string(line) + ":\n  " + line_a + "\n  " + line_b;
  }
}

TEST(VirtualDay, IsTheSameLineByLine) {
  const std::string lines = day(10s);
  if (std::getenv("GABLE_UPDATE") != nullptr) {
    std::ofstream(kGolden) << lines;
    GTEST_SKIP() << "wrote " << kGolden;
  }
  std::ifstream file(kGolden);
  std::stringstream golden;
  golden << file.rdbuf();
  ASSERT_FALSE(golden.str().empty()) << kGolden << " is missing; GABLE_UPDATE=1 writes it";
  EXPECT_EQ(lines == golden.str(), true) << first_difference(golden.str(), lines);
}

TEST(VirtualDay, DoesNotDependOnTheSteps) {
  const std::string fine = day(1s), coarse = day(10s);
  EXPECT_TRUE(fine == coarse) << first_difference(fine, coarse);
}

TEST(VirtualDay, AnotherSeedIsAnotherDay) {
  HouseFile file = read_house_text("built-in", built_in_house());
  House first(file.house, kStart);
  file.house.seed += 1;
  House second(file.house, kStart);
  first.advance(kStart + 24h);
  second.advance(kStart + 24h);
  const auto text = [](House& house) {
    std::string out;
    for (const Output& output : house.take()) out += text_of(output) + "\n";
    return out;
  };
  EXPECT_NE(text(first), text(second));
}

TEST(VirtualDay, IsQuietEnough) {
  const std::string lines = day(10s);
  const auto count = std::count(lines.begin(), lines.end(), '\n');
  EXPECT_GT(count, 500);
  EXPECT_LT(count, 8000);  // some forty devices: under six messages a minute
}

}  // namespace
}  // namespace gable::virtual_house

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--update") setenv("GABLE_UPDATE", "1", 1);
  }
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
