#pragma once
// Values of commands: from bare text or JSON to the type and range that the table asks for. Internal to the
// command parser (command.cpp, expectation.cpp). Pure; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/command.hpp"

namespace gable::wire {

// What a number may be for one entity: the table's range narrowed by the entity's own. kNone: no bound.
struct Range {
  double min = kNone;
  double max = kNone;
  double step = kNone;
};
Range range_of(const EntityDescription& entity, const FieldSpec& field);

// The texts that `field` allows for this entity; empty: any text. Views into `entity` and the table.
std::vector<std::string_view> options_of(const EntityDescription& entity, const FieldSpec& field);

// Nothing when `features` is empty or the entity has one of them, else the refusal. `what` is named in it.
std::optional<Error> check_features(const EntityDescription& entity, std::string_view what,
                                    std::span<const std::string_view> features);

// What a value is for: the parameter, and the attribute (or "state") that it sets, empty when it sets none.
struct Target {
  const EntityDescription& entity;
  const FieldSpec& field;
  std::string_view attribute;
};

// A JSON value in the type, range and options of the field. Strings such as "40%" and "+10%" are taken for
// numbers.
Result<Value> check_value(const Target& target, const Value& value, const CurrentValues& now);

// The same for a bare payload: 120, 40%, +10%, -10%, +5, on, any text.
Result<Value> parse_value(const Target& target, std::string_view text, const CurrentValues& now);

// The present number of an attribute, as relative commands take it. Empty: not known.
std::optional<double> current_number(const EntityDescription& entity, std::string_view attribute,
                                     const CurrentValues& now);

// `number` within `range`; whole when the field is an integer, else on the range's step where it has one.
Value fitted(const FieldSpec& field, const Range& range, double number);

std::string_view trim(std::string_view text);
// ASCII, without regard to case.
bool same_word(std::string_view a, std::string_view b);
// Text from outside, in quotes and cut to a readable length, for messages.
std::string quoted(std::string_view text);

}  // namespace gable::wire
