#include "core/effects.hpp"

namespace gable::hub {

namespace {

// What one turn usually needs is kept for the next; what a start-up needed is given back.
template <class T>
void empty(std::vector<T>& list) {
  constexpr std::size_t kUsual = 256;
  list.clear();
  if (list.capacity() > kUsual) list.shrink_to_fit();
}

}  // namespace

void Effects::clear() {
  empty(saves);
  empty(commands);
  empty(publishes);
  empty(subscribes);
  empty(unsubscribes);
  empty(journal);
  empty(log);
  empty(requests);
  empty(processes);
  status.reset();
}

}  // namespace gable::hub
