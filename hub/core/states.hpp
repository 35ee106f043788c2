#pragma once
// The state machine: takes what was reported of one entity and says what changed. Home Assistant's three
// times: last_changed moves with the state, last_updated with state or attributes, last_reported with every
// report.

#include <optional>
#include <string>
#include <vector>

#include "core/entity.hpp"

namespace gable::hub {

struct Report {
  std::optional<std::string> text;  // nothing: the device says that it does not know
  wire::Object attributes;          // all of them
  wire::Shared<Context> context;
  bool forced = false;  // the state counts as changed even if it is the same
};

// What a report changed. `before` is the state that was in force until now.
struct Change {
  EntityIndex entity = kNone;
  EntityState before;
  bool text_changed = false;  // else only attributes
  bool initial = false;       // first value since this start of an entity that was known: triggers nothing
};

// Reads the part of a device's state document that belongs to `entity`. What has the wrong type or range is
// left out and named in `faults`; attributes that the domain does not know are kept as they are.
Report decode_report(const Entity& entity, const wire::Object& document, std::vector<wire::Error>& faults);
// The same for one key of a keyed document, where a bare value is short for its state: {"power": 4.2}.
Report decode_report(const Entity& entity, const wire::Value& part, std::vector<wire::Error>& faults);

// Puts the report in force. Nothing when neither state nor attributes differ.
std::optional<Change> apply_report(Entity& entity, EntityIndex index, Report report, Time now);

// The store's row of a state, and back. A row that cannot be read leaves the entity unknown and gives false.
wire::Object state_row(const EntityState& state);
bool restore_state(EntityState& state, const wire::Object& row);

// The journal's line of a change.
std::string journal_line(const Change& change, const Entity& entity, Time now);

}  // namespace gable::hub
