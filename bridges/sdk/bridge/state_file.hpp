#pragma once
// A small file of the state directory that is only ever replaced whole: after a crash it is the old one or
// the new one. Mode 600.

#include <string>
#include <string_view>

namespace gable::bridge {

// Empty when it cannot be read.
std::string read_file(const std::string& path);
// On disk when it returns; false, and the old one stays, when that cannot be.
bool replace_file(const std::string& path, std::string_view text);

}  // namespace gable::bridge
