#pragma once
// The version of Gable, as the build knows it. All executables of a build have the same.

#include <string_view>

namespace gable::wire {

inline constexpr std::string_view kVersion = GABLE_VERSION;

}  // namespace gable::wire
