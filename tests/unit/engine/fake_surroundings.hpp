#pragma once
// A house of a few lines for tests of the engine: states that a test sets, the time and the sun as it says,
// and everything that the engine did.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/surroundings.hpp"

namespace gable::rules::test {

// 2026-01-15T12:00:00Z, a Thursday.
inline constexpr Instant kNoon = Instant(std::chrono::microseconds(1'768'478'400'000'000));

// Local time is so many hours ahead of UTC.
class FixedZone final : public jinja::TimeZone {
 public:
  [[nodiscard]] std::chrono::seconds offset(Instant) const override { return ahead; }
  std::chrono::seconds ahead{0};
};

class FakeSurroundings : public Surroundings, private jinja::House, private jinja::RandomSource {
 public:
  void set(const std::string& entity, const std::string& state, wire::Object attributes = {},
           Instant since = kNoon) {
    StateSnapshot snapshot;
    snapshot.state = state;
    snapshot.attributes = std::make_shared<const wire::Object>(std::move(attributes));
    snapshot.last_changed = snapshot.last_updated = snapshot.last_reported = since;
    states[entity] = std::move(snapshot);
  }

  [[nodiscard]] const jinja::House& house() const override { return *this; }
  [[nodiscard]] const jinja::TimeZone& zone() const override { return time_zone; }
  [[nodiscard]] jinja::RandomSource& random() override { return *this; }
  [[nodiscard]] std::optional<StateSnapshot> snapshot(std::string_view entity) const override {
    const auto found = states.find(std::string(entity));
    return found == states.end() ? std::nullopt : std::optional(found->second);
  }
  // Every day at the same hours of UTC; nothing where they are not given.
  [[nodiscard]] std::optional<Instant> next_sun(bool rises, Instant after) const override {
    const auto& at = rises ? sunrise : sunset;
    if (!at) return std::nullopt;
    Instant when = std::chrono::floor<std::chrono::days>(after) + *at;
    while (when <= after) when += std::chrono::hours(24);
    return when;
  }
  ServiceOutcome call(const ServiceCall& call) override {
    calls.push_back(call.domain + "." + call.service);
    return on_call ? on_call(call) : ServiceOutcome{};
  }
  void abandon(std::uint64_t call) override { abandoned.push_back(call); }
  void fire(const BusEvent& event) override {
    fired.push_back(event.type);
    if (on_event) on_event(event);
  }
  void subscribe(const std::string& filter) override { subscribed.push_back(filter); }
  void unsubscribe(const std::string& filter) override { std::erase(subscribed, filter); }
  [[nodiscard]] Context context_below(const Context& cause) override {
    return {"c-" + std::to_string(++contexts_), cause.id, cause.user};
  }
  void save(RowKind kind, const std::string& key, const std::string& json) override {
    rows[key] = json;
    row_kinds[key] = kind;
  }
  void declare(const OwnEntity& entity) override { declared[entity.entity] = entity; }
  void withdraw(const std::string& entity) override { declared.erase(entity), states.erase(entity); }
  void show(const std::string& entity, const std::string& state, const wire::Object& attributes,
            const Context&) override {
    set(entity, state, attributes);
  }
  void trace(Trace trace) override { traces.push_back(std::move(trace).line()); }
  void problem(const std::string& id, const std::string& text) override {
    if (text.empty())
      problems.erase(id);
    else
      problems[id] = text;
  }
  void log(std::string_view, const std::string& text) override { logged.push_back(text); }

  std::map<std::string, StateSnapshot> states;
  FixedZone time_zone;
  std::optional<std::chrono::minutes> sunrise, sunset;
  std::vector<std::string> calls, fired, subscribed, logged;
  std::map<std::string, OwnEntity> declared;
  std::vector<std::uint64_t> abandoned;
  std::map<std::string, std::string> rows, problems;
  std::map<std::string, RowKind> row_kinds;
  std::function<ServiceOutcome(const ServiceCall&)> on_call;  // nothing: every call is done at once
  std::function<void(const BusEvent&)> on_event;
  std::vector<wire::Object> traces;

 private:
  [[nodiscard]] std::optional<jinja::EntityState> state(std::string_view id) const override {
    const auto found = states.find(std::string(id));
    if (found == states.end()) return std::nullopt;
    jinja::EntityState state;
    state.entity_id = found->first;
    state.state = found->second.state;
    state.attributes = found->second.attributes.get();
    state.last_changed = found->second.last_changed;
    return state;
  }
  [[nodiscard]] Names entities(std::string_view domain) const override {
    Names names;
    for (const auto& [id, state] : states) {
      if (domain.empty() || id.starts_with(std::string(domain) + ".")) names.push_back(id);
    }
    return names;
  }
  std::uint64_t below(std::uint64_t) override { return 0; }

  int contexts_ = 0;
};

}  // namespace gable::rules::test
