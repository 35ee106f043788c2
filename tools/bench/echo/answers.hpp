#pragma once
// What an echo client publishes for a message: the command to the lamp, and with `same` also the documents
// that the hub publishes for that event, byte for byte as long.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "load/plane.hpp"

namespace gable::bench {

struct EchoOptions {
  int port = 1883;
  Kind kind = Kind::zigbee2mqtt;
  std::string base = "floor";
  std::size_t pairs = 100;
  std::size_t meters = 0;  // listened to, and with `same` published; else ignored
  int qos = 1;
  bool same = false;
};

class Answers {
 public:
  using Publish = std::function<void(const std::string& topic, const std::string& payload, bool retain)>;

  explicit Answers(const EchoOptions& options) : options_(options), plane_(options.kind, options.base) {}

  // The topics to listen to, all exact.
  [[nodiscard]] std::vector<std::string> topics() const;
  void on_message(std::string_view topic, std::string_view payload, const Publish& publish);

 private:
  void document(std::string_view entity, std::string_view state, std::string_view by, const Publish& publish);
  void same_for_motion(const std::string& number, bool on, const Publish& publish);
  void same_for_meter(const std::string& number, std::string_view payload, const Publish& publish);

  EchoOptions options_;
  Plane plane_;
  std::size_t seq_ = 0;
};

}  // namespace gable::bench
