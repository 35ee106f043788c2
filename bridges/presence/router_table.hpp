#pragma once
// A router's ARP table by SNMP over UDP. A router that does not answer is asked three times, and then left
// alone until the owner opens it again.

#include <cstdint>
#include <memory>
#include <string>

#include "descriptors.hpp"
#include "node/loop.hpp"
#include "presence_config.hpp"
#include "protocol/arp_walk.hpp"
#include "source.hpp"

namespace gable::presence {

class RouterTable final : public Source {
 public:
  RouterTable(node::Loop& loop, Descriptors& descriptors, RouterConfig config);
  ~RouterTable() override;
  RouterTable(const RouterTable&) = delete;
  RouterTable& operator=(const RouterTable&) = delete;

  [[nodiscard]] std::string name() const override;
  void open() override;
  void close() override;
  void look() override;

 private:
  void ask();
  void wait_over();
  void received(const Received& received);
  void refused(int error);

  node::Loop& loop_;
  Descriptors& descriptors_;
  const RouterConfig config_;
  int socket_ = -1;
  std::unique_ptr<ArpWalk> walk_;  // under way
  std::int32_t request_ = 1;
  int tries_ = 0;  // of the present question
  node::TimerId waiting_ = 0;
};

}  // namespace gable::presence
