// Actions that steer a run: choose, if, repeat, parallel, sequence.
#include "language/action_readers.hpp"
#include "language/templated_map.hpp"
#include "language/values.hpp"

namespace gable::rules {

namespace {

Sequence sequence_field(Fields& fields, std::string_view key) {
  const auto given = fields.require(key);
  return given ? read_sequence(fields.reading(), *given) : Sequence{};
}

Conditions conditions_field(Fields& fields, std::string_view key) {
  const auto given = fields.require(key);
  return given ? read_conditions(fields.reading(), *given) : Conditions{};
}

std::optional<Sequence> optional_sequence(Fields& fields, std::string_view key) {
  const auto given = fields.take(key);
  if (!given) return std::nullopt;
  return read_sequence(fields.reading(), *given);
}

void add_option(Reading& reading, yaml::Node node, std::vector<ChooseOption>& out) {
  if (!node.is_map()) return refuse_form(reading, node, "choose", "a map of conditions and a sequence");
  Fields fields(reading, node, "an option of choose");
  ChooseOption option;
  if (const auto alias = fields.take("alias")) option.alias = read_text(reading, *alias, "alias");
  option.conditions = conditions_field(fields, "conditions");
  option.sequence = sequence_field(fields, "sequence");
  fields.finish();
  out.push_back(std::move(option));
}

Templated read_count(Reading& reading, yaml::Node node) {
  if (node.is_text() && holds_template(node.written())) return templated_text(reading, node, "count");
  constexpr std::int64_t kMost = 1'000'000'000;
  return Templated(jinja::Value(read_integer(reading, node, "count", 0, kMost)));
}

Templated read_for_each(Reading& reading, yaml::Node node) {
  const bool is_template = node.is_text() && holds_template(node.written());
  if (!is_template && !node.is_list()) {
    refuse_form(reading, node, "for_each", "a list, or a template of one");
    return {};
  }
  return templated_value(reading, node);
}

// Exactly one of them says how often.
void read_rounds(Fields& fields, RepeatAction& action) {
  Reading& reading = fields.reading();
  int given = 0;
  const auto take = [&](std::string_view key) {
    const auto found = fields.take(key);
    given += found ? 1 : 0;
    return found;
  };
  if (const auto count = take("count")) action.count = read_count(reading, *count);
  if (const auto items = take("for_each")) action.for_each = read_for_each(reading, *items);
  if (const auto conditions = take("while")) action.while_ = read_conditions(reading, *conditions);
  if (const auto conditions = take("until")) action.until = read_conditions(reading, *conditions);
  if (given != 1) {
    reading.error(fields.node(), given == 0 ? "missing_key" : "contradiction",
                  "a repeat needs exactly one of count, for_each, while and until");
  }
}

bool is_branch(yaml::Node node) { return node.is_map() && node.find("sequence").has_value(); }

// A branch is a list of actions, a map with a sequence, or a single action.
Sequence read_branch(Reading& reading, yaml::Node node) {
  if (!is_branch(node)) return read_sequence(reading, node);
  Fields fields(reading, node, "a branch of parallel");
  const bool plain = !node.find("enabled") && !node.find("continue_on_error");
  if (!plain) return read_sequence(reading, node);
  if (const auto alias = fields.take("alias")) read_text(reading, *alias, "alias");
  Sequence sequence = sequence_field(fields, "sequence");
  fields.finish();
  return sequence;
}

}  // namespace

ActionKind read_choose(Fields& fields) {
  ChooseAction action;
  const auto options = fields.take("choose");
  if (options && options->is_list()) {
    for (const yaml::Node option : options->items()) add_option(fields.reading(), option, action.options);
  } else if (options && !options->is_null()) {
    add_option(fields.reading(), *options, action.options);
  }
  action.otherwise = optional_sequence(fields, "default");
  return action;
}

ActionKind read_if(Fields& fields) {
  IfAction action;
  action.conditions = conditions_field(fields, "if");
  action.then = sequence_field(fields, "then");
  action.otherwise = optional_sequence(fields, "else");
  return action;
}

ActionKind read_repeat(Fields& outer) {
  RepeatAction action;
  const auto repeat = outer.take("repeat");
  if (!repeat) return action;
  if (!repeat->is_map()) {
    refuse_form(outer.reading(), *repeat, "repeat", "a map with a sequence");
    return action;
  }
  Fields fields(outer.reading(), *repeat, "a repeat");
  read_rounds(fields, action);
  action.sequence = sequence_field(fields, "sequence");
  fields.finish();
  return action;
}

ActionKind read_parallel(Fields& fields) {
  ParallelAction action;
  const auto branches = fields.take("parallel");
  if (!branches || branches->is_null()) return action;
  if (branches->is_list()) {
    for (const yaml::Node branch : branches->items())
      action.branches.push_back(read_branch(fields.reading(), branch));
  } else {
    action.branches.push_back(read_branch(fields.reading(), *branches));
  }
  return action;
}

ActionKind read_nested_sequence(Fields& fields) {
  SequenceAction action;
  action.sequence = sequence_field(fields, "sequence");
  return action;
}

}  // namespace gable::rules
