#pragma once
// Commands: lenient in form, strict in type (design section 2, rule 2). One parser serves hub and bridges, so
// that `set/…` on both planes takes the same payloads:
//   on · off · toggle · 42 · 40% · +10%        bare words and values
//   {"state":"on","brightness":120}            attributes as they are reported
//   {"service":"turn_on","brightness":120}     a service call: the canonical form, which the hub sends

#include <string>
#include <string_view>

#include "wire/description.hpp"
#include "wire/result_type.hpp"
#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::wire {

struct Command {
  const ServiceSpec* service = nullptr;  // never null in a parsed command
  Object data;                           // parameters in the types and ranges of the table
  std::string id;                        // `_id` of the payload; empty when it had none
};

// The entity's present attributes, asked for when a command is relative ("+10%"). Null: unknown.
class CurrentValues {
 public:
  virtual ~CurrentValues() = default;
  // "state" or an attribute name.
  [[nodiscard]] virtual const Value* current(std::string_view name) const = 0;
};

// `payload` of set/<domain>/<object_id>, or of a device's set topic. Errors: malformed, unknown_attribute,
// unknown_service, wrong_type, out_of_range, unsupported.
Result<Command> parse_command(const EntityDescription& entity, std::string_view payload,
                              const CurrentValues& now);

// `payload` of set/<domain>/<object_id>/<attribute>: one bare value.
Result<Command> parse_attribute_command(const EntityDescription& entity, std::string_view attribute,
                                        std::string_view payload, const CurrentValues& now);

// A document already parsed: {"state":…}, {"service":…}. Keys with a leading `_` other than `_id` are
// ignored.
Result<Command> parse_command(const EntityDescription& entity, const Object& document,
                              const CurrentValues& now);

// A service call with its data, as rules and call/<domain>/<service> make it.
Result<Command> make_command(const EntityDescription& entity, std::string_view service, const Object& data,
                             const CurrentValues& now);

// The canonical form: {"service":"turn_on","brightness":120,"_id":"c-20"}.
Object encode(const Command& command);

// What should be reported once `command` has been carried out, by the table's expectations: {"state":"on",
// "brightness":120}. Empty when nothing can be expected (press, notify). `toggle` is expected from `now`.
// A list under "state" means any of its texts: {"state":["docked","returning"]}.
Object expected_state(const EntityDescription& entity, const Command& command, const CurrentValues& now);

// True if `reported` (state and attributes) meets every key of `expected` within the table's tolerance.
bool reached(const EntityDescription& entity, const Object& expected, const CurrentValues& reported);

// How long the device may take before the command ends in `timeout`: the service's time and a transition
// asked for.
Duration command_timeout(const Command& command);

}  // namespace gable::wire
