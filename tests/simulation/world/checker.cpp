#include "world/checker.hpp"

#include <algorithm>
#include <set>

#include "wire/json.hpp"

namespace gable::sim {

namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const auto part : parts) out += part;
  return out;
}

using hub::Table;

std::string at(Steady when) {
  return std::to_string(std::chrono::duration_cast<Span>(when - WorldTime::kBeginning).count()) + " ms";
}

std::string text_of(const wire::Object& object, std::string_view key) {
  const auto* value = object.find(key);
  return value == nullptr ? std::string("(none)") : wire::plain_text(*value);
}

wire::Object row_of(const Disk& disk, Table table, const std::string& key) {
  const auto* json = disk.find(table, key);
  auto row = json == nullptr ? wire::Result<wire::Object>(wire::Object{})
                             : wire::parse_object(*json, wire::kDocumentLimits);
  return row ? *row : wire::Object{};
}

std::int64_t counter(const Disk& disk, const std::string& id) {
  const auto row = row_of(disk, Table::state, "counter." + id);
  wire::Value number;
  if (!wire::parse_scalar(text_of(row, "state"), number)) return 0;
  return number.as_int() == nullptr ? 0 : *number.as_int();
}

wire::Object document(const Checker::Retained& retained, const std::string& topic) {
  const auto found = retained.find(topic);
  const auto object = found == retained.end() ? wire::Result<wire::Object>(wire::Object{})
                                              : wire::parse_object(found->second.payload);
  return object ? *object : wire::Object{};
}

std::string slashed(std::string entity) {
  entity[entity.find('.')] = '/';
  return entity;
}

}  // namespace

// ── agreement ──

void Checker::check_agreement(const Retained& retained, const Disk& disk) {
  for (const auto& [id, thing] : nature_.things()) check_thing(thing, retained);
  check_leftovers(retained, disk);
  const std::string heat = text_of(nature_.thing("heat").state, "state");
  const auto helper = text_of(document(retained, "gable/state/input_number/heat"), "state");
  const auto twice = text_of(document(retained, "gable/state/sensor/double"), "state");
  if (twice != std::to_string(std::stoi(heat) * 2))
    broken("the template sensor says " + twice + " for " + heat);
  const auto stored = row_of(disk, Table::state, "input_number.heat");
  if (helper.starts_with(text_of(stored, "state")) == text_of(stored, "state").starts_with(helper) &&
      helper != text_of(stored, "state")) {
    broken("input_number.heat is " + helper + " on the tree and " + text_of(stored, "state") +
           " in the store");
  }
}

void Checker::check_thing(const Thing& thing, const Retained& retained) {
  const auto said = document(retained, "gable/state/" + slashed(thing.entity));
  const auto available = text_of(document(retained, "gable/availability/" + slashed(thing.entity)), "status");
  if (available != "online") broken(thing.entity + " is " + available + ", but its source is there");
  for (const auto& [key, value] : thing.state) {
    const std::string real = wire::plain_text(value);
    if (text_of(said, key) != real) {
      broken(
          joined({thing.entity, " ", key, ": the device has ", real, ", the hub says ", text_of(said, key)}));
    }
  }
}

void Checker::check_leftovers(const Retained& retained, const Disk& disk) {
  for (const auto& [topic, message] : retained) {
    // A command of this very moment may be under way; none is when all has ended (check_history).
    if (topic.starts_with("gable/desired/") && disk.rows(Table::desired) == 0) {
      broken("is still asked for: " + topic + " " + message.payload);
    }
    // Devices that did not obey are a problem until the next time that they do.
    if (topic.starts_with("gable/problem/") && !topic.starts_with("gable/problem/command.")) {
      broken("a problem without a cause: " + topic + " " + message.payload);
    }
    if (topic.starts_with("gable/set/") || topic.starts_with("gable/event/")) broken("retained: " + topic);
  }
  if (text_of(document(retained, "gable/hub/status"), "status") != "online") broken("the hub is not online");
}

// ── what happened ──

void Checker::check_history(const Disk& disk) {
  check_presses();
  check_invention();
  check_commands();
  check_actuations();
  check_wishes();
  check_counters(disk);
  if (disk.rows(Table::desired) != 0) broken("commands without an end in the store");
}

namespace {

bool any_within(const std::vector<Steady>& times, Steady from, Steady to) {
  return std::any_of(times.begin(), times.end(), [&](Steady t) { return t >= from && t <= to; });
}

// Longest way of the broker's answer, by which a sender knows that it has something.
constexpr Span kAnswer{2'000};

}  // namespace

// The broker's session of the hub came to an end around that moment, with what waited in it.
bool Checker::hub_lost_session_near(Steady when, std::chrono::seconds after) const {
  constexpr std::chrono::seconds kBefore{100};
  constexpr std::chrono::seconds kUntil{200};  // frozen for a while, then killed and down for a while
  const bool trouble = any_within(history_.troubles, when - kBefore, when + after) ||
                       any_within(history_.hub_crashes, when - kBefore, when + after);
  return (trouble && any_within(history_.fresh_sessions, when - kAnswer, when + kUntil)) ||
         any_within(history_.restored, when, when + kUntil);
}

// Nobody took it for so long that it was worth nothing any more: bridges give what happened a minute.
bool Checker::too_late_for_hub(Steady pressed) const {
  constexpr std::chrono::seconds kWorth{60}, kUntil{100};
  return any_within(history_.hub_connections, pressed + kWorth - kAnswer, pressed + kWorth + kUntil);
}

bool Checker::store_lost_something() const {
  return history_.unsaved_lost || struck({FaultKind::power_loss, FaultKind::disk_full_crash});
}

bool Checker::struck(std::initializer_list<FaultKind> kinds) const {
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](FaultKind kind) { return history_.faults.contains(to_string(kind)); });
}

void Checker::check_presses() {
  for (const auto& press : history_.presses) {
    const std::string name =
        "press " + std::to_string(press.number) + " of " + press.device + " at " + at(press.at);
    if (press.heard > 1) broken(name + " was heard " + std::to_string(press.heard) + " times");
    if (press.heard > 0 || !press.taken) continue;
    if (hub_lost_session_near(press.taken_at) || too_late_for_hub(press.at)) continue;
    broken(name + " is lost: the broker took it for the hub at " + at(press.taken_at));
  }
}

void Checker::check_invention() {
  for (const auto& [entity, value] : history_.changes) {
    const auto known = history_.values.find(entity);
    if (known == history_.values.end() || value == "null" || value.empty()) continue;
    if (!known->second.contains(value)) broken(joined({"invented: ", entity, " was never ", value}));
  }
  std::set<std::int64_t> pressed;
  for (const auto& press : history_.presses) pressed.insert(press.number);
  const std::string mark = "sim/mark ";
  for (const auto& [what, said] : history_.said) {
    if (said.needless > 0) broken("said again " + std::to_string(said.needless) + " times: " + what);
    if (!what.starts_with(mark)) continue;
    if (!pressed.contains(std::stoll(what.substr(mark.size())))) broken("invented: " + what);
  }
}

void Checker::check_commands() {
  // What a loss of power or a full disk took from the store, the next process takes up again.
  if (store_lost_something()) return;
  for (const auto& [id, ends] : history_.ended) {
    // A rejected wish never became a command; one with a known id is answered each time it comes.
    if (ends.size() > 1 && history_.commanded.contains(id)) {
      std::string text = "command " + id + " ended " + std::to_string(ends.size()) + " times:";
      for (const auto& end : ends) text.append(" ").append(end);
      broken(text);
    }
  }
  if (!history_.hub_crashes.empty()) return;  // what a dying process had not yet written is not in evidence
  std::set<std::string> wished;
  for (const auto& wish : history_.wishes) wished.insert(wish.id);
  for (const auto& [id, times] : history_.commanded) {
    if (times > 1) broken("command " + id + " was given " + std::to_string(times) + " times");
  }
}

void Checker::check_actuations() {
  std::map<std::string, int> times;
  for (const auto& one : history_.actuations) {
    if (one.bridge == "z2m") continue;
    ++times[one.device + " " + one.id];
    if (!history_.sent.contains(one.id))
      broken("invented: " + one.device + " got " + one.id + ", which the hub never sent");
  }
  for (const auto& [what, count] : times) {
    if (count > 1) broken(what + " acted " + std::to_string(count) + " times");
  }
}

void Checker::check_wishes() {
  // The next process answers again what the store has forgotten to be answered.
  const bool forgotten = store_lost_something();
  for (const auto& wish : history_.wishes) {
    const std::string name = "wish " + wish.id + " " + wish.topic + " at " + at(wish.at);
    if (wish.results.size() > 1 && !forgotten)
      broken(name + " was answered " + std::to_string(wish.results.size()) + " times");
    // A broker that is wiped before the answer forgets who waits for it; a lock is given 15 s.
    constexpr std::chrono::seconds kLongest{20};
    if (!wish.results.empty() || !wish.taken || hub_lost_session_near(wish.taken_at, kLongest)) continue;
    broken(name + " was never answered, though the broker took it for the hub at " + at(wish.taken_at));
  }
}

// ── counters: what one event began is in the store together with it, or not at all ──

void Checker::check_counters(const Disk& disk) {
  const auto expect = [&](const char* id, std::int64_t wanted, const char* of) {
    const auto is = counter(disk, id);
    if (is != wanted)
      broken(std::string("counter.") + id + " is " + std::to_string(is) + ", but there were " +
             std::to_string(wanted) + " " + of);
  };
  const auto press = counter(disk, "press");
  expect("slow_begun", press, "presses");
  expect("slow_ended", press, "presses, each with a delay");
  expect("queued", press, "presses, each with a queued run");
  expect("thrice", 3 * press, "turns of repeat");
  expect("branches", 2 * press, "parallel branches");
  expect("joined", press, "runs of parallel branches");
  expect("helped", press, "calls of a script");
  expect("aimed", press, "commands that were waited for");
  expect("wait_ended", counter(disk, "wait_begun"), "waits");
  const auto heard = std::count_if(history_.presses.begin(), history_.presses.end(),
                                   [](const Press& p) { return p.device == "remote" && p.sent; });
  if (press > heard)
    broken("counter.press is " + std::to_string(press) + " after " + std::to_string(heard) + " presses");
  if (const auto egg = row_of(disk, Table::state, "timer.egg"); text_of(egg, "state") == "active")
    broken("timer.egg is still active");
  const auto dial = counter(disk, "dial"), egg = counter(disk, "egg");
  if (egg > dial)
    broken("the timer ended " + std::to_string(egg) + " times after " + std::to_string(dial) + " starts");
  if (dial > 0 && egg == 0) broken("the timer never ended");
  if (!struck({FaultKind::clock_jump})) check_ticks(counter(disk, "tick"));
}

// Every five minutes, or not at all where the hub was away.
void Checker::check_ticks(std::int64_t ticks) {
  constexpr std::int64_t kAll = Plan::kEnd.count() / 300'000;
  if (ticks > kAll)
    broken("there were " + std::to_string(ticks) + " ticks in " + std::to_string(kAll) +
           " times five minutes");
  const bool away =
      store_lost_something() || struck({FaultKind::hub_freeze}) || !history_.hub_crashes.empty();
  if (!away && ticks != kAll)
    broken("there were " + std::to_string(ticks) + " ticks, not " + std::to_string(kAll));
}

}  // namespace gable::sim
