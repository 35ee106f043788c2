#pragma once
// The health document of hub and bridges, filled from the loop, the session and the kernel. Owner thread.

#include <cstdint>
#include <string_view>

#include "node/loop.hpp"
#include "node/session.hpp"
#include "wire/documents.hpp"

namespace gable::node {

// The number of a "VmRSS:   1234 kB" line in the text of /proc/self/status; 0 when there is none.
std::int64_t kib_of(std::string_view status_text, std::string_view key);

class Health {
 public:
  // Both must outlive it. Uptime counts from here.
  Health(Loop& loop, const Session& session);

  // Something went wrong that neither loop nor session knows of.
  void count_error() { ++errors_; }
  // Peaks begin again with every document.
  wire::HealthDoc take();

 private:
  Loop& loop_;
  const Session& session_;
  Steady started_;
  std::int64_t errors_ = 0;
};

}  // namespace gable::node
