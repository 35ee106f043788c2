#pragma once
// An engine with rules out of YAML in a house of a few lines: what it called is a list of texts.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "../engine/fake_surroundings.hpp"
#include "../language/rule_sets.hpp"
#include "engine/engine.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules::test {

class HouseOfRules : public ::testing::Test {
 protected:
  HouseOfRules() : engine(std::make_unique<Engine>(house)) {
    house.on_call = [this](const ServiceCall& call) {
      calls += (calls.empty() ? "" : "; ") + text_of(call);
      return ServiceOutcome{};
    };
  }

  static std::string text_of(const ServiceCall& call) {
    std::string text = call.domain + "." + call.service;
    if (const jinja::Dict* target = call.target.as_dict()) {
      if (const jinja::Value* ids = target->find(std::string_view("entity_id")))
        text += " " + jinja::str(*ids);
    }
    if (const jinja::Dict* data = call.data.as_dict(); data != nullptr && data->size() > 0) {
      text += " " + jinja::str(call.data);
    }
    return text;
  }

  LoadReport load(const std::string& yaml) {
    Read read(yaml);
    EXPECT_EQ(read.found(), "");
    return engine->load(std::move(read.rules), now);
  }
  void begin(const std::string& yaml) {
    load(yaml);
    engine->handle(HouseStarted{}, now);
  }
  // Another state, told to the engine as the hub does.
  void set(const std::string& entity, const std::string& state, const Context& cause = {"c0", "", ""}) {
    StateChanged changed;
    changed.entity = entity;
    changed.before = house.snapshot(entity);
    house.set(entity, state, {}, now);
    house.states[entity].context = cause;
    changed.after = house.snapshot(entity);
    engine->handle(std::move(changed), now);
  }
  void pass(std::chrono::seconds time) {
    const Instant end = now + time;
    while (const auto next = engine->next_deadline()) {
      if (*next > end) break;
      now = *next;
      engine->handle(TimePassed{}, now);
    }
    now = end;
  }
  // Another process on the same rows.
  void restart(const std::string& yaml) {
    const auto rows = house.rows;
    const auto kinds = house.row_kinds;
    engine = std::make_unique<Engine>(house);
    load(yaml);
    for (const auto& [key, json] : rows) {
      if (!json.empty()) engine->restore(kinds.at(key), key, json);
    }
    engine->handle(HouseStarted{}, now);
  }
  ServiceOutcome call(const std::string& domain, const std::string& service, const std::string& entity,
                      std::vector<std::pair<std::string, jinja::Value>> data = {}) {
    ServiceCall call;
    call.domain = domain;
    call.service = service;
    auto target = std::make_shared<jinja::Dict>();
    target->set("entity_id", jinja::Value::list({jinja::Value(entity)}));
    call.target = jinja::DictPtr(std::move(target));
    auto dict = std::make_shared<jinja::Dict>();
    for (auto& [key, value] : data) dict->set(key, std::move(value));
    call.data = jinja::DictPtr(std::move(dict));
    return engine->call(call, now);
  }
  std::string did() { return std::exchange(calls, {}); }
  std::string state(const std::string& entity) const {
    const auto found = house.states.find(entity);
    return found == house.states.end() ? "none" : found->second.state;
  }
  std::string attribute(const std::string& entity, const std::string& name) const {
    const wire::Value* value = house.states.at(entity).attributes->find(name);
    return value == nullptr ? "none" : wire::to_json(*value);
  }

  FakeSurroundings house;
  std::string calls;
  Instant now = kNoon;
  std::unique_ptr<Engine> engine;
};

}  // namespace gable::rules::test
