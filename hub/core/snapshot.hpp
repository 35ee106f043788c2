#pragma once
// hub/request/snapshot: the documents of the entity plane, many in a message. A page that shows a whole house
// has them in a fraction of the time that thousands of retained messages take it.

#include <string>
#include <vector>

#include "core/registry.hpp"

namespace gable::hub {

// {"domain","area","page_bytes"} → the `data` of each answer, as JSON, in order of entity id:
// {"part":1,"entities":[{"id":"light.x","meta":{…},"state":{…},"availability":{…}},…],"more":true}. At least
// one; `more` is false in the last. None is longer than page_bytes (1,000 to 65,536; 3,600 when not given:
// mosquitto 2.0 sends what is longer than 4 kB over a WebSocket at 40 kB/s) unless one entity alone is. Those
// that are disabled have `meta` only. Errors: wrong_type, out_of_range.
wire::Result<std::vector<std::string>> snapshot(const Registry& registry, const wire::Object& arguments);

}  // namespace gable::hub
