#pragma once
// Rules as text, checked offline or in a small house, and what was found as lines of text.

#include <stdexcept>
#include <string>
#include <string_view>

#include "check/check.hpp"
#include "language/parse.hpp"
#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::test {

// A described house: one entity of each kind that the tests ask for.
inline constexpr std::string_view kHouse = R"({"areas": ["kitchen", "hall"], "floors": ["ground"],
"labels": ["night"], "devices": ["zigbee/remote"], "commands": ["shell_command.backup"], "entities": [
{"entity_id":"light.kitchen","state":"off","area":"kitchen","attributes":{"brightness":10},
 "description":{"domain":"light","features":["brightness","transition"]}},
{"entity_id":"light.hall","state":"on","attributes":{},"description":{"domain":"light","features":["onoff"]}},
{"entity_id":"switch.pump","state":"on","attributes":{},"description":{"domain":"switch"}},
{"entity_id":"cover.garage","state":"open","attributes":{},
 "description":{"domain":"cover","features":["open","close"]}},
{"entity_id":"binary_sensor.door","state":"off","attributes":{"battery":90},
 "description":{"domain":"binary_sensor","device_class":"door"}},
{"entity_id":"sensor.humidity","state":"50","attributes":{},
 "description":{"domain":"sensor","device_class":"humidity","unit":"%"}},
{"entity_id":"sensor.boot","state":"2026-11-22T00:00:00Z","attributes":{},
 "description":{"domain":"sensor","device_class":"timestamp"}},
{"entity_id":"number.level","state":"5","attributes":{},"description":{"domain":"number","min":0,"max":10}},
{"entity_id":"select.mode","state":"eco","attributes":{},
 "description":{"domain":"select","options":["eco","boost"]}},
{"entity_id":"input_boolean.guests","state":"off","attributes":{},"description":{"domain":"input_boolean"}},
{"entity_id":"climate.hall","state":"heat","attributes":{"temperature":21},
 "description":{"domain":"climate","features":["target_temperature"],
  "capabilities":{"min_temp":7,"max_temp":30,"hvac_modes":["off","heat"]}}},
{"entity_id":"person.ann","state":"home","attributes":{},"description":{"domain":"person"}},
{"entity_id":"media_player.tv","state":"off","attributes":{},
 "description":{"domain":"media_player","features":["turn_on","turn_off"]}},
{"entity_id":"notify.phone","state":"unknown","attributes":{},"description":{"domain":"notify"}},
{"entity_id":"zone.home","state":"1","attributes":{},"description":{"domain":"zone"}},
{"entity_id":"sun.sun","state":"above_horizon","attributes":{"elevation":3},"description":{"domain":"sun"}}]})";

inline Knowledge house() {
  const auto value = wire::parse_json(kHouse);
  if (!value) throw std::invalid_argument(value.error().message());
  auto knowledge = Knowledge::of_house(*value);
  if (!knowledge) throw std::invalid_argument(knowledge.error().message());
  return std::move(*knowledge);
}

inline std::vector<RuleReport> reports(std::string_view text, Knowledge knowledge) {
  const auto document = yaml::parse("rules.yaml", text);
  if (!document) throw std::invalid_argument(document.error().message());
  RuleSet rules;
  NoBlueprints blueprints;
  read_document(rules, *document, blueprints);
  knowledge.add_rules(rules);
  return check(rules, knowledge);
}

// "refused unknown_parameter -> brightness", one a line, of all rules.
inline std::string found(std::string_view text, Knowledge knowledge) {
  std::string lines;
  for (const RuleReport& report : reports(text, std::move(knowledge))) {
    for (const Finding& finding : report.problems) {
      if (!lines.empty()) lines += '\n';
      lines += finding.severity == Severity::error   ? "refused "
               : finding.severity == Severity::waits ? "waits "
                                                     : "warning ";
      lines += finding.code;
      if (!finding.suggestion.empty()) lines += " -> " + finding.suggestion;
    }
  }
  return lines;
}

inline std::string offline(std::string_view text) { return found(text, {}); }
inline std::string live(std::string_view text) { return found(text, house()); }

// An automation around the part that is tested.
inline std::string trigger(const std::string& text) {
  return "- triggers: [" + text + "]\n  actions: [{delay: 1}]\n";
}
inline std::string condition(const std::string& text) {
  return "- triggers: [{trigger: sun, event: sunset}]\n  conditions: [" + text +
         "]\n  actions: [{delay: 1}]\n";
}
inline std::string action(const std::string& text) {
  return "- triggers: [{trigger: sun, event: sunset}]\n  actions: [" + text + "]\n";
}

}  // namespace gable::rules::test
