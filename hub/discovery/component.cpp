#include "discovery/component.hpp"

namespace gable::discovery {

std::string Component::unique_id() const {
  if (const wire::Value* asked = config.find("unique_id"); asked != nullptr) {
    if (const std::string* text = asked->as_string(); text != nullptr && !text->empty()) return *text;
    if (asked->is_number()) return wire::plain_text(*asked);
  }
  return platform + " " + key;
}

}  // namespace gable::discovery
