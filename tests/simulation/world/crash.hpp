#pragma once
// How a simulated process dies: at a chosen one of its writes, by an exception that only the world catches.
// What the process held is then destroyed; what it had written stays.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace gable::sim {

struct Crash {
  std::string where;  // "before the store's write", for the log
};

// Burns at the n-th point that the process passes from the moment it was lit. A point is each moment at
// which the outside has just seen less or more of the process: before and after a write, before a publish.
class Fuse {
 public:
  void light(std::uint64_t points) { left_ = points; }
  void put_out() { left_.reset(); }
  [[nodiscard]] bool lit() const { return left_.has_value(); }
  // Throws Crash when it is this one.
  void point(const char* where) {
    ++passed_;
    if (!left_) return;
    if (*left_ > 0) {
      --*left_;
      return;
    }
    left_.reset();
    throw Crash{where};
  }
  [[nodiscard]] std::uint64_t passed() const { return passed_; }

 private:
  std::optional<std::uint64_t> left_;
  std::uint64_t passed_ = 0;
};

}  // namespace gable::sim
