#pragma once
// The fixture of the broker contract: which broker a case runs against is its parameter, "memory" or
// "mosquitto".

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "contract_bench.hpp"

namespace gable::test {

inline constexpr std::size_t kMany = 1200;
inline constexpr std::size_t kWindow = 20;
inline constexpr std::size_t kQueueLimit = 1020;  // 1,000 queued and 20 in flight

class BrokerContract : public testing::TestWithParam<const char*> {
 protected:
  // Cases with a setup of their own call this first.
  ContractBench& bench(const BrokerSetup& setup = {}) {
    if (!bench_) bench_ = ContractBench::make(GetParam(), setup);
    return *bench_;
  }

  Peer& join(const node::ConnectOptions& options) {
    auto& peer = bench().add_peer();
    bench().connect(peer, options);
    return peer;
  }
  Peer& join(const std::string& id) { return join(client(id)); }

  Peer& watch(const std::string& filter, int qos = 1) {
    auto& peer = join("watch-" + std::to_string(++watchers_));
    bench().subscribe(peer, {{filter, qos}});
    return peer;
  }

  // No more at once than the broker's window: the client library, not the broker, would make it slow.
  void publish_many(Peer& peer) {
    for (std::size_t sent = 0; sent < kMany; sent += kWindow) {
      for (std::size_t i = sent; i < sent + kWindow; ++i)
        peer.port->publish(kept("many/" + std::to_string(i), "x"));
      bench().await("acknowledgements", [&] { return peer.acknowledged_count() >= sent + kWindow; });
    }
  }

 private:
  std::unique_ptr<ContractBench> bench_;
  int watchers_ = 0;
};

inline node::ConnectOptions with_will(node::ConnectOptions options, std::uint32_t delay) {
  options.will = kept("status", "offline");
  options.will_delay_seconds = delay;
  return options;
}

inline node::Message expiring(node::Message message, std::uint32_t expiry) {
  message.expiry_seconds = expiry;
  return message;
}

}  // namespace gable::test
