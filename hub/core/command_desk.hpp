#pragma once
// The command desk: every command to an entity comes here, and each leaves with exactly one final result
// (design section 2, rule 3): done | failed | rejected | timeout | superseded | expired.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/deadlines.hpp"
#include "core/effects.hpp"
#include "core/problems.hpp"
#include "core/publisher.hpp"
#include "core/recent_causes.hpp"
#include "core/recent_ids.hpp"
#include "core/registry.hpp"
#include "core/sources.hpp"
#include "core/states.hpp"

namespace gable::hub {

// Who asked, and how they want to hear of the outcome.
struct Asker {
  Context context;
  std::string id;              // the `_id` they gave; empty: ours is used
  std::string response_topic;  // gets the final result only; empty: none
  std::string correlation;
  std::uint64_t batch = 0;  // part of a command to many entities; 0: none
  bool on_tree = true;      // publish the final result on result/
  std::uint64_t call = 0;   // the rules' service call that this is part of; 0: none
};

// What the desk needs done to entities themselves.
class EntityActions {
 public:
  virtual ~EntityActions() = default;
  // Carries out a command to an entity of the hub. Errors go to the asker.
  virtual wire::Result<bool> act(Turn& turn, Entity& entity, const wire::Command& command,
                                 const Context& context) = 0;
  // A command to an entity that never reports has left well: takes over what is expected of it.
  virtual void assume(Turn& turn, EntityIndex entity, const wire::Object& expected,
                      const Context& context) = 0;
};

// Devices that are spoken to in their own messages instead of through a bridge.
class DirectDevices {
 public:
  virtual ~DirectDevices() = default;
  [[nodiscard]] virtual bool serves(const Entity& entity) const = 0;
  // Errors: unavailable, unsupported, failed (a template), refused.
  virtual wire::Result<std::vector<Publish>> messages(Turn& turn, const Entity& entity,
                                                      const wire::Command& command) = 0;
};

class CommandDesk {
 public:
  // `session`: makes command ids unique across restarts of the hub.
  CommandDesk(const wire::TopicTree& topics, Registry& registry, Deadlines& deadlines, EntityActions& actions,
              std::string session);

  // Set once while wiring.
  void set_direct(DirectDevices& direct) { direct_ = &direct; }

  // A command that parsed. `bridge`: of the entity's device, null for helpers.
  void submit(Turn& turn, Entity& entity, wire::Command command, Asker asker, const Bridge* bridge);
  // One that did not, or that cannot be taken now.
  void reject(Turn& turn, const EntityId& id, const wire::Error& error, const Asker& asker);
  // A command for `count` entities; the asker's response topic hears once, when the last has ended.
  std::uint64_t open_batch(std::size_t count, const Asker& asker);

  // True if this `_id` was seen lately (a message that the broker delivered again).
  bool seen(Turn& turn, const std::string& id);
  [[nodiscard]] RecentIds& seen_ids() { return seen_; }

  // Hears of the final result of every command that is part of a rules' service call. Set once while wiring.
  using OnFinal = std::function<void(Turn&, const Asker&, const EntityId&, const wire::ResultDoc&)>;
  void on_final(OnFinal listener) { on_final_ = std::move(listener); }
  // How many commands of this call have not ended.
  [[nodiscard]] std::size_t outstanding_of(std::uint64_t call) const;

  // bridge/<b>/result/<device>
  void on_result(Turn& turn, const wire::ResultDoc& result);
  // The context of the command that this report answers.
  [[nodiscard]] std::optional<Context> cause_of(const Entity& entity, const Report& report, Time now) const;
  // The entity's state is another now.
  void on_state(Turn& turn, Entity& entity);
  void on_deadline(Turn& turn, std::uint64_t number,
                   const std::function<const Bridge*(const Entity&)>& bridge_of);
  // Its entity has gone for good.
  void drop(Turn& turn, EntityIndex entity);

  [[nodiscard]] std::size_t outstanding() const { return pending_.size(); }

  // A stored command, taken up again at start: sent once more with its id if repeatable, else its outcome is
  // unknown and it fails saying so.
  void restore(Turn& turn, const std::string& id, const wire::Object& row);
  // What the broker should know and may not: endings that are owed, desired/ documents.
  void publish_desired(Turn& turn);

 private:
  struct Pending {
    std::uint64_t number = 0;
    std::string id;  // ours: to the device
    EntityIndex entity = kNone;
    wire::Command command;
    wire::Object expected;
    Time asked{}, until{};
    bool reached = false;  // it ends as done in this turn, whatever who hears of another end asks for
    Asker asker;
    bool desired_out = false;
    bool accepted = false;
  };

  void send(Turn& turn, const Pending& pending) const;
  void send_direct(Turn& turn, Entity& entity, Pending pending);
  void store(Turn& turn, const Pending& pending) const;
  void show_desired(Turn& turn, Pending& pending) const;
  void arm(Pending& pending, Time now);
  void supersede(Turn& turn, EntityIndex entity, const wire::Object& expected);
  void finish(Turn& turn, std::uint64_t number, wire::ResultDoc result);
  void answer(Turn& turn, const EntityId& id, wire::ResultDoc result, const Asker& asker);
  void close_batch(Turn& turn, const wire::ResultDoc& result, const Asker& asker);
  void journal(Turn& turn, const EntityId& id, const Pending& pending) const;

  struct Batch {
    std::size_t left = 0;
    wire::CommandStatus worst = wire::CommandStatus::done;
    std::optional<wire::ErrorCode> code;
    std::string reason;
    Asker asker;
  };

  const wire::TopicTree& topics_;
  Registry& registry_;
  Deadlines& deadlines_;
  EntityActions& actions_;
  DirectDevices* direct_ = nullptr;
  std::string session_;
  OnFinal on_final_;
  std::uint64_t next_ = 1;
  std::uint64_t next_batch_ = 1;
  std::map<std::uint64_t, Pending> pending_;
  // Endings of commands of a process before this one; their rows stay until there is a broker to tell.
  struct Owed {
    std::string row;
    EntityId entity;
    wire::ResultDoc result;
    Asker asker;
  };
  std::vector<Owed> owed_;
  StringMap<std::uint64_t> by_id_;
  RecentCauses recent_;
  std::unordered_multimap<EntityIndex, std::uint64_t> by_entity_;
  std::map<std::uint64_t, Batch> batches_;
  static constexpr std::size_t kSeenLimit = 1'000;
  RecentIds seen_{"command/", kSeenLimit};
};

}  // namespace gable::hub
