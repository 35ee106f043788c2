// The configuration of the presence bridge, and what it says of mistakes.

#include "presence_config.hpp"

#include <gmock/gmock.h>

#include "node/config_tree.hpp"

namespace gable::presence {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string complaint(const std::string& yaml) {
  try {
    read_presence_text("presence.yaml", yaml);
  } catch (const node::ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(PresenceConfig, ReadsAll) {
  const PresenceConfig config = read_presence_text("presence.yaml", R"(
interval: 20s
release_grace: 10s
interfaces: [br0]
ping: false
leases: [/var/lib/misc/dnsmasq.leases, {file: /var/lib/dhcp/dhcpd.leases, format: isc}]
routers: [{address: 192.168.1.1, community: house, port: 1161}]
publish_addresses: true
devices:
  anna_phone: {name: Anna's phone, mac: [02:aa:bb:cc:dd:01, 02-aa-bb-cc-dd-02], host_name: Annas-Phone.lan, grace: 5min}
  anna_watch: {ip: 192.168.1.20, client_id: "01:AA"}
people:
  anna: {name: Anna, devices: [anna_watch, anna_phone]}
)");
  EXPECT_EQ(config.interval, 20s);
  EXPECT_EQ(config.release_grace, 10s);
  EXPECT_FALSE(config.ping);
  ASSERT_THAT(config.leases, SizeIs(2));
  EXPECT_EQ(config.leases[1].format, LeaseFormat::isc);
  ASSERT_THAT(config.routers, SizeIs(1));
  EXPECT_EQ(config.routers[0].port, 1161);
  ASSERT_THAT(config.devices, SizeIs(2));
  EXPECT_THAT(config.devices[0].macs, SizeIs(2));
  EXPECT_THAT(config.devices[0].host_names, ElementsAre("annas-phone"));
  EXPECT_EQ(config.devices[0].grace, 5min);
  EXPECT_THAT(config.devices[1].client_ids, ElementsAre("01:aa"));
  EXPECT_THAT(config.device_names, ElementsAre("Anna's phone", "anna_watch"));
  EXPECT_THAT(config.people[0].devices, ElementsAre(1, 0));
}

TEST(PresenceConfig, SaysWhatIsWrongAndWhere) {
  const std::string ok = "devices: {a: {mac: 02:aa:bb:cc:dd:01}}\n";
  EXPECT_EQ(complaint(ok), "none");
  EXPECT_THAT(complaint("devices: {}\n"), HasSubstr("--scan"));
  EXPECT_THAT(complaint("devices: {A: {mac: 02:aa:bb:cc:dd:01}}\n"), HasSubstr("presence.yaml:1:11"));
  EXPECT_THAT(complaint("devices: {a: {mac: 02:aa:bb}}\n"), HasSubstr("expected the MAC address"));
  EXPECT_THAT(complaint("devices: {a: {ip: 1.2.3}}\n"), HasSubstr("expected an IP address"));
  EXPECT_THAT(complaint("devices: {a: {name: A}}\n"), HasSubstr("cannot be recognized"));
  EXPECT_THAT(complaint("devices: {a: {host_name: a}}\n"), HasSubstr("no lease file is given"));
  EXPECT_THAT(complaint("devices: {person_a: {mac: 02:aa:bb:cc:dd:01}}\n"), HasSubstr("person_"));
  EXPECT_THAT(complaint("devices: {a: {mac: 02:aa:bb:cc:dd:01}, b: {mac: 02:AA:bb:cc:dd:01}}\n"),
              HasSubstr("the same address or name as a"));
  EXPECT_THAT(complaint("devices: {a: {mac: 02:aa:bb:cc:dd:01, grace: 5s}}\n"),
              HasSubstr("not shorter than the interval"));
  EXPECT_THAT(complaint(ok + "people: {b: {devices: [c]}}\n"), HasSubstr("there is no device \"c\""));
  EXPECT_THAT(complaint(ok + "people: {b: {devices: []}}\n"), HasSubstr("no devices"));
  EXPECT_THAT(complaint(ok + "leases: [dnsmasq.leases]\n"), HasSubstr("absolute path"));
  EXPECT_THAT(complaint(ok + "leases: [{file: /x, format: dhcpd}]\n"), HasSubstr("dnsmasq, isc or udhcpd"));
  EXPECT_THAT(complaint(ok + "routers: [{address: router.lan, community: x}]\n"), HasSubstr("IP address"));
  EXPECT_THAT(complaint(ok + "routers: [{address: 1.2.3.4}]\n"), HasSubstr("community"));
  EXPECT_THAT(complaint(ok + "neighbours: false\nping: false\n"), HasSubstr("no source"));
  EXPECT_THAT(complaint(ok + "intervall: 5s\n"), HasSubstr("interval"));
}

}  // namespace
}  // namespace gable::presence
