#include "gable/replay_text.hpp"

#include <cmath>
#include <cstdio>
#include <ostream>
#include <sstream>

#include "gable/entity_text.hpp"
#include "gable/table.hpp"
#include "gable/trace_text.hpp"
#include "wire/time.hpp"

namespace gable::cli {

namespace {

using rules::simulation::Agreement;
using rules::simulation::EntityTally;
using rules::simulation::OthersChange;
using rules::simulation::ReplayDecision;
using rules::simulation::RuleTally;
using std::chrono::microseconds;

wire::Time milliseconds_of(rules::Instant at) { return std::chrono::floor<std::chrono::milliseconds>(at); }

// "2011-06-15 08:14:24", as the clocks of the house showed it.
std::string house_time(rules::Instant at, const rules::jinja::TimeZone* zone) {
  constexpr std::size_t kToTheSecond = 19;
  if (zone != nullptr) at += zone->offset(at);
  std::string text = wire::format_time(milliseconds_of(at)).substr(0, kToTheSecond);
  text[10] = ' ';
  return text;
}

std::string count(std::uint64_t number) { return std::to_string(number); }

std::string one_decimal(double number) {
  std::string text(32, '\0');
  const int length = std::snprintf(text.data(), text.size(), "%.1f", number);
  text.resize(static_cast<std::size_t>(std::max(0, length)));
  return text;
}

std::string hours(microseconds time) {
  return one_decimal(std::chrono::duration<double, std::ratio<3600>>(time).count()) + " h";
}

double seconds(microseconds time) {
  return std::round(std::chrono::duration<double>(time).count() * 1000) / 1000;
}

Cell warned(std::uint64_t number) { return {count(number), number == 0 ? Colour::none : Colour::yellow}; }

void print_rules(const Context& context, const ReplayPrint& print) {
  Table table({"RULE", "TRIGGERED", "RAN", "CALLS", "AGREED", "ALREADY SO", "DIFFERING", "NOT COMPARED"});
  for (const auto& [rule, tally] : print.report.rules) {
    table.add({{rule},
               {count(tally.triggered)},
               {count(tally.ran)},
               {count(tally.calls)},
               {count(tally.agreed)},
               {count(tally.already)},
               warned(tally.differing),
               {count(tally.not_compared)}});
  }
  if (!table.empty()) table.write(context.out, context.paint, context.columns);
}

void print_entities(const Context& context, const ReplayPrint& print) {
  Table table(
      {"ENTITY", "DECISIONS", "CHANGED", "RULES TOO", "NOT BY RULES", "ON THEN", "ON NOW", "ON BOTH"});
  std::uint64_t others = 0, changes = 0;
  for (const auto& [entity, tally] : print.report.entities) {
    if (tally.decisions == 0 && !tally.obeys) {
      ++others, changes += tally.changes;
      continue;
    }
    table.add({{entity},
               {count(tally.decisions)},
               {count(tally.changes)},
               {count(tally.same)},
               warned(tally.changes - tally.same),
               {hours(tally.on_then)},
               {tally.obeys ? hours(tally.on_now) : std::string()},
               {tally.obeys ? hours(tally.on_both) : std::string()}});
  }
  if (!table.empty()) {
    context.out << '\n';
    table.write(context.out, context.paint, context.columns);
  }
  if (others == 0) return;
  context.out << others << (table.empty() ? "" : " more") << " entities that take commands changed "
              << changes << " times; no rule decided about them\n";
}

void print_trace(const Context& context, const wire::Object& trace, wire::Time at) {
  std::istringstream lines(trace_text(trace, context.paint, at));
  for (std::string line; std::getline(lines, line);) context.out << "    " << line << '\n';
}

void print_decision(const Context& context, const ReplayPrint& print, const ReplayDecision& decision) {
  context.out << context.paint(Colour::dim, house_time(decision.at, print.zone)) << "  "
              << context.paint(Colour::bold, decision.rule) << " would have called " << decision.service
              << ' ' << decision.entity << " (" << attributes_text(decision.wanted) << "); it was "
              << decision.found;
  const auto trace = print.report.traces.find(decision.run);
  const bool known = trace != print.report.traces.end();
  if (known) {
    const std::string trigger = trigger_text(trace->second);
    if (!trigger.empty()) context.out << context.paint(Colour::dim, ", triggered by " + trigger);
  }
  context.out << '\n';
  if (known && print.traces) print_trace(context, trace->second, milliseconds_of(decision.at));
}

void print_change(const Context& context, const ReplayPrint& print, const OthersChange& change) {
  context.out << context.paint(Colour::dim, house_time(change.at, print.zone)) << "  "
              << context.paint(Colour::bold, change.entity) << ' ' << printable(change.from) << " → "
              << printable(change.to);
  if (!change.by.empty()) context.out << ", by " << context.paint(Colour::cyan, printable(change.by));
  context.out << ": no rule decided that\n";
}

void print_differences(const Context& context, const ReplayPrint& print) {
  auto change = print.report.others.begin();
  const auto changes_until = [&](rules::Instant at) {
    for (; change != print.report.others.end() && change->at < at; ++change)
      print_change(context, print, *change);
  };
  for (const ReplayDecision& decision : print.report.decisions) {
    if (decision.agreement != Agreement::differs) continue;
    changes_until(decision.at);
    print_decision(context, print, decision);
  }
  changes_until(rules::Instant::max());
}

wire::Object row_of(const ReplayDecision& decision) {
  wire::Object row{{"kind", "decision"},
                   {"t", wire::format_time(milliseconds_of(decision.at))},
                   {"rule", decision.rule},
                   {"run", static_cast<std::int64_t>(decision.run)},
                   {"service", decision.service}};
  if (!decision.entity.empty()) row.append("e", decision.entity);
  row.append("wanted", decision.wanted);
  if (!decision.error.empty()) row.append("error", decision.error);
  row.append("agreement", to_string(decision.agreement));
  if (!decision.found.empty()) row.append("found", decision.found);
  if (decision.apart) row.append("apart", seconds(*decision.apart));
  if (!decision.by.empty()) row.append("by", decision.by);
  return row;
}

wire::Object row_of(const OthersChange& change) {
  wire::Object row{{"kind", "change"},
                   {"t", wire::format_time(milliseconds_of(change.at))},
                   {"e", change.entity},
                   {"from", change.from},
                   {"to", change.to}};
  if (!change.by.empty()) row.append("by", change.by);
  return row;
}

std::int64_t number(std::uint64_t count) { return static_cast<std::int64_t>(count); }

wire::Object row_of(const std::string& rule, const RuleTally& tally) {
  return {{"kind", "rule"},
          {"rule", rule},
          {"triggered", number(tally.triggered)},
          {"ran", number(tally.ran)},
          {"calls", number(tally.calls)},
          {"agreed", number(tally.agreed)},
          {"already", number(tally.already)},
          {"differing", number(tally.differing)},
          {"not_compared", number(tally.not_compared)}};
}

wire::Object row_of(const std::string& entity, const EntityTally& tally) {
  wire::Object row{{"kind", "entity"},
                   {"e", entity},
                   {"obeys", tally.obeys},
                   {"decisions", number(tally.decisions)},
                   {"changes", number(tally.changes)},
                   {"same", number(tally.same)},
                   {"on_then_s", seconds(tally.on_then)}};
  if (tally.obeys) {
    row.append("on_now_s", seconds(tally.on_now));
    row.append("on_both_s", seconds(tally.on_both));
  }
  return row;
}

}  // namespace

void print_replay(const Context& context, const ReplayPrint& print) {
  const rules::simulation::ReplayReport& report = print.report;
  if (print.differences) print_differences(context, print);
  if (print.differences && !report.decisions.empty()) context.out << '\n';
  const double days = std::chrono::duration<double, std::ratio<86'400>>(report.to - report.from).count();
  context.out << "From " << house_time(report.from, print.zone) << " to " << house_time(report.to, print.zone)
              << ": " << one_decimal(days) << " days, " << report.observed << " events\n\n";
  print_rules(context, print);
  print_entities(context, print);
  for (const auto& [text, times] : report.problems) {
    context.err << "gable: " << printable(text) << (times > 1 ? " (" + count(times) + " times)" : "") << '\n';
  }
}

void print_replay_json(const Context& context, const ReplayPrint& print) {
  for (const ReplayDecision& decision : print.report.decisions) {
    wire::Object row = row_of(decision);
    const auto trace = print.report.traces.find(decision.run);
    if (print.traces && trace != print.report.traces.end()) row.append("trace", trace->second);
    context.print(row);
  }
  for (const OthersChange& change : print.report.others) context.print(row_of(change));
  for (const auto& [rule, tally] : print.report.rules) context.print(row_of(rule, tally));
  for (const auto& [entity, tally] : print.report.entities) context.print(row_of(entity, tally));
}

}  // namespace gable::cli
