#include "zwave_link.hpp"

#include <mutex>
#include <utility>

namespace gable::zwave {

namespace {

using namespace std::chrono_literals;

// From the attempt to the whole dump.
constexpr auto kDumpTime = 60s;
constexpr std::string_view kUnknownOutcome =
    "the connection to the Z-Wave server was lost; whether it was carried out is not known";

}  // namespace

// Between the socket's thread and the loop's: shut, nothing of its attempt arrives any more, and the loop may
// go.
struct ZwaveLink::Gate {
  explicit Gate(ZwaveLink& owner) : link(&owner), loop(&owner.loop_) {}

  // The socket's thread. Bounded by the socket itself: a message waits until the one before it has been
  // handled.
  static void pass(const std::shared_ptr<Gate>& gate, std::function<void(ZwaveLink&)> task) {
    const std::scoped_lock lock(gate->mutex);
    if (gate->loop == nullptr) return;
    gate->loop->post_now([gate, task = std::move(task)] {
      if (gate->link != nullptr) task(*gate->link);
    });
  }
  // The loop's thread.
  void shut() {
    link = nullptr;
    const std::scoped_lock lock(mutex);
    loop = nullptr;
  }

  ZwaveLink* link;  // the loop's thread only
  std::mutex mutex;
  node::Loop* loop;  // under the mutex
};

ZwaveLink::ZwaveLink(node::Loop& loop, ServerUrl server) : loop_(loop), server_(std::move(server)) {}

ZwaveLink::~ZwaveLink() {
  if (gate_) gate_->shut();
}

void ZwaveLink::open() {
  session_ = Session();
  gate_ = std::make_shared<Gate>(*this);
  WebSocket::Callbacks callbacks;
  callbacks.received = [gate = gate_](std::string text) {
    Gate::pass(gate, [text = std::move(text)](ZwaveLink& link) { link.received(text); });
  };
  callbacks.closed = [gate = gate_](std::string reason) {
    Gate::pass(gate, [reason = std::move(reason)](ZwaveLink& link) { link.fail(reason); });
  };
  deadline_ = loop_.after(kDumpTime, [this] { fail("the server does not tell its state"); });
  socket_.open(server_, kMessageLimits.bytes, std::move(callbacks));
}

void ZwaveLink::close() {
  if (!gate_) return;
  std::exchange(gate_, nullptr)->shut();
  loop_.cancel(std::exchange(deadline_, 0));
  socket_.close();
  end_calls();
}

CallId ZwaveLink::call(const std::string& command, const wire::Object& arguments, CallDone done) {
  const CallId call = session_.call(command, arguments);
  if (call == 0) return 0;
  calls_.emplace(call, std::move(done));
  for (Output& output : session_.take()) perform(output);
  return call;
}

void ZwaveLink::forget(CallId call) {
  session_.forget(call);
  calls_.erase(call);
}

void ZwaveLink::forget_target(int node, const ValueId& current) {
  if (session_.forget_target(node, current) && listener_.changed)
    listener_.changed({ChangeKind::value, node, current});
}

void ZwaveLink::received(const std::string& text) {
  const auto gate = gate_;
  session_.receive(text);
  for (Output& output : session_.take()) {
    // What an output leads to may have ended this connection.
    if (gate_ != gate) return;
    perform(output);
  }
  if (gate_ == gate) socket_.resume();
}

void ZwaveLink::perform(Output& output) {
  if (auto* text = std::get_if<SendText>(&output)) {
    socket_.send(std::move(text->text));
  } else if (std::holds_alternative<Listening>(output)) {
    loop_.cancel(std::exchange(deadline_, 0));
    if (listener_.listening) listener_.listening();
    ready();
  } else if (const auto* broken = std::get_if<Broken>(&output)) {
    fail(broken->reason);
  } else if (const auto* done = std::get_if<Finished>(&output)) {
    finished(*done);
  } else if (const auto* change = std::get_if<Change>(&output)) {
    if (listener_.changed) listener_.changed(*change);
  }
}

void ZwaveLink::finished(const Finished& finished) {
  const auto waiting = calls_.find(finished.call);
  if (waiting == calls_.end()) return;
  const CallDone done = std::move(waiting->second);
  calls_.erase(waiting);
  done(finished);
}

void ZwaveLink::fail(const std::string& reason) {
  close();
  lost(reason);
  if (listener_.lost) listener_.lost();
}

void ZwaveLink::end_calls() {
  for (const auto& [call, done] : std::exchange(calls_, {})) {
    done({call, false, std::string(kUnknownOutcome), {}});
  }
}

}  // namespace gable::zwave
