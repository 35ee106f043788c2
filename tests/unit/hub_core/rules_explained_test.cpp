// What the hub says about its rules: names, lists, what a shadow would have done.

#include <gtest/gtest.h>

#include "core/rules/rule_listing.hpp"
#include "core/rules/withheld.hpp"
#include "core_house.hpp"

namespace gable::hub {
namespace {

std::shared_ptr<rules::RuleSet> two_rules() {
  auto set = std::make_shared<rules::RuleSet>();
  set->files = {"rules.yaml"};
  rules::Automation automation;
  automation.id = "night_light";
  automation.place = {0, 12, 3};
  set->automations.push_back(std::move(automation));
  rules::Script script;
  script.id = "bell";
  script.findings.push_back({rules::Severity::error, {0, 20, 5}, "unknown_key", "no key 'x'", ""});
  set->scripts.push_back(std::move(script));
  return set;
}

TEST(RuleListingTest, NamesAreTakenWithAndWithoutTheirDomain) {
  const RuleListing listing(*two_rules(), {}, {});
  EXPECT_EQ(*listing.resolve("night_light"), "automation.night_light");
  EXPECT_EQ(*listing.resolve("automation.night_light"), "automation.night_light");
  EXPECT_EQ(*listing.resolve("bell"), "script.bell");
  EXPECT_EQ(listing.resolve("night_lihgt").error().text,
            "there is no rule 'night_lihgt'; did you mean night_light?");
  EXPECT_EQ(listing.resolve("script.bel").error().text,
            "there is no rule 'script.bel'; did you mean script.bell?");
}

TEST(RuleListingTest, ARowSaysWhereARuleStandsAndWhatIsWrong) {
  const test::CoreHouse house;
  rules::Enforcing enforcing(rules::Enforcement::shadow);
  enforcing.moved["automation.night_light"] = rules::Enforcement::live;
  const RuleListing listing(*two_rules(), enforcing, {});
  const wire::Object night = rule_row(*listing.find("automation.night_light"), house.core->registry());
  EXPECT_EQ(wire::to_json(night),
            R"({"rule":"automation.night_light","name":"","file":"rules.yaml","line":12,"status":"ok",)"
            R"("mode":"single","enforcement":"live","moved":true,"last_triggered":null,"current":null})");
  const wire::Object bell = rule_row(*listing.find("script.bell"), house.core->registry());
  EXPECT_EQ(bell.find("status")->string_or(""), "refused");
  EXPECT_EQ(bell.find("enforcement")->string_or(""), "shadow");
  EXPECT_EQ(bell.find("findings")->as_list()->size(), 1U);
}

TEST(RuleListingTest, AReportOfALoadSaysWhatIsWrongWithTheRefused) {
  rules::LoadReport report;
  report.added = {"automation.night_light"};
  report.refused = {"script.bell"};
  const wire::Object row = load_row(report, RuleListing(*two_rules(), {}, {}));
  EXPECT_EQ(wire::to_json(*row.find("added")), R"(["automation.night_light"])");
  EXPECT_NE(wire::to_json(*row.find("refused")).find("no key 'x'"), std::string::npos);
}

// What the checker says, and which entities are not there.
TEST(RuleListingTest, ARuleMayBeFaultyOrWait) {
  test::CoreHouse house;
  const auto rules = two_rules();
  rules::RuleReport report;
  report.id = "automation.night_light";
  report.mentions = {{"light.hall", {0, 14, 5}}, {"sun.sun", {0, 15, 5}}};
  const auto row = [&] {
    const RuleListing listing(*rules, {}, {report});
    return rule_row(*listing.find("automation.night_light"), house.core->registry());
  };
  EXPECT_EQ(row().find("status")->string_or(""), "waits");
  EXPECT_NE(wire::to_json(row()).find(
                R"("line":14,"column":5,"code":"unknown_entity","message":"there is no entity light.hall")"),
            std::string::npos)
      << wire::to_json(row());
  EXPECT_NE(wire::to_json(row()).find("latitude and longitude"), std::string::npos);
  report.status = rules::Status::refused;
  report.problems = {
      {rules::Severity::error, {0, 16, 5}, "unknown_service", "no service light.turn_onn", ""}};
  EXPECT_EQ(row().find("status")->string_or(""), "faulty");
  const RuleListing listing(*rules, {}, {report});
  house.connect();
  house.device("b/device/hall",
               R"({"schema":"device/1","name":"Hall","entity":{"domain":"light","object_id":"hall"}})");
  EXPECT_EQ(rule_row(*listing.find("automation.night_light"), house.core->registry())
                .find("findings")
                ->as_list()
                ->size(),
            2U)
      << "the light is there now";
}

TEST(RuleListingTest, ARuleWaitsForRoomsFloorsLabelsAndDevicesToo) {
  test::CoreHouse house;
  const auto rules = two_rules();
  rules->files.push_back("blueprints/porch.yaml");
  const auto blueprint = static_cast<std::uint32_t>(rules->files.size() - 1);
  rules::RuleReport report;
  report.id = "automation.night_light";
  using rules::Mentioned;
  report.mentions = {{"virtual/hall", {blueprint, 4, 5}, Mentioned::device},
                     {"hall", {0, 14, 5}, Mentioned::area},
                     {"attic", {0, 15, 5}, Mentioned::floor},
                     {"dim", {0, 16, 5}, Mentioned::label}};
  const RuleListing listing(*rules, {}, {report});
  const auto waits = [&] {
    const wire::Object row = rule_row(*listing.find("automation.night_light"), house.core->registry());
    std::string out = std::string(row.find("status")->string_or(""));
    const wire::Value* findings = row.find("findings");
    for (std::size_t i = 0; findings != nullptr && i < findings->as_list()->size(); ++i) {
      const wire::Object& one = *(*findings->as_list())[i].as_object();
      out += "\n" + std::string(one.find("file")->string_or("")) + ": " +
             std::string(one.find("message")->string_or(""));
    }
    return out;
  };
  EXPECT_EQ(waits(),
            "waits\nblueprints/porch.yaml: there is no device 'virtual/hall'\n"
            "rules.yaml: there is no area 'hall'\nrules.yaml: there is no floor 'attic'\n"
            "rules.yaml: there is no label 'dim'");
  house.connect();
  House named;
  named.areas = {{.id = "halls"}};
  named.floors = {{.id = "attic"}};
  named.labels = {{.id = "dim"}};
  house.restart(named);
  house.connect();
  house.device("virtual/device/hall",
               R"({"schema":"device/1","name":"Hall","entity":{"domain":"light","object_id":"hall"}})");
  EXPECT_EQ(waits(), "waits\nrules.yaml: there is no area 'hall'; did you mean 'halls'?");
}

TEST(RuleListingTest, RulesOfAFileThatCannotBeReadStayAsTheyWere) {
  const RuleListing former(*two_rules(), {}, {});
  rules::RuleSet broken;
  broken.unreadable = {"rules.yaml"};
  RuleListing now(broken, {}, {});
  EXPECT_EQ(now.keep_unread(former, broken), std::set<std::string>{"automation.night_light"});
  EXPECT_NE(now.find("automation.night_light"), nullptr);
  broken.unreadable = {"other.yaml"};
  broken.readable = {"rules.yaml"};
  RuleListing emptied(broken, {}, {});
  EXPECT_TRUE(emptied.keep_unread(former, broken).empty());
}

// A file with a syntax error says nothing about its rules, also when the hub starts.
TEST(RulesOfAFileThatCannotBeRead, StayOffIfSomebodySwitchedThemOff) {
  constexpr const char* kText = R"(
automation:
- id: night
  triggers: {trigger: event, event_type: go}
  actions: {action: logbook.log, data: {name: night, message: x}}
)";
  test::CoreHouse house;
  house.load_rules(kText);
  house.connect();
  house.send("gable/call/automation/turn_off", R"({"target":{"entity_id":"automation.night"}})");
  EXPECT_EQ(house.field("gable/state/automation/night", "state"), "off");
  house.restart();
  auto broken = std::make_shared<rules::RuleSet>();
  broken->unreadable = {"rules.yaml"};
  house.handle(RulesChanged{.rules = broken});
  EXPECT_TRUE(house.core->registry().find("automation.night") != nullptr);
  EXPECT_EQ(house.field("gable/state/automation/night", "state"), "off");
  house.load_rules(kText);
  EXPECT_EQ(house.field("gable/state/automation/night", "state"), "off");
  house.restart();
  house.load_rules(kText);
  EXPECT_EQ(house.field("gable/state/automation/night", "state"), "off");
}

auto told(const test::CoreHouse& house, const std::string& what) {
  return std::count_if(house.journal.begin(), house.journal.end(), [&](const std::string& line) {
    return line.find(R"("k":"logbook","name":")" + what) != std::string::npos;
  });
}

TEST(RulesThatAreReadAgain, HearOfIt) {
  constexpr const char* kText = R"(
automation:
- id: prepare
  triggers:
  - {trigger: homeassistant, event: start}
  - {trigger: event, event_type: automation_reloaded}
  actions: {action: logbook.log, data: {name: prepared, message: x}}
)";
  test::CoreHouse house;
  house.load_rules(kText);
  house.connect();
  EXPECT_EQ(told(house, "prepared"), 1);
  house.load_rules(kText);
  EXPECT_EQ(told(house, "prepared"), 2);
}

TEST(RulesAndDevices, WhatBecomesUnavailableIsAStepOfItsState) {
  test::CoreHouse house;
  house.load_rules(R"(
automation:
- id: gone
  triggers: {trigger: state, entity_id: light.kitchen_lamp, from: "off", to: unavailable}
  actions: {action: logbook.log, data: {name: gone, message: "{{ trigger.from_state.state }}"}}
- id: back
  triggers: {trigger: state, entity_id: light.kitchen_lamp, from: unavailable, to: "off"}
  actions: {action: logbook.log, data: {name: back, message: "{{ trigger.to_state.state }}"}}
)");
  house.connect();
  house.lamp();
  house.advance(std::chrono::seconds(10));
  house.device("virtual/link/lamp", R"({"status":"offline","reason":"no answer"})");
  house.device("virtual/link/lamp", R"({"status":"offline","reason":"flat battery"})");
  EXPECT_EQ(told(house, "gone"), 1);
  EXPECT_EQ(told(house, "back"), 0);
  house.device("virtual/link/lamp", R"({"status":"online"})");
  EXPECT_EQ(told(house, "gone"), 1);
  EXPECT_EQ(told(house, "back"), 1);
}

// A press that the broker kept comes before the rules are in force: while the hub waits for a bridge that it
// knows.
TEST(RulesAtStart, WhatHappenedBeforeTheyAreInForceReachesThem) {
  test::CoreHouse house;
  house.connect();
  house.lamp();
  const std::string event = R"({"domain":"event","event_types":["press"]})";
  house.device("r/device/remote", R"({"schema":"device/1","name":"Remote","entity":)" + event + "}");
  house.broker.clear();
  house.restart();
  house.load_rules(R"(
automation:
- id: pressed
  triggers: {trigger: event, event_type: gable_event, event_data: {entity_id: event.remote}}
  actions: {action: logbook.log, data: {name: "{{ trigger.event.data.n }}", message: "pressed"}}
)");
  house.connect();
  house.device("r/event/remote", R"({"event_type":"press","n":1,"_id":"e1"})");
  EXPECT_EQ(told(house, "1"), 0) << "the bridges have not spoken yet";
  house.advance(std::chrono::seconds(10));
  EXPECT_EQ(told(house, "1"), 1);
  house.device("r/event/remote", R"({"event_type":"press","n":2,"_id":"e2"})");
  EXPECT_EQ(told(house, "2"), 1);
}

std::string expected(const test::CoreHouse& house, const std::string& effect) {
  return wire::to_json(expected_of(house.core->registry(), *wire::parse_object(effect)));
}

TEST(WithheldTest, AServiceIsHeldAgainstTheStatesOfItsTargets) {
  test::CoreHouse house;
  house.connect();
  house.lamp();
  EXPECT_EQ(
      expected(house,
               R"({"service":"light.turn_off","target":{"entity_id":["light.kitchen_lamp","light.none"]}})"),
      R"([{"e":"light.kitchen_lamp","state":"off"}])");
  EXPECT_EQ(
      expected(house, R"({"service":"homeassistant.toggle","target":{"entity_id":["light.kitchen_lamp"]}})"),
      R"([{"e":"light.kitchen_lamp","toggle":true}])");
}

TEST(WithheldTest, OfMessagesScriptsAndEventsNothingCanBeExpected) {
  const test::CoreHouse house;
  for (const std::string effect :
       {R"({"service":"mqtt.publish","data":{"topic":"a"}})", R"({"service":"script.bell"})",
        R"({"event":"x"})", R"({"service":"light.turn_on","target":{"entity_id":["light.none"]}})"}) {
    EXPECT_EQ(expected(house, effect), "[]") << effect;
  }
}

TEST(EnforceTest, AMovedRuleIsKeptInTheStoreAndGoesBackToItsFile) {
  test::CoreHouse house;
  house.connect();
  const auto load = [&house] {
    Effects effects;
    Turn turn{house.now, effects};
    house.core->handle(RulesChanged{two_rules(), nullptr, rules::Enforcement::shadow}, turn);
  };
  load();
  const std::pair key(Table::rule, std::string("enforce/automation.night_light"));
  house.send("gable/hub/request/enforce", R"({"rule":"night_light","mode":"live"})");
  EXPECT_EQ(house.store[key], R"({"mode":"live"})");
  house.send("gable/hub/request/enforce", R"({"rule":"night_light","mode":"file"})");
  EXPECT_TRUE(!house.store.contains(key) || house.store[key].empty());
  house.take();
  house.send("gable/hub/request/enforce", R"({"rule":"night_light","mode":"maybe"})");
  EXPECT_NE(wire::to_json(house.said("gable/hub/response/enforce").back()).find("expected live"),
            std::string::npos);
}

TEST(HouseTest, AreasAndFloorsOfTheFileThenThoseThatOnlyDevicesName) {
  House file;
  file.info.name = "Mill";
  file.floors.push_back({.id = "ground", .name = "Ground floor", .icon = {}, .level = 0, .aliases = {}});
  file.areas.push_back(
      {.id = "hall", .name = "Hall", .icon = {}, .floor = "ground", .labels = {}, .aliases = {}});
  test::CoreHouse house(file);
  house.connect();
  house.lamp();
  house.take();
  house.send("gable/hub/request/house", "");
  EXPECT_EQ(wire::to_json(*house.said("gable/hub/response/house").back().find("data")),
            R"({"name":"Mill","language":"en","time_zone":"UTC",)"
            R"("floors":[{"id":"ground","name":"Ground floor","level":0}],)"
            R"("areas":[{"id":"hall","name":"Hall","floor":"ground"},{"id":"kitchen","name":"Kitchen"}],)"
            R"("labels":[],"commands":[]})");
}

}  // namespace
}  // namespace gable::hub
