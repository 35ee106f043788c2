#pragma once
// The two halves of the command parser: which service a document means, and a service call checked against
// the table. Internal to command.cpp, command_choice.cpp and command_maker.cpp. Pure; any thread.

#include <string_view>
#include <vector>

#include "wire/command.hpp"

namespace gable::wire {

// Keys of bookkeeping (`_id`, `_at`) are no parameters.
inline bool bookkeeping(std::string_view key) { return key.starts_with('_'); }

// The attribute (or "state") that a parameter sets; empty when it sets none.
std::string_view attribute_of(const ServiceSpec& service, std::string_view param);

// The parameter of `service` that a key of a document means: its own name, or the attribute that it sets.
const FieldSpec* param_for(const ServiceSpec& service, std::string_view key);

// True when the parameter says what is wanted; {"transition":2} or {"code":"1234"} alone command nothing.
bool says_what(const DomainSpec& domain, const ServiceSpec& service, const FieldSpec& param);

// True when the text is one of the service's words.
bool has_word(const ServiceSpec& service, std::string_view text);

// The service with these parameters: features, types, ranges and conversions checked and done.
Result<Command> make_checked(const EntityDescription& entity, const ServiceSpec& service, const Object& data,
                             const CurrentValues& now);

// {"state":"on","brightness":120}: the one service that takes all of the document.
Result<Command> choose_and_make(const EntityDescription& entity, const Object& document,
                                const CurrentValues& now);

// Appends the names of `specs`.
template <class Specs>
void add_names(const Specs& specs, std::vector<std::string_view>& out) {
  for (const auto& spec : specs) out.push_back(spec.name);
}

}  // namespace gable::wire
