#include "bench.hpp"

#include <algorithm>
#include <stdexcept>

#include "language/readers.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::test {

namespace {

using jinja::Value;

std::string join(std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "; ") + line;
  lines.clear();
  return text;
}

// "light.turn_on(light.a, light.b) {'brightness': 5}"
std::string line_of(const ServiceCall& call) {
  std::string line = call.domain + "." + call.service;
  if (const jinja::Dict* target = call.target.as_dict()) {
    std::string ids;
    for (const jinja::Dict::Entry& entry : target->entries()) {
      for (const Value& id : *entry.value.as_list()) ids += (ids.empty() ? "" : ", ") + jinja::str(id);
    }
    line += "(" + ids + ")";
  }
  const jinja::Dict* data = call.data.as_dict();
  return data != nullptr && data->size() > 0 ? line + " " + jinja::repr(call.data) : line;
}

ServiceOutcome outcome(ServiceOutcome::Status status, const std::string& error = {}, Value response = {}) {
  ServiceOutcome out;
  out.status = status;
  out.error = error;
  out.response = std::move(response);
  return out;
}

}  // namespace

RunBench::RunBench() {
  house.on_call = [this](const ServiceCall& call) { return answer(call); };
  house.on_event = [this](const BusEvent& event) {
    did_.push_back("event " + event.type + " " + jinja::repr(event.data));
  };
  boot();
}

void RunBench::boot() {
  desk.reset();
  triggers = std::make_unique<TriggerDesk>(house, [this](const Fired& fired) { desk->on_fired(fired, now); });
  desk = std::make_unique<RunDesk>(house, *triggers, [this](const RunEnd& end) { on_end(end); });
}

Runnable& RunBench::rule(const std::string& entity, const std::string& yaml, RunMode mode) {
  const auto document = yaml::parse("rule.yaml", yaml);
  if (!document) throw std::runtime_error(document.error().message());
  std::vector<std::string> files;
  Reading reading(files);
  sequences_.push_back(read_sequence(reading, document->root()));
  for (const Finding& finding : reading.take()) {
    if (finding.severity == Severity::error) throw std::runtime_error(finding.message);
  }
  Runnable& runnable = rules[entity];
  runnable.entity = entity;
  runnable.sequence = &sequences_.back();
  runnable.limits.mode = mode;
  runnable.fingerprint = std::hash<std::string>()(yaml);
  return runnable;
}

std::optional<RunId> RunBench::start(const std::string& entity, Given variables) {
  RunDesk::Start start;
  start.variables = std::move(variables);
  start.context = house.context_below({"cause", "", ""});
  const auto id = desk->start(rules.at(entity), std::move(start), now);
  settle();
  return id;
}

void RunBench::run(const std::string& yaml, Given variables) {
  rule("automation.a", yaml);
  start("automation.a", std::move(variables));
}

void RunBench::pass(std::chrono::microseconds time) {
  const Instant end = now + time;
  while (true) {
    std::optional<Instant> next = desk->next_deadline();
    const std::optional<Instant> of_triggers = triggers->next_deadline();
    if (!next || (of_triggers && *of_triggers < *next)) next = of_triggers;
    if (!next || *next > end) break;
    now = std::max(now, *next);
    triggers->handle(TimePassed{}, now);
    desk->on_time(now);
    settle();
  }
  now = end;
}

void RunBench::change(const std::string& entity, const std::string& state) {
  StateChanged changed{entity, house.snapshot(entity), {}};
  house.set(entity, state, {}, now);
  changed.after = house.snapshot(entity);
  triggers->handle(changed, now);
  desk->on_state(changed, now);
  settle();
}

void RunBench::event(const std::string& type) {
  triggers->handle(BusEvent{type, Value(std::make_shared<jinja::Dict>()), {}}, now);
  settle();
}

void RunBench::finish_call(const std::string& error, Value response) {
  const std::uint64_t id = pending.at(0).id;
  pending.erase(pending.begin());
  desk->on_service_done({id, error, std::move(response)}, now);
  settle();
}

void RunBench::restart() {
  boot();
  callers_.clear();
  const std::map<std::string, std::string> rows = house.rows;
  for (const auto& [key, json] : rows) {
    if (json.empty() || house.row_kinds.at(key) != RowKind::run) continue;
    const auto parsed = wire::parse_json(json, {1 << 20, 100, 100'000});
    desk->restore(key, json, rules.at(std::string(parsed->as_object()->find("entity")->string_or(""))));
  }
  desk->resume(now);
  for (const auto& [key, json] : rows) {
    if (!json.empty() && house.row_kinds.at(key) == RowKind::hold) triggers->restore_hold(key, json);
  }
  triggers->handle(HouseStarted{}, now);
}

ServiceOutcome RunBench::call_script(const ServiceCall& call) {
  if (call.service == "turn_on" || call.service == "turn_off") {
    const Value* ids = call.target.as_dict()->find(std::string_view("entity_id"));
    const std::string entity = jinja::str(ids->as_list()->front());
    RunDesk::Start start;
    if (call.service == "turn_on") desk->start(rules.at(entity), start, now);
    if (call.service == "turn_off") desk->stop(entity, now);
    return {};
  }
  RunDesk::Start start;
  start.chain = desk->chain_of(call.run);
  for (const jinja::Dict::Entry& entry : call.data.as_dict()->entries()) {
    start.variables.emplace_back(jinja::str(entry.key), entry.value);
  }
  const auto id = desk->start(rules.at("script." + call.service), std::move(start), now);
  if (!id) return outcome(ServiceOutcome::Status::done);
  callers_[*id] = call.id;
  return outcome(ServiceOutcome::Status::pending);
}

ServiceOutcome RunBench::answer(const ServiceCall& call) {
  using Status = ServiceOutcome::Status;
  if (call.domain == "script") return call_script(call);
  const bool known =
      std::any_of(seen.begin(), seen.end(), [&](const auto& each) { return each.id == call.id; });
  seen.push_back(call);
  if (call.again && !known) throw std::logic_error("again, but never seen");
  if (!call.again) did_.push_back(line_of(call));
  if (call.domain != "test") return {};
  if (call.service == "slow") {
    if (!call.again) pending.push_back(call);
    return outcome(Status::pending);
  }
  if (call.service == "press" && !call.again) return outcome(Status::pending);
  if (call.service == "press") return outcome(Status::unknown);
  if (call.service == "fails") return outcome(Status::failed, "the device said no");
  if (call.service == "refuses") return outcome(Status::refused, "no such service test.refuses");
  if (call.service == "answers") {
    auto response = std::make_shared<jinja::Dict>();
    response->set("n", 7);
    return outcome(Status::done, "", jinja::DictPtr(std::move(response)));
  }
  return {};
}

void RunBench::on_end(const RunEnd& end) {
  constexpr std::string_view kKinds[] = {"finished", "stopped", "aborted", "failed"};
  std::string line(kKinds[static_cast<std::size_t>(end.kind)]);
  if (!end.error.empty()) line += ": " + end.error;
  if (!end.response.is_none()) line += " -> " + jinja::repr(end.response);
  ended_.push_back(std::move(line));
  last_variables_ = end.variables;
  const auto caller = callers_.find(end.run);
  if (caller == callers_.end()) return;
  const std::string error = end.kind == RunEnd::Kind::failed ? end.error : "";
  desk->on_service_done({caller->second, error, end.response}, now);
  callers_.erase(caller);
}

std::string RunBench::did() { return join(did_); }
std::string RunBench::ended() { return join(ended_); }

std::string RunBench::row() const {
  for (const auto& [key, json] : house.rows) {
    if (!json.empty() && house.row_kinds.at(key) == RowKind::run) return json;
  }
  return "";
}

std::string RunBench::traced(const std::string& path) const {
  for (const wire::Value& step : *trace().find("steps")->as_list()) {
    const wire::Value* of = step.as_object()->find("path");
    if (of != nullptr && of->string_or("") == path) return wire::to_json(step);
  }
  return "";
}

bool RunBench::logged(const std::string& part) const {
  return std::any_of(house.logged.begin(), house.logged.end(),
                     [&part](const std::string& line) { return line.find(part) != line.npos; });
}

std::string RunBench::variable(const std::string& name) const {
  for (const auto& [known, value] : last_variables_) {
    if (known == name) return jinja::repr(value);
  }
  return "(none)";
}

}  // namespace gable::rules::test
