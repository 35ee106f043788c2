#pragma once
// Tables of templates and their answers at a given time and in a given house.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "answers.hpp"
#include "berlin_zone.hpp"
#include "render.hpp"

namespace gable::rules::jinja {

// The text; of an error the outcome and the class: "drop TypeError".
inline std::string answer_of(const Rendering& rendering) {
  if (rendering.outcome == Outcome::text) return rendering.text;
  return std::string(to_string(rendering.outcome)) + " " +
         rendering.error.substr(0, rendering.error.find(':'));
}

// The clock of a house in UTC, or in `zone`, at that instant (microseconds since 1970).
inline Clock clock_at(std::int64_t micros, const TimeZone* zone = nullptr) {
  return {Instant(std::chrono::microseconds(micros)), zone};
}

inline void expect_answers(const House& house, const Clock& clock, std::initializer_list<Answer> answers) {
  for (const Answer& answer : answers) {
    EXPECT_EQ(answer_of(render_all(answer.source, {}, house, clock)), answer.expected) << answer.source;
  }
}
inline void expect_answers(const Clock& clock, std::initializer_list<Answer> answers) {
  expect_answers(EmptyHouse(), clock, answers);
}

}  // namespace gable::rules::jinja
