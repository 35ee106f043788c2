#pragma once
// What Home Assistant makes of a service's data before an entity sees it.

#include <optional>
#include <string>

#include "wire/command.hpp"

namespace gable::hub {

// One service call to one entity.
struct EntityData {
  std::string service;
  wire::Object data;
};

// A light, fan, siren or notifier is not asked for what it cannot do (a switched lamp for brightness 40 %):
// the parameter is left out, as Home Assistant does. Brightness 0 turns off whatever can be turned off.
EntityData fit(const wire::EntityDescription& entity, const std::string& service, const wire::Object& data);

// What is wrong with the data whichever entity it is for; nothing when an entity with every feature could
// take it.
std::optional<wire::Error> faulty(const wire::DomainSpec& domain, std::string_view service,
                                  const wire::Object& data);

}  // namespace gable::hub
