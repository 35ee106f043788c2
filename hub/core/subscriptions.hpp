#pragma once
// Who in the core wants which topic filter: rules and discovery may want the same one, and it is given up
// only when the last lets go of it. Filters may overlap; a broker then may deliver a message once for each
// (MQTT 5, 3.3.4; Mosquitto does), and here it is made one again.

#include <string>
#include <string_view>
#include <vector>

#include "core/effects.hpp"
#include "core/event.hpp"
#include "core/registry.hpp"
#include "discovery/topics.hpp"

namespace gable::hub {

class Subscriptions {
 public:
  void add(Turn& turn, std::string_view filter, int qos = 1);
  void drop(Turn& turn, std::string_view filter);
  // A filter of the core's own, for good: what is retained at QoS 0, so that no broker cuts it (decision
  // 0007) …
  void read(Turn& turn, std::string_view filter);
  // … and then at QoS 1, without a second burst.
  void listen(Turn& turn, std::string_view filter);

  // True for the second and later copies of a message that several filters match.
  [[nodiscard]] bool is_copy(const MessageIn& message);

  // All of them again, to a broker whose session of ours may be an older one; what is retained comes for
  // those that it did not have.
  void confirm(Turn& turn) const;

  // What is retained there once more, if anybody listens.
  void refresh(Turn& turn, std::string_view filter) const;

 private:
  struct Wanted {
    std::size_t count = 1;
    int qos = 0;
  };
  StringMap<Wanted> wanted_;
  discovery::Topics filters_;
  std::size_t wildcards_ = 0;  // filters that can overlap with others
  std::vector<discovery::Listener> matching_;
  std::size_t fingerprint_ = 0;  // of the message whose copies may follow
  std::size_t copies_ = 0;       // that may still follow
};

}  // namespace gable::hub
