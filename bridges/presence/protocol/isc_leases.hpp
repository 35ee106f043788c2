#pragma once
// dhcpd.leases of the ISC server: a log of blocks, of which the last one of an address counts.
//
// Pure: see leases.hpp.

#include "protocol/leases.hpp"

namespace gable::presence {

LeaseReading read_isc_leases(std::string_view content);

}  // namespace gable::presence
