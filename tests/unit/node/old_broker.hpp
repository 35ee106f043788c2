#pragma once
// A broker that knows only how to answer CONNECT: for protocol versions that mosquitto cannot be made to
// refuse.

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace gable::test {

class OldBroker {
 public:
  // Given the protocol level of a CONNECT, the bytes to answer; empty: closes without a word. After an answer
  // that accepts (last byte 0) the connection stays open.
  using Answer = std::function<std::string(int level)>;
  explicit OldBroker(Answer answer);
  ~OldBroker();
  OldBroker(const OldBroker&) = delete;
  OldBroker& operator=(const OldBroker&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  void serve();

  Answer answer_;
  int listener_ = -1;
  int stop_ = -1;
  std::uint16_t port_ = 0;
  std::vector<int> open_;
  std::thread thread_;
};

}  // namespace gable::test
