#include "wire/toggle.hpp"

#include <algorithm>

namespace gable::wire {

namespace {

bool offered(const EntityDescription& entity, const ServiceSpec& service) {
  return service.features.empty() ||
         std::any_of(service.features.begin(), service.features.end(),
                     [&entity](std::string_view feature) { return entity.has_feature(feature); });
}

bool leads_to(const ServiceSpec& service, std::string_view state) {
  return std::any_of(service.expects.begin(), service.expects.end(), [state](const Expectation& expected) {
    return expected.attribute == "state" &&
           std::find(expected.values.begin(), expected.values.end(), state) != expected.values.end();
  });
}

bool needs_parameters(const ServiceSpec& service) {
  return std::any_of(service.params.begin(), service.params.end(),
                     [](const auto& param) { return param.required; });
}

// The service of the entity that brings about `state`, other than another toggle; null when there is none.
const ServiceSpec* service_for(const EntityDescription& entity, std::string_view state) {
  for (const ServiceSpec& service : entity.domain->services) {
    const bool plain = service.toggles.empty() && !needs_parameters(service);
    if (plain && offered(entity, service) && leads_to(service, state)) return &service;
  }
  return nullptr;
}

}  // namespace

Result<Command> without_toggle(const EntityDescription& entity, const Command& command,
                               const CurrentValues& now) {
  if (command.service->toggles.empty()) return command;
  const Object expected = expected_state(entity, command, now);
  const Value* state = expected.find("state");
  if (state == nullptr) {
    return Error{ErrorCode::unavailable,
                 "the present state is not known, so that " + std::string(command.service->name) +
                     " means nothing; say what is wanted",
                 {}};
  }
  const ServiceSpec* service = service_for(entity, state->string_or(""));
  if (service == nullptr) return command;  // the author's own affair
  Command plain{service, {}, command.id};
  for (const auto& [name, value] : command.data) {
    if (find_param(*service, name) != nullptr) plain.data.set(name, value);
  }
  return plain;
}

}  // namespace gable::wire
