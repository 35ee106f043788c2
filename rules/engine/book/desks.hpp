#pragma once
// What the desks of the book share. Everything is borrowed from the engine.

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/runs/run_desk.hpp"
#include "engine/surroundings.hpp"
#include "engine/triggers/trigger_desk.hpp"

namespace gable::rules {

struct BookParts {
  Surroundings& around;
  TriggerDesk& triggers;
  RunDesk& runs;
  const Instant& now;                             // of the happening that is being handled
  std::deque<std::function<void()>>& afterwards;  // what Engine::settle() does
};

// The dict's value under the key; null when `data` is no dict or has no such key.
const jinja::Value* field(const jinja::Value& data, std::string_view key);
// The dict's members whose keys are texts: what a call or a script's caller says; none when `fields` is no
// dict.
std::vector<std::pair<std::string, jinja::Value>> variables_of(const jinja::Value& fields);
// One text or a list of them; "a, b" is two.
std::vector<std::string> texts_of(const jinja::Value* value);
// The entities of one domain that a call is meant for: entity_id of target or data, "all" being all of `own`.
std::vector<std::string> own_targets(const ServiceCall& call, const std::vector<std::string>& own);
// A run that a call has set off may be told who called.
jinja::Value context_dict(const Context& context);

// One text with a place in it, for rows: {"on": true, "last_triggered": 1768478400000000}.
wire::Object parse_row(const std::string& json);
// ISO 8601 in UTC, as `last_triggered` is shown; null for never.
wire::Value shown_time(std::optional<Instant> when);

inline ServiceOutcome refused(std::string error) {
  return {ServiceOutcome::Status::refused, std::move(error), {}};
}

}  // namespace gable::rules
