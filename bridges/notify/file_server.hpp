#pragma once
// Hands out a few files by names that cannot be guessed, over HTTP, on a thread of its own. Made, used and
// destroyed on the loop's thread.

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "node/wake_event.hpp"
#include "protocol/http_request.hpp"

namespace gable::notify {

class FileServer {
 public:
  // Listens on an IPv4 address; port 0: any. Throws std::runtime_error, for people, when that cannot be.
  FileServer(const std::string& host, std::uint16_t port);
  ~FileServer();
  FileServer(const FileServer&) = delete;
  FileServer& operator=(const FileServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // From now on `path` ("/x.wav") is this file.
  void offer(const std::string& path, const std::string& file);
  void withdraw(const std::string& path);

 private:
  struct Client {
    int socket = -1, file = -1;
    std::string input, output;
    std::uint64_t left = 0;  // bytes of the file
    bool answering = false;
    std::int64_t until = 0;  // milliseconds of the steady clock
  };
  void run();
  void accept_one();
  bool serve(Client& client, unsigned events);
  bool read_head(Client& client);
  void answer(Client& client, const HttpRequest& request);
  bool write_some(Client& client);

  int listener_ = -1;
  const node::WakeEvent wake_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::map<std::string, std::string> files_;  // guarded by mutex_
  bool stopping_ = false;                     // guarded by mutex_
  std::list<Client> clients_;                 // the thread's
  std::thread thread_;
};

}  // namespace gable::notify
