#pragma once
// How much a log line matters.

#include <string_view>

namespace gable::bridge {

enum class LogLevel { debug, info, warning, error };

std::string_view to_string(LogLevel level);

}  // namespace gable::bridge
