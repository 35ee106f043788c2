#include "app/edge_actions.hpp"

#include <string>
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
    ProcessEnded refused;
    refused.id = id;
    refused.failure = std::to_string(kAtOnce) + " commands are running already";
    return loop_.post_now([this, refused] { ended_(refused); });
  }
  threads_.emplace(id, std::thread([this, own = std::move(action)] {
                     const ProcessEnded ended = run_process(own, stopping_);
                     loop_.post_now([this, ended] { finish(ended); });
                   }));
}

void EdgeActions::finish(const ProcessEnded& ended) {
  auto node = threads_.extract(ended.id);
  if (!node.empty()) node.mapped().join();
  ended_(ended);
}

}  // namespace gable::hub
