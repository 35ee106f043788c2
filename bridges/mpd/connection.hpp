#pragma once
// One connection to a server over TCP or a Unix socket, read and written on a thread of its own. Plain POSIX
// sockets, all of them in connection.cpp. Made, used and destroyed on the loop's thread.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "node/loop.hpp"
#include "node/wake_event.hpp"

namespace gable::mpd {

struct Address {
  std::string host;  // name or number; empty: `path` counts
  std::uint16_t port = 6600;
  std::string path;  // of a Unix socket; '@' first: an abstract one
  // "kitchen.lan:6600", "/run/mpd/socket"
  [[nodiscard]] std::string text() const;
};

class Connection {
 public:
  // Called on the loop's thread, never after the connection was destroyed.
  struct Handlers {
    std::function<void()> opened;
    std::function<void(std::string bytes)> received;
    std::function<void(std::string reason)> closed;  // or never opened; nothing comes after it
  };
  // Begins to connect. `loop` outlives the connection.
  Connection(node::Loop& loop, Address address, Handlers handlers);
  // Closes. Waits for the thread, which may be asking for the address of a name.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // False when the server takes nothing and too much is waiting for it: close.
  bool write(std::string_view bytes);

 private:
  void run();
  int open(std::string& reason);
  int open_network(std::string& reason);
  int open_path(std::string& reason);
  int connected(int socket, const void* address, std::uint32_t size, std::string& reason);
  void exchange(int socket);
  bool send_some(int socket);
  bool read_some(int socket);
  bool wait_for_credit();
  bool ended(std::string reason);
  void tell(std::function<void(const Handlers&)> what);

  node::Loop& loop_;
  const Address address_;
  // Shared with the tasks that wait in the loop, which hold it weakly.
  std::shared_ptr<Handlers> handlers_;
  const node::WakeEvent wake_;
  std::mutex mutex_;
  std::condition_variable credit_;
  std::string output_;     // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  int in_flight_ = 0;      // tasks in the loop's queue; guarded by mutex_
  std::thread thread_;
};

}  // namespace gable::mpd
