// What a test expects, held against what happened.
#include <algorithm>

#include "simulation/scenario/matching.hpp"
#include "simulation/scenario/run_scenario.hpp"
#include "simulation/scenario/story.hpp"
#include "template/json_values.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::simulation {

namespace {

template <class Records>
auto since(const Records& records, std::uint64_t mark) {
  std::vector<const typename Records::value_type*> out;
  for (const auto& record : records) {
    if (record.stamp.number > mark) out.push_back(&record);
  }
  return out;
}

std::string list_or(const std::vector<std::string>& lines, std::string_view none) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out.empty() ? std::string(none) : out;
}

class Checker {
 public:
  Checker(const Expectations& expected, SimulatedHouse& house, std::uint64_t mark)
      : expected_(expected), house_(house), renderer_(house, house.now()), matcher_(renderer_), mark_(mark) {
    for (const RecordedCall* call : since(house.record().calls, mark)) {
      if (!call->from_outside) calls_.push_back(call);
    }
  }

  std::vector<Failure> run() {
    if (expected_.calls) check_calls(*expected_.calls);
    check_no_calls();
    for (const ExpectedState& state : expected_.states) check_state(state);
    check_events();
    check_messages();
    for (const ExpectedRuns& runs : expected_.runs) check_runs(runs);
    for (const ExpectedTrace& trace : expected_.traces) check_trace(trace);
    return std::move(failures_);
  }

 private:
  void fail(const Place& place, std::string expected, std::string happened) {
    failures_.push_back({place, std::move(expected), std::move(happened)});
  }

  [[nodiscard]] std::string all_calls() const {
    std::vector<std::string> lines;
    for (const RecordedCall* call : calls_) lines.push_back(call_text(*call));
    return list_or(lines, "no service was called");
  }

  [[nodiscard]] bool is(const ExpectedCall& wanted, const RecordedCall& call) const {
    const bool any_of_domain = wanted.service.ends_with(".*");
    const std::string_view prefix = std::string_view(wanted.service).substr(0, wanted.service.size() - 1);
    if (any_of_domain ? !call.service.starts_with(prefix) : call.service != wanted.service) return false;
    const auto has = [&call](const std::string& entity) {
      return std::find(call.entities.begin(), call.entities.end(), entity) != call.entities.end();
    };
    if (!std::all_of(wanted.entities.begin(), wanted.entities.end(), has)) return false;
    const bool any_data = wanted.data.is_literal() && wanted.data.literal().is_none();
    return any_data || matcher_.matches(wanted.data, call.data);
  }

  void check_calls(const std::vector<ExpectedCall>& wanted) {
    std::vector<bool> used(calls_.size(), false);
    std::size_t from = 0;
    for (const ExpectedCall& one : wanted) {
      if (one.times) {
        check_times(one, used);
        continue;
      }
      std::size_t at = expected_.in_order ? from : 0;
      while (at < calls_.size() && (used[at] || !is(one, *calls_[at]))) ++at;
      if (at == calls_.size()) return fail(one.place, "the call " + one.text + order_note(), all_calls());
      used[at] = true;
      from = at + 1;
    }
    if (!expected_.only) return;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (!used[i]) return fail(expected_.place, "no other calls", call_text(*calls_[i]));
    }
  }

  [[nodiscard]] std::string order_note() const { return expected_.in_order ? ", in this order" : ""; }

  void check_times(const ExpectedCall& one, std::vector<bool>& used) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (used[i] || !is(one, *calls_[i])) continue;
      used[i] = true;
      ++count;
    }
    if (count == *one.times) return;
    fail(one.place, std::to_string(*one.times) + " times the call " + one.text,
         std::to_string(count) + " times:\n" + all_calls());
  }

  void check_no_calls() {
    if (expected_.no_calls_at_all && !calls_.empty()) fail(expected_.place, "no service call", all_calls());
    for (const ExpectedCall& one : expected_.no_calls) {
      for (const RecordedCall* call : calls_) {
        if (is(one, *call)) return fail(one.place, "no call " + one.text, call_text(*call));
      }
    }
  }

  void check_state(const ExpectedState& wanted) {
    const auto found = house_.snapshot(wanted.entity);
    if (!found) {
      if (!wanted.absent) fail(wanted.place, "a state of " + wanted.entity, "there is no such entity");
      return;
    }
    if (wanted.absent) return fail(wanted.place, "no " + wanted.entity, "it is " + found->state);
    if (wanted.state && !matcher_.matches_text(*wanted.state, found->state)) {
      return fail(wanted.place, wanted.entity + " to be " + wanted_text(*wanted.state),
                  "it is " + found->state);
    }
    const bool any = wanted.attributes.is_literal() && wanted.attributes.literal().is_none();
    if (any || matcher_.matches(wanted.attributes, jinja::from_wire(*found->attributes))) return;
    fail(wanted.place, "other attributes of " + wanted.entity,
         "they are " + wire::to_json(*found->attributes));
  }

  static std::string wanted_text(const Templated& wanted) {
    return wanted.is_literal() ? jinja::str(wanted.literal()) : wanted.compiled().source();
  }

  [[nodiscard]] bool is(const ExpectedEvent& wanted, const RecordedEvent& event) const {
    if (wanted.type != event.event.type) return false;
    const bool any = wanted.data.is_literal() && wanted.data.literal().is_none();
    return any || matcher_.matches(wanted.data, event.event.data);
  }

  void check_events() {
    const auto events = since(house_.record().events, mark_);
    std::vector<std::string> lines;
    lines.reserve(events.size());
    for (const RecordedEvent* event : events) lines.push_back(event_text(event->event));
    for (const ExpectedEvent& wanted : expected_.events) {
      const auto match = [&](const RecordedEvent* event) { return is(wanted, *event); };
      if (std::any_of(events.begin(), events.end(), match)) continue;
      fail(wanted.place, "the event " + wanted.text, list_or(lines, "no event was fired"));
    }
    for (const ExpectedEvent& wanted : expected_.no_events) {
      for (const RecordedEvent* event : events) {
        if (is(wanted, *event)) fail(wanted.place, "no event " + wanted.text, event_text(event->event));
      }
    }
  }

  [[nodiscard]] bool is(const ExpectedMessage& wanted, const RecordedMessage& message) const {
    if (wanted.topic != message.topic) return false;
    if (!wanted.payload) return true;
    const auto json = jinja::read_json(message.payload);
    const bool structured = wanted.payload->kind() == Templated::Kind::map || !wanted.payload->is_literal() ||
                            wanted.payload->literal().depth() > 0;
    if (structured && json && matcher_.matches(*wanted.payload, *json)) return true;
    return matcher_.matches_text(*wanted.payload, message.payload);
  }

  void check_messages() {
    const auto messages = since(house_.record().messages, mark_);
    std::vector<std::string> lines;
    lines.reserve(messages.size());
    for (const RecordedMessage* message : messages) lines.push_back(message_text(*message));
    for (const ExpectedMessage& wanted : expected_.messages) {
      const auto match = [&](const RecordedMessage* message) { return is(wanted, *message); };
      if (std::any_of(messages.begin(), messages.end(), match)) continue;
      fail(wanted.place, "the message " + wanted.text, list_or(lines, "nothing was published"));
    }
    for (const ExpectedMessage& wanted : expected_.no_messages) {
      for (const RecordedMessage* message : messages) {
        if (is(wanted, *message)) fail(wanted.place, "no message " + wanted.text, message_text(*message));
      }
    }
  }

  [[nodiscard]] bool is_running(const std::string& rule) const {
    const auto state = house_.snapshot(rule);
    const wire::Value* current = state ? state->attributes->find("current") : nullptr;
    return current != nullptr && current->number_or(0) > 0;
  }

  void check_runs(const ExpectedRuns& wanted) {
    std::vector<std::string> verdicts;
    for (const RecordedTrace* trace : since(house_.record().traces, mark_)) {
      const wire::Value* rule = trace->line.find("rule");
      const wire::Value* verdict = trace->line.find("verdict");
      if (rule == nullptr || verdict == nullptr || rule->string_or("") != wanted.rule) continue;
      verdicts.emplace_back(verdict->string_or(""));
    }
    if (is_running(wanted.rule)) verdicts.emplace_back("running");
    const bool unknown = !house_.snapshot(wanted.rule);
    if (!unknown && met(wanted, verdicts)) return;
    fail(wanted.place, wanted.rule + ": " + list_or(wanted.verdicts, "none"),
         unknown ? "there is no rule of this name" : list_or(verdicts, "it was not set off"));
  }

  static bool met(const ExpectedRuns& wanted, const std::vector<std::string>& verdicts) {
    if (wanted.exactly) return wanted.verdicts == verdicts;
    const std::string& one = wanted.verdicts.front();
    if (one == "none") return verdicts.empty();
    return std::find(verdicts.begin(), verdicts.end(), one) != verdicts.end();
  }

  void check_trace(const ExpectedTrace& wanted) {
    std::vector<std::string> lines;
    for (const RecordedTrace* trace : since(house_.record().traces, mark_)) {
      if (matcher_.matches(wanted.line, jinja::from_wire(trace->line))) return;
      lines.push_back(wire::to_json(trace->line));
    }
    fail(wanted.place, "the trace " + wanted.text, list_or(lines, "no rule left a trace"));
  }

  const Expectations& expected_;
  const SimulatedHouse& house_;
  Renderer renderer_;
  Matcher matcher_;
  std::uint64_t mark_;
  std::vector<const RecordedCall*> calls_;
  std::vector<Failure> failures_;
};

}  // namespace

std::vector<Failure> check(const Expectations& expected, SimulatedHouse& house, std::uint64_t mark) {
  return Checker(expected, house, mark).run();
}

}  // namespace gable::rules::simulation
