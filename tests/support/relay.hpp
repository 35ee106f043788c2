#pragma once
// A TCP link of a test's own between a client and a server on 127.0.0.1, which the test can cut, freeze and
// heal: what a client library offers no way to do to its own connection. Runs one thread.

#include <cstdint>
#include <memory>

namespace gable::test {

class Relay {
 public:
  // Listens on a free port and forwards every connection to `target`.
  explicit Relay(std::uint16_t target);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // Closes the connections that are open now, without a word of MQTT. New ones are accepted.
  void cut();
  // Connections stay open (new ones too) and carry nothing, until thaw().
  void freeze();
  void thaw();
  // What clients send is taken and lost, until speak().
  void mute();
  void speak();
  // New connections are refused (closed at once), until accept().
  void refuse();
  void accept();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::test
