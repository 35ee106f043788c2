// Actions: what each kind of step names.
#include <algorithm>

#include "check/inspection.hpp"
#include "engine/runs/stepper.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

class ActionInspector {
 public:
  ActionInspector(Inspection& in, const Action& action) : in_(in), place_(action.place) {}

  void operator()(const ServiceAction& step) { inspect_service(in_, step, place_); }
  void operator()(const DelayAction& step) { inspect_templates(in_, step.period); }

  void operator()(const WaitTemplateAction& step) {
    inspect_templates(in_, step.condition);
    maybe(step.timeout);
  }

  void operator()(const WaitForTriggerAction& step) {
    inspect_triggers(in_, step.triggers);
    maybe(step.timeout);
  }

  void operator()(const ChooseAction& step) {
    for (const ChooseOption& option : step.options) {
      inspect_conditions(in_, option.conditions);
      inspect_sequence(in_, option.sequence);
    }
    maybe(step.otherwise);
  }

  void operator()(const IfAction& step) {
    inspect_conditions(in_, step.conditions);
    inspect_sequence(in_, step.then);
    maybe(step.otherwise);
  }

  void operator()(const RepeatAction& step) {
    maybe(step.count);
    maybe(step.for_each);
    for (const auto& conditions : {step.while_, step.until}) {
      if (conditions) inspect_conditions(in_, *conditions);
    }
    inspect_sequence(in_, step.sequence);
  }

  void operator()(const ParallelAction& step) {
    for (const Sequence& branch : step.branches) inspect_sequence(in_, branch);
  }

  void operator()(const SequenceAction& step) { inspect_sequence(in_, step.sequence); }
  void operator()(const VariablesAction& step) { inspect_templates(in_, step.variables); }
  void operator()(const StopAction& step) { inspect_templates(in_, step.reason); }

  void operator()(const EventAction& step) {
    inspect_templates(in_, step.type);
    inspect_templates(in_, step.data);
  }

  void operator()(const ConditionAction& step) {
    if (!is_disabled(step.condition->enabled)) inspect_conditions(in_, {*step.condition});
  }

  void operator()(const DeviceAction& step) { inspect_device_action(in_, step, place_); }
  void operator()(const ConversationResponseAction& step) { inspect_templates(in_, step.text); }

 private:
  void maybe(const Rare<Templated>& value) {
    if (value) inspect_templates(in_, *value);
  }
  void maybe(const std::optional<Sequence>& sequence) {
    if (sequence) inspect_sequence(in_, *sequence);
  }

  Inspection& in_;
  Place place_;
};

}  // namespace

void inspect_sequence(Inspection& in, const Sequence& sequence) {
  for (const Action& action : sequence) {
    if (!is_disabled(action.enabled)) std::visit(ActionInspector(in, action), action.kind);
  }
}

void inspect_device_action(Inspection& in, const DeviceAction& step, Place place) {
  inspect_templates(in, step.options);
  const DeviceService service = service_of(step);
  const wire::DomainSpec* domain = wire::find_domain(service.domain);
  if (domain == nullptr) {
    in.error(place, "unknown_domain", "there are no device actions of '" + step.domain + "' here");
    return;
  }
  if (wire::find_service(*domain, service.service) == nullptr) {
    in.error(place, "unknown_type", "devices' " + step.domain + " has no action type '" + step.type + "'");
    return;
  }
  inspect_device(in, step.device, step.entity, place);
}

}  // namespace gable::rules
