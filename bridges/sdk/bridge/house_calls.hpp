#pragma once
// Calls of the house's services by a bridge, as any client makes them, and their answers. Internal to the SDK
// (see Bridge::call); on the loop's thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "bridge/bridge.hpp"
#include "bridge/engine.hpp"
#include "node/mqtt_port.hpp"

namespace gable::bridge {

class HouseCalls {
 public:
  explicit HouseCalls(Engine& engine) : engine_(engine) {}
  ~HouseCalls();
  HouseCalls(const HouseCalls&) = delete;
  HouseCalls& operator=(const HouseCalls&) = delete;

  using Then = std::function<void(const CallOutcome& outcome)>;
  void make(const std::string& service, const Object& document, Then then);
  // True when the message is an answer to a call, or was one that came too late.
  bool take(const node::Message& message);
  // The broker does not let us publish on this topic.
  void refused(const std::string& topic, const std::string& reason);

 private:
  struct Waiting {
    std::string topic;
    Then then;
    node::TimerId timer = 0;
  };
  void end(std::uint64_t number, const CallOutcome& outcome);

  Engine& engine_;
  std::map<std::uint64_t, Waiting> waiting_;
  std::uint64_t last_ = 0;
  bool listening_ = false;
};

}  // namespace gable::bridge
