#include "core/strangers.hpp"

#include <algorithm>
#include <utility>

namespace gable::hub {

namespace {

constexpr const char* kProblem = "stranger";
constexpr std::size_t kTopics = 1'000;
constexpr std::size_t kNamed = 3;
constexpr std::chrono::minutes kQuiet{10};
constexpr std::chrono::seconds kTogether{2};  // many at once are told once

}  // namespace

void Strangers::note(Turn& turn, std::string_view topic, bool held) {
  const auto known = topics_.find(topic);
  if (known != topics_.end()) {
    known->second.last = turn.now;
    return;
  }
  if (topics_.size() >= kTopics) return;
  topics_.emplace(topic, Offence{turn.now, held});
  if (topics_.size() == 1)
    tell(turn);
  else if (std::exchange(untold_, true))
    return;  // the moment for that is set
  arm(turn);
}

void Strangers::gone(Turn& turn, std::string_view topic) {
  const auto known = topics_.find(topic);
  if (known == topics_.end()) return;
  topics_.erase(known);
  tell(turn);
  arm(turn);
}

void Strangers::on_deadline(Turn& turn) {
  const std::size_t erased = std::erase_if(topics_, [&turn](const auto& entry) {
    return !entry.second.held && turn.now - entry.second.last >= kQuiet;
  });
  if (erased > 0 || untold_) tell(turn);
  arm(turn);
}

void Strangers::tell(Turn& turn) {
  untold_ = false;
  if (topics_.empty()) return problems_.solve(turn, kProblem);
  std::string text = "Somebody else publishes in the hub's place";
  if (topics_.size() > 1) text += ", on " + std::to_string(topics_.size()) + " topics";
  text += ": ";
  std::size_t named = 0;
  for (const auto& [topic, offence] : topics_) {
    if (named == kNamed) {
      text += ", …";
      break;
    }
    text += (named++ > 0 ? ", " : "") + clipped(topic);
  }
  problems_.raise(
      turn, kProblem,
      {.severity = wire::Severity::warning,
       .text = std::move(text),
       .help = "Only the hub writes there. Find the client that does, or give the hub another root. To "
               "remove what it left: mosquitto_pub -r -n -t " +
               clipped(topics_.begin()->first)});
}

void Strangers::arm(Turn& turn) {
  std::optional<Time> next;
  const auto sooner = [&next](Time at) { next = next ? std::min(*next, at) : at; };
  if (untold_) sooner(turn.now + kTogether);
  for (const auto& [topic, offence] : topics_) {
    if (!offence.held) sooner(offence.last + kQuiet);
  }
  if (next)
    deadlines_.set(DeadlineKind::strangers, 0, *next);
  else
    deadlines_.clear(DeadlineKind::strangers, 0);
}

}  // namespace gable::hub
