#pragma once
// The bridge between the sources of sightings and the tree. On the loop's thread.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"
#include "node/backoff.hpp"
#include "presence_config.hpp"
#include "protocol/presence.hpp"
#include "sources.hpp"

namespace gable::presence {

class PresenceBridge {
 public:
  // Announces who is listed; the sources are opened in the loop's next turn. `bridge` outlives this
  // but for the destructor, its loop altogether.
  PresenceBridge(bridge::Bridge& bridge, PresenceConfig config);
  ~PresenceBridge();
  PresenceBridge(const PresenceBridge&) = delete;
  PresenceBridge& operator=(const PresenceBridge&) = delete;

 private:
  struct Slot {
    std::unique_ptr<Source> source;
    node::Backoff backoff;
    node::TimerId retry = 0;
    bool tried = false;  // the first attempt has ended
    bool works = false;
    std::string problem;  // while it is lost
  };
  void announce();
  void listen(SourceIndex index);
  void open(SourceIndex index);
  void works(SourceIndex index);
  void lost(SourceIndex index, const std::string& reason);
  void seen(SourceIndex index, const std::vector<Sighting>& sightings);
  void leases(SourceIndex index, const std::vector<Lease>& leases);
  void knock();
  void look();
  void update();
  void report_status();
  void report_device(DeviceIndex index);
  void report_person(std::size_t index);
  [[nodiscard]] Moment now() const;

  bridge::Bridge& bridge_;
  node::Loop& loop_;  // outlives the bridge
  const PresenceConfig config_;
  Presence presence_;
  Descriptors descriptors_;
  std::vector<Slot> slots_;
  Source* pings_ = nullptr;  // of one of the slots
  std::vector<std::optional<DeviceView>> said_devices_;
  std::vector<std::optional<PersonView>> said_people_;
  std::string problems_;  // of all sources that are lost, for people
  node::TimerId looking_ = 0, leaving_ = 0, starting_ = 0, knocking_ = 0;
};

}  // namespace gable::presence
