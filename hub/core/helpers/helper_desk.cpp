#include "core/helpers/helper_desk.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/helpers/group.hpp"
#include "core/helpers/inputs.hpp"
#include "core/helpers/schedule.hpp"
#include "core/helpers/sun.hpp"
#include "core/helpers/timer.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;

std::string file_row(const Registry& registry, const Entity& entity) {
  return wire::to_json(registry.row(entity));
}

}  // namespace

Entity* HelperDesk::add(Turn& turn, const EntityId& id, wire::EntityDescription description) {
  Entity* entity = p_.registry.add_helper(id, std::move(description), Origin::file);
  if (entity == nullptr) {
    p_.problems.raise(turn, problem_id({"conflict", id.domain(), id.object_id()}),
                      {.severity = wire::Severity::error,
                       .text = "The configuration defines " + id.text() + ", which a device has already",
                       .help = "Give the helper another id."});
    return nullptr;
  }
  const auto index = p_.registry.index_of(*entity);
  turn.save(Table::entity, id.text(), file_row(p_.registry, *entity));
  p_.publisher.mark(index, Part::meta);
  p_.states.judge(turn, index, {Availability::online, ""});
  return entity;
}

void HelperDesk::set_house(Turn& turn, const House& house) {
  house_ = house;
  helpers_.clear();
  members_of_.clear();
  groups_of_.clear();
  made_.clear();
  std::set<std::string> wanted;
  for (const auto& helper : house_.helpers) {
    wanted.insert(helper.id.text());
    if (Entity* entity = add(turn, helper.id, describe_helper(helper))) {
      helpers_.emplace(p_.registry.index_of(*entity), &helper);
    }
  }
  for (const auto& [index, helper] : helpers_) start(turn, *helper);
  add_places(turn);
  for (const auto& zone : house_.zones) wanted.insert("zone." + zone.object_id);
  for (const auto& person : house_.persons) wanted.insert("person." + person.object_id);
  wanted.insert({"zone.home", "sun.sun"});
  for (EntityIndex index = 0; index < p_.registry.entities().size(); ++index) {
    Entity& entity = p_.registry.entity(index);
    if (entity.forgotten || !entity.helper() || entity.origin != Origin::file ||
        wanted.contains(entity.id.text()))
      continue;
    remove(turn, index);
  }
  on_sun(turn);
}

void HelperDesk::remove(Turn& turn, EntityIndex index) {
  Entity& entity = p_.registry.entity(index);
  const EntityId id = entity.id;
  p_.publisher.retract(turn, id, entity.overrides->plain);
  turn.save(Table::entity, id.text(), "");
  turn.save(Table::state, id.text(), "");
  turn.save(Table::tombstone, id.text(), R"({"t":")" + wire::format_time(turn.now) + R"("})");
  p_.deadlines.clear(DeadlineKind::helper, index);
  overdue_.erase(index);
  p_.registry.forget(entity);
}

const Helper* HelperDesk::find(const EntityId& id) const {
  const Entity* entity = p_.registry.find(id);
  const auto found = entity == nullptr ? helpers_.end() : helpers_.find(p_.registry.index_of(*entity));
  return found == helpers_.end() ? nullptr : found->second;
}

bool HelperDesk::put_group(Turn& turn, Helper helper) {
  Helper& kept = made_[helper.id];
  kept = std::move(helper);
  const Entity* entity = add(turn, kept.id, describe_helper(kept));
  if (entity == nullptr) {
    made_.erase(made_.find(EntityId(kept.id)));
    return false;
  }
  const EntityIndex index = p_.registry.index_of(*entity);
  leave_group(index);
  helpers_[index] = &kept;
  start(turn, kept);
  return true;
}

bool HelperDesk::remove_group(Turn& turn, const EntityId& id) {
  const Helper* helper = find(id);
  if (helper == nullptr || !std::holds_alternative<Group>(helper->kind)) return false;
  const EntityIndex index = p_.registry.index_of(*p_.registry.find(id));
  leave_group(index);
  helpers_.erase(index);
  made_.erase(id);
  remove(turn, index);
  return true;
}

void HelperDesk::leave_group(EntityIndex group) {
  std::erase_if(members_of_, [group](const auto& membership) { return membership.second == group; });
  std::erase_if(groups_of_, [group](const auto& membership) { return membership.second == group; });
}

// A member may come into being long after its group.
void HelperDesk::join_groups(EntityIndex member) {
  if (known_.size() <= member) known_.resize(member + 1, false);
  if (known_[member]) return;
  known_[member] = true;
  const auto [begin, end] = groups_of_.equal_range(p_.registry.entity(member).id.text());
  for (auto it = begin; it != end; ++it) members_of_.emplace(member, it->second);
}

void HelperDesk::start(Turn& turn, const Helper& helper) {
  Entity& entity = *p_.registry.find(helper.id);
  const auto index = p_.registry.index_of(entity);
  if (const auto* timer = std::get_if<Timer>(&helper.kind)) {
    if (!entity.initial_pending && entity.state.known) return;  // a reload does not disturb it
    return run_timer(turn, index, start_timer(*timer, entity.state, turn.now));
  }
  if (std::holds_alternative<Schedule>(helper.kind)) return on_deadline(turn, index);
  if (const auto* group = std::get_if<Group>(&helper.kind)) {
    for (const auto& member : group->entities) {
      groups_of_.emplace(member.text(), index);
      if (const Entity* known = p_.registry.find(member))
        members_of_.emplace(p_.registry.index_of(*known), index);
    }
    return refresh_group(turn, index, *group);
  }
  const bool reload = !entity.initial_pending && entity.state.known;
  Helper keep = helper;
  if (reload)
    std::visit(
        [](auto& kind) {
          if constexpr (requires { kind.initial.reset(); }) kind.initial.reset();
          if constexpr (requires { kind.restore; }) kind.restore = true;  // and so it keeps its value
        },
        keep.kind);
  report(turn, index, first_report(keep, entity.state, p_.zone));
}

void HelperDesk::report(Turn& turn, EntityIndex entity, Report report) {
  p_.states.report(turn, entity, std::move(report));
}

void HelperDesk::run_timer(Turn& turn, EntityIndex index, TimerStep step) {
  overdue_.erase(index);
  if (step.finishes)
    p_.deadlines.set(DeadlineKind::helper, index, *step.finishes);
  else
    p_.deadlines.clear(DeadlineKind::helper, index);
  report(turn, index, std::move(step.report));
  if (step.event.empty()) return;
  const Entity& entity = p_.registry.entity(index);
  wire::Object event{{"event_type", step.event}, {"_at", wire::format_time(turn.now)}};
  turn.out.publishes.push_back({.topic = p_.topics.entity(wire::TopicKind::event, entity.id),
                                .payload = wire::to_json(event),
                                .expiry_seconds = 60});
  wire::Object line{{"t", wire::format_time(turn.now)},
                    {"k", "event"},
                    {"e", entity.id.text()},
                    {"data", wire::Object{{"event_type", step.event}}}};
  turn.out.journal.emplace_back(wire::to_json(line));
  if (event_listener_) event_listener_(turn, entity, step.event);
}

void HelperDesk::on_deadline(Turn& turn, EntityIndex index) {
  const auto found = helpers_.find(index);
  if (found == helpers_.end()) return;
  if (const auto* timer = std::get_if<Timer>(&found->second->kind)) {
    // The end of a timer is told once, so it waits until there are rules to hear it.
    if (!house_started_) return overdue_.insert(index), void();
    return run_timer(turn, index, finish_timer(*timer));
  }
  if (const auto* schedule = std::get_if<Schedule>(&found->second->kind)) {
    ScheduleStep step = schedule_step(*schedule, p_.zone, turn.now);
    if (step.next) p_.deadlines.set(DeadlineKind::helper, index, *step.next);
    report(turn, index, std::move(step.report));
  }
}

void HelperDesk::house_started(Turn& turn) {
  house_started_ = true;
  for (const auto index : std::exchange(overdue_, {})) on_deadline(turn, index);
}

void HelperDesk::on_step(Turn& turn, const StateStep& step) {
  join_groups(step.entity);
  std::vector<EntityIndex> groups;
  for (auto it = members_of_.lower_bound({step.entity, 0});
       it != members_of_.end() && it->first == step.entity; ++it)
    groups.push_back(it->second);
  for (const auto group : groups) refresh_group(turn, group, std::get<Group>(helpers_.at(group)->kind));
  const Entity& entity = p_.registry.entity(step.entity);
  if (entity.id.domain() == "device_tracker") {
    for (const auto& person : house_.persons) {
      const auto& of = person.device_trackers;
      if (std::find(of.begin(), of.end(), entity.id) != of.end()) refresh_person(turn, person);
    }
  }
}

void HelperDesk::refresh_group(Turn& turn, EntityIndex index, const Group& group) {
  report(turn, index, group_report(group, [&](const EntityId& id) {
           const Entity* member = p_.registry.find(id);
           return member == nullptr ? std::string() : std::string(member->composed_state());
         }));
}

wire::Result<bool> HelperDesk::act_on_group(Turn& turn, const Group& group, const wire::Command& command,
                                            const Context& context) {
  std::size_t sent = 0;
  for (const auto& id : group.entities) {
    Entity* member = p_.registry.find(id);
    if (member == nullptr) continue;
    auto passed =
        wire::make_command(*member->description, command.service->name, command.data, EntityValues(*member));
    if (!passed) continue;
    forward_(turn, *member, std::move(*passed), context);
    ++sent;
  }
  if (sent == 0)
    return Error{ErrorCode::unsupported, "no member of the group takes " + std::string(command.service->name),
                 ""};
  return true;
}

wire::Result<bool> HelperDesk::act(Turn& turn, Entity& entity, const wire::Command& command,
                                   const Context& context) {
  const auto index = p_.registry.index_of(entity);
  const auto found = helpers_.find(index);
  if (found == helpers_.end() && entity.origin == Origin::rule)
    return others_(turn, entity, command, context);
  if (found == helpers_.end()) {
    return Error{ErrorCode::unsupported, entity.id.text() + " takes no commands", ""};
  }
  const Helper& helper = *found->second;
  if (const auto* group = std::get_if<Group>(&helper.kind))
    return act_on_group(turn, *group, command, context);
  if (const auto* timer = std::get_if<Timer>(&helper.kind)) {
    auto step = act_on_timer(*timer, entity.state, command, turn.now);
    if (!step) return step.error();
    step->report.context = context;
    run_timer(turn, index, std::move(*step));
    return true;
  }
  if (std::holds_alternative<InputSelect>(helper.kind) && command.service->name == "set_options")
    return set_options(turn, helper, command, context);
  auto outcome = act_on_input(helper, entity.state, command, turn.now, p_.zone);
  if (!outcome) return outcome.error();
  outcome->context = context;
  report(turn, index, std::move(*outcome));
  return true;
}

wire::Result<bool> HelperDesk::set_options(Turn& turn, const Helper& helper, const wire::Command& command,
                                           const Context& context) {
  InputSelect select;
  for (const auto& option : *command.data.find("options")->as_list()) {
    const std::string text(option.string_or(""));
    if (std::count(select.options.begin(), select.options.end(), text) > 0)
      return Error{ErrorCode::malformed, "the option '" + text + "' is there twice", "options"};
    select.options.push_back(text);
  }
  if (select.options.empty())
    return Error{ErrorCode::out_of_range, "at least one option is needed", "options"};
  Helper changed = helper;
  changed.kind = std::move(select);
  const Helper& keep = made_[helper.id] = std::move(changed);  // `helper` may be that one
  const Entity* entity = add(turn, keep.id, describe_helper(keep));
  const auto index = p_.registry.index_of(*entity);
  helpers_[index] = &keep;
  Report now = first_report(keep, entity->state, p_.zone);
  now.context = context;
  report(turn, index, std::move(now));
  return true;
}

void HelperDesk::assume(Turn& turn, EntityIndex index, const wire::Object& expected, const Context& context) {
  Entity& entity = p_.registry.entity(index);
  Report assumed;
  assumed.context = context;
  assumed.attributes = entity.state.attributes;
  if (entity.state.known) assumed.text = entity.state.text;
  for (const auto& [key, value] : expected) {
    if (key == "state")
      assumed.text = wire::plain_text(value);
    else
      assumed.attributes.set(key, value);
  }
  report(turn, index, std::move(assumed));
}

}  // namespace gable::hub
