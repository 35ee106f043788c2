#pragma once
// Whether a value may be reported for an entity, by the table of domains and the entity's own description.
// Pure.

#include <optional>
#include <string_view>

#include "wire/description.hpp"
#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::bridge {

// The longest text that is taken as a state or attribute, in bytes.
inline constexpr std::size_t kTextLimit = 1024;

// `name` is "state" or an attribute. Null is always allowed: unknown. Errors: unknown_attribute, unsupported
// (its feature is not announced), wrong_type, out_of_range, too_large.
std::optional<wire::Error> check_report(const wire::EntityDescription& entity, std::string_view name,
                                        const wire::Value& value);

// Errors: unsupported (no event entity), out_of_range (not among its event types), too_large.
std::optional<wire::Error> check_event(const wire::EntityDescription& entity, std::string_view event_type);

// What an author declares with Entity::extra_attribute, as a capability.
inline constexpr std::string_view kExtraAttributes = "extra_attributes";

}  // namespace gable::bridge
