#pragma once
// What a toggle means to somebody who only takes plain services. Pure; any thread.

#include "wire/command.hpp"

namespace gable::wire {

// A toggle as the service that leads where the table says from the present state; any other command, and a
// toggle that no plain service stands for, as it is. Error: unavailable (the present state is not known).
Result<Command> without_toggle(const EntityDescription& entity, const Command& command,
                               const CurrentValues& now);

}  // namespace gable::wire
