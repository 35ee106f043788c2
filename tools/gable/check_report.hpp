#pragma once
// What `gable check` found, for people: every finding in a line, and the counts.

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "gable/context.hpp"

namespace gable::cli {

// file:line:column: what is wrong
void print_report(const rules::RuleReport& report, const std::vector<std::string>& files,
                  const Context& context);

class CheckSummary {
 public:
  void add(const rules::RuleReport& report);
  // `reasons`: with the codes of what keeps rules from running, the most frequent first.
  void print(const Context& context, bool reasons) const;
  [[nodiscard]] bool any_refused() const { return refused_ > 0; }

 private:
  struct Counts {
    std::size_t ok = 0, waits = 0, refused = 0;
  };
  struct Reason {
    std::size_t rules = 0;
    std::string example;
  };

  std::map<std::string, Counts> kinds_;
  std::map<std::string, Reason> reasons_;  // "refused unknown_service"
  std::size_t refused_ = 0, warnings_ = 0;
};

}  // namespace gable::cli
