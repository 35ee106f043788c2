// Lease files of DHCP servers. The first byte says whose: d dnsmasq, i ISC, u udhcpd.

#include "fuzz_target.hpp"
#include "protocol/leases.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace presence = gable::presence;
  using gable::fuzz::require;
  const std::string_view input = gable::fuzz::text_of(data, size);
  if (input.empty()) return 0;
  const auto format = input[0] == 'i'   ? presence::LeaseFormat::isc
                      : input[0] == 'u' ? presence::LeaseFormat::udhcpd
                                        : presence::LeaseFormat::dnsmasq;
  const auto reading = presence::read_leases(format, input.substr(1));
  require(reading.leases.size() <= presence::kLeaseLimit, "leases have a limit");
  for (const auto& lease : reading.leases) {
    require(presence::parse_ip(presence::to_text(lease.ip)) == lease.ip,
            "an address is read as it is written");
    require(presence::normal_host_name(lease.host_name) == lease.host_name, "host names have their one form");
    require(presence::normal_client_id(lease.client_id) == lease.client_id, "client ids have their one form");
    require(lease.expires >= 0, "time goes forwards");
  }
  return 0;
}
