#pragma once
// Reads more announcements than a broker hands out at once. Mosquitto with default settings keeps 1,000
// messages for a client whose socket is full and drops the rest of a burst, at QoS 0 too. So whatever came as
// more than that is asked for again in parts: platform by platform; a platform that is too many in itself by
// the object ids that it was seen to have (…/sensor/+/battery/config), which show what devices there are; and
// at last those device by device, for what only few of them have. Pure.

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gable::hub {

class Slices {
 public:
  // `prefix`: of the announcements, "homeassistant".
  explicit Slices(std::string prefix) : prefix_(std::move(prefix)) {}

  // From here on, what comes is in answer to the filter of all.
  void begin();
  // A retained announcement came.
  void on_announcement() { ++came_; }
  using Topics = std::function<std::vector<std::string_view>()>;
  // Nothing more comes for what was asked last. `seen`: all topics that announce something, as far as known;
  // called where a plan needs it. Returns what to ask for next, at QoS 0, until nothing more comes again;
  // nothing: all has been read.
  std::vector<std::string> next(const Topics& seen);
  // The filters of the last answer, which are no longer needed.
  [[nodiscard]] const std::vector<std::string>& present() const { return present_.filters; }

 private:
  enum class Stage { all, platforms, objects, devices, done };
  struct Slice {
    std::vector<std::string> filters;
    std::string platform;  // of the stage of platforms
  };

  void plan(const Topics& seen);
  void plan_platforms();
  void plan_objects(const std::vector<std::string_view>& seen);
  void plan_devices(const std::vector<std::string_view>& seen);

  std::string prefix_;
  Stage stage_ = Stage::done;
  std::size_t came_ = 0;  // since the last answer
  Slice present_;
  std::deque<Slice> waiting_;  // of this stage
  std::set<std::string> large_;
};

}  // namespace gable::hub
