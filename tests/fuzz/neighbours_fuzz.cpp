// Netlink messages about neighbours.

#include "fuzz_target.hpp"
#include "protocol/neighbours.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace presence = gable::presence;
  using gable::fuzz::require;
  const auto reading = presence::read_neighbours({data, size});
  require(reading.rows.size() <= size / 28, "a row is at least its two headers");
  require(reading.error >= 0, "errors are positive");
  for (const auto& row : reading.rows) {
    const auto sighting = presence::sighting_of(row);
    if (!sighting) continue;
    require(sighting->mac && presence::names_a_card(*sighting->mac), "a sighting is of a card");
    require(sighting->age.count() >= 0, "nobody is seen in the future");
  }
  return 0;
}
