#pragma once
// Keeps one Transport open: attempts with back-off and jitter; while it is lost the bridge is degraded and
// the links are offline. Internal to the SDK; on the loop's thread.

#include <memory>
#include <string>

#include "bridge/engine.hpp"
#include "bridge/transport.hpp"
#include "node/backoff.hpp"

namespace gable::bridge {

struct TransportDriver {
 public:
  // `transport` outlives the driver. Opens it at once.
  TransportDriver(Engine& engine, Transport& transport, std::uint32_t seed);
  ~TransportDriver();
  TransportDriver(const TransportDriver&) = delete;
  TransportDriver& operator=(const TransportDriver&) = delete;

 private:
  void open();
  void ready();
  void lost(const std::string& reason);

  Engine& engine_;
  Transport& transport_;
  node::Backoff backoff_;
  node::TimerId retry_ = 0;
  bool opened_ = false;
  bool waited_for_ = true;  // the first outcome counts as a first reading
  // Shared with tasks that wait in the loop's queue, which hold it weakly.
  std::shared_ptr<TransportDriver*> alive_;
};

}  // namespace gable::bridge
