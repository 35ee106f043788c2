// Devices that lie, and more of them than a house has.

#include <gtest/gtest.h>

#include <string>

#include "homie_house.hpp"

namespace gable::discovery::homie {
namespace {

TEST(HomieHostile, BrokenDescriptionsAreNamedAndLeaveTheOldOne) {
  HomieHouse house;
  house.send({{"homie/5/d/$description",
               R"({"homie":"5.0","name":"D","nodes":{"n":{"properties":{"p":{"datatype":"string"}}}}})"},
              {"homie/5/d/$state", "ready"}});
  for (const std::string_view broken : {"{", "[]", "5", R"({"homie":"6.0"})", R"({"name":"x"})"}) {
    const Changes changes = house.send({{"homie/5/d/$description", broken}});
    EXPECT_EQ(changes.faults.size(), 1U) << broken;
    EXPECT_TRUE(changes.removed.empty()) << broken;
  }
  EXPECT_NE(house.text("homie/5/d", "n p"), "");
  const std::string deep = R"({"homie":"5.0","x":)" + std::string(2000, '[') + std::string(2000, ']') + "}";
  EXPECT_EQ(house.send({{"homie/5/d/$description", deep}}).faults.size(), 1U);
}

TEST(HomieHostile, WrongPartsCostOnlyThemselves) {
  HomieHouse house;
  const Changes changes = house.send(
      {{"homie/5/d/$description",
        R"({"homie":"5.0","name":7,"nodes":{"a/b":{},"n":{"name":[],"properties":{"+":{"datatype":"string"},"x":5,
           "t":{"datatype":"percent"},"p":{"datatype":"integer","format":{"a":1},"settable":"yes","unit":null}}},"m":3}})"},
       {"homie/5/d/$state", "ready"}});
  EXPECT_EQ(changes.faults.size(), 5U);
  EXPECT_EQ(house.devices.at("homie/5/d").components.size(), 1U);
  EXPECT_EQ(house.text("homie/5/d", "n p"),
            R"(sensor {"state_class":"measurement","name":"N P","state_topic":"homie/5/d/n/p"})");
}

TEST(HomieHostile, LimitsOfOneDevice) {
  Limits limits;
  limits.nodes = 3;
  limits.properties = 4;
  limits.device_bytes = 4'000;
  limits.alerts = 2;
  HomieHouse house({"homie"}, limits);
  house.send({{"homie/d/$homie", "4.0.0"},
              {"homie/d/$state", "ready"},
              {"homie/d/$nodes", "a,b,c,d,e[]"},
              {"homie/d/e/$array", "0-100000"}});
  for (const std::string node : {"a", "b", "c", "d", "e"}) {
    house.homie.take("homie/d/" + node + "/$properties", "p,q");
    for (const std::string property : {"p", "q"})
      house.homie.take("homie/d/" + node + "/" + property + "/$datatype", "string");
  }
  house.homie.settle();
  const Changes changes = house.changes();
  EXPECT_LE(house.devices.at("homie/d").components.size(), 4U);
  EXPECT_FALSE(changes.faults.empty());
  // A text over the limit stays out.
  house.send({{"homie/d/$name", std::string(5'000, 'x')}});
  EXPECT_LE(house.homie.bytes(), 4'000U);
  for (const std::string id : {"a", "b", "c"}) house.homie.take("homie/5/d/$alert/" + id, "x");
  house.send({{"homie/5/d/$description", R"({"homie":"5.0"})"}, {"homie/5/d/$state", "ready"}});
}

TEST(HomieHostile, ManyDevices) {
  Limits limits;
  limits.devices = 50;
  HomieHouse house({"homie"}, limits);
  for (int i = 0; i < 500; ++i) house.homie.take("homie/d" + std::to_string(i) + "/$homie", "4.0.0");
  EXPECT_EQ(house.homie.size(), 50U);
  EXPECT_EQ(house.changes().faults.size(), 1U);
  // Room again.
  house.homie.take("homie/d0/$homie", "");
  EXPECT_TRUE(house.homie.take("homie/d499/$homie", "4.0.0"));
}

TEST(HomieHostile, FaultsAreFewAndSaidOnce) {
  HomieHouse house;
  std::size_t faults = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string description = R"({"homie":")" + std::to_string(i + 100) + R"("})";
    faults +=
        house.send({{"homie/5/d/$description", description}, {"homie/5/d/$state", "ready"}}).faults.size();
  }
  EXPECT_EQ(faults, 20U);
}

TEST(HomieHostile, TopicsThatAreNone) {
  HomieHouse house({"homie", "+"});
  const std::string_view broken[] = {"",
                                     "/",
                                     "homie",
                                     "homie/",
                                     "homie//$homie",
                                     "homie/$broadcast/alert",
                                     "homie/a b/$homie",
                                     "homie/d/$unknown",
                                     "homie/d/n/p",
                                     "homie/d/n/p/q/r/$x",
                                     "$SYS/d/$homie",
                                     "homie/5/$state",
                                     "homie/5//$state",
                                     "homie/5/d/n/$target",
                                     "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/$homie"};
  for (const std::string_view topic : broken) house.homie.take(topic, "x");
  EXPECT_TRUE(house.changes().announced.empty());
  for (const std::string_view topic : broken) house.homie.take(topic, "");
  house.changes();
  EXPECT_EQ(house.homie.size(), 0U);
  house.homie.take("homie/d/$homie", "4\xff");
  EXPECT_EQ(house.changes().faults.size(), 1U);
}

}  // namespace
}  // namespace gable::discovery::homie
