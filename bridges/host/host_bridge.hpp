#pragma once
// The bridge between this machine and the tree. On the loop's thread; the machine is read on a worker's,
// since a bad disk can block.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"
#include "disk_files.hpp"
#include "host_config.hpp"
#include "protocol/machine.hpp"

namespace gable::host {

class HostBridge {
 public:
  // Reads the machine once, and then every interval. `bridge` names this until it has ended.
  HostBridge(bridge::Bridge& bridge, HostConfig config);

  // Takes over what the machine has now: new devices are added, lost ones go offline.
  void update(const std::vector<MachineDevice>& devices);

 private:
  struct Shown {
    std::vector<std::string> keys;     // of the entities, as announced
    std::map<std::string, Calm> calm;  // by key
  };
  void show(const MachineDevice& device);
  void announce(const MachineDevice& device);
  void add_marker();
  void report_marker();

  bridge::Bridge& bridge_;
  const HostConfig config_;
  const std::string name_;
  const Marker marker_;
  std::map<std::string, Shown> shown_;
};

}  // namespace gable::host
