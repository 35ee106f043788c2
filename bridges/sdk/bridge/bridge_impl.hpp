#pragma once
// What stands behind Bridge. Internal to the SDK.

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "bridge/bridge.hpp"
#include "bridge/engine.hpp"
#include "bridge/house_calls.hpp"
#include "bridge/transport_driver.hpp"
#include "bridge/worker.hpp"
#include "node/config_tree.hpp"

namespace gable::bridge {

struct Bridge::Impl {
  Impl(node::Loop& loop, Engine::Options engine_options) : engine(loop, std::move(engine_options)) {}

  std::string config_file, state_dir;
  node::ConfigNode config;
  std::map<std::string, std::string, std::less<>> options;
  std::function<void(const std::string& reason)> stop;
  std::function<void()> refresh, stopping;
  std::function<void(const std::string& device, Answer answer)> forget;
  bool discovering = false;
  std::uint32_t seed = 1;

  Engine engine;
  HouseCalls calls{engine};
  std::list<std::shared_ptr<void>> parts;
  // Before the engine and the parts go: transports close, workers end.
  std::list<TransportDriver> transports;
  std::list<Worker> workers;
};

}  // namespace gable::bridge
