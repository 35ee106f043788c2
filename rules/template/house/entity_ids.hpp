#pragma once
// What Home Assistant lets pass as a domain and an entity id in templates. Pure.

#include <string_view>

namespace gable::rules::jinja {

// [a-z0-9_], neither begins nor ends with "_", no "__".
[[nodiscard]] bool is_valid_domain(std::string_view text);
// Two of these with a dot between them.
[[nodiscard]] bool is_valid_entity_id(std::string_view text);
// The number of an entry in Home Assistant's entity registry, by which its editor names entities.
[[nodiscard]] bool is_registry_id(std::string_view text);

}  // namespace gable::rules::jinja
