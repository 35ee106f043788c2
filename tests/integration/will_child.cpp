// A client that connects with a last will and waits to be killed: for experiment L6.
//   broker_will_child PORT DELAY_SECONDS
// Prints "connected" once it is.

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>

#include "contract_bench.hpp"
#include "node/paho_port.hpp"

int main(int argc, char** argv) {
  using gable::test::client;
  using gable::test::kept;
  using gable::test::Peer;
  if (argc != 3) return 2;
  std::mutex mutex;
  std::condition_variable changed;
  Peer peer;
  peer.notify = [&] { changed.notify_all(); };
  peer.port = std::make_unique<gable::node::PahoPort>();
  auto options = client("killed", false);
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  options.will = kept("status", "offline");
  options.will_delay_seconds = static_cast<std::uint32_t>(std::atoi(argv[2]));
  peer.port->connect(options, peer);
  std::unique_lock lock(mutex);
  while (!peer.disconnected()) {
    if (peer.connected()) std::puts("connected");
    std::fflush(stdout);
    changed.wait_for(lock, std::chrono::seconds(1));
  }
  return 1;
}
