"""The presence bridge when things go wrong: routers and lease files that are not there, or answer badly; the broker
gone; floods; several copies."""
import os
import time

import gable_idle
import gable_network
from gable_house import main, wait_until
from presence_house import Phone, PresenceTest, Relay, Router, need

ANNA = "02:aa:bb:cc:dd:01"
ROUTER = "10.77.0.1"
PHONE = "10.77.0.60"
BY_ROUTER = """
interval: 1s
neighbours: false
ping: false
routers: [{{address: {address}, port: {port}, community: {community}}}]
devices:
  anna_phone: {{name: Anna's phone, mac: "02:aa:bb:cc:dd:01", grace: 6s}}
people:
  anna: {{name: Anna, devices: [anna_phone]}}
"""
BY_TABLE = """
interval: {interval}
devices:
  anna_phone: {{name: Anna's phone, mac: "02:aa:bb:cc:dd:01", ip: 10.77.0.60, grace: {grace}}}
people:
  anna: {{name: Anna, devices: [anna_phone]}}
"""


class Faults(PresenceTest):
    def add_phone(self):
        """A phone that has its address from the beginning."""
        phone = self.network.add("phone")
        phone.set_card(ANNA)
        phone.add_address(f"{PHONE}/24")
        return phone


class RouterTest(Faults):
    def setUp(self):
        super().setUp()
        self.phone = self.add_phone()
        self.router = Router(self, ROUTER, "house")
        self.router.talk_to(PHONE)

    def relay(self):
        relay = Relay(ROUTER, Router.PORT)
        self.addCleanup(relay.close)
        return relay

    def test_gone_at_the_start_gone_again_and_back(self):
        config = BY_ROUTER.format(address=ROUTER, port=Router.PORT, community="house")
        bridge = self.start_presence(config, wait=False)
        status = self.wait_status("degraded")
        self.assertIn(f"router {ROUTER}:{Router.PORT}: nothing listens there", status["reason"])
        self.assertIn("nothing listens", self.wait_link("anna_phone", "offline")["reason"])
        self.assertEqual(self.states("anna_phone", 0), [])

        self.router.start()
        self.wait_device("anna_phone", "home")
        self.wait_link("anna_phone", "online")
        self.wait_status("online")

        since = self.house.watcher.mark()
        self.router.process.pause()  # the router is there, and says nothing
        status = self.wait_status("degraded")
        self.assertIn("no answer", status["reason"])
        for device in ("anna_phone", "person_anna"):
            self.assertIn("no answer", self.wait_link(device, "offline")["reason"])
        self.router.process.resume()
        self.wait_link("anna_phone", "online")
        self.wait_link("person_anna", "online")
        self.wait_status("online")
        self.assertEqual(set(self.states("anna_phone", since)), set())  # home all the time

        self.phone.unplug()
        self.wait_device("anna_phone", "not_home", 30)
        self.wait_device("person_anna", "not_home")
        self.assertEqual(bridge.output().count("nothing listens there"), 1)

    def test_a_wrong_community_is_told_and_not_hammered(self):
        self.router.start()
        relay = self.relay()
        bridge = self.start_presence(BY_ROUTER.format(address="127.0.0.1", port=relay.port, community="guess"), wait=False)
        begun = time.monotonic()
        self.assertIn("is the community right?", self.wait_status("degraded")["reason"])
        time.sleep(max(0.0, begun + 14 - time.monotonic()))
        # Thrice, two seconds apart, and again after one second.
        self.assertLessEqual(relay.questions, 8)
        self.assertEqual(bridge.output().count("community"), 1)
        for text in (bridge.output(), str(self.house.watcher.seen("#"))):
            self.assertNotIn("guess", text)

    def test_answers_that_are_cut_spoiled_late_and_doubled(self):
        self.router.start()
        relay = self.relay()
        relay.mode = "half"
        bridge = self.start_presence(BY_ROUTER.format(address="127.0.0.1", port=relay.port, community="house"), wait=False)
        self.wait_status("degraded")
        relay.mode = "twice"
        self.wait_device("anna_phone", "home")
        self.wait_status("online")
        since = self.house.watcher.mark()
        relay.mode = "late"
        time.sleep(4)
        relay.mode = "garbage"
        self.wait_status("degraded")
        relay.mode = "pass"
        self.wait_status("online")
        self.wait_link("anna_phone", "online")
        self.assertEqual(set(self.states("anna_phone", since)), set())
        self.assertTrue(bridge.alive)


class TableTest(Faults):
    def test_the_broker_gone_and_back_with_nothing_kept(self):
        phone = self.add_phone()
        self.start_presence(BY_TABLE.format(interval="1s", grace="4s"))
        self.wait_device("anna_phone", "home")
        self.house.broker.kill()
        self.house.broker.wipe()
        phone.unplug()
        time.sleep(5)
        self.house.broker.start()
        self.wait_device("anna_phone", "not_home", 40)
        self.wait_device("person_anna", "not_home")
        self.wait_status("online")
        kept = self.house.retained("gable/bridge/presence/#")
        self.assertEqual(kept["gable/bridge/presence/state/anna_phone"].json["state"], "not_home")
        phone.plug()
        self.wait_device("anna_phone", "home")

    def test_a_lease_file_that_comes_later(self):
        self.start_presence(BY_TABLE.format(interval="1s", grace="4s") + f"leases: [{self.leases}]\n", wait=False)
        self.assertIn("cannot be read: No such file", self.wait_status("degraded")["reason"])
        self.start_dhcp()
        self.wait_status("online")
        self.leases.unlink()
        self.wait_status("degraded")
        self.leases.write_text("garbage\n12 34\n")
        self.wait_status("online")

    def test_a_flood_of_neighbours_and_then_quiet(self):
        self.add_phone()
        bridge = self.start_presence(BY_TABLE.format(interval="1s", grace="4s"))
        self.wait_device("anna_phone", "home")
        since = self.house.watcher.mark()
        batch = self.house.directory / "batch"
        lines = []
        for i in range(4000):
            row = f"10.99.{i // 250}.{i % 250} lladdr 02:00:00:00:{i // 250:02x}:{i % 250:02x} dev cable"
            lines += [f"neigh replace {row} nud reachable", f"neigh del {row}"]
        batch.write_text("\n".join(lines) + "\n")
        begun = time.monotonic()
        for _ in range(3):
            os.system(f"ip -batch {batch}")
        print(f"{3 * len(lines)} changes in {time.monotonic() - begun:.1f} s", flush=True)
        time.sleep(5)
        self.assertTrue(bridge.alive)
        self.assertEqual(self.states("anna_phone", since), [])
        self.wait_status("online")
        own, _, share = gable_idle.watch([bridge], 5)[bridge]
        self.assertLessEqual(share, 0.05)
        if not os.environ.get("GABLE_SANITIZE"):
            self.assertLessEqual(own, 4096)

    def test_conformance(self):
        self.add_phone()
        self.start_presence(BY_TABLE.format(interval="1s", grace="4s"))
        self.wait_device("anna_phone", "home")
        rows = self.house.gable_json("conformance", "presence")
        self.assertEqual([row for row in rows if row["verdict"] == "fail"], [])
        self.assertGreater(sum(row["verdict"] == "pass" for row in rows), 5)

    def test_mistakes_are_told(self):
        bridge = self.start_presence("devices: {a: {mac: nonsense}}\n", wait=False)
        self.assertEqual(bridge.wait_exit(), 2)
        self.assertIn("presence.yaml:1:", bridge.output())
        bridge.expected_exit = 2


class CopiesTest(Faults):
    def test_two_copies_on_two_hosts(self):
        self.house.start_hub()
        phone = self.add_phone()
        attic = self.network.add("attic", "10.77.0.12/24")
        config = BY_TABLE.format(interval="1s", grace="4s")
        self.start_presence(config)
        self.house.wait_state("device_tracker.anna_phone", "home", 20)
        other = self.start_presence(config.split("people:")[0], id="presence-attic", on=attic)
        self.house.wait_state("device_tracker.anna_phone_2", "home", 20)

        other.kill()
        self.house.wait_availability("device_tracker.anna_phone_2", "offline", 30)
        self.house.wait_availability("device_tracker.anna_phone", "online")
        phone.unplug()
        self.house.wait_state("person.anna", "not_home", 20)
        self.start_presence(config.split("people:")[0], id="presence-attic", on=attic)
        self.house.wait_state("device_tracker.anna_phone_2", "not_home", 20)
        self.house.wait_availability("device_tracker.anna_phone_2", "online", 30)
        phone.plug()
        for entity in ("device_tracker.anna_phone", "device_tracker.anna_phone_2", "person.anna"):
            self.house.wait_state(entity, "home", 30)

    def test_a_restart_brings_nobody_home_and_sends_nobody_away(self):
        self.house.start_hub()
        self.add_phone()
        config = BY_TABLE.format(interval="1s", grace="4s")
        bridge = self.start_presence(config)
        self.house.wait_state("person.anna", "home", 20)
        for kill in (False, True):
            since = self.house.watcher.mark()
            bridge.kill() if kill else bridge.stop()
            bridge = self.start_presence(config)
            self.house.watcher.wait_for("gable/bridge/presence/link/person_anna", {"status": "online"}, 10, since)
            time.sleep(5)
            for topic in ("gable/bridge/presence/state/+", "gable/state/person/anna", "gable/state/device_tracker/+"):
                self.assertEqual([m.text for m in self.house.watcher.seen(topic, lambda m: m.json["state"] != "home",
                                                                         since)], [])


if __name__ == "__main__":
    need(("dnsmasq", "dnsmasq-base"), ("snmpd", "snmpd"), ("busybox", "busybox"))
    gable_network.enter()
    main()
