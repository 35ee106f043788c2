#pragma once
// Runs one program to its end, on the thread that calls: what it reads, what it printed, how it ended.

#include <atomic>

#include "core/effects.hpp"
#include "core/event.hpp"

namespace gable::hub {

// More than this of each output is read and forgotten.
inline constexpr std::size_t kOutputLimit = 64 * 1024;

// Killed with all that it started when its time is over, or as soon as `stopping` is seen.
ProcessEnded run_process(const EdgeAction& action, const std::atomic<bool>& stopping);

}  // namespace gable::hub
