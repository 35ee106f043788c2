#include "app/edge_actions.hpp"

#include <string>
#include <system_error>
#include <utility>

#include "app/child_process.hpp"

namespace gable::hub {

namespace {

constexpr std::size_t kAtOnce = 16;

}  // namespace

EdgeActions::~EdgeActions() {
  stopping_ = true;
  for (auto& [id, thread] : threads_) thread.join();
}

void EdgeActions::start(EdgeAction action) {
  const std::uint64_t id = action.id;
  if (threads_.size() >= kAtOnce) {
    return refuse(id, std::to_string(kAtOnce) + " commands are running already");
  }
  try {
    threads_.emplace(id, std::thread([this, own = std::move(action)] {
                       const ProcessEnded ended = run_process(own, stopping_);
                       loop_.post_now([this, ended] { finish(ended); });
                     }));
  } catch (const std::system_error& error) {  // the process may have no more threads
    refuse(id, std::string("cannot be started: ") + error.what());
  }
}

void EdgeActions::refuse(std::uint64_t id, std::string why) {
  ProcessEnded refused;
  refused.id = id;
  refused.failure = std::move(why);
  loop_.post_now([this, refused] { ended_(refused); });
}

void EdgeActions::finish(const ProcessEnded& ended) {
  auto node = threads_.extract(ended.id);
  if (!node.empty()) node.mapped().join();
  ended_(ended);
}

}  // namespace gable::hub
