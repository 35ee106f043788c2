#include "core/services/values.hpp"

#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

namespace jinja = rules::jinja;

wire::List list_of(const jinja::Values& values) {
  wire::List list;
  list.reserve(values.size());
  for (const auto& value : values) list.push_back(to_wire(value));
  return list;
}

}  // namespace

wire::Value to_wire(const jinja::Value& value) {
  using Kind = jinja::Value::Kind;
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::none:
      return {};
    case Kind::boolean:
      return *value.as_bool();
    case Kind::integer:
      return *value.as_int();
    case Kind::real:
      return *value.as_real();
    case Kind::text:
      return *value.as_text();
    case Kind::list:
    case Kind::tuple:
      return list_of(*value.as_sequence());
    case Kind::set:
      return list_of(value.as_set()->items());
    case Kind::dict:
      return to_wire_object(value);
    default:
      return jinja::str(value);
  }
}

wire::Object to_wire_object(const jinja::Value& value) {
  wire::Object out;
  const jinja::Dict* dict = value.as_dict();
  if (dict == nullptr) return out;
  for (const auto& entry : dict->entries()) {
    const std::string* key = entry.key.as_text();
    out.set(key != nullptr ? *key : jinja::str(entry.key), to_wire(entry.value));
  }
  return out;
}

std::string as_text(const wire::Value& value) {
  if (const auto* text = value.as_string()) return *text;
  if (const auto* truth = value.as_bool()) return *truth ? "True" : "False";
  if (value.is_null()) return "";
  return value.is_number() ? wire::plain_text(value) : wire::to_json(value);
}

}  // namespace gable::hub
