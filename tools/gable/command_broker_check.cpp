// `gable broker-check`: does this broker give what we rely on?

#include <algorithm>
#include <ostream>

#include "gable/check_broker.hpp"
#include "gable/commands.hpp"
#include "gable/table.hpp"

namespace gable::cli {

namespace {

std::string word(Verdict verdict) {
  return verdict == Verdict::good ? "ok" : verdict == Verdict::lesser ? "with less" : "will not work";
}

void print(const std::vector<Check>& checks, const Context& context) {
  if (context.json) {
    wire::List rows;
    for (const auto& check : checks) {
      rows.emplace_back(wire::Object{{"check", check.name},
                                     {"ok", check.verdict != Verdict::bad},
                                     {"verdict", word(check.verdict)},
                                     {"detail", check.detail},
                                     {"advice", check.advice}});
    }
    context.print(wire::Object{{"broker", context.address}, {"checks", std::move(rows)}});
    return;
  }
  Table table({"CHECK", "", "WHAT WAS SEEN", "WHAT TO DO"});
  for (const auto& check : checks) {
    const Colour colour = check.verdict == Verdict::good     ? Colour::green
                          : check.verdict == Verdict::lesser ? Colour::yellow
                                                             : Colour::red;
    table.add({{check.name}, {word(check.verdict), colour}, {check.detail}, {check.advice}});
  }
  table.write(context.out, context.paint, context.columns);
}

int check(const Context& context) {
  Probe probe(context);
  if (!probe.begin()) return context.fail(probe.last_error());
  std::vector<Check> checks;
  if (check_rights(probe, checks)) {
    for (const auto step : {check_retained, check_options, check_topics, check_latency, check_sessions,
                            check_wills, check_expiry, check_queue}) {
      step(probe, checks);
    }
    probe.clean_up();
  }
  print(checks, context);
  const bool bad =
      std::any_of(checks.begin(), checks.end(), [](const auto& c) { return c.verdict == Verdict::bad; });
  if (!bad) return node::kExitOk;
  return context.fail("this broker will not do");
}

}  // namespace

NamedRunner add_broker_check(node::Arguments& all) {
  all.command("broker-check", "Try whether the broker gives what a house relies on");
  return {"broker-check", check};
}

}  // namespace gable::cli
