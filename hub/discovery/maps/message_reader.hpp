#pragma once
// Reads `announce:` of a device map: the messages that make a device known.

#include "discovery/maps/device_map.hpp"
#include "discovery/maps/value_reader.hpp"

namespace gable::discovery::maps {

class MessageReader {
 public:
  MessageReader(Reading& reading, ValueReader& values) : reading_(reading), values_(values) {}

  // Adds a message to the map. The first one says what names a device.
  void read(const rules::yaml::Entry& entry, DeviceMap& map);

 private:
  void topic(Node node, Message& message);
  void flags(Keys& keys, Message& message);
  void check_id(Node node, Message& message, DeviceMap& map);

  Reading& reading_;
  ValueReader& values_;
};

}  // namespace gable::discovery::maps
