#include "node/service_manager.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "support/child_process.hpp"
#include "support/fake_clock.hpp"

namespace gable::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

// systemd's end of the socket.
class Manager {
 public:
  explicit Manager(const std::string& path) : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    if (path.front() == '@') address.sun_path[0] = '\0';
    EXPECT_EQ(bind(fd_, reinterpret_cast<const sockaddr*>(&address), length), 0);
  }
  ~Manager() { close(fd_); }
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;

  std::vector<std::string> heard() {
    std::vector<std::string> out;
    std::array<char, 256> buffer{};
    while (true) {
      const ssize_t length = recv(fd_, buffer.data(), buffer.size(), 0);
      if (length < 0) return out;
      out.emplace_back(buffer.data(), static_cast<std::size_t>(length));
    }
  }

 private:
  int fd_;
};

TEST(ServiceManager, TellsItsStateAndFeedsTheWatchdogFromTheLoop) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() / "notify";
  Manager manager(path);
  FakeClock clock;
  node::Loop loop(clock);
  {
    node::ServiceManager service(loop, {path, 10s});
    service.ready("12 devices\nall well");
    EXPECT_THAT(manager.heard(), ElementsAre("READY=1", "STATUS=12 devices all well"));
    clock.advance(4'999ms);
    loop.run_pending();
    EXPECT_THAT(manager.heard(), IsEmpty());
    clock.advance(1ms);
    loop.run_pending();
    EXPECT_THAT(manager.heard(), ElementsAre("WATCHDOG=1"));
    service.stopping();
    EXPECT_THAT(manager.heard(), ElementsAre("STOPPING=1"));
  }
  clock.advance(1min);
  loop.run_pending();
  EXPECT_THAT(manager.heard(), IsEmpty());
}

TEST(ServiceManager, KnowsAbstractSockets) {
  const std::string path = "@gable-test-" + std::to_string(getpid());
  Manager manager(path);
  FakeClock clock;
  node::Loop loop(clock);
  node::ServiceManager service(loop, {path, 0s});
  service.ready();
  EXPECT_THAT(manager.heard(), ElementsAre("READY=1"));
  EXPECT_FALSE(loop.next_timer());
}

TEST(ServiceManager, WithoutAManagerNothingHappens) {
  FakeClock clock;
  node::Loop loop(clock);
  for (const char* path : {"", "/nonexistent/notify", "no-slash"}) {
    node::ServiceManager service(loop, {path, 10s});
    service.ready("x");
    service.stopping();
    EXPECT_FALSE(loop.next_timer()) << path;
  }
}

TEST(ServiceManager, TakesItsVariablesOutOfTheEnvironment) {
  setenv("NOTIFY_SOCKET", "/run/x", 1);
  setenv("WATCHDOG_USEC", "30000000", 1);
  setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
  const auto mine = node::ServiceEnvironment::take();
  EXPECT_EQ(mine.socket, "/run/x");
  EXPECT_EQ(mine.watchdog, 30s);
  EXPECT_EQ(std::getenv("NOTIFY_SOCKET"), nullptr);
  EXPECT_EQ(std::getenv("WATCHDOG_USEC"), nullptr);
  setenv("WATCHDOG_USEC", "30000000", 1);
  setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(node::ServiceEnvironment::take().watchdog, 0s);
}

}  // namespace
}  // namespace gable::test
