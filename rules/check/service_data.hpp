#pragma once
// The data of a service call against the table of domains: parameters that are not there, required ones that
// are missing, and literals of a wrong type or out of range.

#include "check/inspection.hpp"

namespace gable::rules {

struct CallData {
  const wire::DomainSpec& domain;
  const wire::ServiceSpec& service;
  const Templated& data;  // a map, or a template of one
  Place place;
};

void inspect_call_data(Inspection& in, const CallData& call);
// The same against one entity's own features, options and bounds.
void inspect_call_of(Inspection& in, const CallData& call, const KnownEntity& entity, std::string_view id);

// The entries whose keys are texts. Nothing for what is no map.
std::vector<std::pair<std::string, const Templated*>> entries_of(const Templated& map,
                                                                 std::vector<Templated>& keep);

}  // namespace gable::rules
