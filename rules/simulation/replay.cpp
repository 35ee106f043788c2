#include "simulation/replay.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "simulation/values.hpp"
#include "wire/command.hpp"
#include "wire/domains.hpp"

namespace gable::rules::simulation {

namespace {

using std::chrono::microseconds;
using wire::Value;

// Records pile up for so many states before they are looked through.
constexpr std::size_t kPile = 1'000;
constexpr std::string_view kOn = "on";

bool takes_commands(std::string_view entity) {
  const wire::DomainSpec* domain = wire::find_domain(domain_part(entity));
  return domain != nullptr && !domain->services.empty();
}

// A recording has states as texts; where a number is expected, it is one.
class Known final : public wire::CurrentValues {
 public:
  Known(const std::string& state, const wire::Object& attributes, const wire::Object& expected)
      : attributes_(attributes), state_(state) {
    const Value* wanted = expected.find("state");
    double number = 0;
    if (wanted == nullptr || !wanted->is_number()) return;
    const auto read = std::from_chars(state.data(), state.data() + state.size(), number);
    if (read.ec == std::errc()) state_ = Value(number);
  }
  [[nodiscard]] const Value* current(std::string_view name) const override {
    return name == "state" ? &state_ : attributes_.find(name);
  }

 private:
  const wire::Object& attributes_;
  Value state_;
};

HouseSettings never_restarted(HouseSettings settings) {
  settings.restarts = false;
  return settings;
}

// What was to become of an entity, without what was to go.
wire::Object wanted_of(const RecordedWish& wish) {
  wire::Object out;
  if (wish.state) {
    double number = 0;
    const char* end = wish.state->data() + wish.state->size();
    const auto read = std::from_chars(wish.state->data(), end, number);
    const bool numeric = read.ec == std::errc() && read.ptr == end;
    out.set("state", numeric ? Value(number) : Value(*wish.state));
  }
  for (const auto& [key, value] : wish.attributes) {
    if (!value.is_null()) out.set(key, value);
  }
  return out;
}

}  // namespace

std::string_view to_string(Agreement agreement) {
  switch (agreement) {
    case Agreement::agreed:
      return "agreed";
    case Agreement::already:
      return "already";
    case Agreement::differs:
      return "differs";
    case Agreement::not_compared:
      return "not_compared";
  }
  return "";
}

// How one entity really was, step by step.
struct Replay::Timeline {
  struct Step {
    Instant at{};
    std::string state;
    std::shared_ptr<const wire::Object> attributes;
    std::string by;
    bool text_changed = false;
    bool decided = false;  // a rule decided the same
  };
  std::vector<Step> steps;
  std::vector<std::pair<Instant, bool>> on_now;  // with the rules; of those that obey

  // The first step at or after that time.
  [[nodiscard]] std::size_t from(Instant at) const {
    const auto found = std::lower_bound(steps.begin(), steps.end(), at,
                                        [](const Step& step, Instant time) { return step.at < time; });
    return static_cast<std::size_t>(found - steps.begin());
  }
  void measure(Instant begin, Instant end, EntityTally& tally) const;
};

namespace {

template <typename Step>
bool reached(const std::string& entity, const wire::Object& wanted, const Step& step) {
  wire::EntityDescription description;
  description.domain = wire::find_domain(domain_part(entity));
  if (description.domain == nullptr) return false;
  // What was never reported is not to be judged.
  wire::Object judged;
  for (const auto& [key, value] : wanted) {
    if (key == "state" || step.attributes->contains(key)) judged.append(key, value);
  }
  return wire::reached(description, judged, Known(step.state, *step.attributes, wanted));
}

}  // namespace

// Both lines of time are walked through together.
void Replay::Timeline::measure(Instant begin, Instant end, EntityTally& tally) const {
  std::size_t then = 0, now = 0;
  bool was_on = false, is_on = false;
  Instant at = begin;
  while (at < end) {
    for (; then < steps.size() && steps[then].at <= at; ++then) was_on = steps[then].state == kOn;
    for (; now < on_now.size() && on_now[now].first <= at; ++now) is_on = on_now[now].second;
    Instant next = end;
    if (then < steps.size()) next = std::min(next, steps[then].at);
    if (now < on_now.size()) next = std::min(next, on_now[now].first);
    const microseconds passed = next - at;
    if (was_on) tally.on_then += passed;
    if (is_on) tally.on_now += passed;
    if (was_on && is_on) tally.on_both += passed;
    at = next;
  }
}

Replay::Replay(ReplaySettings settings)
    : settings_(std::move(settings)), house_(never_restarted(settings_.house)) {
  report_.from = settings_.house.now;
}

Replay::~Replay() = default;

void Replay::know(const std::string& entity, std::string state, wire::Object attributes, microseconds since) {
  const bool obeys = settings_.obeys.contains(entity);
  if (takes_commands(entity)) {
    Timeline& line = lines_[entity];
    line.steps.push_back(
        {report_.from - since, state, std::make_shared<const wire::Object>(attributes), "", false, false});
    if (obeys) line.on_now.emplace_back(report_.from, state == kOn);
  }
  house_.place_entity(entity, std::move(state), std::move(attributes), since);
  house_.entities().put(entity).manners.unmoved = !obeys;
}

void Replay::start(RuleSet rules) {
  std::vector<std::string> automations;
  for (const Automation& rule : rules.automations) automations.push_back("automation." + rule.id);
  LoadReport loaded = house_.start(std::move(rules));
  report_.refused = std::move(loaded.refused);
  for (const std::string& rule : automations) {
    const auto& refused = report_.refused;
    if (std::find(refused.begin(), refused.end(), rule) == refused.end()) report_.rules[rule];
  }
}

void Replay::observe(Observed one) {
  ++report_.observed;
  house_.advance(std::max(one.at, house_.now()));
  if (one.message) {
    house_.receive(*one.message);
  } else if (one.event) {
    house_.fire_from_outside(std::move(*one.event));
  } else if (!house_.owns(one.entity)) {
    change(one);
  }
  if (house_.record().states.size() > kPile) take_in();
}

void Replay::change(Observed& one) {
  if (takes_commands(one.entity)) keep(one);
  if (!one.state) return house_.remove(one.entity);
  const bool is_new = house_.entities().find(std::string_view(one.entity)) == nullptr;
  house_.set(one.entity, std::move(*one.state), std::move(one.attributes));
  if (is_new) house_.entities().put(one.entity).manners.unmoved = !settings_.obeys.contains(one.entity);
}

// What really was, whatever the rules make of it.
void Replay::keep(const Observed& one) {
  Timeline& line = lines_[one.entity];
  Timeline::Step step{one.at, one.state.value_or("unavailable"), {}, one.by, true, false};
  if (line.steps.empty()) {
    step.attributes = std::make_shared<const wire::Object>(one.attributes);
  } else {
    const Timeline::Step& last = line.steps.back();
    step.text_changed = last.state != step.state;
    step.attributes = last.attributes;
    if (!one.attributes.empty()) {
      wire::Object attributes = *last.attributes;
      for (const auto& [key, value] : one.attributes) attributes.set(key, value);
      step.attributes = std::make_shared<const wire::Object>(std::move(attributes));
    }
    if (!step.text_changed && step.attributes == last.attributes) return;
  }
  line.steps.push_back(std::move(step));
}

// What was recorded in the simulated house since the last time.
void Replay::take_in() {
  const Record record = house_.take_record();
  for (const RecordedState& state : record.states) {
    if (!settings_.obeys.contains(state.change.entity)) continue;
    const bool on = state.change.after && state.change.after->state == kOn;
    lines_[state.change.entity].on_now.emplace_back(state.stamp.at, on);
  }
  for (const RecordedCall& call : record.calls) take_call(call, record.wishes);
  for (const RecordedTrace& trace : record.traces) take_trace(trace.line);
  for (const RecordedText& text : record.texts) {
    if (text.level == "problem" || text.level == "error") ++report_.problems[text.text];
  }
}

void Replay::take_call(const RecordedCall& call, const std::vector<RecordedWish>& wishes) {
  if (call.rule.empty()) return;
  ++report_.rules[call.rule].calls;
  ReplayDecision decision{call.stamp.at, call.rule, 0, call.service, {}, {}, call.error, {}, {}, {}, {}};
  decision.agreement = Agreement::not_compared;
  bool any = false;
  for (const RecordedWish& wish : wishes) {
    if (wish.call != call.id) continue;
    any = true;
    decision.run = wish.run;
    decision.entity = wish.entity;
    decision.wanted = wanted_of(wish);
    deciding_.insert(wish.run);
    report_.decisions.push_back(decision);
  }
  if (any) return;
  decision.wanted = to_wire_object(call.data);
  report_.decisions.push_back(std::move(decision));
}

void Replay::take_trace(const wire::Object& line) {
  const Value* rule = line.find("rule");
  if (rule == nullptr) return;
  RuleTally& tally = report_.rules[std::string(rule->string_or(""))];
  ++tally.triggered;
  const Value* run = line.find("run");
  if (run == nullptr || run->as_int() == nullptr) return;
  ++tally.ran;
  const auto number = static_cast<std::uint64_t>(*run->as_int());
  if (deciding_.contains(number)) report_.traces.emplace(number, line);
}

void Replay::judge(ReplayDecision& decision) {
  const auto found = lines_.find(decision.entity);
  if (found == lines_.end() || found->second.steps.empty() || decision.wanted.empty()) return;
  Timeline& line = found->second;
  auto& steps = line.steps;
  const Instant last = decision.at + settings_.after;
  const std::size_t first = line.from(decision.at - settings_.before);
  bool was = first > 0 && reached(decision.entity, decision.wanted, steps[first - 1]);
  decision.agreement = was ? Agreement::already : Agreement::differs;
  if (first > 0) decision.found = steps[first - 1].state;
  for (std::size_t i = first; i < steps.size() && steps[i].at <= last; ++i) {
    const bool is = reached(decision.entity, decision.wanted, steps[i]);
    if (steps[i].at <= decision.at) decision.found = steps[i].state;
    if (is && !was) {
      steps[i].decided = true;
      if (!decision.apart) decision.by = steps[i].by, decision.apart = steps[i].at - decision.at;
      decision.agreement = Agreement::agreed;
    }
    was = is;
  }
}

void Replay::judge_others() {
  for (const auto& [entity, line] : lines_) {
    EntityTally& tally = report_.entities[entity];
    tally.obeys = settings_.obeys.contains(entity);
    line.measure(report_.from, report_.to, tally);
    const bool concerns = tally.obeys || tally.decisions > 0;
    for (std::size_t i = 0; i < line.steps.size(); ++i) {
      const Timeline::Step& step = line.steps[i];
      if (!step.text_changed) continue;
      ++tally.changes;
      if (step.decided) ++tally.same;
      if (step.decided || !concerns) continue;
      report_.others.push_back(
          {step.at, entity, i > 0 ? line.steps[i - 1].state : std::string(), step.state, step.by});
    }
  }
  std::stable_sort(report_.others.begin(), report_.others.end(),
                   [](const OthersChange& a, const OthersChange& b) { return a.at < b.at; });
}

ReplayReport Replay::finish(Instant to) {
  house_.advance(std::max(to, house_.now()));
  take_in();
  report_.to = house_.now();
  for (ReplayDecision& decision : report_.decisions) {
    judge(decision);
    RuleTally& tally = report_.rules[decision.rule];
    switch (decision.agreement) {
      case Agreement::agreed:
        ++tally.agreed;
        break;
      case Agreement::already:
        ++tally.already;
        break;
      case Agreement::differs:
        ++tally.differing;
        break;
      case Agreement::not_compared:
        ++tally.not_compared;
        break;
    }
    if (!decision.entity.empty() && lines_.contains(decision.entity))
      ++report_.entities[decision.entity].decisions;
  }
  judge_others();
  return std::move(report_);
}

}  // namespace gable::rules::simulation
