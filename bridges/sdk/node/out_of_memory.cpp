#include "node/out_of_memory.hpp"

#include <unistd.h>

#include <new>
#include <string_view>

#include "node/arguments.hpp"

namespace gable::node {

void end_when_out_of_memory() { std::set_new_handler(&out_of_memory); }

void out_of_memory() {
  // Nothing that could want memory: no log, no destructors.
  constexpr std::string_view kText = "out of memory: ending, to be started again\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, kText.data(), kText.size());
  _exit(kExitFailed);
}

}  // namespace gable::node
