#pragma once
// StepLog: what a run did, step by step, for its trace. Bounded: of very long runs the middle is left out,
// and values are abbreviated.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "template/time/clock.hpp"
#include "template/value/value.hpp"
#include "wire/value.hpp"

namespace gable::rules {

class StepLog {
 public:
  using Entry = std::uint64_t;  // number of a step, from 1

  Entry add(wire::Object step);
  // Says more of a step; nothing happens when it has been left out. Later values replace earlier ones.
  void note(Entry entry, std::string_view key, wire::Value value);

  // Hands over the steps, with how many were left out after the first ones; none is left here.
  wire::List take_steps();
  [[nodiscard]] wire::Value to_row() const;
  static StepLog from_row(const wire::Value& row);

 private:
  wire::Object* find(Entry entry);

  std::vector<wire::Object> steps_;
  std::uint64_t left_out_ = 0;  // after the first kFirst
};

// A value for people: long texts and lists are cut, deep ones end in "…".
wire::Value brief(const jinja::Value& value);
wire::Value brief(const wire::Value& value);
std::string brief_text(std::string_view text);
// "2026-11-22T00:41:07.120Z"
std::string time_text(jinja::Instant when);

}  // namespace gable::rules
