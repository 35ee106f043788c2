#pragma once
// What rules give to services, made into what the table of domains asks for, as Home Assistant's own schemas
// do it: "50" is a number, 5 a text, one text a list of it; a light's numbers are brought into their range.
// Commands on the tree stay strict (design section 2, rule 2).

#include "wire/domains.hpp"
#include "wire/value.hpp"

namespace gable::wire {

// What cannot be coerced stays as it is, for make_command() to refuse.
Object coerced(const DomainSpec& domain, const ServiceSpec& service, const Object& data);

}  // namespace gable::wire
