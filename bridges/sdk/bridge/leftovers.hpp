#pragma once
// What a former run of this bridge has left retained on the broker: description, state and link topics of
// devices that are no longer there are deleted once the author says that the inventory is complete. Pure;
// owned by BridgeCore.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge/core_context.hpp"

namespace gable::bridge {

class Leftovers {
 public:
  explicit Leftovers(CoreContext& context) : context_(context) {}

  // Subscribes to our own retained topics, once in the life of the process.
  void begin();
  // A retained topic of ours whose device is not there.
  void found(std::string_view device, const std::string& topic);
  // Deletes what was found and not been added since; what is found from now on goes at once. `known` tells
  // whether a device is there.
  template <class Known>
  void complete(const Known& known) {
    complete_ = true;
    for (const Found& found : std::exchange(found_, {})) {
      if (!known(found.device)) remove(found.topic);
    }
  }
  // Ends the subscription: everything that was retained has come long ago.
  void end();
  [[nodiscard]] bool subscribed() const { return subscribed_; }

 private:
  struct Found {
    std::string device, topic;
  };
  [[nodiscard]] std::vector<std::string> filters() const;
  void remove(const std::string& topic);

  CoreContext& context_;
  std::vector<Found> found_;
  bool begun_ = false, subscribed_ = false, complete_ = false;
};

}  // namespace gable::bridge
