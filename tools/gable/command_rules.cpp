// `gable rules`, `gable trace`, `gable shadow`, `gable live`, `gable reload`: what the rules are and did, and
// who may act.

#include <ostream>

#include "gable/client.hpp"
#include "gable/commands.hpp"
#include "gable/entity_text.hpp"
#include "gable/local_time.hpp"
#include "gable/table.hpp"
#include "gable/trace_text.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

using wire::Object;
using wire::Value;

constexpr Milliseconds kPatience{60'000};  // a month of journal, or thousands of rules, may have to be read

wire::Result<Object> ask(const Context& context, std::string_view method, Object arguments) {
  auto client = Client::open(context);
  if (!client) return client.error();
  auto answer = (*client)->request(method, std::move(arguments), kPatience);
  if (!answer) return answer.error();
  if (answer->as_object() == nullptr)
    return wire::Error{wire::ErrorCode::malformed, "the hub's answer is no object", ""};
  return std::move(*answer->as_object());
}

const wire::List& list_at(const Object& object, std::string_view key) {
  static const wire::List kEmpty;
  const Value* value = object.find(key);
  return value == nullptr || value->as_list() == nullptr ? kEmpty : *value->as_list();
}

const Object& object_at(const Object& object, std::string_view key) {
  static const Object kEmpty;
  const Value* value = object.find(key);
  return value == nullptr || value->as_object() == nullptr ? kEmpty : *value->as_object();
}

bool flag_at(const Object& object, std::string_view key) {
  const Value* value = object.find(key);
  return value != nullptr && value->bool_or(false);
}

std::string place_of(const Object& row) {
  const std::string file = text_at(row, "file"), line = text_at(row, "line");
  return file + (line.empty() || line == "0" ? "" : ":" + line);
}

void write_findings(const wire::List& findings, const Context& context) {
  for (const Value& each : findings) {
    if (each.as_object() == nullptr) continue;
    const Object& finding = *each.as_object();
    const bool error = text_at(finding, "severity") == "error";
    context.out << "  " << context.paint(error ? Colour::red : Colour::yellow, text_at(finding, "severity"))
                << " " << place_of(finding) << ": " << text_at(finding, "message") << '\n';
  }
}

// ── gable trace ──

struct TraceOptions {
  std::string rule, run;
  double last = 1;
};

int trace(const TraceOptions& options, const Context& context) {
  Object arguments{{"rule", options.rule}, {"limit", options.last}};
  if (!options.run.empty()) {
    const auto run = wire::parse_json(options.run);
    if (!run || run->as_int() == nullptr) return context.refuse("--run takes the number of a run");
    arguments.set("run", *run);
  }
  const auto answer = ask(context, "trace", std::move(arguments));
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  const wire::Time now = wall_clock();
  const wire::List& traces = list_at(*answer, "traces");
  for (auto each = traces.rbegin(); each != traces.rend(); ++each) {  // newest last, where the reader is
    if (each->as_object() != nullptr) context.out << trace_text(*each->as_object(), context.paint, now);
  }
  const Object& rule = object_at(*answer, "now");
  const std::string name = text_at(*answer, "rule");
  if (traces.empty()) context.out << name << " has not been triggered as far as the journal goes back\n";
  if (text_at(rule, "status") == "refused")
    context.out << context.paint(Colour::red, name + " is refused: gable check says why") << '\n';
  if (text_at(rule, "enforcement") == "off")
    context.out << context.paint(Colour::yellow, name + " is off: it neither triggers nor runs") << '\n';
  else if (rule.contains("enabled") && !flag_at(rule, "enabled"))
    context.out << context.paint(Colour::yellow, name + " is turned off: nothing triggers it") << '\n';
  if (const Value* current = rule.find("current"); current != nullptr && current->number_or(0) > 0)
    context.out << name << " is running now; that run's trace comes when it ends\n";
  return node::kExitOk;
}

// ── gable rules ──

wire::Result<Object> all_rules(const Context& context) {
  auto client = Client::open(context);
  if (!client) return client.error();
  Object arguments;
  wire::List all;
  for (;;) {
    auto page = (*client)->request("rules", arguments, kPatience);
    if (!page) return page.error();
    if (page->as_object() == nullptr)
      return wire::Error{wire::ErrorCode::malformed, "the hub's answer is no object", ""};
    Object& object = *page->as_object();
    for (const Value& row : list_at(object, "rules")) all.push_back(row);
    const std::string next = text_at(object, "next");
    if (!next.empty()) {
      arguments.set("after", next);
      continue;
    }
    object.erase("next");
    object.set("rules", std::move(all));
    return std::move(object);
  }
}

std::vector<Cell> cells_of(const Object& row, wire::Time now) {
  const std::string status = text_at(row, "status"), enforcement = text_at(row, "enforcement");
  std::string state =
      (status == "ok" || status == "waits") && row.contains("enabled") && !flag_at(row, "enabled")
          ? "turned off"
          : status;
  const std::string running = text_at(row, "current");
  return {{text_at(row, "rule")},
          {state, state == "ok"                             ? Colour::green
                  : state == "refused" || state == "faulty" ? Colour::red
                  : state == "waits"                        ? Colour::yellow
                                                            : Colour::dim},
          {text_at(row, "mode")},
          {enforcement + (flag_at(row, "moved") ? " (moved)" : ""),
           enforcement == "shadow" ? Colour::yellow : Colour::none},
          {running == "0" ? "" : running},
          {ago(text_at(row, "last_triggered"), now), Colour::dim},
          {place_of(row), Colour::dim}};
}

int rules(const Context& context) {
  const auto answer = all_rules(context);
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  Table table({"RULE", "STATUS", "MODE", "ENFORCE", "RUNS", "TRIGGERED", "FILE"});
  const wire::Time now = wall_clock();
  for (const Value& each : list_at(*answer, "rules")) {
    if (each.as_object() != nullptr) table.add(cells_of(*each.as_object(), now));
  }
  if (table.empty())
    context.err << "gable: the hub has no rules\n";
  else
    table.write(context.out, context.paint, context.columns);
  write_findings(list_at(*answer, "findings"), context);
  for (const Value& each : list_at(*answer, "rules")) {
    if (each.as_object() != nullptr) write_findings(list_at(*each.as_object(), "findings"), context);
  }
  const std::string mode = text_at(*answer, "mode");
  if (mode != "live") context.out << context.paint(Colour::yellow, "the house's rules are " + mode) << '\n';
  return node::kExitOk;
}

// ── gable shadow ──

struct ShadowOptions {
  std::string rule, from, to;
};

std::string share_text(const Object& row) {
  const auto number = [&](std::string_view key) {
    const Value* value = row.find(key);
    return value == nullptr ? 0.0 : value->number_or(0);
  };
  const double compared = number("matched") + number("missed");
  if (compared == 0) return {};
  return std::to_string(static_cast<int>(100 * number("matched") / compared)) + " %";
}

void write_difference(const Object& row, const Context& context, wire::Time now) {
  const Object& found = object_at(row, "found");
  context.out << context.paint(Colour::dim, moment_of(text_at(row, "t"), now)) << "  "
              << context.paint(Colour::bold, text_at(row, "rule")) << ": " << text_at(row, "e")
              << " should be " << attributes_text(object_at(row, "expected")) << ", was "
              << (found.empty() ? "never seen" : attributes_text(found))
              << context.paint(Colour::dim,
                               "  gable trace " + text_at(row, "rule") + " --run " + text_at(row, "run"))
              << '\n';
}

int shadow(const ShadowOptions& options, const Context& context) {
  Object arguments{{"from", options.from}};
  if (!options.rule.empty()) arguments.set("rule", options.rule);
  if (!options.to.empty()) arguments.set("to", options.to);
  const auto answer = ask(context, "shadow", std::move(arguments));
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  Table table({"RULE", "DECISIONS", "MATCHED", "MISSED", "NOT COMPARED", "AGREEMENT"});
  for (const Value& each : list_at(*answer, "rules")) {
    if (each.as_object() == nullptr) continue;
    const Object& row = *each.as_object();
    const std::string missed = text_at(row, "missed");
    table.add({{text_at(row, "rule")},
               {text_at(row, "decisions")},
               {text_at(row, "matched")},
               {missed, missed == "0" ? Colour::none : Colour::red},
               {text_at(row, "uncompared")},
               {share_text(row)}});
  }
  if (table.empty())
    context.err << "gable: no rule in shadow has withheld anything in that time\n";
  else
    table.write(context.out, context.paint, context.columns);
  const wire::Time now = wall_clock();
  for (const Value& each : list_at(*answer, "differences")) {
    if (each.as_object() != nullptr) write_difference(*each.as_object(), context, now);
  }
  if (flag_at(*answer, "more")) context.err << "gable: there is more; begin later with --from\n";
  return node::kExitOk;
}

// ── gable live, gable reload ──

struct LiveOptions {
  std::string rule;
  bool shadow = false, file = false;
};

int live(const LiveOptions& options, const Context& context) {
  if (options.shadow && options.file) return context.fail("give --shadow or --file, not both");
  const std::string mode = options.shadow ? "shadow" : options.file ? "file" : "live";
  const auto answer = ask(context, "enforce", {{"rule", options.rule}, {"mode", mode}});
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  const std::string rule = text_at(*answer, "rule");
  context.out << rule << (options.file ? " is as its file and the hub's mode say" : " is " + mode + " now")
              << '\n';
  if (mode == "live" && text_at(*answer, "house") == "shadow" && rule.starts_with("automation."))
    context.out << "Scripts that it calls stay in shadow until they are moved too: gable live script.NAME\n";
  return node::kExitOk;
}

void write_names(const Object& report, std::string_view key, Colour colour, const Context& context) {
  for (const Value& each : list_at(report, key)) {
    const Object* row = each.as_object();
    context.out << context.paint(colour, std::string(key)) << "  "
                << (row == nullptr ? value_text(each) : text_at(*row, "rule")) << '\n';
    if (row != nullptr) write_findings(list_at(*row, "findings"), context);
  }
}

int reload(const Context& context) {
  const auto answer = ask(context, "reload", {});
  if (!answer) return context.fail(answer.error());
  if (context.json) {
    context.print(*answer);
    return node::kExitOk;
  }
  context.out << "reloaded: " << text_at(*answer, "entities") << " entities from files";
  const Object& report = object_at(*answer, "rules");
  if (report.empty()) {
    context.out << ", no rules\n";
    return node::kExitOk;
  }
  context.out << ", rules: " << text_at(report, "unchanged") << " unchanged\n";
  write_names(report, "added", Colour::green, context);
  write_names(report, "changed", Colour::yellow, context);
  write_names(report, "removed", Colour::dim, context);
  write_names(report, "refused", Colour::red, context);
  write_findings(list_at(report, "findings"), context);
  return node::kExitOk;
}

}  // namespace

NamedRunner add_trace(node::Arguments& all) {
  auto& arguments = all.command("trace", "Show what a rule did, or why it did not");
  auto options = std::make_shared<TraceOptions>();  // shared by the parser's targets and the runner
  arguments.positional("RULE", options->rule, "automation.night_light, or night_light");
  arguments.option("--last", "COUNT", options->last, "its last runs and triggers, at most so many");
  arguments.option("--run", "NUMBER", options->run, "only this run, as gable shadow names it");
  return {"trace", [options](const Context& context) { return trace(*options, context); }};
}

NamedRunner add_rules(node::Arguments& all) {
  all.command("rules", "List the rules with their files, and what is wrong with them");
  return {"rules", rules};
}

NamedRunner add_shadow(node::Arguments& all) {
  auto& arguments = all.command("shadow", "Compare what rules in shadow decided with what happened");
  auto options = std::make_shared<ShadowOptions>();  // shared by the parser's targets and the runner
  options->from = "-24h";
  arguments.positional("RULE", options->rule, "only this rule", false);
  arguments.option("--from", "TIME", options->from, "2026-11-22T07:30:00Z, or -24h, -30m, -7d before now");
  arguments.option("--to", "TIME", options->to, "likewise");
  return {"shadow", [options](const Context& context) { return shadow(*options, context); }};
}

NamedRunner add_live(node::Arguments& all) {
  auto& arguments = all.command("live", "Let one rule act, or only watch, whatever its file says");
  auto options = std::make_shared<LiveOptions>();  // shared by the parser's targets and the runner
  arguments.positional("RULE", options->rule, "automation.night_light, or night_light");
  arguments.flag("--shadow", options->shadow, "let it decide and do nothing");
  arguments.flag("--file", options->file, "as its file and the hub's mode say again");
  return {"live", [options](const Context& context) { return live(*options, context); }};
}

NamedRunner add_reload(node::Arguments& all) {
  all.command("reload", "Let the hub read its files again");
  return {"reload", reload};
}

}  // namespace gable::cli
