#pragma once
// A bridge on a loop and an MQTT port that the caller brings: what run() is made of, and how tests and
// simulations run a bridge in one process against the in-memory broker. Owner thread only.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "bridge/bridge.hpp"
#include "bridge/command_memory.hpp"
#include "bridge/run.hpp"
#include "node/config_tree.hpp"
#include "node/loop.hpp"
#include "node/mqtt_port.hpp"

namespace gable::bridge {

struct RuntimeOptions {
  About about;
  std::string id;  // empty: about.name
  std::string root = "gable";
  std::string session_id;        // new for every process start; empty: made from the clock
  node::ConnectOptions connect;  // client id, will and session expiry are filled in
  std::string config_file, state_dir;
  node::ConfigNode config;                                  // the author's part of it
  std::map<std::string, std::string, std::less<>> options;  // of the bridge's own command line, by name
  // Where command ids are kept across restarts; null: only in memory. Outlives the runtime.
  CommandMemory* memory = nullptr;
  // Every log line of the bridge; empty: nowhere.
  std::function<void(LogLevel, std::string_view)> log;
  // What Bridge::stop() does beyond saying offline; empty: the loop is stopped.
  std::function<void()> stopped;
  // The broker refuses us and trying again would not help.
  std::function<void()> refused_for_good;
  // Each status that the bridge says of itself.
  std::function<void(wire::ParticipantStatus status, const std::string& reason)> status;
  std::string program;     // of the info document; empty: made from about.name
  std::uint32_t seed = 1;  // of the back-off's jitter; every process its own
};

class Runtime {
 public:
  Runtime(node::Loop& loop, node::MqttPort& port, RuntimeOptions options);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  [[nodiscard]] Bridge& bridge();
  // Runs `setup`; what it throws passes through.
  void set_up(const Setup& setup);
  // Connects; call after set_up().
  void start();
  // Says offline with `reason`, and disconnects in order.
  void stop(const std::string& reason);
  // The descriptions of all devices, as they are announced: {"<device>": {…}}.
  [[nodiscard]] Object describe() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::bridge
