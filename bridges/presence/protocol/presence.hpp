#pragma once
// Who is home: sightings from several sources become whereabouts of the devices and people that are listed.
//
// Seen is home. A device is away when a source that has seen it has looked again at the end of its grace
// time, and has not seen it in all of it; a source that is asked and does not answer has not looked. When all
// such sources are lost, nobody can tell, and what was known stays (`blind`). After the start nothing is said
// of a device until it is seen, or until every source has looked for its grace time. A lease that is given
// back shortens the grace.
//
// Pure: time comes in with each call and never goes backwards.

#include <optional>
#include <string>
#include <vector>

#include "protocol/lease_book.hpp"
#include "protocol/people.hpp"

namespace gable::presence {

using SourceIndex = std::size_t;
inline constexpr SourceIndex kSourceLimit = 32;

struct PresenceOptions {
  std::vector<DeviceSpec> devices;
  std::vector<PersonSpec> people;
  SourceIndex sources = 0;  // how many there are, at most kSourceLimit; all are lost at first
  // After a lease was given back, unless the device is seen again.
  std::chrono::milliseconds release_grace = std::chrono::seconds(30);
};

class Presence {
 public:
  explicit Presence(PresenceOptions options);
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  void source_works(SourceIndex source, Moment now);
  void source_lost(SourceIndex source);
  // Has looked at all that it can see, and told of it. Only now may somebody be found to be away.
  void source_looked(SourceIndex source, Moment now);
  void seen(SourceIndex source, const std::vector<Sighting>& sightings, Moment now);
  // `wall`: seconds since 1970. Leases that are over are ignored.
  void leases(SourceIndex source, const std::vector<Lease>& leases, std::int64_t wall, Moment now);
  // When the next grace time after `now` ends, so that it is time to look.
  [[nodiscard]] std::optional<Moment> deadline(Moment now) const;

  // In the order of the options.
  [[nodiscard]] DeviceView device(DeviceIndex index) const;
  [[nodiscard]] PersonView person(std::size_t index) const;
  // Where to knock: listed addresses, leased ones, and the last that each device was seen with. At most eight
  // a device.
  [[nodiscard]] std::vector<Ip> addresses() const;
  // Whether one of these is a listed device that is not home yet: worth a knock at once.
  [[nodiscard]] bool somebody_stirs(const std::vector<Sighting>& sightings) const;
  // Whether that is somebody listed. Nothing of anybody else may leave the process.
  [[nodiscard]] bool listed(const Lease& lease) const { return book_.owner_of(lease).has_value(); }
  [[nodiscard]] const PresenceOptions& options() const { return options_; }

 private:
  struct Device {
    DeviceView view;
    Moment last_seen{};
    std::uint32_t seen_by = 0;  // a bit a source, of this stay
    std::optional<Moment> released;
  };
  [[nodiscard]] std::optional<DeviceIndex> find(const Sighting& sighting) const;
  void forget_address_of_others(const Sighting& sighting);
  void see(SourceIndex source, DeviceIndex index, Moment at, Moment now);
  [[nodiscard]] std::optional<Moment> leaves_at(const Device& device, DeviceIndex index) const;
  [[nodiscard]] std::optional<Moment> first_looks(DeviceIndex index) const;
  [[nodiscard]] bool looked_in_vain(const Device& device, Moment since) const;

  PresenceOptions options_;
  LeaseBook book_;
  std::vector<Device> devices_;
  struct Source {
    std::optional<Moment> works_since;  // nothing: lost
    std::optional<Moment> looked;       // last, since it works
  };
  std::vector<Source> sources_;
};

}  // namespace gable::presence
