#pragma once
// One thread that sleeps until one of several file descriptors can be read. What is read goes to the loop as
// a task, so that sources need no lock.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "node/loop.hpp"
#include "node/wake_event.hpp"

namespace gable::presence {

using Datagram = std::vector<std::uint8_t>;

// How a read ended.
struct Received {
  std::vector<Datagram> datagrams;  // at most 64 a time; each at most 64 KiB
  int error = 0;                    // errno of a read that failed, other than "nothing there"
};

class Descriptors {
 public:
  // `loop` outlives this.
  explicit Descriptors(node::Loop& loop);
  // Ends the thread. Tasks that wait in the loop do nothing any more.
  ~Descriptors();
  Descriptors(const Descriptors&) = delete;
  Descriptors& operator=(const Descriptors&) = delete;

  using Reader = std::function<void(const Received& received)>;
  // Owner thread of the loop. `descriptor` does not block; it stays the caller's, who takes it off with
  // remove() before closing it. `read` is called on the loop. After an error the descriptor is no longer
  // watched.
  void add(int descriptor, Reader read);
  // Afterwards `read` is not called any more.
  void remove(int descriptor);

 private:
  struct Watched;
  void watch();
  void read_one(const std::shared_ptr<Watched>& watched);

  node::Loop& loop_;
  const node::WakeEvent wake_;
  std::mutex mutex_;
  // Shared with tasks that wait in the loop.
  std::map<int, std::shared_ptr<Watched>> watched_;  // guarded by mutex_
  bool stopping_ = false;                            // guarded by mutex_
  std::thread thread_;
};

}  // namespace gable::presence
