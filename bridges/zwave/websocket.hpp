#pragma once
// A WebSocket to a server, on a thread of its own. Boost stays in websocket.cpp.

#include <functional>
#include <memory>
#include <string>

#include "protocol/server_url.hpp"

namespace gable::zwave {

class WebSocket {
 public:
  // Called on the socket's own thread; they must only hand over. Of a connection that close() or open() has
  // ended, one call may still come.
  struct Callbacks {
    // One text message, whole. The next one is read after resume(), so that a slow owner slows the server.
    std::function<void(std::string text)> received;
    // The attempt failed, or the connection is gone; once. `reason` for people, without a full stop.
    std::function<void(std::string reason)> closed;
  };

  WebSocket();
  // Ends the connection and the thread.
  ~WebSocket();
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  // One attempt; what was open is closed. Returns at once. Messages of more than `longest` bytes end the
  // connection.
  void open(const ServerUrl& server, std::size_t longest, Callbacks callbacks);
  // Of what is open; nothing when nothing is. What the server does not take in time ends the connection.
  void send(std::string text);
  void resume();
  void close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::zwave
