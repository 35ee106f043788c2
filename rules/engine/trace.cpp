#include "engine/trace.hpp"

#include <utility>

#include "engine/runs/step_log.hpp"
#include "engine/scope.hpp"

namespace gable::rules {

wire::Object Begun::row() const {
  wire::Object row;
  if (!trigger.is_none()) row.append("trigger", to_row(trigger));
  for (const wire::Member& member : others) row.append(member.key, member.value);
  return row;
}

wire::Object Trace::line() && {
  wire::Object line{{"rule", std::move(entity)}};
  if (!name.empty()) line.append("name", std::move(name));
  line.append("verdict", std::move(verdict));
  if (shadow) line.append("shadow", true);
  if (!begun.trigger.is_none()) line.append("trigger", brief(begun.trigger));
  for (const wire::Member& member : begun.others) line.set(member.key, brief(member.value));
  line.set("_at", time_text(at));
  if (ran) {
    line.set("run", static_cast<std::int64_t>(ran->run));
    line.set("began", time_text(ran->began));
    line.set("context", wire::Object{{"id", ran->context.id}, {"parent", ran->context.parent}});
    line.set("steps", std::move(ran->steps));
  }
  if (!error.empty()) line.set("error", brief_text(error));
  if (!response.is_none()) line.set("response", brief(response));
  if (!spoken.empty()) line.set("conversation_response", brief_text(spoken));
  return line;
}

}  // namespace gable::rules
