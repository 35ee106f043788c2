// Lights: https://www.home-assistant.io/integrations/light.mqtt/
// Three schemas, a file for each; the announcement's `schema` picks.

#include "discovery/platforms/light_schemas.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

std::unique_ptr<Binding> make_light(const Component& component, Templates& templates, Refusal& refusal) {
  const wire::Value* given = component.config.find("schema");
  const std::string_view schema = given == nullptr ? "basic" : given->string_or("");
  if (schema == "json") return make_json_light(component, templates, refusal);
  if (schema == "template") return make_template_light(component, templates, refusal);
  auto made = make_basic_light(component, templates, refusal);
  if (schema != "basic" && schema != "default") {
    refusal = wire::Error{wire::ErrorCode::unsupported,
                          "expected basic (also called default), json or template", "schema"};
  }
  return made;
}

}  // namespace gable::discovery::platforms
