#pragma once
// Lease files of DHCP servers: who got which address, and what the device calls itself. A lease tells who is
// who; that somebody is there it tells only when it is new or renewed.
//
// Pure: file contents in, leases out. Never throws; what cannot be read is skipped and counted.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/addresses.hpp"

namespace gable::presence {

enum class LeaseFormat {
  dnsmasq,  // a line a lease: expiry MAC IP name client-id; DHCPv6 after a line `duid …`
  isc,      // dhcpd.leases: blocks, the last one of an address counts
  udhcpd    // busybox: records of 36 bytes
};

struct Lease {
  Ip ip;
  std::optional<Mac> mac;
  std::string host_name;     // as the device says, small letters; empty: none
  std::string client_id;     // hexadecimal with colons, small letters; empty: none
  std::int64_t expires = 0;  // seconds since 1970; 0: never
  bool operator==(const Lease&) const = default;
};

struct LeaseReading {
  std::vector<Lease> leases;  // at most kLeaseLimit
  std::size_t refused = 0;    // lines, blocks or records that could not be read
};

inline constexpr std::size_t kLeaseLimit = 20'000;

// `content`: the whole file. At most 253 characters of a host name and 512 of a client id are kept.
LeaseReading read_leases(LeaseFormat format, std::string_view content);

// As names are compared: small letters, without the domain and what follows it, at most 253 characters.
std::string normal_host_name(std::string_view name);
// As client ids are compared: small letters, without spaces.
std::string normal_client_id(std::string_view id);

}  // namespace gable::presence
