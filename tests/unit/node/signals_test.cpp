#include "node/signals.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <vector>

namespace gable::test {
namespace {

using testing::ElementsAre;

TEST(Signals, ComeAsTasksOfTheLoop) {
  node::SystemClock clock;
  node::Loop loop(clock);
  std::vector<int> seen;
  {
    node::Signals signals(loop, [&](int number) {
      seen.push_back(number);
      if (number == SIGTERM) return loop.stop();
      kill(getpid(), number == SIGHUP ? SIGINT : SIGTERM);
    });
    kill(getpid(), SIGHUP);
    loop.run();
  }
  EXPECT_THAT(seen, ElementsAre(SIGHUP, SIGINT, SIGTERM));
}

TEST(Signals, AClosedPipeIsAnErrorAndNotTheEnd) {
  node::SystemClock clock;
  node::Loop loop(clock);
  const node::Signals signals(loop, [](int) {});
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  EXPECT_EQ(write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  close(ends[1]);
}

TEST(SignalsDeathTest, ASecondInterruptEndsAProcessThatHangs) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        node::SystemClock clock;
        node::Loop loop(clock);  // never runs
        const node::Signals signals(loop, [](int) {});
        kill(getpid(), SIGINT);
        // The first has to be taken before the second is sent: equal pending signals are one.
        while (loop.has_room() && loop.take_stats().queued == 0) std::this_thread::yield();
        kill(getpid(), SIGINT);
        while (true) pause();
      },
      testing::ExitedWithCode(130), "");
}

}  // namespace
}  // namespace gable::test
