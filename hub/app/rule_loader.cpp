#include "app/rule_loader.hpp"

#include <memory>
#include <utility>

namespace gable::hub {

namespace {
// A saved file is in force within a second: this, and the time to read it.
constexpr std::chrono::milliseconds kPeriod{500};
}  // namespace

RuleLoader::RuleLoader(node::Loop& loop, std::string folder, std::string blueprints,
                       std::function<void(rules::RuleFolder)> on_read)
    : loop_(loop),
      folder_(std::move(folder)),
      blueprints_(std::move(blueprints)),
      on_read_(std::move(on_read)),
      job_([this] { look(); }, std::chrono::milliseconds(0)) {}

rules::RuleFolder RuleLoader::read_first() {
  if (folder_.empty()) return {};
  stamp_ = rules::stamp_of(folder_);
  loop_.every(kPeriod, [this] { job_.ask(); });
  return rules::read_rule_folder(folder_, blueprints_);
}

void RuleLoader::read_again() {
  if (folder_.empty()) return;
  force_ = true;
  job_.ask();
}

void RuleLoader::look() {
  std::string stamp = rules::stamp_of(folder_);
  if (!force_.exchange(false) && stamp == stamp_) return;
  stamp_ = std::move(stamp);
  auto read = std::make_shared<rules::RuleFolder>(rules::read_rule_folder(folder_, blueprints_));
  loop_.post_now([this, read] { on_read_(std::move(*read)); });
}

}  // namespace gable::hub
