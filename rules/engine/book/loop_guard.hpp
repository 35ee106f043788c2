#pragma once
// Stops rules that set each other off without end. Only starts that a rule caused count: a house may be as
// busy as it likes. Home Assistant has no such guard, so it allows far more than any sensible house needs.

#include <cstdint>
#include <string>
#include <unordered_map>

#include "engine/happening.hpp"

namespace gable::rules {

class LoopGuard {
 public:
  // Starts of one rule by rules, in one window.
  static constexpr std::uint32_t kMost = 500;
  static constexpr std::chrono::seconds kWindow{10};
  // A rule that starts again this long after it was held back has not run in a circle since.
  static constexpr std::chrono::minutes kOver{10};

  // A run with this context has been started: what it causes is caused by a rule.
  void started(const Context& context);
  // May `rule` start because of `cause`? False from the moment when it has started too often.
  bool allow(const std::string& rule, const Context& cause, Instant now);
  // True once for every window in which allow() refused: time to say so.
  bool should_tell(const std::string& rule);
  // True if this was told of the rule and is over: it has been quiet for long. Asked before allow().
  bool is_over(const std::string& rule, Instant now);
  // The rule is another one from now on. True if it had been told of it.
  bool forget(const std::string& rule);

 private:
  struct Count {
    Instant since{};
    std::uint32_t starts = 0;
    bool told = false;
  };
  [[nodiscard]] bool by_rule(const Context& cause) const;

  std::unordered_map<std::string, Count> counts_;
  std::unordered_map<std::string, Instant> held_;  // rules that are told of, by when they last were held back
  // Ids of the runs' contexts: the newest, in two generations, so that old ones are forgotten.
  std::unordered_map<std::string, bool> young_, old_;
};

}  // namespace gable::rules
