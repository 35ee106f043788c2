#pragma once
// The hub's machine: a disk and a clock that stay, and the hub's process, which comes and goes. The process
// is the real one from Runner and Session inwards.

#include <memory>
#include <string>

#include "world/disk.hpp"
#include "world/history.hpp"
#include "world/port.hpp"

namespace gable::sim {

class HubHost {
 public:
  // All outlive it.
  HubHost(const WorldTime& time, gable::test::MemoryBroker& broker, History& history);
  ~HubHost();
  HubHost(const HubHost&) = delete;
  HubHost& operator=(const HubHost&) = delete;

  void start();
  [[nodiscard]] bool running() const { return process_ != nullptr; }
  // Does what is due now; true when there was something. May throw Crash; then call died().
  bool run();
  [[nodiscard]] std::optional<Steady> next_timer() const;
  void died();

  [[nodiscard]] Disk& disk() { return disk_; }
  [[nodiscard]] HostClock& clock() { return clock_; }
  [[nodiscard]] Fuse& fuse() { return fuse_; }
  // It does not run, though it lives (SIGSTOP).
  bool frozen = false;
  Sabotage sabotage;

 private:
  struct Process;
  [[nodiscard]] SimPort::Watch watch();
  void note_line(std::string_view line);
  // It says something, or the broker has it.
  void note_said(const node::Message& message, bool answered);

  const WorldTime& time_;
  gable::test::MemoryBroker& broker_;
  History& history_;
  Fuse fuse_;
  Disk disk_;
  HostClock clock_;
  unsigned starts_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace gable::sim
