#pragma once
// A house for tests of triggers: a desk, what it fired, and time that goes by as the desk asks for it.

#include <gtest/gtest.h>

#include <list>
#include <memory>
#include <string>
#include <vector>

#include "engine/triggers/trigger_desk.hpp"
#include "fake_surroundings.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::test {

// With devices, a zone of choice and a count of looks at states.
class TriggerSurroundings : public FakeSurroundings {
 public:
  [[nodiscard]] std::optional<StateSnapshot> snapshot(std::string_view entity) const override {
    ++looks;
    return FakeSurroundings::snapshot(entity);
  }
  [[nodiscard]] const jinja::TimeZone& zone() const override {
    return other_zone != nullptr ? *other_zone : FakeSurroundings::zone();
  }
  void subscribe(const std::string& filter) override {
    ++subscriptions;
    FakeSurroundings::subscribe(filter);
  }

  mutable int looks = 0;
  int subscriptions = 0;
  const jinja::TimeZone* other_zone = nullptr;
  std::map<std::string, std::string, std::less<>> devices_of;  // entity → device

 private:
  [[nodiscard]] std::optional<jinja::EntityEntry> entity(std::string_view id) const override {
    const auto found = devices_of.find(id);
    if (found == devices_of.end()) return std::nullopt;
    jinja::EntityEntry entry;
    entry.device_id = found->second;
    return entry;
  }
};

inline Templated templated(const std::string& text) {
  auto compiled = jinja::Template::compile(text);
  EXPECT_TRUE(compiled) << text;
  return Templated(std::make_shared<const jinja::Template>(std::move(*compiled)));
}
inline Templated literal(jinja::Value value) { return Templated(std::move(value)); }
inline Period seconds(int count) { return literal(count); }
inline StateFilter is(std::initializer_list<jinja::Value> values) { return {true, false, values}; }
inline StateFilter null() { return {true, true, {}}; }

inline Trigger trigger_of(const char* platform, TriggerKind kind) {
  Trigger trigger;
  trigger.platform = platform;
  trigger.kind = std::move(kind);
  return trigger;
}

class TriggerTest : public ::testing::Test {
 public:
  TriggerTest() { restart(); }

  void restart() {
    desk = std::make_unique<TriggerDesk>(house, [this](const Fired& one) { on_fired(one); });
  }
  virtual void on_fired(const Fired& one) {
    fired.push_back(one);
    times.push_back(now);
  }

  // Attaches them as the rule "automation.test" unless another name is given.
  TriggerOwner attach(std::vector<Trigger> triggers, const std::string& name = "automation.test") {
    owned.push_back(std::move(triggers));
    TriggerDesk::Attachment attachment;
    attachment.triggers = &owned.back();
    attachment.name = name;
    attachment.options = options;
    attachment.variables = &variables;
    const TriggerOwner owner = desk->new_owner();
    desk->attach(owner, attachment, now);
    return owner;
  }
  TriggerOwner attach(const char* platform, TriggerKind kind) {
    return attach({trigger_of(platform, std::move(kind))});
  }

  void change(const std::string& entity, const std::string& state, wire::Object attributes = {}) {
    StateChanged step;
    step.entity = entity;
    if (house.states.count(entity) != 0) step.before = house.states[entity];
    house.set(entity, state, std::move(attributes), now);
    house.states[entity].context = {"c-1", "", "user"};
    step.after = house.states[entity];
    desk->handle(step, now);
  }
  void remove(const std::string& entity) {
    StateChanged step;
    step.entity = entity;
    step.before = house.states[entity];
    house.states.erase(entity);
    desk->handle(step, now);
  }
  // Wakes the desk at every moment that it asks for.
  void wait(std::chrono::microseconds period) {
    const Instant end = now + period;
    while (const auto next = desk->next_deadline()) {
      if (*next > end) break;
      now = std::max(now, *next);
      desk->handle(TimePassed{}, now);
    }
    now = end;
  }
  void start() { desk->handle(HouseStarted{}, now); }
  // The hub dies and comes back after a while, with what was in its store.
  void crash(std::chrono::microseconds down) {
    restart();
    now += down;
    fired.clear();
    times.clear();
  }
  void restore() {
    const auto rows = house.rows;
    for (const auto& [key, json] : rows) {
      if (!json.empty()) desk->restore_hold(key, json);
    }
  }
  [[nodiscard]] std::size_t rows() const {
    std::size_t count = 0;
    for (const auto& [key, json] : house.rows) count += json.empty() ? 0U : 1U;
    return count;
  }

  // {{ trigger.… }} of the one that fired last.
  [[nodiscard]] std::string shown(const std::string& expression) const {
    if (fired.empty()) return "(nothing fired)";
    Scope scope;
    scope.define("trigger", fired.back().trigger);
    for (const auto& [name, value] : fired.back().variables) scope.define(name, value);
    const Rendered out = Renderer(house, now).text(templated("{{ " + expression + " }}"), scope);
    return out.ok() ? jinja::str(out.value) : out.error;
  }
  // How many fired since the last time that this was asked.
  std::size_t count() {
    const std::size_t so_far = fired.size();
    const std::size_t more = so_far - counted;
    counted = so_far;
    return more;
  }

  mutable TriggerSurroundings house;
  Scope variables;
  Options options;
  Instant now = kNoon;
  std::vector<Fired> fired;
  std::vector<Instant> times;
  std::size_t counted = 0;
  std::list<std::vector<Trigger>> owned;
  std::unique_ptr<TriggerDesk> desk;
};

}  // namespace gable::rules::test
