#pragma once
// Nodes for tests of the Z-Wave protocol library, in the server's own words.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protocol/message.hpp"
#include "protocol/network.hpp"
#include "protocol/plan.hpp"
#include "protocol/session.hpp"
#include "wire/json.hpp"

namespace gable::zwave {

// One value as the dump has it; `id` is {"commandClass":37,"property":"currentValue"} without its braces.
inline std::string value_text(const std::string& id, const std::string& value,
                              const std::string& metadata = {}) {
  return "{" + id + R"(,"endpoint":0,"value":)" + value + R"(,"metadata":{"type":"number","label":"")" +
         (metadata.empty() ? "" : "," + metadata) + "}}";
}

inline std::string class_of(int command_class, const std::string& property, const std::string& key = {}) {
  return R"("commandClass":)" + std::to_string(command_class) + R"(,"property":)" + property +
         (key.empty() ? "" : R"(,"propertyKey":)" + key);
}

inline std::string node_text(int id, const std::vector<std::string>& values, const std::string& more = {}) {
  std::string text =
      R"({"nodeId":)" + std::to_string(id) + R"(,"status":4,"ready":true,)" + more + R"("values":[)";
  for (const std::string& value : values) text += (text.back() == '[' ? "" : ",") + value;
  return text + "]}";
}

// The device class of endpoint 0.
inline std::string device_class(int generic, int specific) {
  return R"("endpoints":[{"index":0,"deviceClass":{"generic":{"key":)" + std::to_string(generic) +
         R"(},"specific":{"key":)" + std::to_string(specific) + "}}}],";
}

inline wire::Object object_from(const std::string& text) {
  auto object = wire::parse_object(text, kMessageLimits);
  EXPECT_TRUE(object.has_value()) << text;
  return object ? *object : wire::Object{};
}

inline Node node_from(const std::string& text) {
  auto node = read_node(object_from(text));
  EXPECT_TRUE(node.has_value()) << text;
  return node ? *node : Node{};
}

// The entity with this key; a failure of the test when there is none.
inline Plan plan_of(const Node& node, const std::string& key) {
  for (Plan& plan : plan_entities(node)) {
    if (plan.key == key) return plan;
  }
  ADD_FAILURE() << "there is no entity " << key;
  return {};
}

inline bool has_plan(const Node& node, const std::string& key) {
  for (const Plan& plan : plan_entities(node)) {
    if (plan.key == key) return true;
  }
  return false;
}

inline std::string state_of(const Node& node, const std::string& key) {
  const Plan plan = plan_of(node, key);
  return plan.state ? wire::to_json(plan.state(node)) : "";
}

// What the server is sent for an order, one command a line; or why not.
inline std::string calls_of(const Node& node, const std::string& key, const std::string& service,
                            const std::string& data = "{}") {
  const Plan plan = plan_of(node, key);
  if (!plan.order) return "takes none";
  const auto calls = plan.order(node, {service, object_from(data)});
  if (!calls) return "no: " + calls.error().text;
  std::string text;
  for (const Call& call : *calls) {
    const wire::Value* value = call.arguments.find("value");
    const wire::Object* id = object_of(call.arguments, "valueId");
    if (!text.empty()) text += "\n";
    text += call.command == "node.set_value" ? "" : call.command + " ";
    if (id != nullptr)
      text += wire::plain_text(*id->find("commandClass")) + " " + wire::plain_text(*id->find("property"));
    if (id != nullptr && id->contains("propertyKey"))
      text += " " + wire::plain_text(*id->find("propertyKey"));
    if (value != nullptr) text += " = " + wire::to_json(*value);
    if (const wire::Object* options = object_of(call.arguments, "options"))
      text += " " + wire::to_json(*options);
  }
  return text;
}

}  // namespace gable::zwave
