#include "node/poller.hpp"

#include <algorithm>
#include <ctime>
#include <utility>

namespace gable::node {

Poller::Poller() { polled_.push_back({waker_.descriptor(), POLLIN, 0}); }

WatchId Poller::watch(int descriptor, std::function<void()> ready) {
  watches_.push_back({++last_, std::move(ready)});
  polled_.push_back({descriptor, POLLIN, 0});
  return last_;
}

void Poller::watch_writing(WatchId id, bool on) {
  const auto found = std::ranges::find(watches_, id, &Watch::id);
  if (found == watches_.end()) return;
  const auto at = static_cast<std::size_t>(found - watches_.begin());
  polled_[at + 1].events = static_cast<short>(on ? POLLIN | POLLOUT : POLLIN);
}

void Poller::unwatch(WatchId id) {
  const auto found = std::ranges::find(watches_, id, &Watch::id);
  if (found == watches_.end()) return;
  polled_.erase(polled_.begin() + 1 + (found - watches_.begin()));
  watches_.erase(found);
}

void Poller::wait(std::optional<std::chrono::nanoseconds> patience) {
  timespec limit{};
  if (patience) {
    const auto whole = std::max(*patience, std::chrono::nanoseconds::zero());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(whole);
    limit = {seconds.count(), (whole - seconds).count()};
  }
  // By id: what is run may watch and unwatch.
  ready_.clear();
  if (ppoll(polled_.data(), polled_.size(), patience ? &limit : nullptr, nullptr) <= 0) return;
  if (polled_.front().revents != 0) waker_.take();
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    if (polled_[i + 1].revents != 0) ready_.push_back(watches_[i].id);
  }
}

std::size_t Poller::run() {
  const std::size_t count = ready_.size();
  for (std::size_t i = 0; i < ready_.size(); ++i) run_one(ready_[i]);
  ready_.clear();
  return count;
}

void Poller::run_one(WatchId id) {
  const auto found = std::ranges::find(watches_, id, &Watch::id);
  if (found == watches_.end()) return;
  const auto ready = found->ready;  // a copy: it may end its own watch
  ready();
}

}  // namespace gable::node
