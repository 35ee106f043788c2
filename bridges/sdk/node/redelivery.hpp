#pragma once
// What a broker sends once more because our acknowledgement was lost with the connection (MQTT 5, 4.4):
// without this a doorbell rings twice and a toggle does nothing whenever a link breaks at the wrong moment.
//
// A broker that finds our session repeats what we have not acknowledged, in its order and with the same
// packet ids: first what has reached us, then what has not. So what comes first and repeats in all respects
// what came last is known already, up to the first that does not. A new message has another packet id;
// only a broker that was killed, and has forgotten which it had given, may make one that looks the same. So
// this is for what happens (a press, a toggle), of which two would be wrong; a state that is taken for a
// repetition has to count all the same.

#include <cstddef>
#include <cstdint>
#include <deque>

#include "node/mqtt_port.hpp"

namespace gable::node {

class Redelivery {
 public:
  // A connection stands; what comes from now on came over it.
  void connected(bool session_present);
  // True: this message has been here before.
  [[nodiscard]] bool repeats(const Message& message);

 private:
  struct Seen {
    std::uint16_t packet;
    std::size_t hash;  // of topic and payload
  };
  std::deque<Seen> seen_;     // the latest at QoS 1 or 2, oldest first; bounded
  std::size_t expected_ = 0;  // those up to here are not repeated any more
  bool repeating_ = false;    // nothing else has come yet
};

}  // namespace gable::node
