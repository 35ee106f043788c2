#include "core/entity.hpp"

#include "wire/json.hpp"

namespace gable::hub {

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::announced:
      return "announced";
    case Origin::file:
      return "file";
    case Origin::request:
      return "request";
    case Origin::rule:
      return "rule";
  }
  return "announced";
}

std::string_view Entity::composed_state() const {
  if (availability == Availability::offline) return "unavailable";
  return state.known ? std::string_view(state.text) : std::string_view("unknown");
}

wire::Value Entity::state_value() const {
  if (!state.known) return {};
  wire::Value number;
  if (description->numeric() && wire::parse_scalar(state.text, number) && number.is_number()) return number;
  return state.text;
}

EntityValues::EntityValues(const Entity& entity) : entity_(entity), state_(entity.state_value()) {}

const wire::Value* EntityValues::current(std::string_view name) const {
  if (entity_.availability == Availability::offline) return nullptr;
  // A device may tell of its attributes before its state is known.
  if (name == "state") return entity_.state.known ? &state_ : nullptr;
  return entity_.state.attributes.find(name);
}

}  // namespace gable::hub
