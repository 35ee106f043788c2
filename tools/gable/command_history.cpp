// `gable why`, `gable history` and `gable logbook`: what the hub's journal tells.

#include <ostream>
#include <set>
#include <vector>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"
#include "gable/trace_text.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kJournalPatience{30'000};  // thirty days of journal may have to be read

struct Options {
  std::string entity, from, to;
  double limit = 0;
};

wire::Object arguments_of(const Options& options) {
  wire::Object arguments;
  if (!options.entity.empty()) arguments.set("entity", options.entity);
  if (!options.from.empty()) arguments.set("from", options.from);
  if (!options.to.empty()) arguments.set("to", options.to);
  if (options.limit > 0) arguments.set("limit", options.limit);
  return arguments;
}

wire::Result<wire::Value> ask(const Context& context, std::string_view method, wire::Object arguments) {
  auto client = Client::open(context);
  if (!client) return client.error();
  return (*client)->request(method, std::move(arguments), kJournalPatience);
}

// Of an entity of which nothing is told: whether there is none. Errors: unknown_entity, with what helps.
wire::Result<wire::Object> is_there(const Context& context, const std::string& entity) {
  auto client = Client::open(context);
  if (!client) return client.error();
  return (*client)->entity(entity);
}

const wire::List& list_at(const wire::Value& value, std::string_view key) {
  static const wire::List kEmpty;
  const wire::Object* object = value.as_object();
  const wire::Value* found = object == nullptr ? nullptr : object->find(key);
  return found == nullptr || found->as_list() == nullptr ? kEmpty : *found->as_list();
}

bool has_more(const wire::Value& value) {
  const wire::Object* object = value.as_object();
  const wire::Value* more = object == nullptr ? nullptr : object->find("more");
  return more != nullptr && more->bool_or(false);
}

std::string object_text(const wire::Object& line, std::string_view key) {
  const wire::Value* value = line.find(key);
  return value == nullptr || value->as_object() == nullptr ? std::string()
                                                           : attributes_text(*value->as_object());
}

// What nobody reads a logbook for: commands that ended as they should, calls on the bus, and entities that
// are there without having been away. Asked in the order of time.
class Noise {
 public:
  bool is(const wire::Object& line) {
    const std::string kind = text_at(line, "k");
    if (kind == "result") return text_at(line, "status") == "done";
    if (kind == "bus") return text_at(line, "type") == "call_service";
    if (kind != "availability") return false;
    if (text_at(line, "to") == "online") return away_.erase(text_at(line, "e")) == 0;
    away_.insert(text_at(line, "e"));
    return false;
  }

 private:
  std::set<std::string> away_;
};

// What a line of another kind says.
std::string other_sentence(const wire::Object& line, const std::string& entity, const Paint& paint) {
  const std::string kind = text_at(line, "k");
  if (kind == "start") return "the hub started";
  if (kind == "stop") return "the hub stopped";
  if (kind == "result") {
    const std::string status = text_at(line, "status"), reason = text_at(line, "reason");
    return entity + ": " + paint(Colour::red, status) + (reason.empty() ? "" : ", " + reason);
  }
  if (kind == "logbook") return paint(Colour::bold, text_at(line, "name")) + " " + text_at(line, "message");
  if (kind == "problem") {
    const bool solved = line.contains("solved");
    return paint(solved ? Colour::green : Colour::yellow, solved ? "solved" : "problem") + " " +
           (solved ? text_at(line, "id") : text_at(line, "text"));
  }
  wire::Object rest = line;
  for (const auto* key : {"t", "e", "k"}) rest.erase(key);
  return (entity.empty() ? "" : entity + " ") + kind + " " + attributes_text(rest);
}

// What one line of the journal says, without its time.
std::string sentence(const wire::Object& line, const Paint& paint) {
  const std::string kind = text_at(line, "k"), entity = text_at(line, "e"), to = text_at(line, "to");
  const std::string by = text_at(line, "by"), from = text_at(line, "from");
  std::string out = paint(Colour::bold, entity);
  std::string more;
  if (kind == "change") {
    out += " " + (from.empty() ? "" : paint(colour_of_state(from), from) + " → ") +
           paint(colour_of_state(to), to.empty() ? "unknown" : to);
    more = object_text(line, "a");
  } else if (kind == "command") {
    out += " was told " + text_at(line, "service");
    more = object_text(line, "data");
  } else if (kind == "availability") {
    out += " is " + paint(colour_of_availability(to), to);
    more = text_at(line, "reason");
  } else if (kind == "event") {
    out += " event";
    more = object_text(line, "data");
  } else if (kind == "trace") {
    const std::string trigger = trigger_text(line);
    out = paint(Colour::bold, text_at(line, "rule")) + " " + verdict_text(line, paint);
    if (!trigger.empty()) out += (line.contains("called_by") ? ", " : ", triggered by ") + trigger;
  } else if (kind == "rename") {
    out += " is now called " + to;
  } else {
    out = other_sentence(line, out, paint);
  }
  if (!more.empty()) out += paint(Colour::dim, " (" + more + ")");
  if (!by.empty()) out += ", by " + paint(Colour::cyan, by);
  return out;
}

int why(const Options& options, const Context& context) {
  const auto answer = ask(context, "why", arguments_of(options));
  if (!answer && answer.error().code == wire::ErrorCode::unknown_entity) {
    const auto there = is_there(context, options.entity);
    return context.fail(there ? answer.error() : there.error());
  }
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  const wire::Time now = wall_clock();
  std::string lead;
  const auto tell = [&](const wire::Value& item) {
    const wire::Object* line = item.as_object();
    if (line == nullptr) return false;
    context.out << lead << context.paint(Colour::dim, moment_of(text_at(*line, "t"), now)) << "  "
                << sentence(*line, context.paint) << '\n';
    return true;
  };
  for (const auto& item : list_at(*answer, "since")) tell(item);
  for (const auto& item : list_at(*answer, "chain")) {
    if (tell(item)) lead.insert(0, lead.empty() ? "  because  " : "  ");
  }
  return node::kExitOk;
}

int history(const Options& options, const Context& context) {
  const auto answer = ask(context, "history", arguments_of(options));
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  const wire::Time now = wall_clock();
  for (const auto& item : list_at(*answer, "points")) {
    const wire::Object* point = item.as_object();
    if (point == nullptr) continue;
    const std::string state = text_at(*point, "state"), attributes = object_text(*point, "a");
    context.out << context.paint(Colour::dim, moment_of(text_at(*point, "t"), now)) << "  "
                << context.paint(colour_of_state(state), state)
                << (attributes.empty() ? "" : context.paint(Colour::dim, "  " + attributes));
    const std::string by = text_at(*point, "by");
    context.out << (by.empty() ? "" : "  by " + context.paint(Colour::cyan, by)) << '\n';
  }
  if (list_at(*answer, "points").empty()) {
    const auto there = is_there(context, options.entity);
    if (!there) return context.fail(there.error());
    context.err << "gable: no change of " << options.entity << " in that time\n";
  }
  if (has_more(*answer)) context.err << "gable: there is more; end earlier with --to, or give --limit\n";
  return node::kExitOk;
}

// The lines that people want to read, oldest first; the newest when only so many are wanted.
std::vector<const wire::Object*> worth_reading(const wire::List& newest_first, const Options& options) {
  std::vector<const wire::Object*> out;
  Noise noise;
  for (auto item = newest_first.rbegin(); item != newest_first.rend(); ++item) {
    const wire::Object* line = item->as_object();
    if (line != nullptr && (!options.entity.empty() || !noise.is(*line))) out.push_back(line);
  }
  const auto limit = static_cast<std::size_t>(options.limit);
  if (limit > 0 && out.size() > limit) out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(limit));
  return out;
}

int logbook(const Options& options, const Context& context) {
  constexpr double kLinesForOne = 8;  // of the whole house; most only say that what was asked for was done
  Options wanted = options;
  if (options.entity.empty() && !context.json) wanted.limit *= kLinesForOne;
  const auto answer = ask(context, "logbook", arguments_of(wanted));
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  const wire::Time now = wall_clock();
  for (const wire::Object* line : worth_reading(list_at(*answer, "lines"), options)) {
    context.out << context.paint(Colour::dim, moment_of(text_at(*line, "t"), now)) << "  "
                << sentence(*line, context.paint) << '\n';
  }
  if (has_more(*answer)) context.err << "gable: there is more; end earlier with --to, or give --limit\n";
  return node::kExitOk;
}

void add_times(node::Arguments& arguments, Options& options) {
  arguments.option("--from", "TIME", options.from, "2026-11-22T07:30:00Z, or -24h, -30m, -7d before now");
  arguments.option("--to", "TIME", options.to, "likewise");
  arguments.option("--limit", "COUNT", options.limit, "at most so many lines");
}

}  // namespace

NamedRunner add_why(node::Arguments& all) {
  auto& arguments = all.command("why", "Explain the last change of an entity");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("ENTITY", options->entity, "light.kitchen");
  return {"why", [options](const Context& context) { return why(*options, context); }};
}

NamedRunner add_history(node::Arguments& all) {
  auto& arguments = all.command("history", "Show the states of an entity over time");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  options->from = "-24h";
  arguments.positional("ENTITY", options->entity, "light.kitchen");
  add_times(arguments, *options);
  return {"history", [options](const Context& context) { return history(*options, context); }};
}

NamedRunner add_logbook(node::Arguments& all) {
  auto& arguments = all.command("logbook", "Show what happened in the house");
  auto options = std::make_shared<Options>();  // shared by the parser's targets and the runner
  arguments.positional("ENTITY", options->entity, "only this entity", false);
  add_times(arguments, *options);
  arguments.epilog(
      "Of the whole house, commands that were carried out and entities that came after a start are left out; "
      "--json and one entity's logbook have every line.");
  return {"logbook", [options](const Context& context) { return logbook(*options, context); }};
}

}  // namespace gable::cli
