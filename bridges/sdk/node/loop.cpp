#include "node/loop.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "node/poller.hpp"

namespace gable::node {

namespace {

struct Timer {
  Task task;
  std::chrono::milliseconds period{};  // 0: once
};

}  // namespace

// Producers append to `incoming` under the lock; the owner swaps the whole vector out and runs it without the
// lock. `queued` counts both halves, so that the bound holds over what is swapped out but not yet run.
struct Loop::Impl {
  Impl(const Clock& its_clock, std::size_t its_limit)
      : clock(its_clock),
        limit(std::max<std::size_t>(its_limit, 1)),
        resume(limit - std::max<std::size_t>(limit / 16, 1)),
        owner(std::this_thread::get_id()) {}

  const Clock& clock;
  const std::size_t limit;
  const std::size_t resume;  // waiting producers go on when no more than this is queued

  std::mutex mutex;
  std::condition_variable room;  // for producers
  std::vector<Task> incoming;
  bool asleep = false;  // the owner waits in `poller`, or is about to
  std::atomic<std::thread::id> owner;
  std::atomic<bool> stopped{false};
  std::atomic<std::size_t> queued{0};
  std::atomic<std::size_t> peak{0};
  std::atomic<std::size_t> waiting{0};  // producers that wait on `room`
  std::atomic<std::uint64_t> blocked{0};

  // Owner thread only from here on, but for Poller::wake().
  Poller poller;
  std::vector<Task> batch;
  std::size_t next = 0;  // in `batch`
  std::map<std::pair<Steady, TimerId>, Timer> timers;
  std::unordered_map<TimerId, Steady> due;
  TimerId last_timer = 0;
  TimerId running_timer = 0;
  bool running_cancelled = false;
  std::vector<Task> idle;
  std::size_t batch_limit = 0;
  std::chrono::nanoseconds longest{};

  void append(Task&& task, std::unique_lock<std::mutex>& lock);
  bool wait_for_room(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds patience);
  bool refill();
  std::size_t run_tasks();
  std::size_t run_timers(Steady now);
  void run_idle();
  Steady timed(const Task& task, Steady start);
  void done_with_one();
  std::size_t poll();
  void sleep();
};

// Adds the task and wakes the owner only if it sleeps: a notify costs a system call.
void Loop::Impl::append(Task&& task, std::unique_lock<std::mutex>& lock) {
  incoming.push_back(std::move(task));
  const std::size_t now = queued.fetch_add(1) + 1;
  if (now > peak.load(std::memory_order_relaxed)) peak.store(now, std::memory_order_relaxed);
  const bool wake = std::exchange(asleep, false);
  lock.unlock();
  if (wake) poller.wake();
}

bool Loop::Impl::wait_for_room(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds patience) {
  if (queued.load() < limit) return true;
  waiting.fetch_add(1);
  blocked.fetch_add(1, std::memory_order_relaxed);
  const auto ready = [this] { return stopped.load() || queued.load() <= resume; };
  bool ok = true;
  if (patience == std::chrono::milliseconds::max()) {
    room.wait(lock, ready);
  } else {
    ok = room.wait_for(lock, patience, ready);
  }
  waiting.fetch_sub(1);
  return ok;
}

// Called when a task has been run. The order of the two atomics pairs with wait_for_room(): either the
// producer sees the smaller count, or we see the producer.
void Loop::Impl::done_with_one() {
  const std::size_t left = queued.fetch_sub(1) - 1;
  if (waiting.load() == 0 || left > resume) return;
  { const std::scoped_lock lock(mutex); }
  room.notify_all();
}

bool Loop::Impl::refill() {
  if (next < batch.size()) return true;
  batch.clear();
  next = 0;
  const std::scoped_lock lock(mutex);
  batch.swap(incoming);
  return !batch.empty();
}

Steady Loop::Impl::timed(const Task& task, Steady start) {
  task();
  const Steady end = clock.steady();
  longest = std::max(longest, std::chrono::duration_cast<std::chrono::nanoseconds>(end - start));
  return end;
}

// Runs tasks until the queue is empty, the batch limit is reached or the loop is stopped; timers that fall
// due meanwhile run in between.
std::size_t Loop::Impl::run_tasks() {
  std::size_t count = 0;
  Steady now = clock.steady();
  while (!stopped.load(std::memory_order_relaxed) && refill()) {
    const Task task = std::move(batch[next++]);
    now = timed(task, now);
    done_with_one();
    ++count;
    if (!timers.empty() && timers.begin()->first.first <= now) {
      count += run_timers(now);
      now = clock.steady();
    }
    if (batch_limit != 0 && count >= batch_limit) break;
  }
  return count;
}

// Runs the timers that are due at `now`; one that is set meanwhile waits for the next turn, so that a timer
// of zero delay cannot keep the queue from running.
std::size_t Loop::Impl::run_timers(Steady now) {
  std::size_t count = 0;
  const TimerId newest = last_timer;
  auto it = timers.begin();
  while (it != timers.end() && it->first.first <= now && !stopped.load(std::memory_order_relaxed)) {
    if (it->first.second > newest) {
      ++it;
      continue;
    }
    auto node = timers.extract(it);
    const TimerId id = node.key().second;
    due.erase(id);
    running_timer = id;
    running_cancelled = false;
    timed(node.mapped().task, clock.steady());
    running_timer = 0;
    ++count;
    if (node.mapped().period.count() > 0 && !running_cancelled) {
      node.key().first =
          std::max(node.key().first + node.mapped().period, now + std::chrono::milliseconds(1));
      due[id] = node.key().first;
      timers.insert(std::move(node));
    }
    it = timers.begin();
  }
  return count;
}

void Loop::Impl::run_idle() {
  // By index: an idle task may add another.
  for (std::size_t i = 0; i < idle.size() && !stopped.load(std::memory_order_relaxed); ++i) {
    const Task task = idle[i];
    timed(task, clock.steady());
  }
}

// Without waiting. Costs a system call, so only where there is something to watch.
std::size_t Loop::Impl::poll() {
  if (!poller.watches()) return 0;
  poller.wait(std::chrono::nanoseconds::zero());
  return poller.run();
}

// Until there is something to do; whatever waits in the queue, the descriptors have had their turn.
void Loop::Impl::sleep() {
  {
    std::unique_lock lock(mutex);
    asleep = incoming.empty() && !stopped.load();
    if (!asleep) {
      lock.unlock();
      poll();
      return;
    }
  }
  std::optional<std::chrono::nanoseconds> patience;
  if (!timers.empty()) patience = timers.begin()->first.first - clock.steady();
  poller.wait(patience);
  {
    const std::scoped_lock lock(mutex);
    asleep = false;
  }
  poller.run();
}

Loop::Loop(const Clock& clock, std::size_t queue_limit) : impl_(std::make_unique<Impl>(clock, queue_limit)) {}

Loop::~Loop() { stop(); }

void Loop::post(Task task) {
  std::unique_lock lock(impl_->mutex);
  if (std::this_thread::get_id() != impl_->owner.load(std::memory_order_relaxed)) {
    impl_->wait_for_room(lock, std::chrono::milliseconds::max());
  }
  if (impl_->stopped.load()) {
    lock.unlock();  // what the task holds is destroyed outside the lock
    return;
  }
  impl_->append(std::move(task), lock);
}

void Loop::post_now(Task task) {
  std::unique_lock lock(impl_->mutex);
  if (impl_->stopped.load()) {
    lock.unlock();
    return;
  }
  impl_->append(std::move(task), lock);
}

bool Loop::has_room() const { return impl_->queued.load(std::memory_order_relaxed) < impl_->limit; }

bool Loop::wait_for_room(std::chrono::milliseconds patience) {
  std::unique_lock lock(impl_->mutex);
  return impl_->wait_for_room(lock, patience);
}

TimerId Loop::at(Steady when, Task task) {
  const TimerId id = ++impl_->last_timer;
  impl_->timers.emplace(std::pair{when, id}, Timer{std::move(task), {}});
  impl_->due.emplace(id, when);
  return id;
}

TimerId Loop::after(std::chrono::milliseconds delay, Task task) {
  return at(impl_->clock.steady() + delay, std::move(task));
}

TimerId Loop::every(std::chrono::milliseconds period, Task task) {
  const auto step = std::max(period, std::chrono::milliseconds(1));
  const TimerId id = ++impl_->last_timer;
  const Steady when = impl_->clock.steady() + step;
  impl_->timers.emplace(std::pair{when, id}, Timer{std::move(task), step});
  impl_->due.emplace(id, when);
  return id;
}

void Loop::cancel(TimerId id) {
  if (id == 0) return;
  if (id == impl_->running_timer) impl_->running_cancelled = true;
  const auto found = impl_->due.find(id);
  if (found == impl_->due.end()) return;
  impl_->timers.erase({found->second, id});
  impl_->due.erase(found);
}

WatchId Loop::watch(int descriptor, Task ready) { return impl_->poller.watch(descriptor, std::move(ready)); }

void Loop::watch_writing(WatchId id, bool on) { impl_->poller.watch_writing(id, on); }

void Loop::unwatch(WatchId id) { impl_->poller.unwatch(id); }

void Loop::on_idle(Task task) { impl_->idle.push_back(std::move(task)); }

void Loop::set_batch(std::size_t n) { impl_->batch_limit = n; }

void Loop::run() {
  impl_->owner.store(std::this_thread::get_id());
  while (!impl_->stopped.load()) {
    std::size_t count = impl_->run_timers(impl_->clock.steady());
    count += impl_->run_tasks();
    if (count > 0) impl_->run_idle();
    if (impl_->next < impl_->batch.size()) {
      impl_->poll();
    } else {
      impl_->sleep();
    }
  }
}

std::size_t Loop::run_pending() {
  impl_->owner.store(std::this_thread::get_id());
  std::size_t total = 0;
  while (!impl_->stopped.load()) {
    std::size_t count = impl_->poll() + impl_->run_timers(impl_->clock.steady());
    count += impl_->run_tasks();
    if (count == 0) break;
    total += count;
    impl_->run_idle();
  }
  return total;
}

void Loop::stop() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->stopped.store(true);
  }
  impl_->poller.wake();
  impl_->room.notify_all();
}

const Clock& Loop::clock() const { return impl_->clock; }

std::optional<Steady> Loop::next_timer() const {
  if (impl_->timers.empty()) return std::nullopt;
  return impl_->timers.begin()->first.first;
}

LoopStats Loop::take_stats() {
  LoopStats stats;
  stats.queued = impl_->queued.load();
  stats.peak = std::max(impl_->peak.exchange(stats.queued), stats.queued);
  stats.limit = impl_->limit;
  stats.blocked = impl_->blocked.load();
  stats.longest_turn = std::chrono::duration_cast<std::chrono::microseconds>(impl_->longest);
  impl_->longest = {};
  return stats;
}

}  // namespace gable::node
