#include "core/effects.hpp"

namespace gable::hub {

void Effects::clear() {
  saves.clear();
  commands.clear();
  publishes.clear();
  subscribes.clear();
  unsubscribes.clear();
  journal.clear();
  log.clear();
  requests.clear();
  processes.clear();
  status.reset();
}

}  // namespace gable::hub
