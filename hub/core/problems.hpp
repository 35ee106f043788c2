#pragma once
// What is wrong now: problem/<id>, retained until solved (design section 2). Each is raised once and deleted
// when its cause is gone; raising it again with the same text does nothing.

#include <map>
#include <string>

#include "core/effects.hpp"
#include "wire/topic.hpp"

namespace gable::hub {

class Problems {
 public:
  explicit Problems(const wire::TopicTree& topics) : topics_(topics) {}

  // `id`: made of [a-z0-9_.-] (see problem_id). A changed text replaces the old one, keeping its `since`.
  void raise(Turn& turn, const std::string& id, wire::ProblemDoc problem);
  void solve(Turn& turn, const std::string& id);
  // Solves all whose id starts with `prefix`.
  void solve_all(Turn& turn, const std::string& prefix);
  [[nodiscard]] bool active(const std::string& id) const { return active_.contains(id); }
  [[nodiscard]] const std::map<std::string, wire::ProblemDoc>& all() const { return active_; }

  // From the store: known, published when the broker lacks it.
  void restore(const std::string& id, wire::ProblemDoc problem) { active_.emplace(id, std::move(problem)); }
  void publish(Turn& turn, const std::string& id) const;
  // Deletes it from broker and store.
  void retract(Turn& turn, const std::string& id) const;

 private:
  static constexpr std::size_t kLimit = 1'000;
  const wire::TopicTree& topics_;
  std::map<std::string, wire::ProblemDoc> active_;
};

// The beginning of a text from outside, whole characters of UTF-8, at most 200 bytes and an ellipsis.
std::string clipped(std::string_view text);

// A topic level out of words from outside: everything but [a-z0-9_] becomes `_`, parts are joined by '.'.
std::string problem_id(std::initializer_list<std::string_view> parts);

}  // namespace gable::hub
