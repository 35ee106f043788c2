#include "bridge/poller.hpp"

#include <exception>
#include <utility>

#include "wire/time.hpp"

namespace gable::bridge {

namespace {

// Never empty, since that says that all went well.
std::string words_of(const std::exception& exception) {
  const std::string words = exception.what();
  return words.empty() ? "an exception without words" : words;
}

}  // namespace

Poller::~Poller() {
  for (const auto& poll : polls_) engine_.loop().cancel(poll->timer);
}

std::shared_ptr<Poller::Poll> Poller::start(std::string name, std::chrono::milliseconds period,
                                            Failed failed) {
  auto poll = std::make_shared<Poll>();
  poll->name = std::move(name);
  poll->period = period;
  poll->failed = std::move(failed);
  polls_.push_back(poll);
  return poll;
}

void Poller::add(std::string name, std::chrono::milliseconds period, std::function<void()> work,
                 Failed failed) {
  const auto poll = start(std::move(name), period, std::move(failed));
  // The timer's task holds the poll weakly: it may take itself off the list while it runs.
  const auto turn = [this, weak = std::weak_ptr(poll), work = std::move(work)] {
    const auto alive = weak.lock();
    if (!alive) return;
    const node::Steady begun = engine_.loop().clock().steady();
    std::string error;
    try {
      work();
    } catch (const std::exception& exception) {
      error = words_of(exception);
    }
    const auto took = std::chrono::duration_cast<wire::Duration>(engine_.loop().clock().steady() - begun);
    if (took > alive->period) slow(*alive, "took " + wire::format_duration(took));
    ended(*alive, error);
  };
  poll->timer = engine_.loop().every(period, turn);
  engine_.first_reading_begins();
  turn();
}

void Poller::add(std::string name, std::chrono::milliseconds period, Worker& worker,
                 std::function<node::Task()> work, Failed failed) {
  const auto poll = start(std::move(name), period, std::move(failed));
  const auto turn = [this, weak = std::weak_ptr(poll), &worker, work = std::move(work)] {
    if (const auto alive = weak.lock()) on_worker(alive, worker, work);
  };
  poll->timer = engine_.loop().every(period, turn);
  engine_.first_reading_begins();
  turn();
}

void Poller::on_worker(const std::shared_ptr<Poll>& poll, Worker& worker,
                       const std::function<node::Task()>& work) {
  if (poll->running) return slow(*poll, "is still under way");
  const std::weak_ptr weak(poll);
  const auto finish = [this, weak, owner = engine_.owner()](const node::Task& then,
                                                            const std::string& error) {
    const auto alive = weak.lock();
    if (!alive || owner.expired()) return;
    alive->running = false;
    std::string failure = error;
    try {
      if (then) then();
    } catch (const std::exception& exception) {
      failure = words_of(exception);
    }
    ended(*alive, failure);
  };
  poll->running = worker.post([work, finish]() -> node::Task {
    try {
      return [finish, then = work()] { finish(then, {}); };
    } catch (const std::exception& exception) {
      return [finish, error = words_of(exception)] { finish({}, error); };
    }
  });
  if (!poll->running) slow(*poll, "finds the queue of worker " + worker.name() + " full");
}

void Poller::ended(Poll& poll, const std::string& error) {
  if (!error.empty() && !std::exchange(poll.failing, true)) {
    if (poll.failed) {
      poll.failed(error);
    } else {
      engine_.log(LogLevel::error, "poll " + poll.name + ": " + error);
    }
  }
  if (error.empty()) poll.failing = false;
  const bool first = !std::exchange(poll.begun, true);
  if (first) engine_.first_reading_ends();
}

void Poller::slow(Poll& poll, const std::string& how) {
  if (std::exchange(poll.slow, true)) return;
  engine_.log(LogLevel::warning, "poll " + poll.name + " " + how + ", longer than its period of " +
                                     wire::format_duration(poll.period));
}

void Poller::remove(std::string_view name) {
  for (auto poll = polls_.begin(); poll != polls_.end();) {
    if ((*poll)->name != name) {
      ++poll;
      continue;
    }
    engine_.loop().cancel((*poll)->timer);
    // A first reading that will not be seen to end must not hold up the inventory.
    const bool unread = !std::exchange((*poll)->begun, true);
    poll = polls_.erase(poll);
    if (unread) engine_.first_reading_ends();
  }
}

}  // namespace gable::bridge
