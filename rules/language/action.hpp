#pragma once
// Actions (the steps of a sequence) as a rule file has them, checked and compiled.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "language/condition.hpp"

namespace gable::rules {

struct Action;
using Sequence = std::vector<Action>;

// A target that stands in the data, or beside the service, ends in `target`, where the same key in `target:`
// wins over the data, and `entity_id` beside the service over both. Whoever carries out a service without
// targets of entities (script.NAME, logbook.log …) gets both as one map: Home Assistant puts the target into
// the data. Either may be a template as a whole; then what is a target in the rendered data has still to be
// looked for.
struct ServiceAction {
  Templated service;  // "light.turn_on", or a template of it
  Templated target;  // map of entity_id, device_id, area_id, floor_id, label_id (all four spellings end here)
  Templated data;    // map; data_template is merged into it
  std::string response_variable;
  bool wait_result = false;  // ours: wait for the command's final result (design, section 4)
};

struct DelayAction {
  Period period;
};

struct WaitTemplateAction {
  Templated condition;
  Rare<Period> timeout;
  bool continue_on_timeout = true;
};

struct WaitForTriggerAction {
  std::vector<Trigger> triggers;
  Rare<Period> timeout;
  bool continue_on_timeout = true;
};

struct ChooseOption {
  std::string alias;
  Conditions conditions;
  Sequence sequence;
};

struct ChooseAction {
  std::vector<ChooseOption> options;
  std::optional<Sequence> otherwise;  // default:
};

struct IfAction {
  Conditions conditions;
  Sequence then;
  std::optional<Sequence> otherwise;
};

struct RepeatAction {
  Rare<Templated> count;
  Rare<Templated> for_each;
  std::optional<Conditions> while_;  // NOLINT: the key's own name is a word of C++
  std::optional<Conditions> until;
  Sequence sequence;
};

struct ParallelAction {
  std::vector<Sequence> branches;
};

struct SequenceAction {
  Sequence sequence;
};

struct VariablesAction {
  Variables variables;
};

struct StopAction {
  Templated reason;
  bool error = false;
  std::string response_variable;
};

struct EventAction {
  Templated type;
  Templated data;  // map
};

struct ConditionAction {
  Rare<Condition> condition;  // always there, but larger than any other step
};

struct DeviceAction {
  std::string device, domain, type, subtype, entity;
  std::vector<std::pair<std::string, Templated>> options;
};

struct ConversationResponseAction {
  Templated text;
};

using ActionKind =
    std::variant<ServiceAction, DelayAction, WaitTemplateAction, WaitForTriggerAction, ChooseAction, IfAction,
                 RepeatAction, ParallelAction, SequenceAction, VariablesAction, StopAction, EventAction,
                 ConditionAction, DeviceAction, ConversationResponseAction>;

struct Action {
  Place place;
  std::string alias;
  Rare<Templated> enabled;
  bool continue_on_error = false;
  ActionKind kind;
};

}  // namespace gable::rules
