#include "node/loop.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/child_process.hpp"
#include "support/fake_clock.hpp"

namespace gable::test {
namespace {

using node::Loop;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

TEST(Loop, RunsTasksInTheOrderOfPosting) {
  FakeClock clock;
  Loop loop(clock);
  std::vector<int> order;
  for (int i = 0; i < 3; ++i) loop.post([&order, i] { order.push_back(i); });
  loop.post([&] { loop.post([&order] { order.push_back(9); }); });
  loop.post_now([&order] { order.push_back(4); });
  EXPECT_EQ(loop.run_pending(), 6U);
  EXPECT_THAT(order, ElementsAre(0, 1, 2, 4, 9));
}

TEST(Loop, TimersRunInTheOrderOfTheirTimeAndEachOnce) {
  FakeClock clock;
  Loop loop(clock);
  std::vector<char> order;
  loop.after(20ms, [&] { order.push_back('b'); });
  loop.after(10ms, [&] { order.push_back('a'); });
  loop.after(20ms, [&] { order.push_back('c'); });
  EXPECT_EQ(loop.next_timer(), clock.steady() + 10ms);
  clock.advance(9ms);
  EXPECT_EQ(loop.run_pending(), 0U);
  clock.advance(11ms);
  EXPECT_EQ(loop.run_pending(), 3U);
  EXPECT_THAT(order, ElementsAre('a', 'b', 'c'));
  EXPECT_FALSE(loop.next_timer());
}

TEST(Loop, ACancelledTimerDoesNotRun) {
  FakeClock clock;
  Loop loop(clock);
  int runs = 0;
  const auto first = loop.after(1ms, [&] { ++runs; });
  const auto second = loop.after(2ms, [&] { ++runs; });
  loop.after(1ms, [&] { loop.cancel(second); });
  loop.cancel(first);
  loop.cancel(first);
  loop.cancel(0);
  clock.advance(5ms);
  loop.run_pending();
  EXPECT_EQ(runs, 0);
}

TEST(Loop, ARepeatedTimerKeepsItsBeatAndMakesNoBurst) {
  FakeClock clock;
  Loop loop(clock);
  int runs = 0;
  const auto id = loop.every(10ms, [&] { ++runs; });
  loop.run_pending();
  EXPECT_EQ(runs, 0);
  clock.advance(10ms);
  loop.run_pending();
  EXPECT_EQ(runs, 1);
  clock.advance(1h);
  loop.run_pending();
  EXPECT_EQ(runs, 2);
  clock.advance(10ms);
  loop.run_pending();
  EXPECT_EQ(runs, 3);
  loop.cancel(id);
  clock.advance(1h);
  loop.run_pending();
  EXPECT_EQ(runs, 3);
}

TEST(Loop, ARepeatedTimerCanEndItself) {
  FakeClock clock;
  Loop loop(clock);
  int runs = 0;
  node::TimerId id = 0;
  id = loop.every(10ms, [&] {
    ++runs;
    loop.cancel(id);
  });
  for (int i = 0; i < 3; ++i) {
    clock.advance(10ms);
    loop.run_pending();
  }
  EXPECT_EQ(runs, 1);
}

TEST(Loop, IdleTasksRunWhenTheQueueIsEmptyAndAfterABatch) {
  FakeClock clock;
  Loop loop(clock);
  loop.set_batch(2);
  std::vector<char> order;
  loop.on_idle([&] { order.push_back('|'); });
  for (int i = 0; i < 3; ++i) loop.post([&] { order.push_back('t'); });
  loop.run_pending();
  EXPECT_THAT(order, ElementsAre('t', 't', '|', 't', '|'));
  order.clear();
  loop.run_pending();
  EXPECT_THAT(order, IsEmpty());
}

TEST(Loop, AFullQueueHoldsAProducerUntilThereIsRoom) {
  FakeClock clock;
  Loop loop(clock, 2);
  loop.post([] {});
  loop.post([] {});
  EXPECT_FALSE(loop.has_room());
  EXPECT_FALSE(loop.wait_for_room(0ms));
  std::atomic<bool> posted{false};
  bool ran = false;
  std::thread producer([&] {
    loop.post([&ran] { ran = true; });
    posted = true;
  });
  ASSERT_TRUE(wait_until([&] { return loop.take_stats().blocked >= 2; }, 5s));
  EXPECT_FALSE(posted);
  ASSERT_TRUE(wait_until([&] { return loop.run_pending() > 0 && ran; }, 5s) || ran);
  producer.join();
  loop.run_pending();
  EXPECT_TRUE(posted);
  EXPECT_TRUE(ran);
}

TEST(Loop, TheOwnerNeverWaitsForItself) {
  FakeClock clock;
  Loop loop(clock, 1);
  int runs = 0;
  loop.post([&] {
    for (int i = 0; i < 10; ++i) loop.post([&runs] { ++runs; });
  });
  loop.run_pending();
  EXPECT_EQ(runs, 10);
}

TEST(Loop, StopLetsWaitingProducersGoAndDestroysWhatHasNotRun) {
  FakeClock clock;
  auto loop = std::make_unique<Loop>(clock, 1);
  auto held = std::make_shared<int>(0);
  loop->post([held] { ++*held; });
  std::thread producer([&] { loop->post([held] { ++*held; }); });
  ASSERT_TRUE(wait_until([&] { return loop->take_stats().blocked == 1; }, 5s));
  loop->stop();
  producer.join();
  loop->post([held] { ++*held; });
  EXPECT_EQ(loop->run_pending(), 0U);
  loop.reset();
  EXPECT_EQ(*held, 0);
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Loop, RunWakesForATaskAndForATimer) {
  node::SystemClock clock;
  Loop loop(clock);
  bool timer = false;
  loop.after(1ms, [&] { timer = true; });
  std::thread other([&] { loop.post([&] { loop.after(1ms, [&] { loop.stop(); }); }); });
  loop.run();
  other.join();
  EXPECT_TRUE(timer);
}

TEST(Loop, StatsTellPeakAndLongestTurn) {
  FakeClock clock;
  Loop loop(clock, 100);
  for (int i = 0; i < 7; ++i) loop.post([&clock] { clock.advance(3ms); });
  loop.run_pending();
  const auto stats = loop.take_stats();
  EXPECT_EQ(stats.queued, 0U);
  EXPECT_EQ(stats.peak, 7U);
  EXPECT_EQ(stats.limit, 100U);
  EXPECT_EQ(stats.longest_turn, 3ms);
  EXPECT_EQ(loop.take_stats().peak, 0U);
  EXPECT_EQ(loop.take_stats().longest_turn, 0ms);
}

// Four producers against a queue that is nearly always full, with timers and a waiter in between: nothing is
// lost, each producer's order holds, the bound holds. Under thread sanitizer this is the test of the queue's
// memory order.
TEST(Loop, ManyProducersLoseNothingAndKeepTheirOrder) {
  constexpr int kProducers = 4;
  constexpr int kTasks = 4'000;
  node::SystemClock clock;
  Loop loop(clock, 16);
  std::array<int, kProducers> next{};
  int wrong = 0;
  int finished = 0;
  std::size_t ticks = 0;
  loop.every(1ms, [&] { ++ticks; });
  std::vector<std::thread> producers;
  producers.reserve(kProducers);
  for (int p = 0; p < kProducers; ++p) {
    producers.emplace_back([&, p] {
      for (int i = 0; i < kTasks; ++i) {
        if (i % 64 == 0) loop.wait_for_room(1ms);
        loop.post([&, p, i] {
          if (next[static_cast<std::size_t>(p)]++ != i) ++wrong;
        });
      }
      loop.post([&] {
        if (++finished == kProducers) loop.stop();
      });
    });
  }
  loop.run();
  for (std::thread& producer : producers) producer.join();
  EXPECT_EQ(wrong, 0);
  for (const int count : next) EXPECT_EQ(count, kTasks);
  EXPECT_LE(loop.take_stats().peak, 16U);
  EXPECT_GT(loop.take_stats().blocked, 0U);
}

// A pipe whose ends are closed with it.
struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() { EXPECT_EQ(pipe(ends.data()), 0); }
  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }
  void put() const { EXPECT_EQ(write(ends[1], "x", 1), 1); }
  void take() const {
    char byte = 0;
    EXPECT_EQ(read(ends[0], &byte, 1), 1);
  }
};

TEST(LoopWatch, ADescriptorWakesTheOwnerAndItsTasksComeAfterIt) {
  node::SystemClock clock;
  node::Loop loop(clock);
  const Pipe line;
  std::vector<std::string> order;
  const auto watch = loop.watch(line.ends[0], [&] {
    line.take();
    order.emplace_back("read");
    loop.post_now([&] {
      order.emplace_back("task");
      loop.stop();
    });
  });
  std::thread writer([&] { line.put(); });
  loop.run();  // without a timer: it sleeps for ever, or until the pipe can be read
  writer.join();
  loop.unwatch(watch);
  EXPECT_THAT(order, ElementsAre("read", "task"));
}

TEST(LoopWatch, EndsItsOwnWatchAndBeginsAnother) {
  node::SystemClock clock;
  node::Loop loop(clock);
  const Pipe first, second;
  int calls = 0;
  node::WatchId watch = 0;
  watch = loop.watch(first.ends[0], [&] {
    ++calls;
    loop.unwatch(watch);
    watch = loop.watch(second.ends[0], [&] {
      calls += 10;
      second.take();
    });
  });
  first.put();
  second.put();
  loop.run_pending();
  EXPECT_EQ(calls, 11);
  first.put();  // nobody listens any more
  loop.run_pending();
  EXPECT_EQ(calls, 11);
  loop.unwatch(watch);
}

TEST(LoopWatch, WritingIsToldOnlyWhileItIsAskedFor) {
  node::SystemClock clock;
  node::Loop loop(clock);
  const Pipe line;
  int calls = 0;
  node::WatchId watch = 0;
  watch = loop.watch(line.ends[1], [&] {
    ++calls;
    loop.watch_writing(watch, false);
  });
  loop.run_pending();
  EXPECT_EQ(calls, 0);
  loop.watch_writing(watch, true);
  loop.run_pending();
  EXPECT_EQ(calls, 1);
  loop.unwatch(watch);
}

TEST(LoopWatch, AFullQueueDoesNotKeepADescriptorFromItsTurn) {
  node::SystemClock clock;
  node::Loop loop(clock);
  loop.set_batch(4);
  const Pipe line;
  int tasks = 0;
  std::function<void()> again = [&] {
    if (++tasks < 1'000) loop.post_now(again);
  };
  const auto watch = loop.watch(line.ends[0], [&] { loop.stop(); });
  line.put();
  loop.post_now(again);
  loop.run();
  loop.unwatch(watch);
  EXPECT_LE(tasks, 8);
}

}  // namespace
}  // namespace gable::test
