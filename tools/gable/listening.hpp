#pragma once
// For commands that listen until somebody ends them: subscribed, and again after the connection was lost. One
// command's, on the main thread.

#include <functional>
#include <vector>

#include "gable/context.hpp"
#include "gable/interrupt.hpp"
#include "gable/link.hpp"

namespace gable::cli {

class Listening {
 public:
  explicit Listening(const Context& context);

  // Calls `hear` for each message until it gives false, Ctrl-C, or until `until` (nothing: for ever). After a
  // lost connection it goes on trying and says so. Returns kExitOk, or kExitFailed when it could not begin.
  int run(const std::vector<node::Subscription>& subscriptions,
          const std::function<bool(const node::Message&)>& hear, std::optional<node::Steady> until = {});

 private:
  wire::Result<int> begin(const std::vector<node::Subscription>& subscriptions);
  [[nodiscard]] bool over(const std::optional<node::Steady>& until) const;

  const Context& context_;
  Interrupt interrupt_;  // before any thread of the link
  Link link_;
};

}  // namespace gable::cli
