#pragma once
// persistent_notification.*: what a rule wants people to know until they dismiss it. Kept as a problem of
// severity info, problem/notification_<id>, so that whoever shows problems shows it, after a restart too.

#include "core/problems.hpp"
#include "core/services/service_request.hpp"

namespace gable::hub {

class Notices {
 public:
  explicit Notices(Problems& problems) : problems_(problems) {}

  // create, dismiss, dismiss_all; notify.persistent_notification is create.
  rules::ServiceOutcome run(Turn& turn, const ServiceRequest& request);
  // A row of the store's problems. False when it is no notice.
  bool restore(const std::string& key, const wire::Object& row);

 private:
  [[nodiscard]] std::string free_id() const;

  Problems& problems_;
};

}  // namespace gable::hub
