#pragma once
// A bridge on the real SDK: Runtime, Engine, core, command memory. Its devices are those of nature.

#include <memory>
#include <string>

#include "bridge/bridge.hpp"
#include "world/disk.hpp"
#include "world/nature.hpp"
#include "world/port.hpp"

namespace gable::sim {

class BridgeHost {
 public:
  // All outlive it.
  BridgeHost(std::string id, const WorldTime& time, gable::test::MemoryBroker& broker, Nature& nature,
             History& history);
  ~BridgeHost();
  BridgeHost(const BridgeHost&) = delete;
  BridgeHost& operator=(const BridgeHost&) = delete;

  void start();
  [[nodiscard]] bool running() const { return process_ != nullptr; }
  bool run();
  [[nodiscard]] std::optional<Steady> next_timer() const;
  void died();

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Fuse& fuse() { return fuse_; }
  bool frozen = false;
  Sabotage sabotage;

 private:
  struct Process;
  void set_up(bridge::Bridge& bridge);
  void add(bridge::Bridge& bridge, const Thing& thing);

  std::string id_;
  const WorldTime& time_;
  gable::test::MemoryBroker& broker_;
  Nature& nature_;
  History& history_;
  Fuse fuse_;
  BridgeMemory memory_;
  HostClock clock_;
  unsigned starts_ = 0;
  std::unique_ptr<Process> process_;
  // Shared with answers of devices that are under way: whether the process that asked still lives.
  std::shared_ptr<bool> alive_;
};

}  // namespace gable::sim
