#pragma once
// The kernel's neighbour table through libmnl: changes as they happen, the whole table at each look, since
// the kernel is silent about neighbours that go on answering. Needs no privilege.

#include <set>
#include <string>
#include <vector>

#include "descriptors.hpp"
#include "protocol/neighbours.hpp"
#include "source.hpp"

struct mnl_socket;

namespace gable::presence {

class NeighbourSocket final : public Source {
 public:
  // `interfaces`: names; empty: all.
  NeighbourSocket(Descriptors& descriptors, std::vector<std::string> interfaces);
  ~NeighbourSocket() override;
  NeighbourSocket(const NeighbourSocket&) = delete;
  NeighbourSocket& operator=(const NeighbourSocket&) = delete;

  [[nodiscard]] std::string name() const override { return "neighbour table"; }
  void open() override;
  void close() override;
  void look() override;

 private:
  void received(const Received& received);
  void take(const NeighbourReading& reading);
  [[nodiscard]] bool watched(int interface);

  Descriptors& descriptors_;
  const std::vector<std::string> names_;
  std::set<int> indices_;         // of the named interfaces, as far as they are there
  mnl_socket* socket_ = nullptr;  // owned, libmnl's
  bool dumping_ = false;
  bool works_ = false;
  unsigned sequence_ = 0;
};

}  // namespace gable::presence
