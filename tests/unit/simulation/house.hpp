#pragma once
// A simulated house with rules in YAML, for tests.

#include <gtest/gtest.h>

#include <stdexcept>

#include "language/parse.hpp"
#include "simulation/simulated_house.hpp"
#include "simulation/values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"
#include "yaml/loader.hpp"

namespace gable::rules::simulation::test {

// 2026-01-15T12:00:00Z, a Thursday.
inline constexpr Instant kNoon = Instant(std::chrono::microseconds(1'768'478'400'000'000));
inline constexpr Observer kBerlin{52.52, 13.41, 0};

inline RuleSet rules_of(std::string_view text) {
  RuleSet rules;
  NoBlueprints blueprints;
  const auto document = yaml::parse("rules.yaml", text);
  if (!document) throw std::invalid_argument(document.error().message());
  read_document(rules, *document, blueprints);
  for (const Automation& rule : rules.automations) {
    if (rule.refused()) throw std::invalid_argument(rule.findings.front().message);
  }
  return rules;
}

class HouseTest : public ::testing::Test {
 protected:
  explicit HouseTest(std::optional<Observer> place = {}) : house({kNoon, nullptr, place, nullptr}) {}

  void start(std::string_view yaml) { house.start(rules_of(yaml)); }
  void pass(std::chrono::seconds time) { house.advance(house.now() + time); }
  [[nodiscard]] std::string state(const std::string& id) const {
    const auto found = house.snapshot(id);
    return found ? found->state : "none";
  }
  [[nodiscard]] std::string attribute(const std::string& id, std::string_view key) const {
    const auto found = house.snapshot(id);
    const wire::Value* value = found ? found->attributes->find(key) : nullptr;
    return value == nullptr ? "none" : wire::to_json(*value);
  }
  // A call from outside with data in JSON; what the house had against it.
  std::string call(const std::string& service, const std::string& entity, const std::string& data = "{}") {
    const auto parsed = wire::parse_object(data);
    auto dict = std::make_shared<jinja::Dict>();
    for (const auto& [key, value] : *parsed) dict->set(key, value_of(value));
    return house.command(service, target_of(entity), jinja::DictPtr(std::move(dict))).error;
  }
  [[nodiscard]] std::string calls() const {
    std::string out;
    for (const RecordedCall& call : house.record().calls) {
      out += (out.empty() ? "" : " ") + call.service;
      for (const std::string& entity : call.entities) out += ":" + entity;
    }
    return out;
  }
  [[nodiscard]] std::string events() const {
    std::string out;
    for (const RecordedEvent& event : house.record().events) {
      if (event.event.type.starts_with("automation_")) continue;
      out += (out.empty() ? "" : " ") + event.event.type;
    }
    return out;
  }

 public:
  SimulatedHouse house;

 private:
  static jinja::Value value_of(const wire::Value& value) {
    if (const auto* text = value.as_string()) return *text;
    if (const auto* flag = value.as_bool()) return *flag;
    if (const auto* number = value.as_int()) return *number;
    if (const auto* real = value.as_double()) return *real;
    jinja::Values items;
    if (const auto* list = value.as_list()) {
      for (const wire::Value& item : *list) items.push_back(value_of(item));
    }
    return jinja::Value::list(std::move(items));
  }
};

}  // namespace gable::rules::simulation::test
