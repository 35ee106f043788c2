"""A house on four machines: broker, hub and two enrolled bridges, each on a host of its own, over TLS with the access
rules that `gable setup` writes and the bundles that `gable enroll` packs. A fifth machine, where the test is, is Anna's.
"""
import json
import socket
import subprocess
import tarfile
import time

import gable_network
from gable_house import HouseTest, Watcher, main, program, wait_until

BROKER, OTHER_NAME, MINE = "10.77.0.1", "10.77.0.9", "10.77.0.254"
PORT = 8883
REFUSED = 135  # MQTT 5: not authorized
LAMP, MARKER = "light.cellar_lamp", "switch.attic_keep_awake"
# From the last byte of a bridge to its will: 1.5 × keep alive (20 s), will delay (5 s), and the broker's own pace.
GONE = 30 + 5 + 25
# Until a bridge has noticed (keep alive), and has tried again (its longest pause is 30 s, a try takes up to 10 s).
BACK = 20 + 30 + 10 + 30
CELLAR = """
seed: 1
people: []
areas: {cellar: {name: Cellar}}
devices:
  cellar_lamp: {kind: light, name: Cellar lamp, area: cellar, features: [brightness]}
"""


class Hosts(HouseTest):
    broker_runs = False

    def setUp(self):
        super().setUp()
        self.network = gable_network.Network(f"{MINE}/24")
        self.addCleanup(self.network.close)
        self.addCleanup(self.house.stop)  # before its network goes
        self.server = self.network.add("server", f"{BROKER}/24")
        self.server.add_address(f"{OTHER_NAME}/24")
        self.hosts = {name: self.network.add(name, f"10.77.0.{number}/24")
                      for number, name in ((10, "hub"), (11, "attic"), (12, "cellar"))}
        self.keys = self.set_up("keys")

    # ── pieces ──

    def gable(self, *arguments):
        done = subprocess.run([program("gable"), *map(str, arguments), "--json"], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def set_up(self, name):
        directory = self.house.directory / name
        self.said = self.gable("setup", "--yes", "--dir", directory, "--host", BROKER, "--bridges", "host,virtual",
                               "--people", "anna")
        return directory

    def start_broker_and_hub(self):
        broker = self.house.run("broker", self.server.command("mosquitto", "-c", self.keys / "mosquitto.conf"))
        wait_until(lambda: self.accepts(broker), 30, broker.tail)
        config = self.house.directory / "hub.yaml"
        config.write_text(f"broker: {{url: '{self.said['url']}', ca_file: '{self.said['ca_file']}',\n"
                          f"         password_file: '{self.keys}/passwords/hub'}}\n")
        self.eye = self.watch("hub", "gable/#")
        self.house.run("hub", self.hosts["hub"].command(
            program("gable-hub"), "--config", config, "--state", self.house.directory / "hub-state"))
        self.eye.wait_latest("gable/hub/status", {"status": "online"}, 60)

    def accepts(self, broker):
        self.assertTrue(broker.alive, broker.tail())
        try:
            socket.create_connection((BROKER, PORT), timeout=1).close()
            return True
        except OSError:
            return False

    def watch(self, user, *filters):
        """A client on this machine, with the user's own password."""
        watcher = Watcher(None, *filters, host=BROKER, port=PORT, user=user, tls_ca=str(self.keys / "ca.crt"),
                          password=(self.keys / "passwords" / user).read_text().strip())
        self.addCleanup(watcher.close)
        return watcher

    def unpack(self, host, bridge, own=""):
        """Carries a bundle to a host, as its README.txt says; `own`: what the bridge itself needs. Gives the folder."""
        bundle = self.house.directory / f"{bridge}-{host}.tar.gz"
        self.gable("enroll", host, bridge, "--dir", self.keys, "--out", bundle)
        place = self.house.directory / host
        with tarfile.open(bundle) as packed:
            packed.extractall(place)
        folder = place / f"gable-{bridge}"
        with (folder / "bridge.yaml").open("a") as file:
            file.write(own)
        return folder

    def start_bridge(self, host, bridge, folder, *arguments):
        name = f"{bridge} on {host}"
        return self.house.run(name, self.hosts[host].command(
            program(f"gable-bridge-{bridge}"), "--config", folder / "bridge.yaml",
            "--state", self.house.directory / f"{host}-state", *arguments))

    def start_bridges(self):
        self.marker = self.house.directory / "keep-awake"
        self.start_bridge("attic", "host", self.unpack(
            "attic", "host", f"name: Attic\ninterval: 1s\nmarker: {self.marker}\n"))
        self.start_bridge("cellar", "virtual", self.unpack("cellar", "virtual", CELLAR))
        for entity in (LAMP, MARKER):
            self.eye.wait_latest(self.house.topic("availability", entity), {"status": "online"}, 60)

    def ask(self, client, user, entity, payload, seconds=30):
        """One command and its final result, on a reply topic that only this user may read."""
        since = client.mark()
        reply = f"gable/client/{user}/{since}"
        client.publish(self.house.topic("set", entity), payload, response_topic=reply, correlation="1")
        return client.wait_for(reply, lambda m: m.json and m.json["status"] != "accepted", seconds, since).json

    def wait(self, kind, entity, check, seconds=30):
        return self.eye.wait_latest(self.house.topic(kind, entity), check, seconds).json

    # ── tests ──

    def test_everybody_does_what_is_theirs(self):
        self.start_broker_and_hub()
        self.start_bridges()
        anna = self.watch("anna", "gable/#")
        anna.wait_latest("gable/state/light/cellar_lamp", {"state": "off"}, 30)
        anna.wait_latest("gable/state/switch/attic_keep_awake", {"state": "off"}, 30)
        self.assertEqual(self.ask(anna, "anna", LAMP, {"state": "on", "brightness": 99})["status"], "done")
        anna.wait_latest("gable/state/light/cellar_lamp", {"state": "on", "brightness": 99}, 30)
        self.assertEqual(self.ask(anna, "anna", MARKER, "on")["status"], "done")
        self.assertTrue(self.marker.exists())

        # What is the hub's, and what is a bridge's, is not Anna's to say; nor does one bridge speak for another.
        before = self.eye.mark()
        for user, topic in (("anna", "gable/state/light/cellar_lamp"), ("anna", "gable/bridge/virtual/state/cellar_lamp"),
                            ("anna", "gable/bridge/anna/status"), ("virtual", "gable/bridge/host/state/keep_awake"),
                            ("virtual", "gable/state/light/cellar_lamp"), ("virtual", "gable/set/light/cellar_lamp"),
                            ("virtual", "gable/hub/status"), ("virtual", "elsewhere")):
            # Each on a connection of its own: mosquitto 2.0.11 ends one after the first refusal.
            with self.subTest(user=user, topic=topic), self.watch(user, "gable/hub/status") as client:
                self.assertEqual(client.publish(topic, {"state": "forged"}, retain=True, allow_refused=True), REFUSED)
        virtual = self.watch("virtual", "gable/#")
        # Whatever a client sends later arrives later: what had not been refused would be here now.
        self.assertEqual(virtual.publish("gable/bridge/virtual/event/end", {"event_type": "end"}), 0)
        self.eye.wait_for("gable/bridge/virtual/event/end", since=before)
        anna.publish("gable/set/light/end", "on")
        self.eye.wait_for("gable/set/light/end", since=before)
        self.assertEqual(self.eye.seen("#", {"state": "forged"}), [])
        self.assertEqual(virtual.seen("gable/bridge/host/#"), [])

    def test_a_wrong_password_and_a_wrong_authority(self):
        stranger = self.set_up("stranger")
        self.keys = self.set_up("keys")
        self.start_broker_and_hub()
        folder = self.unpack("cellar", "virtual", CELLAR)
        password, authority = folder / "password", folder / "ca.crt"
        right = password.read_text()

        password.write_text("wrong\n")
        bridge = self.start_bridge("cellar", "virtual", folder)
        bridge.wait_line(rf"(?i){BROKER}:{PORT}.*(not authorized|user name or password)", 60)
        self.assertEqual(bridge.wait_exit(30), 1)

        password.write_text(right)
        ours = authority.read_bytes()
        authority.write_bytes((stranger / "ca.crt").read_bytes())
        bridge = self.start_bridge("cellar", "virtual", folder)
        bridge.wait_line(rf"(?i){BROKER}:{PORT}.*certificate verify failed", 60)
        bridge.stop()

        # The right authority, but the certificate is not for what the broker is called here.
        authority.write_bytes(ours)
        bridge = self.start_bridge("cellar", "virtual", folder, "--broker", f"mqtts://virtual@{OTHER_NAME}:{PORT}")
        bridge.wait_line(rf"(?i){OTHER_NAME}:{PORT}.*certificate", 60)
        bridge.stop()
        self.assertEqual(self.eye.seen("gable/bridge/#"), [])

        self.start_bridge("cellar", "virtual", folder)
        self.wait("availability", LAMP, {"status": "online"}, 60)

    def test_cut_links_are_told_and_heal(self):
        self.start_broker_and_hub()
        self.start_bridges()
        anna = self.watch("anna", "gable/#")
        attic, cellar = self.hosts["attic"], self.hosts["cellar"]
        for entity in (LAMP, MARKER):
            self.wait("state", entity, {"state": "off"})

        # The attic's cable is pulled; the cellar's connection stays half open: nobody is told that nothing passes.
        attic.unplug()
        cellar.swallow()
        cut, before = time.monotonic(), self.eye.mark()
        self.marker.touch()  # goes on meanwhile, as devices do
        for entity, bridge in ((LAMP, "virtual"), (MARKER, "host")):
            gone = self.wait("availability", entity, {"status": "offline"}, GONE)
            self.assertIn(f"bridge {bridge} is offline: connection lost", gone["reason"])
        print(f"offline {time.monotonic() - cut:.1f} s after the cut", flush=True)
        answer = self.ask(anna, "anna", LAMP, "on")
        self.assertEqual((answer["status"], answer["code"]), ("rejected", "unavailable"))
        self.assertIn("bridge virtual is offline: connection lost", answer["reason"])
        self.assertEqual(self.eye.latest("gable/state/light/cellar_lamp").json["state"], "off")
        self.assertEqual(self.eye.seen("gable/availability/+/+", {"status": "online"}, before), [])

        attic.plug()
        cellar.deliver()
        healed = time.monotonic()
        for entity in (LAMP, MARKER):
            self.wait("availability", entity, {"status": "online"}, BACK)
        print(f"online {time.monotonic() - healed:.1f} s after the healing", flush=True)
        # First what is true now, then that it can be relied on.
        seen = [m.topic.split("/")[1] for m in self.eye.seen("gable/+/switch/attic_keep_awake", since=before)
                if m.json.get("state") == "on" or m.json.get("status") == "online"]
        self.assertEqual(seen[:2], ["state", "availability"])
        self.assertEqual(self.ask(anna, "anna", LAMP, "on")["status"], "done")
        self.wait("state", LAMP, {"state": "on"})
        self.assertEqual(self.ask(anna, "anna", MARKER, "off")["status"], "done")
        wait_until(lambda: not self.marker.exists(), 10, "the attic's marker is still there")


if __name__ == "__main__":
    gable_network.enter()
    main()
