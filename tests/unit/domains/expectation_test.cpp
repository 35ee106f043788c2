// What a device should report after a command, when that counts as reached, and how long it may take.

#include "fixture.hpp"

namespace gable::wire {
namespace {

Command command(const EntityDescription& e, std::string_view payload, const Now& now) {
  Result<Command> parsed = parse_command(e, payload, now);
  if (!parsed) ADD_FAILURE() << payload << ": " << parsed.error().message();
  return parsed ? *parsed : Command{&e.domain->services.front(), {}, {}};
}

struct Expected {
  std::string_view entity;
  std::string_view payload;
  std::string_view now;
  std::string_view expected;
};

TEST(Expectation, of_services) {
  const Expected cases[] = {
      {kLight, "on", "{}", R"({"state":"on"})"},
      {kLight, R"({"state":"on","brightness":120,"transition":2})", "{}",
       R"({"state":"on","brightness":120})"},
      {kLight, R"({"brightness":0})", "{}", R"({"state":"off"})"},
      {kLight, R"({"effect":"fire"})", "{}", R"({"state":"on","effect":"fire"})"},
      {R"({"domain":"light","features":["white"]})", R"({"white":9})", "{}",
       R"({"state":"on","brightness":9})"},
      {kLight, "toggle", R"({"state":"on"})", R"({"state":"off"})"},
      {kLight, "toggle", R"({"state":"off"})", R"({"state":"on"})"},
      {kLight, "toggle", "{}", "{}"},
      {kLight, R"({"service":"toggle","brightness":5})", R"({"state":"on"})", R"({"state":"off"})"},
      {kCover, "open", "{}", R"({"state":"open","current_position":100})"},
      {R"({"domain":"cover","features":["open"]})", "open", "{}", R"({"state":"open"})"},
      {R"({"domain":"cover","features":["open"]})", "open", R"({"current_position":3})",
       R"({"state":"open","current_position":100})"},
      {kCover, "stop", "{}", R"({"state":["open","closed"]})"},
      {kCover, "30", "{}", R"({"current_position":30})"},
      {kCover, "toggle", R"({"state":"open"})", R"({"state":"closed"})"},
      {kCover, "toggle", R"({"state":"opening"})", "{}"},
      {kClimate, "heat", "{}", R"({"state":"heat"})"},
      {kClimate, R"({"state":"heat","temperature":21})", "{}", R"({"state":"heat","temperature":21})"},
      {kClimate, R"({"temperature":21})", "{}", R"({"temperature":21})"},
      {kFan, "30", "{}", R"({"state":"on","percentage":30})"},
      {kFan, "0", "{}", R"({"state":"off"})"},
      {R"({"domain":"lock"})", "lock", "{}", R"({"state":"locked"})"},
      {kMediaPlayer, "on", R"({"is_volume_muted":true})",
       R"({"state":["on","idle","playing","paused","standby","buffering"]})"},
      {R"({"domain":"camera"})", R"({"service":"enable_motion_detection"})", R"({"motion_detection":false})",
       R"({"motion_detection":true})"},
      {R"({"domain":"number","max":9})", "4.5", "{}", R"({"state":4.5})"},
      {R"({"domain":"select"})", "eco", "{}", R"({"state":"eco"})"},
      {R"({"domain":"button"})", "press", "{}", "{}"},
      {R"({"domain":"notify"})", "hello", "{}", "{}"},
  };
  for (const Expected& c : cases) {
    const EntityDescription e = entity(c.entity);
    const Now now(c.now);
    const Object found = expected_state(e, command(e, c.payload, now), now);
    EXPECT_EQ(found, object(c.expected)) << e.domain->name << " " << c.payload << " → " << to_json(found);
  }
}

struct Report {
  std::string_view entity;
  std::string_view expected;
  std::string_view reported;
  bool reached;
};

TEST(Expectation, reached_within_tolerance) {
  const Report cases[] = {
      {kLight, R"({"state":"on"})", R"({"state":"on","brightness":3})", true},
      {kLight, R"({"state":"on"})", R"({"state":"off"})", false},
      {kLight, R"({"state":"on"})", "{}", false},
      {kLight, R"({"state":"on","brightness":120})", R"({"state":"on","brightness":122})", true},
      {kLight, R"({"state":"on","brightness":120})", R"({"state":"on","brightness":124})", false},
      {kLight, R"({"brightness":120})", R"({"brightness":null})", false},
      {kLight, R"({"brightness":120})", R"({"brightness":"120"})", false},
      {kLight, R"({"color_temp_kelvin":2700})", R"({"color_temp_kelvin":2732})", true},
      {kLight, R"({"hs_color":[359,50]})", R"({"hs_color":[1,51]})", true},
      {kLight, R"({"hs_color":[359,50]})", R"({"hs_color":[10,51]})", false},
      {kLight, R"({"rgb_color":[255,0,0]})", R"({"rgb_color":[252,3,0]})", true},
      {kLight, R"({"rgb_color":[255,0,0]})", R"({"rgb_color":[255,0]})", false},
      {kLight, R"({"rgb_color":[255,0,0]})", R"({"rgb_color":"red"})", false},
      {kLight, R"({"effect":"fire"})", R"({"effect":"Fire"})", false},
      {kCover, R"({"state":["open","closed"]})", R"({"state":"opening"})", false},
      {kCover, R"({"state":["open","closed"]})", R"({"state":"closed"})", true},
      {kCover, R"({"current_position":30})", R"({"current_position":31})", true},
      {kCover, R"({"state":"open","current_position":100})", R"({"state":"open","current_position":50})",
       false},
      {kClimate, R"({"temperature":21})", R"({"temperature":21.2})", true},
      {kClimate, R"({"temperature":21})", R"({"temperature":21.5})", false},
      {R"({"domain":"number"})", R"({"state":0.3})", R"({"state":0.30000001})", true},
      {R"({"domain":"number"})", R"({"state":0.3})", R"({"state":0.4})", false},
      {R"({"domain":"datetime"})", R"({"state":"2026-11-22T07:30:00Z"})",
       R"({"state":"2026-11-22T08:30:00.000+01:00"})", true},
      {R"({"domain":"switch"})", "{}", "{}", true},
  };
  for (const Report& c : cases) {
    EXPECT_EQ(reached(entity(c.entity), object(c.expected), Now(c.reported)), c.reached)
        << c.expected << " by " << c.reported;
  }
}

TEST(Expectation, timeouts) {
  using std::chrono::milliseconds;
  const EntityDescription light = entity(kLight);
  const EntityDescription cover = entity(kCover);
  EXPECT_EQ(command_timeout(command(light, "on", Now())), milliseconds(5000));
  EXPECT_EQ(command_timeout(command(light, R"({"state":"on","transition":2.5})", Now())), milliseconds(7500));
  EXPECT_EQ(command_timeout(command(cover, "open", Now())), milliseconds(90'000));
}

}  // namespace
}  // namespace gable::wire
