#pragma once
// hub/request/template: renders a template in the live house, for people who try one out and for dashboards.

#include "core/helpers/zone_rules.hpp"
#include "core/registry.hpp"
#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::hub {

// {"template": text, "variables": {…}} → {"outcome", "text", "result", "reads": {…}} or {"outcome", "error",
// "where"}. Errors: malformed (does not compile, with line and column), wrong_type.
wire::Result<wire::Value> render_template(const wire::Object& arguments, const Registry& registry,
                                          const ZoneRules& zone, wire::Time now);

// The text of a template with these variables. Errors: malformed (does not compile), failed.
wire::Result<std::string> render_text(const std::string& source, const wire::Object& variables,
                                      const Registry& registry, const ZoneRules& zone, wire::Time now);

}  // namespace gable::hub
