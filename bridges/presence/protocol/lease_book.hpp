#pragma once
// What the lease files say about the devices that are listed: which card and which address are whose today.
// Leases of anybody else are forgotten at once.
//
// Pure: no clock.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/leases.hpp"
#include "protocol/people.hpp"

namespace gable::presence {

using DeviceIndex = std::size_t;

class LeaseBook {
 public:
  // `devices` must outlive the book.
  explicit LeaseBook(const std::vector<DeviceSpec>& devices);

  struct News {
    DeviceIndex device = 0;
    enum class Kind { renewed, unchanged, released } kind = Kind::unchanged;
    Lease lease;
  };
  // The leases that a source has now, and what that changes; `wall`: seconds since 1970. The first reading of
  // a source renews nothing: nobody knows when what it holds was written.
  std::vector<News> take(std::size_t source, const std::vector<Lease>& leases, std::int64_t wall);

  // Who that is, by what is listed and by the leases that hold now.
  [[nodiscard]] std::optional<DeviceIndex> find(const std::optional<Mac>& mac,
                                                const std::optional<Ip>& ip) const;
  // Whose lease it is: by MAC, else client id, else host name, else IP.
  [[nodiscard]] std::optional<DeviceIndex> owner_of(const Lease& lease) const;
  // Listed for it or leased to it, so that who answers there is the device.
  [[nodiscard]] std::vector<Ip> addresses_of(DeviceIndex device) const;

 private:
  struct Entry {
    DeviceIndex device = 0;
    Lease lease;
    bool gone = false;  // no longer in the file, though its time is not over
  };
  // By address: a server gives it to one client at a time.
  struct Source {
    bool read = false;
    std::map<Ip, Entry> entries;
  };
  [[nodiscard]] bool holds_another(DeviceIndex device) const;
  static News::Kind compare(const Source& source, const Lease& lease);
  void index_again();

  const std::vector<DeviceSpec>& devices_;
  std::map<Mac, DeviceIndex> listed_macs_;
  std::map<std::string, DeviceIndex> client_ids_, host_names_;
  std::map<Ip, DeviceIndex> listed_ips_;
  std::map<std::size_t, Source> sources_;
  std::map<Mac, DeviceIndex> leased_macs_;
  std::map<Ip, Entry> leased_ips_;
};

}  // namespace gable::presence
