// shadow: every call that rules in shadow withheld, and whether somebody else did the same.
#include <algorithm>
#include <map>
#include <set>

#include "app/journal_parts.hpp"
#include "app/shadow_match.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Object;
using wire::Value;

constexpr std::size_t kDecisions = 20'000;
// How an entity was before the first decision is looked for so far back.
constexpr std::chrono::hours kLookBack{7 * 24};

struct Tally {
  std::int64_t decisions = 0, done = 0, already = 0, missed = 0, uncompared = 0;
};

struct Found {
  std::vector<Decision> decisions;
  std::map<std::string, Tally> rules;
  std::int64_t too_young = 0;  // others may still do the same
  bool more = false;
};

// Of one trace. A call of which nothing can be seen in the house is counted, no more.
void take_trace(const Object& trace, wire::Time now, Found& found) {
  const Value* steps = trace.find("steps");
  if (steps == nullptr || steps->as_list() == nullptr) return;
  const std::string rule = text_of(trace, "rule");
  for (const Value& each : *steps->as_list()) {
    const Object* withheld = each.as_object() == nullptr ? nullptr : object_of(*each.as_object(), "withheld");
    if (withheld == nullptr) continue;
    const auto at = wire::parse_time(text_of(*each.as_object(), "at"));
    if (!at || *at + ShadowMatch::kWindow > now) {
      ++found.too_young;
      continue;
    }
    Tally& tally = found.rules[rule];
    const Value* expect = withheld->find("expect");
    if (expect == nullptr || expect->as_list() == nullptr) {
      ++tally.decisions, ++tally.uncompared;
      continue;
    }
    const Value* run = trace.find("run");
    const std::int64_t* number = run == nullptr ? nullptr : run->as_int();
    for (const Value& one : *expect->as_list()) {
      if (one.as_object() == nullptr) continue;
      Object expected = *one.as_object();
      std::string entity = text_of(expected, "e");
      expected.erase("e");
      ++tally.decisions;
      found.decisions.push_back(
          {*at, rule, number == nullptr ? 0 : *number, std::move(entity), std::move(expected)});
    }
  }
}

wire::Result<Found> find_decisions(const JournalReader& reader, JournalQuery query, wire::Time now) {
  query.texts.push_back(quoted("k", "trace"));
  query.texts.emplace_back("\"withheld\":");
  query.newest_first = true;
  query.limit = kDecisions;
  Found found;
  const auto scan = reader.scan(query, [&](std::string_view line) {
    if (const auto trace = wire::parse_object(line, wire::kDocumentLimits)) take_trace(*trace, now, found);
    return found.decisions.size() < kDecisions;
  });
  if (!scan) return scan.error();
  found.more = scan->more;
  std::stable_sort(found.decisions.begin(), found.decisions.end(),
                   [](const Decision& a, const Decision& b) { return a.at < b.at; });
  return found;
}

std::string_view entity_in(std::string_view line) {
  constexpr std::string_view kKey = R"("e":")";
  const std::size_t at = line.find(kKey);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = line.substr(at + kKey.size());
  return rest.substr(0, rest.find('"'));
}

// The changes of the entities from before the first decision on.
wire::Result<ShadowMatch> read_changes(const JournalReader& reader, const std::vector<Decision>& decisions) {
  ShadowMatch match;
  if (decisions.empty()) return match;
  std::set<std::string, std::less<>> wanted, unknown;
  for (const Decision& decision : decisions) wanted.insert(decision.entity);
  unknown = wanted;
  const std::string begin = wire::format_time(decisions.front().at - ShadowMatch::kWindow);
  JournalQuery query;
  query.from = decisions.front().at - ShadowMatch::kWindow - kLookBack;
  query.to = decisions.back().at + ShadowMatch::kWindow + wire::Duration(1);
  query.texts = {quoted("k", "change")};
  query.newest_first = true;
  query.limit = 10'000'000;
  std::vector<Object> changes;
  const auto scan = reader.scan(query, [&](std::string_view line) {
    const auto entity = wanted.find(entity_in(line));
    if (entity == wanted.end()) return true;
    auto change = wire::parse_object(line, wire::kDocumentLimits);
    if (!change) return true;
    const bool before = text_of(*change, "t") < begin;
    changes.push_back(std::move(*change));
    // Attributes are in the journal when they change; further back there may be older ones.
    if (before) unknown.erase(*entity);
    return !unknown.empty();
  });
  if (!scan) return scan.error();
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) match.add(*change);
  return match;
}

Object difference(const Decision& decision, const Comparison& verdict) {
  Object out{{"t", wire::format_time(decision.at)},
             {"rule", decision.rule},
             {"run", decision.run},
             {"e", decision.entity},
             {"expected", decision.expected},
             {"found", verdict.found}};
  if (!verdict.changes.empty()) out.append("changes", verdict.changes);
  return out;
}

wire::List rows_of(const std::map<std::string, Tally>& rules) {
  wire::List out;
  for (const auto& [rule, tally] : rules) {
    out.emplace_back(Object{{"rule", rule},
                            {"decisions", tally.decisions},
                            {"matched", tally.done + tally.already},
                            {"already", tally.already},
                            {"missed", tally.missed},
                            {"uncompared", tally.uncompared}});
  }
  return out;
}

}  // namespace

Answer shadow(const JournalReader& reader, const Object& arguments, wire::Time now) {
  Object wish = arguments;
  if (!wish.contains("from")) wish.set("from", "-24h");
  auto query = query_of(wish, now);
  if (!query) return query.error();
  if (const std::string rule = text_of(arguments, "rule"); !rule.empty())
    query->texts.push_back(quoted("rule", rule));
  auto found = find_decisions(reader, std::move(*query), now);
  if (!found) return found.error();
  if (const std::string why = text_of(arguments, "unknown"); found->rules.empty() && !why.empty())
    return wire::Error{wire::ErrorCode::unknown_entity, why, ""};
  const auto match = read_changes(reader, found->decisions);
  if (!match) return match.error();
  wire::List differences;
  std::size_t bytes = 0;
  for (const Decision& decision : found->decisions) {
    const Comparison verdict = match->judge(decision);
    Tally& tally = found->rules[decision.rule];
    if (verdict.agreement == Agreement::done) ++tally.done;
    if (verdict.agreement == Agreement::already) ++tally.already;
    if (verdict.agreement != Agreement::missed) continue;
    ++tally.missed;
    Object row = difference(decision, verdict);
    bytes += wire::to_json(row).size();
    if (bytes < kAnswerBytes) differences.emplace_back(std::move(row));
  }
  return Value(Object{{"rules", rows_of(found->rules)},
                      {"differences", std::move(differences)},
                      {"too_young", found->too_young},
                      {"more", found->more || bytes >= kAnswerBytes}});
}

}  // namespace gable::hub
