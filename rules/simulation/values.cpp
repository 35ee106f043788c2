#include "simulation/values.hpp"

#include "engine/book/desks.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::simulation {

namespace {

wire::List list_of(const jinja::Values& values) {
  wire::List list;
  list.reserve(values.size());
  for (const jinja::Value& value : values) list.push_back(to_wire(value));
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
  for (const auto& entry : dict->entries()) out.set(jinja::str(entry.key), to_wire(entry.value));
  return out;
}

const jinja::Value* part(const jinja::Value& data, std::string_view key) { return field(data, key); }

std::string text_part(const jinja::Value& data, std::string_view key) {
  const jinja::Value* found = part(data, key);
  return found == nullptr || found->is_none() ? std::string() : jinja::str(*found);
}

std::vector<std::string> texts_part(const jinja::Value& data, std::string_view key) {
  return texts_of(part(data, key));
}

jinja::Value target_of(const std::string& entity) {
  auto target = std::make_shared<jinja::Dict>();
  target->set("entity_id", jinja::Value::list({jinja::Value(entity)}));
  return jinja::DictPtr(std::move(target));
}

}  // namespace gable::rules::simulation
