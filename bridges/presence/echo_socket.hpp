#pragma once
// Knocks at the addresses of the listed devices: ICMP echo. A device on this network that keeps silent must
// still answer the kernel's ARP question before it, which the neighbour table shows.

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "descriptors.hpp"
#include "protocol/icmp.hpp"
#include "source.hpp"

namespace gable::presence {

class EchoSocket final : public Source {
 public:
  // `addresses`: where to knock, asked for at each look; IPv6 is left out.
  EchoSocket(Descriptors& descriptors, std::function<std::vector<Ip>()> addresses);
  ~EchoSocket() override;
  EchoSocket(const EchoSocket&) = delete;
  EchoSocket& operator=(const EchoSocket&) = delete;

  [[nodiscard]] std::string name() const override { return "ping"; }
  void open() override;
  void close() override;
  void look() override;

 private:
  void received(const Received& received);

  Descriptors& descriptors_;
  const std::function<std::vector<Ip>()> addresses_;
  EchoToken token_{};
  int socket_ = -1;
  bool raw_ = false;  // answers come with their IP header
  std::uint16_t sequence_ = 0;
};

}  // namespace gable::presence
