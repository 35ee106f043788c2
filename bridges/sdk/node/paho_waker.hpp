#pragma once
// Ends the waits of Paho's receiving thread. Paho 1.3 sees that a TCP connection is complete, then waits for
// input on any of its sockets for up to a second, and only then acts on what it has seen: a reconnect
// takes 1.1 s. And it stops both threads, with pauses of 100 ms, when the last client goes. So one client of
// ours always stays, connected to a socket of this process; a PINGRESP sent there is input
// (hub/decisions/0002-paho-c-api.md).

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace gable::node {

class PahoWaker {
 public:
  // One for all ports, as Paho has one receiving thread; made with the first port, never destroyed.
  static PahoWaker& of_process();
  // Any thread; never waits.
  void wake();

 private:
  PahoWaker();
  void take_connection();

  std::mutex mutex_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  int peer_ = -1;  // our end of the client's connection
};

// Wakes at growing intervals while one attempt to connect is under way.
class PahoNudge {
 public:
  PahoNudge();
  // Joins its thread.
  ~PahoNudge();
  PahoNudge(const PahoNudge&) = delete;
  PahoNudge& operator=(const PahoNudge&) = delete;

  // Any thread: the attempt has succeeded or failed. Never waits long.
  void decided();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace gable::node
