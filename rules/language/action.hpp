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
  std::optional<Period> timeout;
  bool continue_on_timeout = true;
};

struct WaitForTriggerAction {
  std::vector<Trigger> triggers;
  std::optional<Period> timeout;
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
  std::optional<Templated> count;
  std::optional<Templated> for_each;
  std::optional<Conditions> while_;
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
  Condition condition;
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
  std::optional<Templated> enabled;
  bool continue_on_error = false;
  ActionKind kind;
};

}  // namespace gable::rules
