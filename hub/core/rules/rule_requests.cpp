// What people ask the hub about its rules: lists, traces, and who may act.
#include "core/rules/rules_desk.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using Answer = std::optional<wire::Result<wire::Value>>;

constexpr std::size_t kPageBytes = 200 * 1024;  // so that small clients survive it

std::string text_of(const wire::Object& arguments, std::string_view key) {
  const wire::Value* value = arguments.find(key);
  return value == nullptr ? std::string() : std::string(value->string_or(""));
}

}  // namespace

bool RulesDesk::is_request(std::string_view method) {
  return method == "rules" || method == "trace" || method == "shadow" || method == "enforce" ||
         method == "rule_text";
}

Answer RulesDesk::request(Turn& turn, std::string_view method, wire::Object& arguments) {
  if (method == "rules") return list(arguments);
  const std::string name = text_of(arguments, "rule");
  if (name.empty() && method == "shadow") return std::nullopt;
  const auto rule = listing_.resolve(name);
  // The journal may know a rule that is in no file any more.
  const bool may_be_former =
      method != "enforce" && method != "rule_text" && name.find('.') != std::string::npos;
  if (!rule && !may_be_former) return wire::Result<wire::Value>(rule.error());
  if (!rule) {
    arguments.set("unknown", rule.error().text);
    return std::nullopt;
  }
  arguments.set("rule", *rule);
  if (method == "trace") arguments.set("now", rule_row(*listing_.find(*rule), p_.registry));
  // The file comes from the list, never from whoever asks.
  if (method == "rule_text") arguments.set("file", listing_.find(*rule)->file);
  if (method == "enforce") return enforce(turn, *rule, text_of(arguments, "mode"));
  return std::nullopt;
}

// {"after":"automation.x"} → {"rules":[…],"next":"automation.y" or null, …}: pages in order of id.
wire::Result<wire::Value> RulesDesk::list(const wire::Object& arguments) const {
  const std::string after = text_of(arguments, "after");
  wire::List rows;
  std::size_t bytes = 0;
  wire::Value next;
  for (const RuleListing::Rule& rule : listing_.rules()) {
    if (rule.entity <= after) continue;
    if (bytes > kPageBytes) {
      next = text_of(*rows.back().as_object(), "rule");
      break;
    }
    wire::Object row = rule_row(rule, p_.registry);
    bytes += wire::to_json(row).size();
    rows.emplace_back(std::move(row));
  }
  return wire::Value(wire::Object{{"rules", std::move(rows)},
                                  {"next", std::move(next)},
                                  {"mode", to_string(listing_.house_wide())},
                                  {"findings", listing_.findings()}});
}

// Kept until it is asked for otherwise; the files are read again for it to be in force.
Answer RulesDesk::enforce(Turn& turn, const std::string& rule, const std::string& mode) {
  const auto wanted = enforcement_of(mode);
  if (!wanted && mode != "file") {
    return wire::Error{wire::ErrorCode::malformed,
                       "expected live, shadow, off, or file for what its file says; found '" + mode + "'",
                       "mode"};
  }
  if (listing_.house_wide() == rules::Enforcement::off) {
    return wire::Error{wire::ErrorCode::refused,
                       "all rules are off: the hub's configuration or --rules-mode says so", ""};
  }
  if (wanted)
    enforcing_.moved[rule] = *wanted;
  else
    enforcing_.moved.erase(rule);
  turn.save(Table::rule, std::string(kEnforceRows) + rule,
            wanted ? wire::to_json(wire::Object{{"mode", mode}}) : "");
  return std::nullopt;
}

void RulesDesk::restore(const std::string& key, const std::string& json) {
  if (!key.starts_with(kEnforceRows)) return void(rows_.emplace_back(key, json));
  const auto row = wire::parse_object(json);
  const auto mode = row ? enforcement_of(text_of(*row, "mode")) : std::nullopt;
  if (mode) enforcing_.moved[key.substr(kEnforceRows.size())] = *mode;
}

}  // namespace gable::hub
