#pragma once
// From the payload of set/<device> to the commands that it means, one for each entity that it names. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "bridge/command.hpp"
#include "bridge/device_record.hpp"
#include "wire/command.hpp"
#include "wire/result_type.hpp"

namespace gable::bridge {

// One entity's part of a payload.
struct CommandPart {
  std::string entity;                                    // key; empty on a device that is one entity
  const wire::EntityDescription* description = nullptr;  // null only when the command is an error
  wire::Result<wire::Command> command;
};

// {"service":…} for a device that is one entity; {"<key>": …, …} for one with several.
std::vector<CommandPart> parse_parts(const DeviceRecord& record, const wire::Object& document);

// A bare word or value: `on`, `40%`.
CommandPart parse_word(const DeviceRecord& record, std::string_view entity_key, std::string_view word);

// Why a bare word means nothing to a device with several entities, with an example of what would.
wire::Error several_entities(const wire::DeviceDescription& device);

// What the author is given. A toggle becomes the service that leads where the table says. Error: unavailable
// (a toggle while the present state is not known).
wire::Result<Command> author_command(const wire::EntityDescription& entity, const wire::Command& command,
                                     const wire::CurrentValues& now);

}  // namespace gable::bridge
