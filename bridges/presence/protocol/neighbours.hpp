#pragma once
// The kernel's neighbour table, as rtnetlink tells it (RFC 3549; linux/neighbour.h): who on this network has
// answered, and when.
//
// Pure: bytes of a datagram in, rows out. Never throws; what is cut or broken ends the reading.

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/sighting.hpp"

namespace gable::presence {

struct Neighbour {
  int interface = 0;        // its index
  std::uint16_t state = 0;  // NUD_…
  bool deleted = false;
  Ip ip;
  std::optional<Mac> mac;
  // Since it was last proved that it is there; nothing when the kernel does not say.
  std::optional<std::chrono::milliseconds> confirmed_ago;
};

struct NeighbourReading {
  std::vector<Neighbour> rows;
  bool done = false;         // the end of a dump
  bool interrupted = false;  // the table changed meanwhile: ask again
  bool broken = false;       // not all of the datagram could be read
  int error = 0;             // errno of a refused request
};

// `datagram`: one or more netlink messages, in this machine's byte order, from any address.
NeighbourReading read_neighbours(Bytes datagram);

// A row as a sighting: nothing for rows that prove nothing (asked and not answered, set by hand, without a
// card's address).
std::optional<Sighting> sighting_of(const Neighbour& row);

}  // namespace gable::presence
