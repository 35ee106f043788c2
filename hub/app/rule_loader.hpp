#pragma once
// Reads the rules' folder at start, and again whenever a file in it was saved; on a thread of its own, since
// thousands of rules take seconds to read.

#include <functional>
#include <string>

#include "app/background_job.hpp"
#include "disk/rule_folder.hpp"
#include "node/loop.hpp"

namespace gable::hub {

class RuleLoader {
 public:
  // `folder` empty: there are no rules. `on_read` is called on the owner thread; `loop` outlives the loader.
  RuleLoader(node::Loop& loop, std::string folder, std::string blueprints,
             std::function<void(rules::RuleFolder)> on_read);

  // Reads at once, on the calling thread, and from then on looks for changes.
  rules::RuleFolder read_first();
  // Reads though nothing may have changed (request `reload`).
  void read_again();

 private:
  void look();

  node::Loop& loop_;
  std::string folder_, blueprints_;
  std::function<void(rules::RuleFolder)> on_read_;
  std::string stamp_;  // of what was read last; used by the job's thread
  std::atomic<bool> force_{false};
  BackgroundJob job_;  // last: it uses the others
};

}  // namespace gable::hub
