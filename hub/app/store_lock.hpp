#pragma once
// One hub for each state folder: an flock on `<folder>/lock`, which the system drops when the process ends,
// however it ends. Held as long as the object lives.

#include <string>

namespace gable::hub {

class StateLock {
 public:
  // Makes the folder when it is missing (0700). Throws node::ConfigError that names the process which holds
  // it.
  explicit StateLock(const std::string& folder);
  ~StateLock();
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace gable::hub
