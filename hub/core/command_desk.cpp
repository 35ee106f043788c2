#include "core/command_desk.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "wire/json.hpp"
#include "wire/toggle.hpp"

namespace gable::hub {

namespace {

using wire::CommandStatus;
using wire::ErrorCode;
using wire::ResultDoc;
using wire::TopicKind;

constexpr std::uint32_t kCommandExpirySeconds = 10;
constexpr std::uint32_t kResultExpirySeconds = 60;
constexpr Duration kDesiredAfter{
    50};  // `desired` appears only if it outlives this (design section 2, rule 9)

bool overlap(const wire::Object& a, const wire::Object& b) {
  return std::any_of(a.begin(), a.end(), [&](const wire::Member& m) { return b.contains(m.key); });
}

bool answers(const Report& report, const wire::Object& expected) {
  return std::any_of(expected.begin(), expected.end(), [&](const wire::Member& m) {
    return m.key == "state" ? report.text.has_value() : report.attributes.contains(m.key);
  });
}

int badness(CommandStatus status) { return status == CommandStatus::done ? 0 : 1; }

}  // namespace

CommandDesk::CommandDesk(const wire::TopicTree& topics, Registry& registry, Deadlines& deadlines,
                         EntityActions& actions, std::string session)
    : topics_(topics),
      registry_(registry),
      deadlines_(deadlines),
      actions_(actions),
      session_(std::move(session)) {}

bool CommandDesk::seen(Turn& turn, const std::string& id) { return !id.empty() && seen_.seen(turn, id); }

void CommandDesk::submit(Turn& turn, Entity& entity, wire::Command command, Asker asker,
                         const Bridge* bridge) {
  if (entity.disabled()) {
    return reject(turn, entity.id, {ErrorCode::unavailable, entity.id.text() + " is disabled", ""}, asker);
  }
  Pending pending;
  pending.number = next_++;
  pending.id = "c-" + session_ + "-" + std::to_string(pending.number);
  pending.entity = registry_.index_of(entity);
  pending.command = std::move(command);
  pending.asked = turn.now;
  pending.asker = std::move(asker);
  if (pending.asker.id.empty()) pending.asker.id = pending.id;
  pending.asker.context.cause = pending.id;
  journal(turn, entity.id, pending);
  if (entity.helper()) {
    const auto outcome = actions_.act(turn, entity, pending.command, pending.asker.context);
    if (!outcome) return reject(turn, entity.id, outcome.error(), pending.asker);
    return answer(turn, entity.id, {.id = pending.asker.id, .status = CommandStatus::done}, pending.asker);
  }
  if (direct_ != nullptr && direct_->serves(entity)) return send_direct(turn, entity, std::move(pending));
  if (entity.availability == Availability::offline || bridge == nullptr || !bridge->status_known) {
    const std::string why =
        entity.availability_reason.empty() ? "nobody serves it" : entity.availability_reason;
    return reject(turn, entity.id, {ErrorCode::unavailable, entity.id.text() + " is unavailable: " + why, ""},
                  pending.asker);
  }
  pending.expected = wire::expected_state(*entity.description, pending.command, EntityValues(entity));
  if (!pending.expected.empty()) supersede(turn, pending.entity, pending.expected);
  arm(pending, turn.now);
  store(turn, pending);
  send(turn, pending);
  by_id_.emplace(pending.id, pending.number);
  by_entity_.emplace(pending.entity, pending.number);
  pending_.emplace(pending.number, std::move(pending));
}

// Such a device gives no answer but its state: a command is done when that is what was asked for, and at once
// when nothing can be expected, or nothing is ever reported.
void CommandDesk::send_direct(Turn& turn, Entity& entity, Pending pending) {
  if (entity.availability == Availability::offline) {
    const std::string text = entity.id.text() + " is unavailable: " + entity.availability_reason;
    return reject(turn, entity.id, {ErrorCode::unavailable, text, ""}, pending.asker);
  }
  auto messages = direct_->messages(turn, entity, pending.command);
  if (!messages) return reject(turn, entity.id, messages.error(), pending.asker);
  const EntityValues values(entity);
  pending.expected = wire::expected_state(*entity.description, pending.command, values);
  if (!pending.expected.empty()) supersede(turn, pending.entity, pending.expected);
  arm(pending, turn.now);
  store(turn, pending);
  for (auto& message : *messages) turn.out.commands.push_back(std::move(message));
  const bool reached =
      !pending.expected.empty() && wire::reached(*entity.description, pending.expected, values);
  const bool at_once = pending.expected.empty() || entity.description->assumed_state || reached;
  const std::uint64_t number = pending.number;
  pending.accepted = true;
  by_id_.emplace(pending.id, number);
  by_entity_.emplace(pending.entity, number);
  pending_.emplace(number, std::move(pending));
  if (!at_once) return;
  // The state of a button or a scene is when it was last used.
  if (entity.description->domain->state_kind == wire::StateKind::time) {
    const Pending& last = pending_.at(number);
    actions_.assume(turn, last.entity, {{"state", wire::format_time(turn.now)}}, last.asker.context);
  }
  finish(turn, number, {.status = CommandStatus::done});
}

void CommandDesk::arm(Pending& pending, Time now) {
  pending.until = now + wire::command_timeout(pending.command);
  deadlines_.set(DeadlineKind::command, pending.number, std::min(pending.until, now + kDesiredAfter));
}

void CommandDesk::send(Turn& turn, const Pending& pending) const {
  const Entity& entity = registry_.entity(pending.entity);
  const Device& device = registry_.device(entity.device);
  wire::Command outgoing = pending.command;
  // Only the hub remembers what a device that never answers was last told.
  if (entity.description->assumed_state) {
    auto plain = wire::without_toggle(*entity.description, outgoing, EntityValues(entity));
    if (plain) outgoing = std::move(*plain);
  }
  outgoing.id = pending.id;
  wire::Object document = wire::encode(outgoing);
  if (!device.description.single) {
    document.erase("_id");
    for (const auto& [key, index] : device.entities) {
      if (index != pending.entity) continue;
      wire::Object keyed;
      keyed.append(key, std::move(document));
      keyed.append("_id", pending.id);
      document = std::move(keyed);
      break;
    }
  }
  turn.out.commands.push_back({.topic = topics_.bridge(TopicKind::bridge_set, device.bridge, device.id),
                               .payload = wire::to_json(document),
                               .expiry_seconds = kCommandExpirySeconds,
                               .correlation = pending.id});
}

void CommandDesk::store(Turn& turn, const Pending& pending) const {
  wire::Object row;
  row.append("entity", registry_.entity(pending.entity).id.text());
  row.append("command", wire::encode(pending.command));
  row.append("asked", wire::format_time(pending.asked));
  row.append("until", wire::format_time(pending.until));
  row.append("by", pending.asker.context.by);
  row.append("id", pending.asker.id);
  if (pending.asker.call != 0) row.append("call", static_cast<std::int64_t>(pending.asker.call));
  row.append("response_topic", pending.asker.response_topic);
  row.append("correlation", wire::valid_utf8(pending.asker.correlation) ? pending.asker.correlation : "");
  turn.save(Table::desired, pending.id, wire::to_json(row));
}

void CommandDesk::restore(Turn& turn, const std::string& id, const wire::Object& row) {
  const auto text = [&](std::string_view key) {
    const auto* value = row.find(key);
    return value == nullptr ? std::string() : std::string(value->string_or(""));
  };
  const auto entity_id = EntityId::parse(text("entity"));
  const auto until = wire::parse_time(text("until"));
  const auto* document = row.find("command");
  Entity* entity = entity_id ? registry_.find(*entity_id) : nullptr;
  // A damaged store may hold anything; the id goes into a payload.
  if (entity == nullptr || !until || document == nullptr || document->as_object() == nullptr ||
      !wire::valid_utf8(id))
    return turn.save(Table::desired, id, "");
  Asker asker;
  asker.context.by = text("by");
  asker.id = text("id");
  if (const auto reply = text("response_topic"); wire::valid_topic_name(reply)) asker.response_topic = reply;
  asker.correlation = text("correlation");
  if (const auto* call = row.find("call"); call != nullptr && call->as_int() != nullptr) {
    asker.call = static_cast<std::uint64_t>(*call->as_int());
    asker.on_tree = false;
  }
  auto command = wire::parse_command(*entity->description, *document->as_object(), EntityValues(*entity));
  if (!command || !command->service->repeatable || *until <= turn.now || entity->helper()) {
    owed_.push_back({.row = id,
                     .entity = entity->id,
                     .result = {.id = asker.id,
                                .status = *until <= turn.now ? CommandStatus::timeout : CommandStatus::failed,
                                .reason = "outcome unknown: the hub restarted meanwhile"},
                     .asker = std::move(asker)});
    return;
  }
  Pending pending;
  pending.number = next_++;
  pending.id = id;  // the same id: a bridge that has seen it does nothing twice
  pending.entity = registry_.index_of(*entity);
  pending.command = std::move(*command);
  pending.expected = wire::expected_state(*entity->description, pending.command, EntityValues(*entity));
  pending.asked = turn.now;
  pending.asker = std::move(asker);
  pending.asker.context.cause = id;
  pending.desired_out = !pending.expected.empty();  // the former process may have shown it
  // Before the announcements are read nobody knows how to say it: what the device reports decides.
  const bool direct = direct_ != nullptr && direct_->serves(*entity);
  arm(pending, turn.now);
  store(turn, pending);
  if (!direct) send(turn, pending);
  by_id_.emplace(pending.id, pending.number);
  by_entity_.emplace(pending.entity, pending.number);
  pending_.emplace(pending.number, std::move(pending));
}

void CommandDesk::supersede(Turn& turn, EntityIndex entity, const wire::Object& expected) {
  std::vector<std::uint64_t> older;
  const auto [begin, end] = by_entity_.equal_range(entity);
  for (auto it = begin; it != end; ++it) {
    const Pending& pending = pending_.at(it->second);
    if (!pending.reached && overlap(pending.expected, expected)) older.push_back(it->second);
  }
  std::sort(older.begin(), older.end());
  for (const auto number : older) {
    finish(turn, number,
           {.status = CommandStatus::superseded, .reason = "a newer command asks for the same"});
  }
}

void CommandDesk::on_result(Turn& turn, const ResultDoc& result) {
  const auto found = by_id_.find(result.id);
  if (found == by_id_.end()) return;  // somebody's own command on the device plane, or one that has ended
  Pending& pending = pending_.at(found->second);
  if (result.status != CommandStatus::accepted) {
    ResultDoc copy = result;
    const Entity& entity = registry_.entity(pending.entity);
    // A bridge that has seen the id already did it: what is reported decides.
    if (copy.status == CommandStatus::rejected && copy.code == ErrorCode::duplicate) return;
    if (copy.reason.empty() && copy.status == CommandStatus::failed)
      copy.reason = entity.id.text() + " did not obey";
    return finish(turn, pending.number, std::move(copy));
  }
  if (pending.accepted) return;
  pending.accepted = true;
  if (pending.asker.response_topic.empty()) return;
  ResultDoc accepted{.id = pending.asker.id, .status = CommandStatus::accepted, .at = turn.now};
  turn.out.publishes.push_back(
      {.topic = topics_.entity(TopicKind::result, registry_.entity(pending.entity).id),
       .payload = wire::to_json(wire::encode(accepted)),
       .expiry_seconds = kResultExpirySeconds});
}

std::optional<Context> CommandDesk::cause_of(const Entity& entity, const Report& report, Time now) const {
  const EntityIndex index = registry_.index_of(entity);
  const Pending* latest = nullptr;
  const auto [begin, end] = by_entity_.equal_range(index);
  for (auto it = begin; it != end; ++it) {
    const Pending& pending = pending_.at(it->second);
    if (latest == nullptr || pending.number > latest->number) latest = &pending;
  }
  if (latest == nullptr) return recent_.of(index, report, now);
  if (!latest->expected.empty() && !answers(report, latest->expected)) return std::nullopt;
  return latest->asker.context;
}

void CommandDesk::on_state(Turn& turn, Entity& entity) {
  if (pending_.empty()) return;
  std::vector<std::uint64_t> done;
  const EntityValues values(entity);
  const auto [begin, end] = by_entity_.equal_range(registry_.index_of(entity));
  for (auto it = begin; it != end; ++it) {
    Pending& pending = pending_.at(it->second);
    pending.reached =
        !pending.expected.empty() && wire::reached(*entity.description, pending.expected, values);
    if (pending.reached) done.push_back(it->second);
  }
  for (const auto number : done) finish(turn, number, {.status = CommandStatus::done});
}

void CommandDesk::on_deadline(Turn& turn, std::uint64_t number,
                              const std::function<const Bridge*(const Entity&)>& bridge_of) {
  const auto found = pending_.find(number);
  if (found == pending_.end()) return;
  Pending& pending = found->second;
  if (turn.now >= pending.until) {
    const Entity& entity = registry_.entity(pending.entity);
    const Bridge* bridge = bridge_of(entity);
    const std::string who = bridge == nullptr ? "its bridge" : "bridge " + bridge->id;
    return finish(turn, number,
                  {.status = CommandStatus::timeout,
                   .reason = (pending.accepted || (direct_ != nullptr && direct_->serves(entity))
                                  ? "accepted, but " + entity.id.text() + " did not report it"
                                  : "no answer from " + who) +
                             " within " + wire::format_duration(pending.until - pending.asked)});
  }
  if (!pending.desired_out) show_desired(turn, pending);
  deadlines_.set(DeadlineKind::command, number, pending.until);
}

void CommandDesk::show_desired(Turn& turn, Pending& pending) const {
  if (pending.expected.empty()) return;
  pending.desired_out = true;
  wire::Object desired = pending.expected;
  desired.append("_id", pending.asker.id);
  desired.append("_since", wire::format_time(pending.asked));
  desired.append("_until", wire::format_time(pending.until));
  turn.out.publishes.push_back(
      {.topic = topics_.entity(TopicKind::desired, registry_.entity(pending.entity).id),
       .payload = wire::to_json(desired),
       .retained = true});
}

void CommandDesk::publish_desired(Turn& turn) {
  for (const auto& owed : std::exchange(owed_, {})) {
    turn.save(Table::desired, owed.row, "");
    answer(turn, owed.entity, owed.result, owed.asker);
  }
  for (auto& [number, pending] : pending_) {
    if (pending.desired_out)
      show_desired(turn, pending);  // the broker may have forgotten it
    else
      deadlines_.set(DeadlineKind::command, number, turn.now);
  }
}

std::size_t CommandDesk::outstanding_of(std::uint64_t call) const {
  return static_cast<std::size_t>(std::count_if(
      pending_.begin(), pending_.end(), [&](const auto& entry) { return entry.second.asker.call == call; }));
}

void CommandDesk::drop(Turn& turn, EntityIndex entity) {
  recent_.forget(entity);
  std::vector<std::uint64_t> numbers;
  const auto [begin, end] = by_entity_.equal_range(entity);
  for (auto it = begin; it != end; ++it) numbers.push_back(it->second);
  for (const auto number : numbers) {
    finish(turn, number,
           {.status = CommandStatus::failed, .code = ErrorCode::unknown_entity, .reason = "forgotten"});
  }
}

void CommandDesk::finish(Turn& turn, std::uint64_t number, ResultDoc result) {
  auto node = pending_.extract(number);
  // Who is told of an end may send another command at once, and that one may have ended this one too.
  if (node.empty()) return;
  Pending& pending = node.mapped();
  deadlines_.clear(DeadlineKind::command, number);
  by_id_.erase(pending.id);
  const auto [begin, end] = by_entity_.equal_range(pending.entity);
  for (auto it = begin; it != end; ++it) {
    if (it->second == number) {
      by_entity_.erase(it);
      break;
    }
  }
  turn.save(Table::desired, pending.id, "");
  const Entity& entity = registry_.entity(pending.entity);
  if (pending.desired_out) {
    turn.out.publishes.push_back(
        {.topic = topics_.entity(TopicKind::desired, entity.id), .payload = "", .retained = true});
  }
  if (result.status == CommandStatus::done && entity.description->assumed_state) {
    actions_.assume(turn, pending.entity, pending.expected, pending.asker.context);
  }
  if (result.status == CommandStatus::done)
    recent_.remember(pending.entity, pending.asker.context, pending.expected, turn.now);
  result.id = pending.asker.id;
  result.entity.clear();
  // The wall clock may have been set back meanwhile.
  result.took = std::max(Duration{0}, turn.now - pending.asked);
  answer(turn, entity.id, std::move(result), pending.asker);
}

void CommandDesk::reject(Turn& turn, const EntityId& id, const wire::Error& error, const Asker& asker) {
  ResultDoc result{
      .id = asker.id, .status = CommandStatus::rejected, .code = error.code, .reason = error.text};
  if (!error.where.empty()) result.reason += " (" + error.where + ")";
  answer(turn, id, std::move(result), asker);
}

void CommandDesk::answer(Turn& turn, const EntityId& id, ResultDoc result, const Asker& asker) {
  result.at = turn.now;
  std::string payload = wire::to_json(wire::encode(result));
  const bool worth_saying = asker.on_tree || result.status != CommandStatus::done;
  std::string line =
      R"({"t":")" + wire::format_time(turn.now) + R"(","k":"result","e":")" + id.text() + R"(",)";
  turn.out.journal.emplace_back(line.append(payload, 1));
  if (worth_saying) {
    turn.out.publishes.push_back({.topic = topics_.entity(TopicKind::result, id),
                                  .payload = payload,
                                  .expiry_seconds = kResultExpirySeconds});
  }
  if (asker.call != 0 && on_final_) on_final_(turn, asker, id, result);
  if (asker.batch != 0) return close_batch(turn, result, asker);
  if (asker.response_topic.empty()) return;
  turn.out.publishes.push_back({.topic = asker.response_topic,
                                .payload = std::move(payload),
                                .expiry_seconds = kResultExpirySeconds,
                                .correlation = asker.correlation});
}

std::uint64_t CommandDesk::open_batch(std::size_t count, const Asker& asker) {
  batches_.emplace(next_batch_, Batch{.left = count, .asker = asker});
  return next_batch_++;
}

void CommandDesk::close_batch(Turn& turn, const ResultDoc& result, const Asker& asker) {
  const auto found = batches_.find(asker.batch);
  if (found == batches_.end()) return;
  Batch& batch = found->second;
  if (badness(result.status) > badness(batch.worst)) {
    batch.worst = result.status;
    batch.code = result.code;
    batch.reason = result.reason;
  }
  if (--batch.left > 0) return;
  if (!batch.asker.response_topic.empty()) {
    ResultDoc summary{.id = batch.asker.id,
                      .status = batch.worst,
                      .code = batch.code,
                      .reason = batch.reason,
                      .at = turn.now};
    turn.out.publishes.push_back({.topic = batch.asker.response_topic,
                                  .payload = wire::to_json(wire::encode(summary)),
                                  .expiry_seconds = kResultExpirySeconds,
                                  .correlation = batch.asker.correlation});
  }
  batches_.erase(found);
}

void CommandDesk::journal(Turn& turn, const EntityId& id, const Pending& pending) const {
  wire::Object line;
  line.append("t", wire::format_time(turn.now));
  line.append("k", "command");
  line.append("e", id.text());
  line.append("id", pending.id);
  line.append("service", pending.command.service->name);
  if (!pending.command.data.empty()) line.append("data", pending.command.data);
  line.append("by", pending.asker.context.by);
  if (!pending.asker.context.run.empty()) line.append("run", pending.asker.context.run);
  turn.out.journal.emplace_back(wire::to_json(line));
}

}  // namespace gable::hub
