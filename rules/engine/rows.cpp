// Values for the store and back. JSON carries most of them as they are; the others are an object with one key
// that begins with "$".
#include <cmath>

#include "engine/scope.hpp"
#include "engine/snapshot_object.hpp"
#include "template/json_values.hpp"
#include "template/time/datetime.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

wire::List row_list(const jinja::Values& values) {
  wire::List list;
  list.reserve(values.size());
  for (const Value& value : values) list.push_back(to_row(value));
  return list;
}

jinja::Values values_of(const wire::List& list) {
  jinja::Values values;
  values.reserve(list.size());
  for (const wire::Value& row : list) values.push_back(from_row(row));
  return values;
}

wire::Value marked(const char* mark, wire::Value content) { return wire::Object{{mark, std::move(content)}}; }

std::int64_t micros(Instant when) { return when.time_since_epoch().count(); }
Instant instant(const wire::Value* row) {
  const std::int64_t* number = row != nullptr ? row->as_int() : nullptr;
  return Instant(std::chrono::microseconds(number != nullptr ? *number : 0));
}
std::string text(const wire::Object& row, std::string_view key) {
  const wire::Value* found = row.find(key);
  return found != nullptr ? std::string(found->string_or("")) : std::string();
}

wire::Value state_row(const SnapshotObject& object) {
  const StateSnapshot& s = object.snapshot();
  return marked("$state", wire::Object{{"entity", object.entity()},
                                       {"state", s.state},
                                       {"attributes", *s.attributes},
                                       {"changed", micros(s.last_changed)},
                                       {"updated", micros(s.last_updated)},
                                       {"reported", micros(s.last_reported)},
                                       {"id", s.context.id},
                                       {"parent", s.context.parent},
                                       {"user", s.context.user}});
}

// What its clocks showed stays; the rules of its zone do not: afterwards it is one with a fixed offset.
wire::Value date_row(const jinja::DateTime& date) {
  const std::optional<std::int64_t> offset = date.offset();
  return marked("$datetime", wire::Object{{"local", date.wall().local},
                                          {"offset", offset ? wire::Value(*offset) : wire::Value()}});
}

Value date_of(const wire::Object& row) {
  const auto number = [&row](std::string_view key) {
    const wire::Value* found = row.find(key);
    return found != nullptr && found->as_int() != nullptr ? std::optional(*found->as_int()) : std::nullopt;
  };
  const std::optional<std::int64_t> offset = number("offset");
  const std::int64_t local = number("local").value_or(0);
  if (local < jinja::kFirstDay * jinja::kDay || local >= (jinja::kLastDay + 1) * jinja::kDay) return {};
  // Fixed zones are less than a day.
  const bool fixed = offset && *offset > -jinja::kDay && *offset < jinja::kDay;
  return jinja::make_datetime({local, false}, fixed ? jinja::Zone::fixed(*offset) : jinja::Zone());
}

Value state_of(const wire::Object& row) {
  StateSnapshot s;
  s.state = text(row, "state");
  const wire::Value* attributes = row.find("attributes");
  const bool has = attributes != nullptr && attributes->as_object() != nullptr;
  s.attributes = std::make_shared<const wire::Object>(has ? *attributes->as_object() : wire::Object());
  s.last_changed = instant(row.find("changed"));
  s.last_updated = instant(row.find("updated"));
  s.last_reported = instant(row.find("reported"));
  s.context = {text(row, "id"), text(row, "parent"), text(row, "user")};
  return state_object(text(row, "entity"), s);
}

wire::Value dict_row(const jinja::Dict& dict) {
  wire::Object plain;
  for (const jinja::Dict::Entry& entry : dict.entries()) {
    const std::string* key = entry.key.as_text();
    if (key == nullptr || key->starts_with('$')) {
      wire::List pairs;
      for (const jinja::Dict::Entry& each : dict.entries()) {
        pairs.emplace_back(wire::List{to_row(each.key), to_row(each.value)});
      }
      return marked("$dict", std::move(pairs));
    }
    plain.append(*key, to_row(entry.value));
  }
  return plain;
}

Value dict_of(const wire::List& pairs) {
  auto dict = std::make_shared<jinja::Dict>();
  for (const wire::Value& pair : pairs) {
    const wire::List* both = pair.as_list();
    if (both != nullptr && both->size() == 2) dict->set(from_row((*both)[0]), from_row((*both)[1]));
  }
  return jinja::DictPtr(std::move(dict));
}

Value marked_value(const std::string& mark, const wire::Value& content) {
  const wire::List* list = content.as_list();
  if (mark == "$tuple" && list != nullptr) return Value::tuple(values_of(*list));
  if (mark == "$dict" && list != nullptr) return dict_of(*list);
  if (mark == "$set" && list != nullptr) {
    auto set = std::make_shared<jinja::Set>();
    for (Value& value : values_of(*list)) set->insert(std::move(value));
    return jinja::SetPtr(std::move(set));
  }
  if (mark == "$state" && content.as_object() != nullptr) return state_of(*content.as_object());
  if (mark == "$datetime" && content.as_object() != nullptr) return date_of(*content.as_object());
  if (mark == "$timedelta" && content.as_int() != nullptr) return jinja::make_timedelta(*content.as_int());
  if (mark == "$real") return jinja::to_real(Value(content.string_or("nan"))).value_or(0);
  if (mark == "$integer") return jinja::integer_from_digits(content.string_or("0"), 10).value_or(Value(0));
  return Value::undefined(std::string(content.string_or("")));
}

}  // namespace

wire::Value to_row(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::none:
      return {};
    case Value::Kind::boolean:
      return *value.as_bool();
    case Value::Kind::integer:
      return *value.as_int();
    case Value::Kind::text:
      return *value.as_text();
    case Value::Kind::real:
      if (std::isfinite(*value.as_real())) return *value.as_real();
      return marked("$real", jinja::str(value));
    case Value::Kind::big_integer:
      return marked("$integer", jinja::str(value));
    case Value::Kind::list:
      return row_list(*value.as_list());
    case Value::Kind::tuple:
      return marked("$tuple", row_list(*value.as_tuple()));
    case Value::Kind::set:
      return marked("$set", row_list(value.as_set()->items()));
    case Value::Kind::dict:
      return dict_row(*value.as_dict());
    case Value::Kind::bytes:
    case Value::Kind::undefined:
    case Value::Kind::object:
      break;
  }
  if (const auto* snapshot = value.as<SnapshotObject>()) return state_row(*snapshot);
  if (const auto* delta = value.as<jinja::Timedelta>()) {
    return marked("$timedelta", static_cast<std::int64_t>(delta->micros()));
  }
  if (const auto* date = value.as<jinja::DateTime>()) return date_row(*date);
  // What only an evaluation can hold never gets here: results of templates are text made into plain data.
  return marked("$undefined", "");
}

Value from_row(const wire::Value& row) {
  const wire::Object* object = row.as_object();
  if (object != nullptr && object->size() == 1 && object->begin()->key.starts_with('$')) {
    return marked_value(object->begin()->key, object->begin()->value);
  }
  if (const wire::List* list = row.as_list()) return Value::list(values_of(*list));
  if (object == nullptr) return jinja::from_wire(row);
  auto dict = std::make_shared<jinja::Dict>();
  for (const wire::Member& member : *object) dict->set(Value(member.key), from_row(member.value));
  return jinja::DictPtr(std::move(dict));
}

}  // namespace gable::rules
