#include "gable/listening.hpp"

#include <algorithm>
#include <ostream>

#include "gable/client.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kTryAgain{1'000};
constexpr Milliseconds kLongWait{3'600'000};

}  // namespace

Listening::Listening(const Context& context) : context_(context), interrupt_([this] { link_.interrupt(); }) {}

wire::Result<int> Listening::begin(const std::vector<node::Subscription>& subscriptions) {
  const auto connected = connect(link_, context_, context_.connect);
  if (!connected) return connected.error();
  const auto granted = link_.subscribe(subscriptions);
  if (!granted) return wire::Error{granted.error().code, "cannot listen: " + granted.error().message(), ""};
  return 0;
}

bool Listening::over(const std::optional<node::Steady>& until) const {
  return link_.interrupted() || (until && in(Milliseconds(0)) >= *until);
}

int Listening::run(const std::vector<node::Subscription>& subscriptions,
                   const std::function<bool(const node::Message&)>& hear, std::optional<node::Steady> until) {
  if (const auto begun = begin(subscriptions); !begun)
    return link_.interrupted() ? node::kExitOk : context_.fail(begun.error());
  while (!over(until)) {
    if (const auto message = link_.next(until.value_or(in(kLongWait)))) {
      if (!hear(*message)) break;
    } else if (!over(until) && !link_.connected()) {
      context_.err << "gable: the connection was lost (" << link_.lost_reason() << "); trying again\n";
      while (!over(until) && !begin(subscriptions)) link_.pause_until(in(kTryAgain));
      if (!over(until)) context_.err << "gable: connected again\n";
    }
  }
  link_.disconnect();
  return node::kExitOk;
}

}  // namespace gable::cli
