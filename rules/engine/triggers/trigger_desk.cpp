#include "engine/triggers/trigger_desk.hpp"

#include <algorithm>
#include <unordered_map>

#include "engine/triggers/trigger_values.hpp"
#include "engine/triggers/trips.hpp"
#include "engine/triggers/watch.hpp"
#include "template/house/state_object.hpp"
#include "wire/json.hpp"

namespace gable::rules {

namespace {

// What attach() makes of an owner's triggers; by number, null where one is not enabled.
struct Attached {
  std::shared_ptr<const Holder> holder;
  Watches watches;
};

template <typename Tell>
void tell(const Watches& watches, const Tell& what) {
  for (const std::shared_ptr<Watch>& watch : watches) {
    // The one before may have taken it out of force.
    if (watch->in_force()) what(*watch);
  }
}

}  // namespace

struct TriggerDesk::Parts {
  Parts(Surroundings& surroundings, OnFire on_fire) : board(surroundings, std::move(on_fire)) {}

  void on(const StateChanged& change, Instant now);
  void on(const BusEvent& event, Instant now);
  void on(const MqttMessage& message, Instant now);
  void on(const ServiceDone&, Instant) {}
  void on(const HouseStarted&, Instant now);
  void on(const HouseStops&, Instant now);
  void on(const TimePassed&, Instant now);
  void on(const RegistryChanged&, Instant now);
  [[nodiscard]] bool is_enabled(const Attachment& attachment, std::size_t index, Instant now) const;
  bool restore(const std::string& key, const wire::Object& row) const;

  Board board;
  Trips trips;
  std::unordered_map<TriggerOwner, Attached> owners;
  std::unordered_multimap<std::string, TriggerOwner> names;
  TriggerOwner last_owner = 0;
  std::uint64_t last_sequence = 0;
};

TriggerDesk::TriggerDesk(Surroundings& surroundings, OnFire on_fire)
    : parts_(std::make_unique<Parts>(surroundings, std::move(on_fire))) {}
TriggerDesk::~TriggerDesk() = default;

TriggerOwner TriggerDesk::new_owner() { return ++parts_->last_owner; }

bool TriggerDesk::Parts::is_enabled(const Attachment& attachment, std::size_t index, Instant now) const {
  const Trigger& trigger = (*attachment.triggers)[index];
  if (!trigger.enabled) return true;
  const Scope none;
  const Scope& scope = attachment.variables != nullptr ? *attachment.variables : none;
  const Rendered rendered = Renderer(board.surroundings(), now).native(*trigger.enabled, scope);
  if (rendered.ok()) return counts_as_true(rendered.value);
  board.surroundings().log(
      "error", attachment.name + ", trigger " + std::to_string(index) + ", enabled: " + rendered.error);
  return false;
}

void TriggerDesk::attach(TriggerOwner owner, const Attachment& attachment, Instant now) {
  detach(owner);
  Attached& attached = parts_->owners[owner];
  attached.holder = std::make_shared<const Holder>(Holder{owner, ++parts_->last_sequence, attachment});
  parts_->names.emplace(attachment.name, owner);
  for (std::size_t index = 0; index < attachment.triggers->size(); ++index) {
    const bool enabled = parts_->is_enabled(attachment, index, now);
    attached.watches.push_back(
        enabled ? make_watch(parts_->board, {attached.holder, &(*attachment.triggers)[index], index})
                : nullptr);
  }
  for (const std::shared_ptr<Watch>& watch : attached.watches) {
    if (watch) watch->begin(now);
  }
}

void TriggerDesk::detach(TriggerOwner owner) {
  const auto found = parts_->owners.find(owner);
  if (found == parts_->owners.end()) return;
  const Attached attached = std::move(found->second);
  parts_->owners.erase(found);
  const auto [first, last] = parts_->names.equal_range(attached.holder->attachment.name);
  const auto name = std::find_if(first, last, [owner](const auto& each) { return each.second == owner; });
  if (name != last) parts_->names.erase(name);
  for (const std::shared_ptr<Watch>& watch : attached.watches) {
    if (watch) watch->end();
  }
}

// By the first owner of that name to whom it belongs.
bool TriggerDesk::Parts::restore(const std::string& key, const wire::Object& row) const {
  const wire::Value* name = row.find("name");
  const wire::Value* index = row.find("index");
  const std::int64_t* number = index != nullptr ? index->as_int() : nullptr;
  if (name == nullptr || number == nullptr || *number < 0) return false;
  const auto [first, last] = names.equal_range(std::string(name->string_or("")));
  return std::any_of(first, last, [&](const auto& owner) {
    const Watches& watches = owners.at(owner.second).watches;
    const auto position = static_cast<std::size_t>(*number);
    return position < watches.size() && watches[position] && watches[position]->restore(key, row);
  });
}

void TriggerDesk::restore_hold(const std::string& key, const std::string& json) {
  const auto row = wire::parse_object(json, wire::kDocumentLimits);
  // Of a trigger that is not there any more, or is another now.
  if (!row || !parts_->restore(key, *row)) parts_->board.surroundings().save(RowKind::hold, key, {});
}

void TriggerDesk::handle(const Happening& happening, Instant now) {
  std::visit([&](const auto& what) { parts_->on(what, now); }, happening);
}

void TriggerDesk::Parts::on(const StateChanged& change, Instant now) {
  const Watches watches = board.listeners_of_entity(change.entity);
  std::optional<Trips::Step> step;
  tell(watches, [&](Watch& watch) {
    if (!watch.ignores_trips()) return watch.on_state(change, now);
    if (!step) step = trips.see(change);
    if (step->kind == Trips::Step::Kind::change) watch.on_state(step->change, now);
    if (step->kind == Trips::Step::Kind::known) watch.on_known(change.entity, *step->change.after, now);
  });
}

void TriggerDesk::Parts::on(const BusEvent& event, Instant now) {
  if (!board.any(Subject::event)) return;
  tell(board.listeners_of_event(event.type), [&](Watch& watch) { watch.on_event(event, now); });
}

void TriggerDesk::Parts::on(const MqttMessage& message, Instant now) {
  if (!board.any(Subject::topic)) return;
  tell(board.listeners_of_topic(message.topic), [&](Watch& watch) { watch.on_message(message, now); });
}

// First what was due while nobody was there, then what waits for the start.
void TriggerDesk::Parts::on(const HouseStarted&, Instant now) {
  if (!board.started) {
    board.started = true;
    tell(board.listeners(Subject::resume), [now](Watch& watch) { watch.on_resume(now); });
  }
  on(TimePassed{}, now);
  tell(board.listeners(Subject::start), [now](Watch& watch) { watch.on_start(now); });
}

void TriggerDesk::Parts::on(const HouseStops&, Instant now) {
  tell(board.listeners(Subject::stop), [now](Watch& watch) { watch.on_stop(now); });
}

void TriggerDesk::Parts::on(const TimePassed&, Instant now) {
  while (const std::optional<Timers::Due> due = board.timers().take(now)) {
    if (due->timer.watch->in_force()) due->timer.watch->on_due(due->timer.cookie, due->due, now);
  }
}

void TriggerDesk::Parts::on(const RegistryChanged&, Instant now) {
  tell(board.listeners(Subject::registry), [now](Watch& watch) { watch.on_registry(now); });
}

bool TriggerDesk::listens_to(std::string_view entity) const {
  const Board& board = parts_->board;
  return board.any(Subject::entity, entity) || board.any(Subject::states) ||
         board.any(Subject::domain, jinja::domain_of(entity));
}

bool TriggerDesk::listens_to_event(std::string_view type) const {
  return parts_->board.any(Subject::event, type) || parts_->board.any(Subject::event, "*");
}

std::optional<Instant> TriggerDesk::next_deadline() const { return parts_->board.timers().next(); }

}  // namespace gable::rules
