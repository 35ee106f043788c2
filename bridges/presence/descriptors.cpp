#include "descriptors.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <utility>

namespace gable::presence {

namespace {

constexpr std::size_t kDatagramsAtOnce = 64;
constexpr std::size_t kDatagramLimit = 64 * 1024;

bool nothing_there(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

Received receive(int descriptor, std::vector<std::uint8_t>& buffer) {
  Received received;
  while (received.datagrams.size() < kDatagramsAtOnce) {
    const ssize_t size = ::read(descriptor, buffer.data(), buffer.size());
    if (size < 0 && !nothing_there(errno)) received.error = errno;
    if (size <= 0) break;
    received.datagrams.emplace_back(buffer.begin(), buffer.begin() + size);
  }
  return received;
}

}  // namespace

struct Descriptors::Watched {
  int descriptor = -1;
  Reader read;                      // owner thread
  bool removed = false;             // owner thread
  std::atomic<bool> paused{false};  // until the loop has taken what was read
};

Descriptors::Descriptors(node::Loop& loop) : loop_(loop), thread_([this] { watch(); }) {}

Descriptors::~Descriptors() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (auto& [descriptor, watched] : watched_) watched->removed = true;
  }
  wake_.wake();
  thread_.join();
}

void Descriptors::add(int descriptor, Reader read) {
  auto watched = std::make_shared<Watched>();
  watched->descriptor = descriptor;
  watched->read = std::move(read);
  {
    const std::scoped_lock lock(mutex_);
    watched_.insert_or_assign(descriptor, std::move(watched));
  }
  wake_.wake();
}

void Descriptors::remove(int descriptor) {
  const std::scoped_lock lock(mutex_);
  const auto found = watched_.find(descriptor);
  if (found == watched_.end()) return;
  found->second->removed = true;
  watched_.erase(found);
  wake_.wake();
}

// A descriptor is read under the lock, so that remove() returns only when nothing reads it: reads never
// block.
void Descriptors::watch() {
  std::vector<pollfd> polled;
  std::vector<std::shared_ptr<Watched>> order;
  while (true) {
    polled.assign(1, pollfd{wake_.descriptor(), POLLIN, 0});
    order.clear();
    {
      const std::scoped_lock lock(mutex_);
      if (stopping_) return;
      for (const auto& [descriptor, watched] : watched_) {
        if (watched->paused.load()) continue;
        polled.push_back(pollfd{descriptor, POLLIN, 0});
        order.push_back(watched);
      }
    }
    if (::poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) return;
    wake_.take();
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (polled[i + 1].revents != 0) read_one(order[i]);
    }
  }
}

void Descriptors::read_one(const std::shared_ptr<Watched>& watched) {
  static thread_local std::vector<std::uint8_t> buffer(kDatagramLimit);
  auto received = std::make_shared<Received>();  // shared: a task can be copied
  {
    const std::scoped_lock lock(mutex_);
    const auto found = watched_.find(watched->descriptor);
    if (found == watched_.end() || found->second != watched) return;
    *received = receive(watched->descriptor, buffer);
    if (received->datagrams.empty() && received->error == 0) return;
    // One task of each descriptor at a time: more than the loop can take stays with the kernel.
    watched->paused = true;
  }
  const bool failed = received->error != 0;
  loop_.post_now([this, watched, received, failed] {
    if (watched->removed) return;  // by now `this` may have gone
    watched->read(*received);
    if (watched->removed || failed) return;
    watched->paused = false;
    wake_.wake();
  });
}

}  // namespace gable::presence
