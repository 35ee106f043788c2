#pragma once
// What a rule needs of the house beside what is wrong with its text: for whoever knows later what is there.

#include <cstdint>
#include <string>
#include <string_view>

#include "language/place.hpp"

namespace gable::rules {

enum class Mentioned : std::uint8_t { entity, device, area, floor, label };
// "entity", "device" …
std::string_view to_string(Mentioned kind);

// What a rule names where such a thing must be, and that no rule makes; each once, where it stands first.
struct Mention {
  std::string name;
  Place place;
  Mentioned kind = Mentioned::entity;
};

// The entity that is there where the sun is known, and what to say where it is not.
inline constexpr std::string_view kSun = "sun.sun";
inline constexpr std::string_view kNoPlace =
    "the sun is not known here: the configuration needs the house's latitude and longitude";

}  // namespace gable::rules
