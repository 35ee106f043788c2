#pragma once
// hub/request/customize: names, rooms and icons that people give on a page, and what they hide or switch off.
// Kept in the store; what the house's files say is theirs and is refused here.

#include <string_view>

#include "core/device_plane.hpp"
#include "core/discovery/discovery_desk.hpp"

namespace gable::hub {

class Customize {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    Publisher& publisher;
    DevicePlane& plane;
    DiscoveryDesk& discovery;
  };
  explicit Customize(Parts parts) : p_(parts) {}

  // {"entity":"light.x","name","area","icon","hidden","disabled"} or
  // {"device":"bridge/device","name","area"}: null takes back what was said before, what is not named stays.
  // Gives {"entity","name","area",…} as it is now; of a device {"device","name","entities","in_files"}: those
  // that the files name or place otherwise. Errors: unknown_entity, malformed, wrong_type, too_large,
  // conflict (the files say it).
  wire::Result<wire::Value> request(Turn& turn, const wire::Object& arguments);
  // A row of Table::setting; false if it is none of these.
  static bool restore(Registry& registry, std::string_view key, const wire::Object& row);
  // The keys of their rows, for whoever forgets them.
  static std::string key_of(const Entity& entity);
  static std::string key_of(const Device& device);

 private:
  wire::Result<wire::Value> of_entity(Turn& turn, Entity& entity, const wire::Object& arguments);
  wire::Result<wire::Value> of_device(Turn& turn, Device& device, const wire::Object& arguments);
  void switched(Turn& turn, EntityIndex index);

  Parts p_;
};

}  // namespace gable::hub
