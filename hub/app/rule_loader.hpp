#pragma once
// Reads the rules' folder at start, and again whenever a file in it was saved; on a thread of its own, since
// thousands of rules take seconds to read.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "app/background_job.hpp"
#include "check/check.hpp"
#include "disk/rule_folder.hpp"
#include "node/loop.hpp"
#include "wire/value.hpp"

namespace gable::hub {

struct ReadRules {
  rules::RuleFolder folder;
  std::vector<rules::RuleReport> reports;  // of the checker, where it has anything to say
};

class RuleLoader {
 public:
  // What was read, and the last of the read_again() that it answers.
  using OnRead = std::function<void(ReadRules, std::uint64_t)>;

  // `folder` empty: there are no rules. `on_read` is called on the owner thread; `loop` outlives the loader.
  RuleLoader(node::Loop& loop, std::string folder, std::string blueprints, OnRead on_read);

  // Reads at once, on the calling thread, and from then on looks for changes.
  ReadRules read_first();
  // Reads though nothing may have changed (request `reload`). Gives the number that on_read will be told; 0:
  // there is no folder, and it will not be called.
  std::uint64_t read_again();

 private:
  void look();
  [[nodiscard]] ReadRules read() const;

  node::Loop& loop_;
  std::string folder_, blueprints_;
  OnRead on_read_;
  std::string stamp_;                    // of what was read last; used by the job's thread
  std::uint64_t read_ = 0;               // asked for, and done; used by the job's thread
  std::atomic<std::uint64_t> asked_{0};  // numbers of read_again()
  BackgroundJob job_;                    // last: it uses the others
};

// rule_text {"rule","file"} → {"rule","file","text","cut"}: the file in which a rule stands, at most 200 KiB
// of it. `file` is as the list of rules has it, below `folder`. Any thread. Errors: failed when it cannot be
// read.
[[nodiscard]] wire::Result<wire::Value> rule_text(const std::string& folder, const wire::Object& arguments);

}  // namespace gable::hub
