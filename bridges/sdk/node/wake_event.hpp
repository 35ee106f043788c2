#pragma once
// Wakes a thread that waits in poll(2): an eventfd (Linux).

namespace gable::node {

class WakeEvent {
 public:
  // Throws std::system_error when the process has no descriptor left.
  WakeEvent();
  ~WakeEvent();
  WakeEvent(const WakeEvent&) = delete;
  WakeEvent& operator=(const WakeEvent&) = delete;

  // To be polled for POLLIN.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  // Any thread; the descriptor is readable until take().
  void wake() const;
  // How often it was woken does not matter: all of it is taken. Never waits.
  void take() const;

 private:
  int descriptor_;
};

}  // namespace gable::node
