#pragma once
// What is known to hold when several conditions are met at once, and whether that can be. A value type:
// alternatives are tried on copies.

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "language/condition.hpp"

namespace gable::rules {

class Facts {
 public:
  // Adds what a met condition says. False, with why() in words, when that contradicts what is known.
  // Conditions about which nothing can be said in advance are no contradiction.
  bool add(const Condition& condition);
  bool add(const Conditions& conditions);
  // What is so right after this trigger has fired.
  bool add(const Trigger& trigger);
  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  struct Subject {
    std::optional<std::set<std::string>> allowed;
    std::set<std::string> excluded;
    double above = -std::numeric_limits<double>::infinity();  // both exclusive
    double below = std::numeric_limits<double>::infinity();
    [[nodiscard]] bool bounded() const;
    [[nodiscard]] bool possible() const;
  };
  struct Span {
    std::int64_t from = 0, to = 0;  // seconds of the day, `to` exclusive
  };

  bool add_state(const StateCondition& condition);
  bool add_number(const NumericStateCondition& condition);
  bool add_time(const TimeCondition& condition);
  bool add_sun(const SunCondition& condition);
  bool add_ids(const TriggerCondition& condition);
  bool add_logical(const LogicalCondition& condition);
  bool add_none(const Condition& member);
  bool allow(const std::string& subject, const std::set<std::string>& values);
  bool bound(const std::string& subject, const Threshold& above, const Threshold& below);
  bool judge(const std::string& subject);

  std::map<std::string, Subject> subjects_;
  std::vector<Span> spans_{{0, 86'400}};
  Weekdays weekdays_ = kEveryDay;
  std::optional<std::set<std::string>> ids_;
  // Of sun conditions with one bound: offsets in seconds, by [rise][after].
  std::array<std::array<std::optional<std::int64_t>, 2>, 2> sun_;
  std::string why_;
};

}  // namespace gable::rules
