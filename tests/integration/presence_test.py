"""Who is home, with real phones in network namespaces: they join a network by DHCP and leave it, sleep, change the
addresses of their cards, give their leases back. Strangers come and go too, and nobody hears of them."""
import time

import gable_network
from gable_house import main
from presence_house import Phone, PresenceTest, need

ANNA, STRANGER = "02:aa:bb:cc:dd:01", "02:aa:bb:cc:dd:99"
CONFIG = """
interval: 1s
release_grace: 1s
interfaces: [cable]
leases: [{leases}]
publish_addresses: true
devices:
  anna_phone: {{name: Anna's phone, host_name: Anna-Phone.lan, grace: {grace}}}
  anna_watch: {{name: Anna's watch, client_id: "ff:00:be:ef:01", grace: {grace}}}
people:
  anna: {{name: Anna, devices: [anna_phone, anna_watch]}}
"""


class Presence(PresenceTest):
    def begin(self, grace="5s"):
        self.start_dhcp()
        self.anna = Phone(self, "anna", ANNA, "-x", "hostname:anna-phone")
        return self.start_presence(CONFIG.format(leases=self.leases, grace=grace))

    def test_comes_and_goes(self):
        self.house.start_hub()
        self.begin()
        stranger = Phone(self, "stranger", STRANGER, "-x", "hostname:burglars-phone")
        watcher = self.house.watcher
        # Looked for its grace time, and not found.
        self.wait_device("anna_phone", "not_home")
        self.house.wait_state("person.anna", "not_home")

        since = watcher.mark()
        begun = time.monotonic()
        address = self.anna.join()
        self.house.wait_state("device_tracker.anna_phone", "home", 10)
        self.house.wait_state("person.anna", "home")
        print(f"home {time.monotonic() - begun:.2f} s after it began to ask for an address", flush=True)
        document = self.wait_device("anna_phone", {"mac": ANNA, "ip": address})
        self.assertEqual((document["host_name"], document["source_type"]), ("anna-phone", "router"))
        foreign = stranger.join()

        # It sleeps for less than its grace time: nothing happens.
        self.anna.host.swallow()
        time.sleep(2.5)
        self.anna.host.deliver()
        time.sleep(4)
        self.assertEqual(self.states("anna_phone", since), ["home"])

        self.anna.leave()
        begun = time.monotonic()
        self.house.wait_state("person.anna", "not_home", 20)
        took = time.monotonic() - begun
        print(f"away {took:.2f} s after it left", flush=True)
        self.assertGreater(took, 3)  # the grace time, but for one interval
        self.house.wait_state("device_tracker.anna_phone", "not_home")
        self.assertEqual(self.states("anna_phone", since), ["home", "not_home"])
        for m in watcher.seen("#"):
            for word in (STRANGER, foreign, "burglar"):
                self.assertNotIn(word, m.text, m.topic)
        self.assertNotIn(STRANGER, self.house["presence"].output())

    def test_another_card_is_the_same_phone(self):
        self.begin()
        self.anna.join()
        self.wait_device("anna_phone", {"state": "home", "mac": ANNA})
        since = self.house.watcher.mark()
        self.anna.host.set_card("06:11:22:33:44:55")
        self.anna.join()
        self.wait_device("anna_phone", {"state": "home", "mac": "06:11:22:33:44:55"})
        self.assertNotIn("not_home", self.states("anna_phone", since))
        # Nothing but the client id tells what it is.
        watch = Phone(self, "watch", "0a:00:00:00:00:07", "-C", "-x", "0x3d:ff00beef01")
        watch.join()
        self.wait_device("anna_watch", {"state": "home", "mac": "0a:00:00:00:00:07"})

    def test_a_lease_given_back_is_a_goodbye(self):
        self.begin(grace="10min")
        self.anna.join()
        self.wait_device("anna_phone", "home")
        self.anna.release()
        self.anna.leave()
        self.wait_device("anna_phone", "not_home", 15)
        self.assertIn("released", self.anna.client.output())
        self.anna.join()
        self.wait_device("anna_phone", "home")


if __name__ == "__main__":
    need(("dnsmasq", "dnsmasq-base"), ("udhcpc", "udhcpc"))
    gable_network.enter()
    main()
