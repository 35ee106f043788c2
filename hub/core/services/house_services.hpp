#pragma once
// Services that are for no entity: reload, the log, groups made by rules, and those of Home Assistant's that
// have no meaning here. The ones that a rule loses nothing by are accepted with a line in the log, the others
// refused.

#include "core/device_plane.hpp"
#include "core/helpers/helper_desk.hpp"
#include "core/services/service_request.hpp"

namespace gable::hub {

class HouseServices {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    HelperDesk& helpers;
    const DevicePlane& plane;
  };
  using Outcome = rules::ServiceOutcome;

  explicit HouseServices(Parts parts) : p_(parts) {}

  // Nothing when the service is none of ours.
  std::optional<Outcome> run(Turn& turn, const ServiceRequest& request);

 private:
  std::optional<Outcome> of_house(Turn& turn, const ServiceRequest& request);
  Outcome reload(Turn& turn) const;
  Outcome update(Turn& turn, const ServiceRequest& request) const;
  Outcome set_group(Turn& turn, const ServiceRequest& request);
  Outcome remove_group(Turn& turn, const ServiceRequest& request);
  static Outcome write_journal(Turn& turn, const ServiceRequest& request);
  static Outcome write_log(Turn& turn, const ServiceRequest& request);

  Parts p_;
};

}  // namespace gable::hub
