#include "node/wake_event.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace gable::node {

WakeEvent::WakeEvent() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

WakeEvent::~WakeEvent() { ::close(descriptor_); }

// Both fail only where there is nothing to do: the counter is full, or empty.
void WakeEvent::wake() const { static_cast<void>(::eventfd_write(descriptor_, 1)); }

void WakeEvent::take() const {
  eventfd_t count = 0;
  static_cast<void>(::eventfd_read(descriptor_, &count));
}

}  // namespace gable::node
