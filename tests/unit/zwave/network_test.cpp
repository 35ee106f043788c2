// Nodes as the dump tells of them, and what events make of them.

#include <gtest/gtest.h>

#include "zwave_bench.hpp"

namespace gable::zwave {
namespace {

Network network_of(const std::string& nodes) {
  Network network;
  const auto error = network.load(object_from(
      R"({"controller":{"firmwareVersion":"7.1","statistics":{"messagesTX":3}},"nodes":[)" + nodes + "]}"));
  EXPECT_FALSE(error);
  return network;
}

Change event(Network& network, const std::string& body) {
  auto message = parse_message(R"({"type":"event","event":)" + body + "}");
  EXPECT_TRUE(message.has_value()) << body;
  return network.apply(std::get<EventMessage>(*message));
}

std::string updated(const std::string& id, const std::string& value,
                    const std::string& name = "value updated") {
  return R"({"source":"node","event":")" + name + R"(","nodeId":5,"args":{)" + id +
         R"(,"endpoint":0,"newValue":)" + value + "}}";
}

const ValueId kSwitch{kBinarySwitch, 0, "currentValue"};

TEST(Network, reads_what_a_node_is) {
  const Node node = node_from(node_text(
      7, {},
      R"("name":"Lamp","location":"Hall","firmwareVersion":"1.2","label":"ZW1","deviceConfig":{"manufacturer":"Acme","description":"Dimmer"},)"));
  EXPECT_EQ(node.title(), "Lamp");
  const auto device = describe_device(node, "controller");
  EXPECT_EQ(device.manufacturer + "/" + device.model + "/" + device.sw_version + "/" + device.area,
            "Acme/ZW1/1.2/Hall");
  EXPECT_EQ(node_from(node_text(7, {}, R"("deviceConfig":{"description":"Dimmer"},)")).title(),
            "Dimmer (node 7)");
  EXPECT_EQ(node_from(node_text(7, {})).title(), "Z-Wave node 7");
}

TEST(Network, texts_are_cut_within_what_the_tree_takes) {
  std::string name;
  for (int i = 0; i < 150; ++i) name += "é";
  const Node node = node_from(node_text(7, {}, R"("name":")" + name + R"(",)"));
  EXPECT_EQ(node.name.size(), 200u);
  EXPECT_TRUE(wire::valid_utf8(node.name));
}

TEST(Network, values_that_are_none_are_left_out) {
  const Node node = node_from(
      node_text(5, {value_text(class_of(37, R"("currentValue")"), "true"), "7", R"({"commandClass":37})",
                    R"({"commandClass":-1,"property":"x"})", R"({"commandClass":37,"property":[]})",
                    R"({"commandClass":37,"property":"x","endpoint":900})"}));
  EXPECT_EQ(node.values.size(), 1u);
  for (const std::string text : {R"({"nodeId":0})", R"({"nodeId":"5"})", R"({"nodeId":70000})", "{}"}) {
    EXPECT_FALSE(read_node(object_from(text)).has_value()) << text;
  }
}

std::string motor(const std::string& property, const std::string& value) {
  return value_text(class_of(38, "\"" + property + "\""), value);
}

TEST(Network, a_motor_that_leaves_its_target_was_sent_elsewhere) {
  Network network = network_of(node_text(5, {motor("currentValue", "0"), motor("targetValue", "99")}));
  const ValueId target{kMultilevelSwitch, 0, "targetValue"}, current{kMultilevelSwitch, 0, "currentValue"};
  const auto reports = [&](const std::string& value) {
    event(network, updated(class_of(38, R"("currentValue")"), value));
  };
  reports("40");
  reports("99");
  EXPECT_EQ(*network.find(5)->known(target), wire::Value(99));
  reports("60");
  EXPECT_EQ(network.find(5)->known(target), nullptr);
  EXPECT_FALSE(network.forget_target(5, current));
  EXPECT_FALSE(network.forget_target(6, current));
  event(network, updated(class_of(38, R"("targetValue")"), "99"));
  EXPECT_TRUE(network.forget_target(5, current));
  EXPECT_EQ(network.find(5)->known(target), nullptr);
}

TEST(Network, a_motor_that_was_stopped_stands_where_it_reports_next) {
  Network network = network_of(node_text(5, {motor("currentValue", "0"), motor("targetValue", "99")}));
  const ValueId target{kMultilevelSwitch, 0, "targetValue"}, current{kMultilevelSwitch, 0, "currentValue"};
  network.stopped(5, current);
  EXPECT_EQ(*network.find(5)->known(target), wire::Value(99));
  event(network, updated(class_of(38, R"("currentValue")"), "40"));
  EXPECT_EQ(network.find(5)->known(target), nullptr);
}

TEST(Network, a_value_is_followed) {
  Network network = network_of(node_text(5, {value_text(class_of(37, R"("currentValue")"), "false")}));
  const Change change = event(network, updated(class_of(37, R"("currentValue")"), "true"));
  EXPECT_EQ(change.kind, ChangeKind::value);
  EXPECT_EQ(change.value, kSwitch);
  EXPECT_EQ(*network.find(5)->known(kSwitch), wire::Value(true));
  EXPECT_EQ(event(network, updated(class_of(37, R"("other")"), "1", "value added")).kind,
            ChangeKind::described);
  EXPECT_EQ(event(network, updated(class_of(37, R"("other")"), "1", "value removed")).kind,
            ChangeKind::described);
  EXPECT_EQ(event(network, updated(class_of(37, R"("other")"), "1", "value removed")).kind, ChangeKind::none);
  EXPECT_EQ(event(network, updated(class_of(91, R"("scene")", R"("001")"), "0", "value notification")).kind,
            ChangeKind::pulse);
}

TEST(Network, nodes_come_and_go) {
  Network network = network_of("");
  const std::string node = R"("node":)" + node_text(5, {});
  EXPECT_EQ(event(network, R"({"source":"controller","event":"node added",)" + node + "}").kind,
            ChangeKind::described);
  EXPECT_NE(network.find(5), nullptr);
  EXPECT_EQ(event(network, R"({"source":"controller","event":"node removed",)" + node + "}").kind,
            ChangeKind::removed);
  EXPECT_EQ(network.find(5), nullptr);
  EXPECT_EQ(event(network, R"({"source":"controller","event":"node removed",)" + node + "}").kind,
            ChangeKind::none);
}

TEST(Network, sleep_death_and_interviews) {
  Network network = network_of(node_text(5, {}));
  const auto status = [&](const std::string& name) {
    EXPECT_EQ(event(network, R"({"source":"node","nodeId":5,"event":")" + name + R"("})").kind,
              ChangeKind::status);
    return network.find(5)->status;
  };
  EXPECT_EQ(status("sleep"), NodeStatus::asleep);
  EXPECT_EQ(status("wake up"), NodeStatus::awake);
  EXPECT_EQ(status("dead"), NodeStatus::dead);
  EXPECT_EQ(status("alive"), NodeStatus::alive);
  status("interview started");
  EXPECT_FALSE(network.find(5)->ready);
  event(network, R"({"source":"node","event":"ready","nodeId":5,"nodeState":)" +
                     node_text(5, {value_text(class_of(37, R"("currentValue")"), "true")}) + "}");
  EXPECT_TRUE(network.find(5)->ready);
  EXPECT_TRUE(has_plan(*network.find(5), "switch"));
}

TEST(Network, the_controller_has_statistics_and_tells_of_joining) {
  Network network = network_of(node_text(1, {}, R"("isControllerNode":true,)"));
  EXPECT_EQ(network.controller(), 1);
  EXPECT_EQ(state_of(*network.find(1), "messages_sent"), R"({"state":3})");
  event(network, R"({"source":"controller","event":"statistics updated","statistics":{"messagesTX":4}})");
  EXPECT_EQ(state_of(*network.find(1), "messages_sent"), R"({"state":4})");
  const Plan inclusion = plan_of(*network.find(1), "inclusion");
  const auto started =
      inclusion.events(event(network, R"({"source":"controller","event":"inclusion started","strategy":0})"));
  ASSERT_TRUE(started);
  EXPECT_EQ(started->type, "inclusion_started");
  const auto pin = inclusion.events(
      event(network, R"({"source":"controller","event":"validate dsk and enter pin","dsk":"1-2"})"));
  ASSERT_TRUE(pin);
  EXPECT_EQ(pin->type + wire::to_json(pin->data), R"(pin_needed{"dsk":"1-2"})");
}

}  // namespace
}  // namespace gable::zwave
