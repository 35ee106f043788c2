#pragma once
// A DHCP server's lease file: read when inotify tells that it changed, and at each look. The server rewrites
// it in place, so that it is read a moment after the last change.

#include <string>

#include "descriptors.hpp"
#include "node/loop.hpp"
#include "source.hpp"

namespace gable::presence {

class LeaseFile final : public Source {
 public:
  LeaseFile(node::Loop& loop, Descriptors& descriptors, std::string path, LeaseFormat format);
  ~LeaseFile() override;
  LeaseFile(const LeaseFile&) = delete;
  LeaseFile& operator=(const LeaseFile&) = delete;

  [[nodiscard]] std::string name() const override { return "lease file " + path_; }
  void open() override;
  void close() override;
  void look() override;

 private:
  void received(const Received& received);
  // Whether one of the events is about our file, or about its folder.
  [[nodiscard]] bool concerns_us(const Datagram& events_read) const;

  node::Loop& loop_;
  Descriptors& descriptors_;
  const std::string path_, folder_, file_;
  const LeaseFormat format_;
  int inotify_ = -1;
  node::TimerId reading_ = 0;
};

}  // namespace gable::presence
