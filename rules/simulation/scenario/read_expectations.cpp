// What a test expects.
#include "language/values.hpp"
#include "simulation/scenario/read_scenario.hpp"

namespace gable::rules::simulation {

namespace {

// "conditions": they were not met; "error": its variables failed; "refused": its mode did not let it start.
const std::initializer_list<std::string_view> kVerdicts = {
    "finished", "stopped", "aborted", "failed", "refused", "conditions", "error", "guard", "none", "running"};

void read_call_target(Fields& fields, ExpectedCall& out) {
  Reading& reading = fields.reading();
  const auto own = fields.take("entity_id");
  const auto target = fields.take("target");
  if (own) out.entities = read_entity_ids(reading, *own, "entity_id");
  if (!target || !require_map(reading, *target, "target")) return;
  Fields inner(reading, *target, "a target");
  if (const auto entity = inner.require("entity_id"))
    out.entities = read_entity_ids(reading, *entity, "entity_id");
  inner.finish();
}

ExpectedCall read_expected_call(Reading& reading, yaml::Node node) {
  ExpectedCall out;
  out.place = reading.place(node);
  out.text = node_text(node);
  if (node.is_scalar()) {
    out.service = read_text(reading, node, "a call");
  } else if (require_map(reading, node, "a call")) {
    Fields fields(reading, node, "an expected call");
    if (const auto service = fields.take("action", "service")) {
      out.service = read_text(reading, *service, "action");
    } else {
      reading.error(node, "missing_key", "an expected call needs 'action'");
    }
    read_call_target(fields, out);
    if (const auto data = fields.take("data"); data && require_map(reading, *data, "data")) {
      out.data = templated_value(reading, *data);
    }
    if (const auto times = fields.take("times")) {
      out.times = static_cast<std::size_t>(read_integer(reading, *times, "times", 0, 100'000));
    }
    fields.finish();
  }
  if (!out.service.empty() && out.service.find('.') == std::string::npos) {
    reading.error(node, "bad_service",
                  "expected a service as light.turn_on or notify.*, got '" + out.service + "'");
  }
  return out;
}

std::vector<ExpectedCall> read_expected_calls(Reading& reading, yaml::Node node) {
  std::vector<ExpectedCall> out;
  if (node.is_null()) return out;
  for (const yaml::Node one : one_or_all(node)) out.push_back(read_expected_call(reading, one));
  return out;
}

void read_calls(Fields& fields, Expectations& out) {
  Reading& reading = fields.reading();
  const auto calls = fields.take("calls");
  const auto only = fields.take("only_calls");
  if (calls) out.calls = read_expected_calls(reading, *calls);
  if (only) out.calls = read_expected_calls(reading, *only), out.only = true;
  if (calls && only)
    reading.error(*only, "both_spellings", "an expectation has `calls` or `only_calls`, not both");
  if (const auto order = fields.take("in_order")) out.in_order = read_boolean(reading, *order, "in_order");
  const auto none = fields.take("no_calls");
  if (!none) return;
  if (none->is_null() || none->as_boolean() == true) {
    out.no_calls_at_all = true;
  } else {
    out.no_calls = read_expected_calls(reading, *none);
  }
}

Templated expected_state(Reading& reading, yaml::Node node) {
  if (node.as_boolean()) return Templated(jinja::Value(state_text(reading, node)));
  return templated_text(reading, node, "a state");
}

void read_states(Reading& reading, yaml::Node node, Expectations& out) {
  if (!require_map(reading, node, "states")) return;
  for (const yaml::Entry& entry : node.entries()) {
    ExpectedState state;
    state.place = reading.place(entry.key);
    state.entity = yaml::text_of(entry.key);
    if (entry.value.is_null()) {
      state.absent = true;
    } else if (!entry.value.is_map()) {
      state.state = expected_state(reading, entry.value);
    } else {
      Fields fields(reading, entry.value, "an expected state");
      if (const auto text = fields.take("state")) state.state = expected_state(reading, *text);
      if (const auto attributes = fields.take("attributes"))
        state.attributes = templated_value(reading, *attributes);
      fields.finish();
    }
    out.states.push_back(std::move(state));
  }
}

std::vector<ExpectedEvent> read_events(Reading& reading, yaml::Node node) {
  std::vector<ExpectedEvent> out;
  for (const yaml::Node one : one_or_all(node)) {
    ExpectedEvent event{reading.place(one), {}, {}, node_text(one)};
    if (one.is_scalar()) {
      event.type = read_text(reading, one, "an event");
    } else if (require_map(reading, one, "an event")) {
      Fields fields(reading, one, "an expected event");
      if (const auto type = fields.require("type")) event.type = read_text(reading, *type, "type");
      if (const auto data = fields.take("data")) event.data = templated_value(reading, *data);
      fields.finish();
    }
    out.push_back(std::move(event));
  }
  return out;
}

std::vector<ExpectedMessage> read_messages(Reading& reading, yaml::Node node) {
  std::vector<ExpectedMessage> out;
  for (const yaml::Node one : one_or_all(node)) {
    ExpectedMessage message{reading.place(one), {}, {}, node_text(one)};
    if (one.is_scalar()) {
      message.topic = read_text(reading, one, "a topic");
    } else if (require_map(reading, one, "a message")) {
      Fields fields(reading, one, "an expected message");
      if (const auto topic = fields.require("topic")) message.topic = read_text(reading, *topic, "topic");
      if (const auto payload = fields.take("payload")) message.payload = templated_value(reading, *payload);
      fields.finish();
    }
    out.push_back(std::move(message));
  }
  return out;
}

void read_runs(Reading& reading, yaml::Node node, Expectations& out) {
  if (!require_map(reading, node, "runs")) return;
  for (const yaml::Entry& entry : node.entries()) {
    ExpectedRuns runs;
    runs.place = reading.place(entry.key);
    runs.rule = yaml::text_of(entry.key);
    runs.exactly = entry.value.is_list();
    for (const yaml::Node one : one_or_all(entry.value)) {
      runs.verdicts.push_back(read_choice(reading, one, "how a run ended", kVerdicts));
    }
    out.runs.push_back(std::move(runs));
  }
}

}  // namespace

Expectations read_expectations(Reading& reading, yaml::Node node) {
  Expectations out;
  out.place = reading.place(node);
  if (!require_map(reading, node, "expect")) return out;
  Fields fields(reading, node, "an expectation");
  read_calls(fields, out);
  if (const auto states = fields.take("states")) read_states(reading, *states, out);
  if (const auto events = fields.take("events")) out.events = read_events(reading, *events);
  if (const auto events = fields.take("no_events")) out.no_events = read_events(reading, *events);
  if (const auto messages = fields.take("messages")) out.messages = read_messages(reading, *messages);
  if (const auto messages = fields.take("no_messages")) out.no_messages = read_messages(reading, *messages);
  if (const auto runs = fields.take("runs")) read_runs(reading, *runs, out);
  if (const auto traces = fields.take("traces")) {
    for (const yaml::Node one : one_or_all(*traces)) {
      if (!require_map(reading, one, "a trace")) continue;
      out.traces.push_back({reading.place(one), templated_value(reading, one), node_text(one)});
    }
  }
  fields.finish();
  return out;
}

}  // namespace gable::rules::simulation
