#pragma once
// Pure: no clock, socket or thread; the time is an argument.
// Our half of the protocol: greeting, password, commands in order, and `idle` in between, by which the server
// pushes what has changed. Bytes in, bytes and events out. One object lives as long as one connection.

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/reader.hpp"

namespace gable::mpd {

// On a clock of the caller's that never goes back.
using Moment = std::chrono::milliseconds;

// Greeting and password were accepted.
struct Ready {
  std::string version;
};
// The reply to send(); exactly one for each, unless Broken comes first.
struct Answered {
  std::uint64_t id = 0;
  Reply reply;
};
// Subsystems that have changed: player, mixer, output …
struct Changed {
  std::vector<std::string> subsystems;
};
// The connection is of no use any more: close it. Commands under way have no answer.
struct Broken {
  std::string reason;    // for people, without a full stop
  bool refused = false;  // trying again soon will not help: wrong password
};
using ClientEvent = std::variant<Ready, Answered, Changed, Broken>;

struct ClientLimits {
  Moment patience = std::chrono::seconds(10);  // for each answer
  Moment quiet = std::chrono::seconds(30);     // idle for longer: the server is asked whether it lives
  std::size_t queue = 300;                     // commands without an answer
};

class Client {
 public:
  // `now`: when the connection was made. `password` may be empty.
  Client(std::string password, Moment now, ClientLimits limits = {});

  void received(std::string_view bytes, Moment now);
  // Command lines (see command_line) that are carried out in one go, up to the first that is refused. False:
  // not ready, broken or too many are waiting; there will be no answer.
  bool send(std::uint64_t id, const std::vector<std::string>& lines, Moment now);
  void tick(Moment now);
  // When tick() is due next.
  [[nodiscard]] std::optional<Moment> deadline() const;

  [[nodiscard]] bool ready() const { return phase_ == Phase::ready; }
  // What to write to the connection now.
  std::string take_output();
  std::optional<ClientEvent> take_event();

 private:
  enum class Phase { greeting, password, ready, broken };
  enum class Kind { password, command, idle, ping };
  struct Waiting {
    Kind kind = Kind::command;
    std::uint64_t id = 0;
    Moment since{};
  };
  void fail(std::string reason, bool refused = false);
  void greeted(Moment now);
  void on_reply(Reply reply, Moment now);
  void on_password(const Reply& reply, Moment now);
  void leave_idle(Moment now);
  void enter_idle(Moment now);
  void become_ready(Moment now);

  const std::string password_;
  const ClientLimits limits_;
  Reader reader_;
  Phase phase_ = Phase::greeting;
  Moment since_;                 // of the greeting's wait, and of idle
  std::deque<Waiting> waiting_;  // in the order of the replies
  bool idle_ = false;            // the last of waiting_ is an idle that has not been ended
  std::string output_;
  std::deque<ClientEvent> events_;
};

}  // namespace gable::mpd
