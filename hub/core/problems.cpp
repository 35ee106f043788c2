#include "core/problems.hpp"

#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::hub {

namespace {

LogLevel level_of(wire::Severity severity) {
  if (severity == wire::Severity::info) return LogLevel::info;
  return severity == wire::Severity::error ? LogLevel::error : LogLevel::warning;
}

}  // namespace

void Problems::raise(Turn& turn, const std::string& id, wire::ProblemDoc problem) {
  const auto known = active_.find(id);
  if (known != active_.end()) {
    if (known->second.text == problem.text && known->second.help == problem.help) return;
    problem.since = known->second.since;
    known->second = std::move(problem);
  } else {
    if (active_.size() >= kLimit) return;  // a storm of them says no more than the first thousand
    problem.since = turn.now;
    turn.log(level_of(problem.severity), problem.text);
    active_.emplace(id, std::move(problem));
  }
  publish(turn, id);
  std::string line =
      R"({"t":")" + wire::format_time(turn.now) + R"(","k":"problem","id":")" + id + R"(","text":)";
  wire::append_json_string(active_.at(id).text, line);
  turn.out.journal.emplace_back(line + "}");
}

void Problems::solve(Turn& turn, const std::string& id) {
  const auto known = active_.find(id);
  if (known == active_.end()) return;
  turn.log(LogLevel::info, "solved: " + known->second.text);
  active_.erase(known);
  retract(turn, id);
  turn.out.journal.emplace_back(R"({"t":")" + wire::format_time(turn.now) + R"(","k":"problem","id":")" + id +
                                R"(","solved":true})");
}

void Problems::solve_all(Turn& turn, const std::string& prefix) {
  for (auto it = active_.lower_bound(prefix); it != active_.end() && it->first.starts_with(prefix);) {
    const std::string id = (it++)->first;
    solve(turn, id);
  }
}

void Problems::retract(Turn& turn, const std::string& id) const {
  turn.save(Table::problem, id, "");
  turn.out.publishes.push_back(
      {.topic = topics_.hub(wire::TopicKind::problem, id), .payload = "", .retained = true});
}

void Problems::publish(Turn& turn, const std::string& id) const {
  const std::string json = wire::to_json(wire::encode(active_.at(id)));
  turn.save(Table::problem, id, json);
  turn.out.publishes.push_back(
      {.topic = topics_.hub(wire::TopicKind::problem, id), .payload = json, .retained = true});
}

std::string clipped(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  return wire::shortened(text, kLongest);
}

std::string problem_id(std::initializer_list<std::string_view> parts) {
  std::string id;
  for (const auto part : parts) {
    if (!id.empty()) id += '.';
    for (const char c : part.substr(0, 64)) {
      if (c >= 'A' && c <= 'Z')
        id += static_cast<char>(c - 'A' + 'a');
      else
        id += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ? c : '_';
    }
  }
  if (id.size() > 128) id.resize(128);  // a topic level (wire::valid_device_id)
  return id;
}

}  // namespace gable::hub
