// When time, sun and daylight-saving triggers fire: prints a line for every firing, for a program that
// computes the same on its own (trigger_years_test.py).
//
//   trigger_years ZONE LATITUDE LONGITUDE FIRST_YEAR YEARS
//   → "at_0230 1768478400" … (name of the trigger, seconds since 1970)

#include <cstdio>
#include <cstdlib>
#include <string>

#include "../unit/engine/fake_surroundings.hpp"
#include "../unit/triggers/real_zone.hpp"
#include "astronomy/solar.hpp"
#include "engine/triggers/trigger_desk.hpp"
#include "language/readers.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::test {
namespace {

constexpr const char* kTriggers = R"(
- {trigger: time, at: "00:00:00", id: at_0000}
- {trigger: time, at: "02:30:00", id: at_0230}
- {trigger: time, at: "03:00:00", id: at_0300}
- {trigger: time, at: "07:15:00", weekday: [mon, tue, wed, thu, fri], id: workdays_0715}
- {trigger: time_pattern, hours: "/6", minutes: 45, id: every_six_hours_45}
- {trigger: time_pattern, hours: 2, minutes: "/20", id: at_two_every_20}
- {trigger: sun, event: sunrise, id: sunrise}
- {trigger: sun, event: sunset, offset: "-00:30:00", id: before_sunset}
)";

class Place final : public FakeSurroundings {
 public:
  Place(const std::string& zone, Observer observer) : zone_(zone), observer_(observer) {}
  [[nodiscard]] const jinja::TimeZone& zone() const override { return zone_; }
  [[nodiscard]] std::optional<Instant> next_sun(bool rises, Instant after) const override {
    const auto next = next_solar_event(observer_, rises ? SolarEvent::rising : SolarEvent::setting,
                                       std::chrono::floor<std::chrono::milliseconds>(after));
    return next ? std::optional(Instant(next->time_since_epoch())) : std::nullopt;
  }

 private:
  RealZone zone_;
  Observer observer_;
};

int run(char** arguments) {
  Place place(arguments[1], {std::atof(arguments[2]), std::atof(arguments[3]), 0});
  const auto document = yaml::parse("triggers.yaml", kTriggers);
  if (!document) return std::fprintf(stderr, "%s\n", document.error().message().c_str()), 1;
  std::vector<std::string> files;
  Reading reading(files);
  const std::vector<Trigger> triggers = read_triggers(reading, document->root());
  for (const Finding& finding : reading.take()) std::fprintf(stderr, "%s\n", finding.message.c_str());
  const std::chrono::year first(std::atoi(arguments[4]));
  Instant now = std::chrono::sys_days(first / 1 / 1);
  const Instant end = std::chrono::sys_days((first + std::chrono::years(std::atoi(arguments[5]))) / 1 / 1);
  TriggerDesk desk(place, [&](const Fired& fired) {
    std::printf(
        "%s %lld\n", triggers[fired.index].id.c_str(),
        static_cast<long long>(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count()));
  });
  TriggerDesk::Attachment attachment;
  attachment.triggers = &triggers;
  attachment.name = "automation.years";
  desk.attach(desk.new_owner(), attachment, now);
  desk.handle(HouseStarted{}, now);
  for (auto next = desk.next_deadline(); next && *next < end; next = desk.next_deadline()) {
    now = *next;
    desk.handle(TimePassed{}, now);
  }
  return 0;
}

}  // namespace
}  // namespace gable::rules::test

int main(int argc, char** argv) {
  if (argc == 6) return gable::rules::test::run(argv);
  std::fprintf(stderr, "usage: trigger_years ZONE LATITUDE LONGITUDE FIRST_YEAR YEARS\n");
  return 2;
}
