#pragma once
// Commands that ended well a moment ago: a light that fades goes on reporting what they began.

#include <optional>
#include <string>
#include <unordered_map>

#include "core/registry.hpp"
#include "core/states.hpp"

namespace gable::hub {

class RecentCauses {
 public:
  // `expected`: what the command was to bring about, as wire::expected_state() has it.
  void remember(EntityIndex entity, const Context& context, const wire::Object& expected, Time now);
  void forget(EntityIndex entity) { recent_.erase(entity); }

  // The context of the command that this report follows from; nothing after a while, and nothing if it denies
  // what the command brought about.
  [[nodiscard]] std::optional<Context> of(EntityIndex entity, const Report& report, Time now) const;

 private:
  struct Recent {
    Context context;
    std::optional<std::string> state;
    Time until{};
  };
  std::unordered_map<EntityIndex, Recent> recent_;
};

}  // namespace gable::hub
