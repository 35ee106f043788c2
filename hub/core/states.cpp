#include "core/states.hpp"

#include <algorithm>

#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::Value;

bool allowed_state(const wire::EntityDescription& entity, std::string_view text) {
  if (!entity.options.empty()) return std::count(entity.options.begin(), entity.options.end(), text) > 0;
  if (entity.domain->state_kind != wire::StateKind::choice) return true;
  const auto states = entity.domain->states;
  return std::find(states.begin(), states.end(), text) != states.end();
}

std::optional<std::string> state_text(const Entity& entity, const Value& value, std::vector<Error>& faults) {
  if (value.is_null()) return std::nullopt;
  const auto refuse = [&](ErrorCode code, std::string text) {
    faults.push_back({code, std::move(text), entity.id.text() + ".state"});
    return std::nullopt;
  };
  if (value.as_list() != nullptr || value.as_object() != nullptr) {
    return refuse(ErrorCode::wrong_type, "a state is one value, not a " + std::string(value.type_name()));
  }
  if (entity.description->numeric()) {
    if (value.is_number()) return wire::plain_text(value);
    Value number;
    if (value.as_string() != nullptr && wire::parse_scalar(*value.as_string(), number) &&
        number.is_number()) {
      return *value.as_string();
    }
    return refuse(ErrorCode::wrong_type, "expected a number, found " + wire::to_json(value));
  }
  std::string text = wire::plain_text(value);
  if (text == "unknown") return std::nullopt;
  if (text.size() > 255) return refuse(ErrorCode::too_large, "a state has at most 255 bytes");
  if (!allowed_state(*entity.description, text)) {
    return refuse(ErrorCode::out_of_range,
                  "'" + text + "' is no state of a " + std::string(entity.id.domain()));
  }
  return text;
}

bool type_fits(const wire::FieldSpec& field, const Value& value) {
  switch (field.type) {
    case wire::ValueType::any:
    case wire::ValueType::duration:
      return true;
    case wire::ValueType::boolean:
      return value.as_bool() != nullptr;
    case wire::ValueType::integer:
    case wire::ValueType::number:
      return value.is_number();
    case wire::ValueType::date:
    case wire::ValueType::time:
    case wire::ValueType::datetime:
    case wire::ValueType::string:
      return value.as_string() != nullptr;
    case wire::ValueType::list:
      return value.as_list() != nullptr;
    case wire::ValueType::object:
      return value.as_object() != nullptr;
  }
  return true;
}

bool in_range(const wire::FieldSpec& field, const Value& value) {
  if (!value.is_number()) return true;
  const double number = value.number_or(0);
  return !(number < field.min) && !(number > field.max);  // NaN bounds compare false: no bound
}

// True if the attribute may be taken over.
bool check_attribute(const Entity& entity, const wire::Member& member, std::vector<Error>& faults) {
  const auto* field = wire::find_attribute(*entity.description->domain, member.key);
  if (field == nullptr || member.value.is_null()) return true;
  if (!type_fits(*field, member.value)) {
    faults.push_back({ErrorCode::wrong_type,
                      "expected " + std::string(wire::to_string(field->type)) + ", found " +
                          std::string(member.value.type_name()),
                      entity.id.text() + "." + member.key});
    return false;
  }
  if (!in_range(*field, member.value)) {
    faults.push_back({ErrorCode::out_of_range, wire::to_json(member.value) + " is out of range",
                      entity.id.text() + "." + member.key});
    return false;
  }
  return true;
}

}  // namespace

Report decode_report(const Entity& entity, const wire::Object& document, std::vector<Error>& faults) {
  Report report;
  for (const auto& member : document) {
    if (member.key.starts_with('_')) continue;
    if (member.key == "state")
      report.text = state_text(entity, member.value, faults);
    else if (check_attribute(entity, member, faults))
      report.attributes.append(member.key, member.value);
  }
  return report;
}

Report decode_report(const Entity& entity, const Value& part, std::vector<Error>& faults) {
  if (const auto* object = part.as_object()) return decode_report(entity, *object, faults);
  Report report;
  report.text = state_text(entity, part, faults);
  return report;
}

std::optional<Change> apply_report(Entity& entity, EntityIndex index, Report report, Time now) {
  EntityState& state = entity.state;
  state.last_reported = now;
  const bool initial = entity.initial_pending;
  entity.initial_pending = false;
  const bool known = report.text.has_value();
  const bool text_changed = known != state.known || (known && (report.forced || *report.text != state.text));
  const bool attributes_changed = !(report.attributes == state.attributes);
  if (!text_changed && !attributes_changed) return std::nullopt;

  Change change;
  change.entity = index;
  change.text_changed = text_changed;
  change.initial = initial;
  change.before = state;
  state.known = known;
  state.text = known ? std::move(*report.text) : std::string();
  state.attributes = std::move(report.attributes);
  state.context = std::move(report.context);
  state.last_updated = now;
  if (text_changed || state.last_changed == Time{}) state.last_changed = now;
  ++state.seq;
  return change;
}

wire::Object state_row(const EntityState& state) {
  wire::Object row;
  if (state.known) row.append("state", state.text);
  row.append("attributes", state.attributes);
  row.append("changed", wire::format_time(state.last_changed));
  row.append("updated", wire::format_time(state.last_updated));
  row.append("reported", wire::format_time(state.last_reported));
  row.append("by", state.context->by);
  if (!state.context->cause.empty()) row.append("cause", state.context->cause);
  row.append("seq", static_cast<std::int64_t>(state.seq));
  return row;
}

bool restore_state(EntityState& state, const wire::Object& row) {
  const auto time = [&](std::string_view key) {
    const Value* value = row.find(key);
    return value == nullptr ? std::nullopt : wire::parse_time(value->string_or(""));
  };
  const auto changed = time("changed"), updated = time("updated"), reported = time("reported");
  const Value* seq = row.find("seq");
  const Value* attributes = row.find("attributes");
  if (!changed || !updated || !reported || seq == nullptr || seq->as_int() == nullptr) return false;
  if (const Value* text = row.find("state")) {
    state.known = true;
    state.text = text->string_or("");
  }
  if (attributes != nullptr && attributes->as_object() != nullptr)
    state.attributes = *attributes->as_object();
  state.last_changed = *changed;
  state.last_updated = *updated;
  state.last_reported = *reported;
  if (const Value* by = row.find("by")) state.context.own().by = by->string_or("");
  if (const Value* cause = row.find("cause")) state.context.own().cause = cause->string_or("");
  state.seq = static_cast<std::uint64_t>(*seq->as_int());
  return true;
}

std::string journal_line(const Change& change, const Entity& entity, Time now) {
  std::string line =
      R"({"t":")" + wire::format_time(now) + R"(","k":"change","e":")" + entity.id.text() + '"';
  if (change.text_changed) {
    line += R"(,"from":)";
    wire::append_json(change.before.known ? Value(change.before.text) : Value(), line);
  }
  line += R"(,"to":)";
  wire::append_json(entity.state.known ? Value(entity.state.text) : Value(), line);
  wire::Object changed;
  for (const auto& member : entity.state.attributes) {
    const Value* old = change.before.attributes.find(member.key);
    if (old == nullptr || !(*old == member.value)) changed.append(member.key, member.value);
  }
  for (const auto& member : change.before.attributes) {
    if (!entity.state.attributes.contains(member.key)) changed.append(member.key, Value());
  }
  if (!changed.empty()) {
    line += R"(,"a":)";
    wire::append_json(changed, line);
  }
  if (change.initial) line += R"(,"initial":true)";
  line += R"(,"by":)";
  wire::append_json_string(entity.state.context->by, line);
  if (!entity.state.context->cause.empty()) {
    line += R"(,"cause":)";
    wire::append_json_string(entity.state.context->cause, line);
  }
  if (!entity.state.context->run.empty()) {
    line += R"(,"run":)";
    wire::append_json_string(entity.state.context->run, line);
  }
  line += R"(,"seq":)" + std::to_string(entity.state.seq) + '}';
  return line;
}

}  // namespace gable::hub
