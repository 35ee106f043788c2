#include "node/health.hpp"

#include "session_fixture.hpp"

namespace gable::test {
namespace {

using namespace std::chrono_literals;

TEST(Health, ReadsTheKernelsText) {
  const std::string text = "Name:\tgable\nVmRSSx:\t 9 kB\nVmRSS:\t   1234 kB\nRssAnon:\t  56 kB\n";
  EXPECT_EQ(node::kib_of(text, "VmRSS"), 1234);
  EXPECT_EQ(node::kib_of(text, "RssAnon"), 56);
  EXPECT_EQ(node::kib_of(text, "VmSwap"), 0);
  EXPECT_EQ(node::kib_of("", "VmRSS"), 0);
  EXPECT_EQ(node::kib_of("VmRSS:", "VmRSS"), 0);
}

TEST_F(SessionTest, HealthAddsUpLoopSessionAndProcess) {
  start();
  connect();
  node::Health health(loop, *session);
  publish("t", "1");
  publish("t", "2");
  port.acknowledge(port.published[0].token, {0});
  port.acknowledge(port.published[1].token, {0x87});
  port.arrive({"t", "x"});
  loop.run_pending();
  health.count_error();
  clock.advance(90s);
  const wire::HealthDoc doc = health.take();
  EXPECT_EQ(doc.uptime, 90s);
  EXPECT_EQ(doc.messages_in, 1);
  EXPECT_EQ(doc.messages_out, 1);
  EXPECT_EQ(doc.errors, 2);
  EXPECT_EQ(doc.queue, 0);
  EXPECT_EQ(doc.queue_peak, 3);
  EXPECT_EQ(doc.queue_limit, 10'000);
  EXPECT_GT(doc.resident_kib, 1000);
  EXPECT_EQ(doc.at, clock.now());
  EXPECT_EQ(health.take().queue_peak, 0);
}

}  // namespace
}  // namespace gable::test
