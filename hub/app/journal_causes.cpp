// why: from the last change of an entity back to what began it, through commands and the runs of rules.
#include <algorithm>
#include <initializer_list>

#include "app/journal_parts.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Object;
using wire::Time;
using wire::Value;

constexpr std::size_t kChain = 24;
constexpr wire::Duration kTick{1};

std::string entity_of_trigger(const Object& trace) {
  const Object* trigger = object_of(trace, "trigger");
  return trigger == nullptr ? std::string() : text_of(*trigger, "entity_id");
}

std::string state_in(const Object& trace, std::string_view side) {
  const Object* trigger = object_of(trace, "trigger");
  const Object* state = trigger == nullptr ? nullptr : object_of(*trigger, side);
  return state == nullptr ? std::string() : text_of(*state, "state");
}

class Causes {
 public:
  explicit Causes(const JournalReader& reader) : reader_(reader) {}

  // What led to this line; nothing where the journal ends.
  [[nodiscard]] std::optional<Object> of(const Object& line) const {
    if (text_of(line, "k") == "trace") return of_trace(line);
    if (const std::string cause = text_of(line, "cause"); !cause.empty()) {
      if (auto command = newest(reader_, {quoted("id", cause), quoted("k", "command")})) return command;
    }
    const std::string run = text_of(line, "run");
    if (run.empty()) return std::nullopt;
    if (auto found = trace(run, text_of(line, "by"))) return found;
    // Its trace is written when it ends.
    return Object{{"t", text_of(line, "t")},
                  {"k", "trace"},
                  {"rule", text_of(line, "by")},
                  {"verdict", "running"},
                  {"context", Object{{"id", run}}}};
  }

 private:
  // A script has the context of whoever called it.
  [[nodiscard]] std::optional<Object> trace(const std::string& context, const std::string& rule) const {
    std::vector<std::string> texts{quoted("k", "trace"), "\"context\":{" + quoted("id", context)};
    if (!rule.empty()) texts.push_back(quoted("rule", rule));
    auto found = newest(reader_, std::move(texts));
    // What it did in detail is `trace`'s to tell.
    if (found) found->erase("steps");
    return found;
  }

  [[nodiscard]] std::optional<Object> of_trace(const Object& line) const {
    const Object* context = object_of(line, "context");
    if (context == nullptr) return std::nullopt;
    const std::string parent = text_of(*context, "parent"), caller = text_of(line, "called_by");
    if (caller.starts_with("automation.") || caller.starts_with("script.")) {
      return trace(text_of(*context, "id"), caller);
    }
    if (auto change = change_before(line, parent)) return change;
    if (parent.empty()) return std::nullopt;
    if (auto command = newest(reader_, {quoted("id", parent), quoted("k", "command")})) return command;
    return trace(parent, {});
  }

  // The step of the entity that the trigger names: by the id of its context, which is the run that made it or
  // entity@number.
  [[nodiscard]] std::optional<Object> change_before(const Object& trace, const std::string& parent) const {
    const std::string entity = entity_of_trigger(trace);
    if (entity.empty()) return std::nullopt;
    const auto began = wire::parse_time(text_of(trace, trace.contains("began") ? "began" : "t"));
    const auto until = began ? std::optional(*began + kTick) : std::nullopt;
    if (state_in(trace, "to_state") == "unavailable" || state_in(trace, "from_state") == "unavailable") {
      if (auto step = newest(reader_, {quoted("e", entity), quoted("k", "availability")}, until)) return step;
    }
    const std::vector<std::string> about{quoted("e", entity), quoted("k", "change")};
    auto texts = about;
    if (parent.starts_with(entity + "@")) {
      texts.push_back("\"seq\":" + parent.substr(entity.size() + 1) + "}");
    } else if (!parent.empty()) {
      texts.push_back(quoted("run", parent));
    }
    if (auto change = newest(reader_, std::move(texts), until)) return change;
    return newest(reader_, about, until);
  }

  const JournalReader& reader_;
};

// The newest change of an entity, under whichever name it had then.
wire::Result<std::optional<Object>> last_change(const JournalReader& reader, const std::string& entity) {
  std::optional<Object> change;
  const auto scan = scan_entity(reader, {.texts = {quoted("k", "change")}, .limit = 1}, entity,
                                [&change](std::string_view line) {
                                  if (auto found = wire::parse_object(line, wire::kDocumentLimits))
                                    change = std::move(*found);
                                  return false;
                                });
  if (!scan) return scan.error();
  return change;
}

// Why nothing has changed since: that it cannot be reached, and the last command if it came to nothing.
wire::List since(const JournalReader& reader, const std::string& entity, std::optional<Time> change) {
  wire::List out;
  const auto add = [&](const char* kind, const char* member, std::initializer_list<std::string_view> fine) {
    auto line = newest(reader, {quoted("e", entity), quoted("k", kind)}, std::nullopt, change);
    if (line && std::find(fine.begin(), fine.end(), text_of(*line, member)) == fine.end())
      out.emplace_back(std::move(*line));
  };
  add("availability", "to", {"online"});
  add("result", "status", {"done", "accepted", "superseded"});
  return out;
}

}  // namespace

Answer why(const JournalReader& reader, const Object& arguments) {
  const auto id = wire::EntityId::parse(text_of(arguments, "entity"));
  if (!id) return id.error();
  const auto change = last_change(reader, id->text());
  if (!change) return change.error();
  wire::List later =
      since(reader, id->text(), *change ? wire::parse_time(text_of(**change, "t")) : std::nullopt);
  if (!*change && later.empty())
    return wire::Error{wire::ErrorCode::unknown_entity, "the journal holds no change of " + id->text(), ""};
  const Causes causes(reader);
  wire::List chain;
  std::optional<Object> next = *change;
  while (next && chain.size() < kChain) {
    const Object line = std::move(*next);
    next = causes.of(line);
    chain.emplace_back(line);
  }
  Object out{{"entity", id->text()}, {"chain", std::move(chain)}};
  if (!later.empty()) out.append("since", std::move(later));
  return Value(std::move(out));
}

}  // namespace gable::hub
