#include "simulation/scenario/story.hpp"

#include <algorithm>
#include <cstdio>

#include "engine/local_time.hpp"
#include "simulation/values.hpp"
#include "template/value/dict.hpp"
#include "wire/json.hpp"

namespace gable::rules::simulation {

namespace {

struct Line {
  Stamp stamp;
  std::string text;
};

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string dict_text(const jinja::Value& value) {
  const wire::Object object = to_wire_object(value);
  return object.empty() ? std::string() : " " + wire::to_json(object);
}

std::string state_line(const StateChanged& change) {
  if (!change.after) return change.entity + " is gone";
  std::string text = change.entity + ": ";
  if (!change.before) return text + change.after->state + " (new)";
  if (change.before->state != change.after->state)
    return text + change.before->state + " -> " + change.after->state;
  return text + change.after->state + " (other attributes)";
}

std::string text_at(const wire::Object& object, std::string_view key) {
  const wire::Value* found = object.find(key);
  if (found == nullptr) return {};
  return found->as_string() != nullptr ? *found->as_string() : wire::to_json(*found);
}

// What is in a line of a trace beside the keys that are shown first.
std::string details(const wire::Object& object, std::initializer_list<std::string_view> shown) {
  wire::Object rest;
  for (const auto& [key, value] : object) {
    if (std::find(shown.begin(), shown.end(), key) == shown.end()) rest.set(key, value);
  }
  return rest.empty() ? std::string() : " " + wire::to_json(rest);
}

void add_conditions(const wire::Object& line, std::string& out) {
  const wire::Value* conditions = line.find("conditions");
  const wire::Object* all = conditions != nullptr ? conditions->as_object() : nullptr;
  const wire::Value* members = all != nullptr ? all->find("members") : nullptr;
  if (members == nullptr || members->as_list() == nullptr) return;
  for (const wire::Value& member : *members->as_list()) {
    const wire::Object* condition = member.as_object();
    if (condition == nullptr) continue;
    out += "\n    condition " + text_at(*condition, "condition") + ": " + text_at(*condition, "result") +
           details(*condition, {"condition", "result"});
  }
}

void add_steps(const wire::Object& line, std::string& out) {
  const wire::Value* steps = line.find("steps");
  if (steps == nullptr || steps->as_list() == nullptr) return;
  for (const wire::Value& one : *steps->as_list()) {
    const wire::Object* step = one.as_object();
    if (step == nullptr) continue;
    out += "\n    " + text_at(*step, "path") + " " + text_at(*step, "step") +
           details(*step, {"path", "step", "at"});
  }
}

std::string trigger_text(const wire::Object& line) {
  const wire::Value* trigger = line.find("trigger");
  if (trigger == nullptr) return {};
  const wire::Object* fields = trigger->as_object();
  return fields == nullptr ? text_at(line, "trigger") : text_at(*fields, "description");
}

std::string trace_text(const wire::Object& line) {
  std::string out = text_at(line, "rule") + ": " + text_at(line, "verdict");
  if (const std::string by = trigger_text(line); !by.empty()) out += ", triggered by " + by;
  if (const std::string error = text_at(line, "error"); !error.empty()) out += ": " + error;
  add_conditions(line, out);
  add_steps(line, out);
  return out;
}

}  // namespace

std::string call_text(const RecordedCall& call) {
  std::string out = call.service;
  if (!call.entities.empty()) out += " " + joined(call.entities);
  out += dict_text(call.data);
  if (!call.error.empty()) out += " - refused: " + call.error;
  return out;
}

std::string event_text(const BusEvent& event) { return event.type + dict_text(event.data); }

std::string message_text(const RecordedMessage& message) {
  return message.topic + " " + message.payload + (message.retain ? " (retained)" : "");
}

std::string clock_text(Instant when, const jinja::TimeZone& zone) {
  const LocalTime local = local_time(when, zone);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(local - day)};
  char text[64];
  std::snprintf(text, sizeof text, "%02u-%02u %02d:%02d:%02d", static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return text;
}

std::vector<std::string> story_of(const SimulatedHouse& house, std::uint64_t mark) {
  std::vector<Line> lines;
  const auto add = [&](const Stamp& stamp, std::string text) {
    if (stamp.number > mark) lines.push_back({stamp, std::move(text)});
  };
  const Record& record = house.record();
  for (const auto& call : record.calls) add(call.stamp, "call     " + call_text(call));
  for (const auto& event : record.events) add(event.stamp, "event    " + event_text(event.event));
  for (const auto& message : record.messages) add(message.stamp, "mqtt     " + message_text(message));
  for (const auto& state : record.states) add(state.stamp, "state    " + state_line(state.change));
  for (const auto& trace : record.traces) add(trace.stamp, "run      " + trace_text(trace.line));
  for (const auto& text : record.texts) add(text.stamp, text.level + "  " + text.text);
  std::sort(lines.begin(), lines.end(),
            [](const Line& a, const Line& b) { return a.stamp.number < b.stamp.number; });
  std::vector<std::string> out;
  out.reserve(lines.size());
  for (const Line& line : lines) out.push_back(clock_text(line.stamp.at, house.zone()) + "  " + line.text);
  return out;
}

}  // namespace gable::rules::simulation
