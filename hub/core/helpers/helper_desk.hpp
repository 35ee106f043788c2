#pragma once
// The entities of the hub itself: input_*, counter, timer, schedule, group, zone, person, sun. They complete
// at once and are stored like every other entity.

#include <map>
#include <set>

#include "core/command_desk.hpp"
#include "core/helpers/zone_rules.hpp"
#include "core/problems.hpp"
#include "core/state_desk.hpp"

namespace gable::hub {

class HelperDesk final : public EntityActions {
 public:
  struct Parts {
    const wire::TopicTree& topics;
    Registry& registry;
    StateDesk& states;
    Publisher& publisher;
    Deadlines& deadlines;
    Problems& problems;
    const ZoneRules& zone;
  };
  using OtherActions =
      std::function<wire::Result<bool>(Turn&, Entity&, const wire::Command&, const Context&)>;
  using OnEvent = std::function<void(Turn&, const Entity&, const std::string&)>;

  explicit HelperDesk(Parts parts) : p_(parts) {}

  // Makes, changes and removes the helpers of the files. At start, after the store has been read, and on
  // reload.
  void set_house(Turn& turn, const House& house);
  // Rules are in force: timers may end.
  void house_started(Turn& turn);
  void on_step(Turn& turn, const StateStep& step);
  void on_deadline(Turn& turn, EntityIndex entity);
  void on_sun(Turn& turn);

  // Groups that rules make, as group.set does: until the next reload or start. False when the id is a
  // device's.
  bool put_group(Turn& turn, Helper helper);
  // False when there is no such group.
  bool remove_group(Turn& turn, const EntityId& id);
  // Null when there is no such helper.
  [[nodiscard]] const Helper* find(const EntityId& id) const;

  wire::Result<bool> act(Turn& turn, Entity& entity, const wire::Command& command,
                         const Context& context) override;
  void assume(Turn& turn, EntityIndex entity, const wire::Object& expected, const Context& context) override;

 private:
  Entity* add(Turn& turn, const EntityId& id, wire::EntityDescription description);
  void start(Turn& turn, const Helper& helper);
  void remove(Turn& turn, EntityIndex index);
  void report(Turn& turn, EntityIndex entity, Report report);
  void run_timer(Turn& turn, EntityIndex entity, struct TimerStep step);
  // As input_select.set_options does: until the next reload or start.
  wire::Result<bool> set_options(Turn& turn, const Helper& helper, const wire::Command& command,
                                 const Context& context);
  void leave_group(EntityIndex group);
  void join_groups(EntityIndex member);
  void refresh_group(Turn& turn, EntityIndex entity, const Group& group);
  void add_places(Turn& turn);
  void refresh_person(Turn& turn, const Person& person);
  void refresh_zones(Turn& turn);
  wire::Result<bool> act_on_group(Turn& turn, const Group& group, const wire::Command& command,
                                  const Context& context);

  Parts p_;
  House house_;
  std::map<EntityId, Helper> made_;                           // by rules
  std::map<EntityIndex, const Helper*> helpers_;              // into house_ or made_
  std::multimap<std::string, EntityIndex> groups_of_;         // id of a member, known or not → group
  std::set<std::pair<EntityIndex, EntityIndex>> members_of_;  // member, group
  std::vector<bool> known_;                                   // entities that have joined their groups
  bool house_started_ = false;
  std::set<EntityIndex> overdue_;  // timers that ended before
  std::function<void(Turn&, Entity&, wire::Command, const Context&)> forward_;
  OtherActions others_;
  OnEvent event_listener_;

 public:
  // Entities that are the hub's own but no helpers: those of the rules. Set once while wiring.
  void set_others(OtherActions others) { others_ = std::move(others); }
  // Hears what happens to a helper beside its state: "timer.finished". Set once while wiring.
  void on_event(OnEvent listener) { event_listener_ = std::move(listener); }
  // How a group passes a command on to a member; set once while wiring.
  void set_forward(std::function<void(Turn&, Entity&, wire::Command, const Context&)> forward) {
    forward_ = std::move(forward);
  }
};

}  // namespace gable::hub
