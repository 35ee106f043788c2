#pragma once
// One connection, or the attempt at one, of MosquittoPort. Owner thread; libmosquitto calls back within the
// calls that we make to it, so nothing here needs a lock. The exception is the look-up of a host name, which
// can take long: it happens in a thread that has the client to itself meanwhile.

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "node/loop.hpp"
#include "node/mqtt_port.hpp"

struct mosquitto;

namespace gable::node {

class MosquittoConnection {
 public:
  MosquittoConnection(Loop& loop, ConnectOptions options, MqttListener& listener);
  ~MosquittoConnection();
  MosquittoConnection(const MosquittoConnection&) = delete;
  MosquittoConnection& operator=(const MosquittoConnection&) = delete;

  // Ends in on_connected or on_disconnected of the listener, which has heard nothing when this returns.
  void connect();
  void disconnect();
  [[nodiscard]] bool up() const { return up_; }
  // False: the connection has just gone, and the listener hears of that.
  bool publish(const Message& message, std::uint64_t token);
  void subscribe(const std::vector<Subscription>& subscriptions, std::uint64_t token);
  void unsubscribe(const std::vector<std::string>& filters, std::uint64_t token);

  // ── called by libmosquitto, see mosquitto_callbacks.cpp ──
  void connack(int code, bool session_present, std::uint16_t receive_maximum);
  void gone(int code);
  void message(Message message);
  void acknowledged(int packet, std::vector<int> codes, std::string text);

  struct Client;  // libmosquitto's, with what it said last

 private:
  // SUBSCRIBE or UNSUBSCRIBE under one token, in one packet for each set of options.
  struct Request {
    std::vector<int> codes;  // one for each filter
    std::size_t open = 0;    // packets without an answer
  };
  // What a packet waits for: its token, and which of the request's filters it carries; none for a publish.
  struct Packet {
    std::uint64_t token = 0;
    std::vector<std::size_t> places;
  };

  [[nodiscard]] bool is_5() const { return options_.protocol_version >= 5; }
  bool configure();
  void reach();
  void reached(int result);
  void ready();
  void read();
  void write();
  void proceed();
  void hold();
  void push();
  void end(Disconnected event);
  void end_later(Disconnected event);
  void drain();
  void flush();
  void stop_watching();
  [[nodiscard]] Disconnected failure(int error) const;
  void sent(int result, int packet, Packet what, std::size_t filters);
  void answer(const Packet& packet, std::vector<int> codes, std::string text);

  Loop& loop_;
  ConnectOptions options_;
  MqttListener& listener_;
  std::shared_ptr<Client> client_;
  std::vector<const char*> families_;  // addresses to bind to, one for each family that is still to be tried
  WatchId watch_ = 0;
  bool writing_ = false;
  bool held_ = false;  // the kernel keeps what is written until push()
  TimerId timer_ = 0;  // until CONNACK; then each second, for the keep-alive
  bool up_ = false;
  bool ended_ = false;
  std::uint64_t events_ = 0;  // messages and answers so far
  std::unordered_map<int, Packet> packets_;
  std::unordered_map<std::uint64_t, Request> requests_;
  std::uint64_t sending_ = 0;  // the token of the publish that is being made; 0: none, or answered
  // Watched by what waits in the loop's queue.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace gable::node
