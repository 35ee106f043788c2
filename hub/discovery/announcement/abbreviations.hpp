#pragma once
// The short key names of Home Assistant's discovery format. Devices save flash with them: `stat_t` is
// `state_topic`. Short and long names may be mixed in one message.

#include <string>
#include <string_view>

namespace gable::discovery {

// The long name of a key of a component or of one entry of `availability`; one that is not short is itself.
std::string long_key(std::string_view key);
// The same for keys of `device` and of `origin`.
std::string_view long_device_key(std::string_view key);
std::string_view long_origin_key(std::string_view key);

}  // namespace gable::discovery
