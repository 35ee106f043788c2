#pragma once
// The connection between the loop and the server: a WebSocket with a session on it. On the loop's thread;
// what the socket's thread says comes through the loop's queue.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "bridge/transport.hpp"
#include "node/loop.hpp"
#include "protocol/session.hpp"
#include "websocket.hpp"

namespace gable::zwave {

class ZwaveLink final : public bridge::Transport {
 public:
  struct Listener {
    // The network is known anew: all of it.
    std::function<void()> listening;
    std::function<void(const Change&)> changed;
    std::function<void()> lost;
  };
  // `success` with the server's result, or an error for people.
  using CallDone = std::function<void(const Finished&)>;

  // `loop` outlives this.
  ZwaveLink(node::Loop& loop, ServerUrl server);
  ~ZwaveLink() override;
  void listen(Listener listener) { listener_ = std::move(listener); }

  [[nodiscard]] std::string name() const override { return "Z-Wave server " + server_.text(); }
  void open() override;
  void close() override;

  // `done` is called once: with the answer, or when the connection is lost. 0 when it cannot be sent; then it
  // is not called.
  CallId call(const std::string& command, const wire::Object& arguments, CallDone done);
  // Nobody waits for the answer any more; its `done` is not called.
  void forget(CallId call);
  // As Network::stopped.
  void stopped(int node, const ValueId& current) { session_.stopped(node, current); }
  // The motor behind this `currentValue` no longer goes where it was sent; told as a change of it.
  void forget_target(int node, const ValueId& current);

  [[nodiscard]] const Session& session() const { return session_; }

 private:
  struct Gate;
  void received(const std::string& text);
  void perform(Output& output);
  void finished(const Finished& finished);
  void fail(const std::string& reason);
  void end_calls();

  node::Loop& loop_;
  const ServerUrl server_;
  Listener listener_;
  Session session_;
  std::map<CallId, CallDone> calls_;
  node::TimerId deadline_ = 0;  // for the dump
  // One an attempt, shared with the socket's thread; null while closed.
  std::shared_ptr<Gate> gate_;
  WebSocket socket_;  // last: its thread ends before the rest
};

}  // namespace gable::zwave
