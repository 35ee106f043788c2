// What concerns Paho alone, its lock and its threads; what every port does is in port_test.cpp.

#include <gmock/gmock.h>

#include "session_bench.hpp"
#include "support/mosquitto.hpp"

namespace gable::test {
namespace {

using node::Message;
using namespace std::chrono_literals;

Mosquitto& broker() {
  static Mosquitto one;
  return one;
}

// The lock-up that the gate prevents: the receiving thread holds Paho's lock and waits for room in the queue,
// while the owner, who alone can make room, wants to publish.
TEST(PahoPort, AFullQueueStopsTheSocketAndNeverTheOwner) {
  constexpr std::size_t kLimit = 32;
  constexpr int kMessages = 3'000;
  SessionBench bench(PortKind::paho, broker().port(), "flood", kLimit);
  int heard = 0;
  int echoed = 0;
  bool in_order = true;
  bench.handlers.message = [&](const Message& message) {
    if (message.topic == "flood/in") {
      in_order = in_order && message.payload == std::to_string(heard);
      ++heard;
      bench.session->publish({"flood/out", message.payload});
      bench.session->publish({"flood/more", message.payload, 0});
    } else {
      ++echoed;
    }
  };
  bench.start();
  bool granted = false;
  bench.session->subscribe({{"flood/in"}, {"flood/out"}}, [&](const std::vector<int>&) { granted = true; });
  ASSERT_TRUE(bench.run_until([&] { return granted; }));
  // Another process: a port of this one would share Paho's lock and threads.
  const TemporaryDirectory directory;
  ChildProcess sender({"sh", "-c",
                       "seq 0 " + std::to_string(kMessages - 1) + " | mosquitto_pub -q 1 -l -t flood/in -p " +
                           std::to_string(broker().port())},
                      directory.path() / "log");
  // The owner does nothing yet: the queue fills and stays at its bound.
  ASSERT_TRUE(wait_until([&] { return !bench.loop.has_room(); }, 10s));
  ASSERT_TRUE(wait_until([&] { return bench.loop.take_stats().blocked > 3; }, 10s));
  EXPECT_LE(bench.loop.take_stats().queued, kLimit + 1);
  ASSERT_TRUE(bench.run_until([&] { return heard == kMessages && echoed == kMessages; }))
      << heard << " " << echoed;
  EXPECT_TRUE(in_order);
  bench.session->stop("done");
}

TEST(PahoPort, StopsWhileTheQueueIsFull) {
  SessionBench bench(PortKind::paho, broker().port(), "stop-full", 4);
  bench.start();
  bool granted = false;
  bench.session->subscribe({{"stop/in"}}, [&](const std::vector<int>&) { granted = true; });
  ASSERT_TRUE(bench.run_until([&] { return granted; }));
  Client sender(PortKind::paho, broker().port(), "stop-sender");
  ASSERT_TRUE(sender.connect());
  for (int i = 0; i < 100; ++i) sender.port.publish({"stop/in", std::to_string(i)});
  ASSERT_TRUE(wait_until([&] { return bench.loop.take_stats().blocked > 2; }, 10s));
  bench.session->stop("enough");
  bench.session.reset();
}

}  // namespace
}  // namespace gable::test
