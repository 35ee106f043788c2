#pragma once
// Start-up and every reconnect without a session: read what the broker holds, know that it was all, and only
// then speak (design section 2, rule 6). Retained documents are read at QoS 0, since a broker with default
// settings cuts a QoS 1 burst at 1,020 messages (L1); a barrier message ends the burst; bridge inventories
// prove it complete; then the same filters are subscribed at QoS 1 without another burst.

#include <functional>
#include <set>
#include <string>

#include "core/command_intake.hpp"
#include "core/device_plane.hpp"
#include "core/discovery/discovery_desk.hpp"
#include "core/strangers.hpp"

namespace gable::hub {

class StartUp {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    Problems& problems;
    Publisher& publisher;
    DevicePlane& plane;
    CommandDesk& desk;
    CommandIntake& intake;
    Deadlines& deadlines;
    DiscoveryDesk& discovery;
    const Subscriptions& subscriptions;
    const Tombstones& tombstones;
  };
  explicit StartUp(Parts parts) : p_(parts), strangers_(parts.problems, parts.deadlines) {}

  void on_connected(Turn& turn, const BrokerConnected& event);
  void on_lost(Turn& turn);
  // client/hub/sync came back.
  void on_barrier(Turn& turn, std::string_view token);
  void on_deadline(Turn& turn);
  // Any message has come: a broker that is still sending what it holds is not silent.
  void on_progress() { quiet_ = 0; }
  // A document of our own plane: at start what the broker holds, later a stranger's.
  void on_own_plane(Turn& turn, const wire::ParsedTopic& topic, std::string_view text,
                    std::string_view payload);

  // Called once, when the house is complete: all bridges have spoken, or the time for it is over.
  void on_complete(std::function<void(Turn&)> listener) { complete_ = std::move(listener); }
  // A bridge has said something: perhaps that was the last one.
  void check_complete(Turn& turn);

  [[nodiscard]] bool online() const { return phase_ == Phase::online; }

  [[nodiscard]] Strangers& strangers() { return strangers_; }
  // From the store: problems that were open.
  void add_former_problem(std::string id) { former_problems_.insert(std::move(id)); }

 private:
  // Its own plane and the bridges' first: a broker counts all that it has to hand out together.
  enum class Phase { away, reading, reading_announcements, reading_states, reading_again, checking, online };

  void read_everything(Turn& turn);
  // After a reconnect with our session: whether the broker holds our subscriptions and what we published
  // last. Commands are taken meanwhile.
  void check_copy(Turn& turn);
  void end_check(Turn& turn);
  void read_own_plane(Turn& turn);
  void leave_own_plane(Turn& turn) const;
  void read_after_all(Turn& turn);
  void raise_barrier(Turn& turn);
  void send_barrier(Turn& turn);
  bool read_bridges_again(Turn& turn);
  void judge_bridges(Turn& turn);
  void settle(Turn& turn);
  void go_online(Turn& turn);
  void sweep_problems(Turn& turn);
  void listen(Turn& turn);
  void confirm(Turn& turn);
  void begin_anew(Turn& turn);
  void take_since(Entity& entity, std::string_view payload) const;

  void finish(Turn& turn);

  Parts p_;
  Strangers strangers_;
  std::function<void(Turn&)> complete_;
  bool completed_ = false;
  Phase phase_ = Phase::away;
  bool settled_once_ = false;
  bool read_ = false;       // the last reading came to its end; one that was broken off is begun anew
  bool given_up_ = false;   // the hub is online, and what the broker holds has not come
  bool read_anew_ = false;  // … but later, in this connection
  int protocol_ = 5;
  std::uint64_t barrier_ = 0;
  int quiet_ = 0;  // deadlines since anything came
  int sent_ = 0;   // barriers of this reading
  std::set<std::string, std::less<>> former_problems_;
  std::set<std::string, std::less<>> unknown_topics_;  // retained below our root, not (yet) ours; bounded
};

}  // namespace gable::hub
