#include "core/effects.hpp"

#include "wire/json.hpp"

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

std::string JournalLine::json() && {
  if (auto* text = std::get_if<std::string>(&line_)) return std::move(*text);
  return wire::to_json(std::get<Later>(line_)());
}

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
