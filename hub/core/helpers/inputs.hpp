#pragma once
// input_boolean, input_number, input_select, input_text, input_datetime, input_button and counter: values
// that people set, with Home Assistant's options, attributes and services.

#include "core/helpers/zone_rules.hpp"
#include "core/house.hpp"
#include "core/states.hpp"
#include "wire/command.hpp"

namespace gable::hub {

// How the helper is announced in meta.
wire::EntityDescription describe_helper(const Helper& helper);

// Its first report after a start: `initial` if the files give one, else what was stored, else the default.
Report first_report(const Helper& helper, const EntityState& stored, const ZoneRules& zone);

// What the command makes of it. Errors: out_of_range, malformed, unsupported.
wire::Result<Report> act_on_input(const Helper& helper, const EntityState& now, const wire::Command& command,
                                  Time time, const ZoneRules& zone);

}  // namespace gable::hub
