#pragma once
// libmosquitto's client with what belongs to it. Inside of MosquittoConnection.

#include <mosquitto.h>

#include <mutex>
#include <string>

#include "node/mosquitto_connection.hpp"

namespace gable::node {

// Shared by the connection and the thread that looks a name up; used by one of them at a time.
struct MosquittoConnection::Client {
  explicit Client(const ConnectOptions& options);
  ~Client() { mosquitto_destroy(handle); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  mosquitto* handle;
  MosquittoConnection* owner = nullptr;  // null while nobody is to hear of anything
  std::string said;                      // the first error that libmosquitto has logged

  // The way back from that thread; null when nobody waits for it any more.
  std::mutex mutex;
  Loop* loop = nullptr;
};

// Sets the functions of mosquitto_callbacks.cpp.
void set_callbacks(mosquitto* handle);

}  // namespace gable::node
