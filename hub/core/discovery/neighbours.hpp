#pragma once
// What programs beside us on the broker say of themselves, as far as it explains why a device is missing:
// zigbee2mqtt that does not announce, devices that it has and that were not announced, messages that the
// broker has dropped. Problems only; `gable look` says more.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/deadlines.hpp"
#include "core/event.hpp"
#include "core/problems.hpp"
#include "core/registry.hpp"

namespace gable::hub {

class Neighbours {
 public:
  Neighbours(Problems& problems, const Registry& registry, Deadlines& deadlines)
      : problems_(problems), registry_(registry), deadlines_(deadlines) {}

  [[nodiscard]] static std::vector<std::string> filters();
  // True when it was of that kind.
  bool on_message(Turn& turn, const MessageIn& message);
  // What was announced has been read: whoever is still missing in a while is named.
  void settle(const Turn& turn);
  void on_deadline(Turn& turn);

 private:
  void on_info(Turn& turn, std::string_view base, const std::string& payload);
  void on_devices(Turn& turn, std::string_view base, const std::string& payload);
  void on_dropped(Turn& turn, const std::string& payload);
  void look_later(const Turn& turn);
  // True: some are missing.
  bool compare(Turn& turn, const std::string& base);

  Problems& problems_;
  const Registry& registry_;
  Deadlines& deadlines_;
  using Names = std::map<std::string, std::string>;  // by address
  std::map<std::string, Names> devices_;             // zigbee2mqtt's base topic → devices that it supports
  std::set<std::string, std::less<>> silent_;        // bases that do not announce
  std::optional<std::int64_t> dropped_;
  wire::Time dropped_counts_from_{};
  bool settled_ = false;
};

}  // namespace gable::hub
