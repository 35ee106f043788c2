#pragma once
// Whether something is what it was, without keeping it: 64 bits of FNV-1a.

#include <cstdint>
#include <string_view>
#include <vector>

#include "discovery/component.hpp"

namespace gable::discovery {

std::uint64_t signature_of(std::string_view text);
// Of all that is announced, in its order.
std::uint64_t signature_of(const std::vector<Component>& components);

}  // namespace gable::discovery
