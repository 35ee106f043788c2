#include "translation.hpp"

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

struct ToWire {
  wire::Value operator()(std::monostate) const { return nullptr; }
  template <class T>
  wire::Value operator()(const std::vector<T>& list) const {
    wire::List out;
    for (const T& element : list) out.emplace_back(element);
    return out;
  }
  template <class T>
  wire::Value operator()(const T& scalar) const {
    return scalar;
  }
};

std::optional<Value> list_from_wire(const wire::List& list) {
  std::vector<std::string> texts;
  std::vector<double> numbers;
  for (const wire::Value& element : list) {
    if (const std::string* text = element.as_string()) texts.push_back(*text);
    if (element.is_number()) numbers.push_back(element.number_or(0));
  }
  if (numbers.size() == list.size()) return numbers;
  if (texts.size() == list.size()) return texts;
  return std::nullopt;
}

// On the device's own entity: what the hub should call it, so that kitchen_fridge's switch is
// switch.kitchen_fridge, and its power sensor.kitchen_fridge_power.
std::string object_id_of(const SimDevice& device, const EntitySpec& spec, bool first) {
  return first || spec.key.empty() ? device.spec().id : device.spec().id + "_" + spec.key;
}

bridge::Entity entity_of(const SimDevice& device, const EntitySpec& spec, bool first) {
  bridge::Entity entity(spec.domain);
  entity.named(spec.key.empty() ? device.spec().name : spec.name)
      .suggest_id(object_id_of(device, spec, first))
      .device_class(spec.device_class)
      .unit(spec.unit)
      .state_class(spec.state_class)
      .options(spec.options)
      .event_types(spec.event_types);
  for (const auto& feature : spec.features) entity.feature(feature);
  for (const auto& [name, value] : spec.capabilities) entity.capability(name, to_wire(value));
  if (spec.min && spec.max) entity.range(*spec.min, *spec.max, spec.step.value_or(1));
  if (spec.diagnostic) entity.diagnostic();
  if (spec.setting) entity.config();
  if (device.spec().one_way) entity.assumed_state();
  return entity;
}

}  // namespace

wire::Value to_wire(const Value& value) { return std::visit(ToWire{}, value); }

wire::Object to_wire(const Fields& fields) {
  wire::Object out;
  for (const auto& [name, value] : fields) out.append(name, to_wire(value));
  return out;
}

std::optional<Value> from_wire(const wire::Value& value) {
  if (value.is_null()) return Value{};
  if (const bool* flag = value.as_bool()) return *flag;
  if (const std::int64_t* number = value.as_int()) return *number;
  if (const double* number = value.as_double()) return *number;
  if (const std::string* text = value.as_string()) return *text;
  if (const wire::List* list = value.as_list()) return list_from_wire(*list);
  return std::nullopt;
}

Fields from_wire(const wire::Object& object) {
  Fields out;
  for (const wire::Member& member : object) {
    if (auto value = from_wire(member.value)) out.set(member.key, std::move(*value));
  }
  return out;
}

bridge::Model describe(const SimDevice& device, const std::string& area_name) {
  const auto entities = device.entities();
  const bool whole = entities.size() == 1 && entities.front().key.empty();
  bridge::Model model =
      whole ? bridge::Model(entity_of(device, entities.front(), true)) : bridge::Model(device.spec().name);
  if (!whole) {
    bool first = true;
    for (const EntitySpec& spec : entities) {
      const bool own = first && spec.name.empty();
      model.with(spec.key, entity_of(device, spec, own));
      first = false;
    }
  }
  model.made_by("Gable", "virtual " + device.spec().kind);
  if (!area_name.empty()) model.area(area_name);
  return model;
}

}  // namespace gable::virtual_house
