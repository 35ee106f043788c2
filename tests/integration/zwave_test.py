"""The Z-Wave bridge with the whole real stack behind it: zwave-js on a simulated stick, @zwave-js/server, our bridge.

One stick and one server for all tests, since zwave-js takes its time to get to know its devices; broker and bridge are
each test's own. In a network of its own: the mock-server sends mDNS.
"""
import pathlib
import shutil
import subprocess
import tempfile
import time

import gable_network
import gable_websocket
import gable_zwave
from gable_house import HouseTest, Process, main, program, wait_until

BRIDGE = "gable/bridge/zwave"
NODES = [2, 3, 4, 5, 6, 7, 8, 9, 11, 12]
SLOW = 30  # a machine that compiles beside us


class ZwaveTest(HouseTest):
    """`self.stick` and `self.server` run; both are left as they were found."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="gable-zwave-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.stick = gable_zwave.Stick(cls.run_peer).start()
        cls.addClassCleanup(lambda: cls.stick.process.kill())
        cls.server = gable_zwave.Server(cls.run_peer, cls.folder / "server").start()
        cls.addClassCleanup(lambda: cls.server.process.kill())
        cls.server.wait_known()

    @classmethod
    def run_peer(cls, name, command, **options):
        return Process(name, command, cls.folder / f"{name}.log", **options).start()

    # ── pieces ──

    def start(self, config=None, nodes=NODES, seconds=60):
        """The bridge, up to all nodes being there and known."""
        self.bridge = self.house.start_bridge("zwave", config=config, wait=False)
        self.eye = self.house.watcher
        for node in nodes:
            self.wait_link(node, "online", seconds)

    def wait_link(self, node, status, seconds=SLOW):
        return self.eye.wait_latest(f"{BRIDGE}/link/node_{node}", {"status": status}, seconds).json

    def wait_status(self, check, seconds=SLOW):
        return self.eye.wait_latest(f"{BRIDGE}/status", check, seconds).json

    def wait_state(self, node, check, seconds=SLOW):
        """`check`: {"light": {"state": "on"}}"""
        return self.eye.wait_latest(f"{BRIDGE}/state/node_{node}", check, seconds).json

    def state(self, node):
        return self.eye.latest(f"{BRIDGE}/state/node_{node}").json

    def describe(self, node):
        return self.eye.latest(f"{BRIDGE}/device/node_{node}").json["entities"]

    def send(self, node, entity, command, name):
        self.eye.publish(f"{BRIDGE}/set/node_{node}", {entity: command, "_id": name})

    def result(self, node, name, seconds=SLOW):
        """The one final result of a command."""
        final = {"id": name, "status": lambda status: status != "accepted"}
        self.eye.wait_for(f"{BRIDGE}/result/node_{node}", final, seconds)
        found = self.eye.seen(f"{BRIDGE}/result/node_{node}", final)
        self.assertEqual(len(found), 1, [str(m) for m in found])
        return found[0].json

    def do(self, node, entity, command, seconds=SLOW):
        """One command; gives its final result."""
        name = f"c-{self.eye.mark()}"
        self.send(node, entity, command, name)
        return self.result(node, name, seconds)

    def done(self, node, entity, command, state, seconds=SLOW):
        """It is carried out, and the state is `state` when it says so."""
        answer = self.do(node, entity, command, seconds)
        self.assertEqual(answer["status"], "done", answer)
        self.wait_state(node, {entity: state}, 5)

    def ask(self, method, seconds=SLOW, **arguments):
        return self.house.call(f"{BRIDGE}/request/{method}", arguments, seconds)

    def pressed(self, node, entity, since):
        return [m.json[entity] for m in self.eye.seen(f"{BRIDGE}/event/node_{node}", since=since) if entity in m.json]


class Devices(ZwaveTest):
    def test_announced_and_worked(self):
        self.start()
        kinds = {2: "switch", 3: "light", 4: "light", 5: "cover", 6: "lock", 7: "climate", 9: "siren", 11: "cover"}
        for node, domain in kinds.items():
            self.assertEqual(self.describe(node)[domain]["domain"], domain)
        device = self.eye.latest(f"{BRIDGE}/device/node_2").json
        self.assertEqual((device["sw_version"], device["via"]), ("1.7", "controller"))
        self.assertEqual(self.wait_status({"status": "online"})["status"], "online")

        self.done(2, "switch", "on", {"state": "on"})
        self.done(2, "switch", {"service": "toggle"}, {"state": "off"})
        self.done(3, "light", {"state": "on", "brightness": 120}, {"state": "on", "brightness": lambda b: abs(b - 120) <= 3})
        self.done(3, "light", {"service": "turn_on", "brightness": 255, "transition": 1}, {"brightness": 255})
        self.done(3, "light", "off", {"state": "off"})
        self.done(4, "light", {"service": "turn_on", "rgb_color": [0, 200, 10], "brightness": 255},
                  {"state": "on", "rgb_color": [0, 200, 10], "color_mode": "rgb"})
        self.done(4, "light", {"service": "turn_on", "color_temp_kelvin": 4000},
                  {"color_mode": "color_temp", "color_temp_kelvin": lambda k: abs(k - 4000) <= 20})
        self.done(6, "lock", "lock", {"state": "locked"})
        self.done(6, "lock", "unlock", {"state": "unlocked"})
        self.done(7, "climate", {"service": "set_hvac_mode", "hvac_mode": "heat"}, {"state": "heat", "temperature": 20})
        self.done(7, "climate", {"service": "set_temperature", "temperature": 22.5}, {"temperature": 22.5})
        self.done(7, "climate", {"service": "set_temperature", "temperature": 25, "hvac_mode": "cool"},
                  {"state": "cool", "temperature": 25})
        self.done(7, "climate", "off", {"state": "off"})
        self.done(9, "siren", {"service": "turn_on", "tone": "Alarm", "volume_level": 0.2}, {"state": "on"})
        self.done(9, "siren", "off", {"state": "off"})
        self.done(9, "default_tone", {"service": "select_option", "option": "Alarm (60 sec)"}, {"state": "Alarm (60 sec)"})
        self.done(3, "parameter_1", {"service": "set_value", "value": 7}, {"state": 7})

        # What makes no sense is refused, in words, and changes nothing.
        for node, entity, command in ((3, "light", {"service": "turn_on", "brightness": 300}),
                                      (7, "climate", {"service": "set_hvac_mode", "hvac_mode": "dry"}),
                                      (9, "siren", {"service": "turn_on", "tone": "Trumpet"}),
                                      (3, "parameter_1", {"service": "set_value", "value": 100}),
                                      (2, "nothing", "on")):
            with self.subTest(entity=entity, command=command):
                answer = self.do(node, entity, command)
                self.assertEqual(answer["status"], "rejected", answer)
                self.assertTrue(answer["reason"])

    def test_on_without_a_level(self):
        """The device confirms nothing, and the server reads it back only when the hub has given the command up."""
        self.start()
        self.done(3, "light", {"state": "on", "brightness": 120}, {"state": "on"})
        self.done(3, "light", "off", {"state": "off"})

        def readings():
            return self.stick.hand(do="state", node=3).get("readings", 0)
        before = readings()
        answer = self.do(3, "light", "on")
        self.assertEqual(answer["status"], "done", answer)
        self.assertLess(answer["took_ms"], 5000)
        self.eye.wait_for(f"{BRIDGE}/result/node_3", {"id": answer["id"], "status": "accepted"}, 5)
        self.wait_state(3, {"light": {"state": "on", "brightness": lambda b: abs(b - 120) <= 3}})
        # And once more: it may have been on its way.
        wait_until(lambda: readings() >= before + 2, SLOW, lambda: f"read {readings() - before} times")

    def test_covers_travel(self):
        self.start()
        for node in (5, 11):
            with self.subTest(node):
                since = self.eye.mark()
                self.done(node, "cover", {"service": "set_cover_position", "position": 60},
                          {"state": "open", "current_position": 60})
                words = [m.json["cover"]["state"] for m in self.eye.seen(f"{BRIDGE}/state/node_{node}", since=since)]
                self.assertIn("opening", words)
                self.done(node, "cover", "close", {"state": "closed", "current_position": 0})
        # Stopped on its way: the first command will not come true any more, and says so.
        self.send(5, "cover", "open", "on-its-way")
        self.wait_state(5, {"cover": {"state": "opening"}})
        time.sleep(0.5)  # a third of its way; stopped at once it would still be closed
        self.assertEqual(self.do(5, "cover", "stop")["status"], "done")
        stopped = self.wait_state(5, {"cover": {"state": "open"}})["cover"]["current_position"]
        self.assertLess(stopped, 100)
        self.assertEqual(self.result(5, "on-its-way")["status"], "failed")
        self.done(5, "cover", "close", {"state": "closed"})

    def test_what_devices_say(self):
        self.start()
        for what, node, value, check in (
                ("switch", 2, True, {"switch": {"state": "on"}}), ("switch", 2, False, {"switch": {"state": "off"}}),
                ("power", 2, 1234, {"electric_w_consumed": {"state": 1234}}),
                ("temperature", 8, 231, {"air_temperature": {"state": 23.1}}),
                ("binary", 8, True, {"binary_motion": {"state": "on"}}),
                ("motion", 8, True, {"home_security_motion_sensor_status": {"state": "on"}}),
                ("motion", 8, False, {"home_security_motion_sensor_status": {"state": "off"}}),
                ("door", 8, True, {"door": {"state": "on"}}), ("door", 8, False, {"door": {"state": "off"}}),
                ("battery", 8, 33, {"battery": {"state": 33}}),
                ("operating", 7, 1, {"climate": {"hvac_action": "heating"}})):
            with self.subTest(what=what, value=value):
                self.stick.say(node, what, value)
                self.wait_state(node, check)
        meter = self.describe(2)["electric_w_consumed"]
        self.assertEqual((meter["device_class"], meter["unit"], meter["state_class"]), ("power", "W", "measurement"))
        energy = self.describe(2)["electric_kwh_consumed"]
        self.assertEqual((energy["device_class"], energy["state_class"]), ("energy", "total_increasing"))

        since = self.eye.mark()
        for press in ([1, 0], [2, 3], [1, 2], [1, 1]):
            self.stick.say(3, "scene", press)
        wait_until(lambda: len(self.pressed(3, "scene_1", since)) == 3, SLOW, "three presses of scene 1")
        self.assertEqual([e["event_type"] for e in self.pressed(3, "scene_1", since)], ["press", "hold", "release"])
        self.assertEqual([e["event_type"] for e in self.pressed(3, "scene_2", since)], ["double_press"])
        self.stick.say(6, "keypad_unlock", 2)
        wait_until(lambda: self.pressed(6, "notification", since), SLOW, "somebody at the keypad")
        event = self.pressed(6, "notification", since)[0]
        self.assertEqual((event["event_type"], event["user"]), ("keypad_unlock", 2))
        for message in self.eye.seen(f"{BRIDGE}/event/#"):
            self.assertFalse(message.retain)

    def test_codes_of_a_lock(self):
        self.start()
        self.assertTrue(self.ask("set_user_code", device="node_6", slot=2, code="4711")["ok"])
        taken = [{"slot": 1, "status": "Available"}, {"slot": 2, "status": "Enabled"}, {"slot": 3, "status": "Available"}]

        def slots():
            return self.ask("user_codes", device="node_6")["data"]["slots"]
        wait_until(lambda: slots()[1] == taken[1], SLOW, lambda: f"slots {slots()}")
        self.assertTrue(self.ask("clear_user_code", device="node_6", slot=2)["ok"])
        wait_until(lambda: slots()[1]["status"] == "Available", SLOW, lambda: f"slots {slots()}")
        for arguments in ({"device": "node_6", "slot": 9, "code": "4711"}, {"device": "node_6", "slot": 1, "code": "1"},
                          {"device": "node_2", "slot": 1, "code": "4711"}, {"device": "node_99", "slot": 1}, {}):
            with self.subTest(arguments):
                answer = self.ask("set_user_code", **arguments)
                self.assertFalse(answer["ok"])
                self.assertTrue(answer["reason"])
        # A code is a secret: nothing that is published holds it.
        self.assertEqual([str(m) for m in self.eye.seen(f"{BRIDGE}/#", lambda m: b"4711" in m.payload)
                          if "/request/" not in m.topic], [])

    def test_join_and_leave(self):
        self.start()
        since = self.eye.mark()
        self.stick.hand(do="join", node=20)
        self.assertTrue(self.ask("include", security="insecure")["ok"])
        self.wait_link(20, "online", 60)
        self.done(20, "switch", "on", {"state": "on"})
        self.eye.wait_for(f"{BRIDGE}/inventory", lambda m: "node_20" in m.json["devices"], SLOW, since)
        told = [m.json["inclusion"]["event_type"] for m in self.eye.seen(f"{BRIDGE}/event/controller", since=since)]
        self.assertEqual(told[0], "inclusion_started")
        self.assertIn("node_added", told)
        self.assertFalse(self.ask("forget", device="node_20")["ok"])

        self.stick.hand(do="leave", node=20)
        self.assertTrue(self.ask("exclude")["ok"])
        self.eye.wait_latest(f"{BRIDGE}/inventory", lambda m: "node_20" not in m.json["devices"], 60)
        wait_until(lambda: not [t for t in self.house.retained() if "node_20" in t], SLOW, "its topics are still there")
        self.assertEqual(self.do(2, "switch", "on")["status"], "done")

    def test_conformance(self):
        self.start()
        checks = self.house.gable_json("conformance", "zwave", "--entity", "node_2/switch", seconds=120)
        self.assertEqual([c for c in checks if c["verdict"] not in ("pass", "skipped")], [])
        passed = {c["check"] for c in checks if c["verdict"] == "pass"}
        self.assertLessEqual({"command.duplicate", "command.one_result", "state.live", "inventory"}, passed)


class Faults(ZwaveTest):
    """Whatever fails: each command has one result, and in the end our state is the server's."""

    def proxy(self):
        proxy = gable_websocket.Proxy(gable_zwave.SERVER_PORT)
        self.addCleanup(proxy.close)
        return proxy

    def as_the_server_has_it(self):
        """What we publish, against what the server says when somebody else asks it."""
        server = self.server.nodes()

        def same():
            ours = {node: self.state(node) for node in NODES}
            return (all(ours[n]["switch"]["state"] == ("on" if server[n][37, "currentValue", None] else "off")
                        for n in (2, 12))
                    and (ours[3]["light"]["state"] == "on") == (server[3][38, "currentValue", None] > 0)
                    and ours[5]["cover"]["current_position"] == round(server[5][106, "currentValue", 13] * 100 / 99)
                    and ours[6]["lock"]["state"] == ("locked" if server[6][98, "currentMode", None] == 255 else "unlocked")
                    and ours[8]["air_temperature"]["state"] == server[8][49, "Air temperature", None])
        wait_until(same, SLOW, lambda: f"{[str(self.state(n)) for n in NODES]} is not {server}")

    def test_server_gone_and_back(self):
        self.server.stop()
        try:
            self.bridge = self.house.start_bridge("zwave", wait=False)
            self.eye = self.house.watcher
            reason = self.wait_status({"status": "degraded"})["reason"]
            self.assertIn(gable_zwave.SERVER, reason)
            self.assertFalse(self.eye.latest(f"{BRIDGE}/inventory").json["complete"])
        finally:
            self.server.start()
        for node in NODES:
            self.wait_link(node, "online", 90)
        self.wait_status({"status": "online"})
        self.assertEqual(self.do(2, "switch", "on")["status"], "done")

        # In the middle of a command: the device does not answer, and then the server is gone.
        self.stick.hand(do="mute", node=12, on=True)
        try:
            self.send(12, "switch", "on", "in-the-middle")
            self.eye.barrier()
            self.server.stop()
            answer = self.result(12, "in-the-middle")
            self.assertEqual(answer["status"], "failed", answer)
            self.assertIn("connection to the Z-Wave server was lost", answer["reason"])
            self.wait_link(2, "offline")
            self.assertEqual(self.do(2, "switch", "off")["status"], "failed")
        finally:
            self.stick.hand(do="mute", node=12, on=False)
            self.server.start()
        for node in NODES:
            self.wait_link(node, "online", 90)
        self.assertEqual(self.do(2, "switch", "off")["status"], "done")
        self.as_the_server_has_it()

    def test_a_dead_device(self):
        self.start()
        self.stick.hand(do="mute", node=12, on=True)
        try:
            answer = self.do(12, "switch", "on", 60)
            self.assertEqual(answer["status"], "failed", answer)
            self.assertIn("dead", self.wait_link(12, "offline")["reason"])
        finally:
            self.stick.hand(do="mute", node=12, on=False)
        self.assertTrue(self.ask("ping", device="node_12")["ok"])
        self.wait_link(12, "online")
        self.done(12, "switch", "on", {"state": "on"})

    def test_the_broker_gone_and_back(self):
        self.start()
        self.house.broker.stop()
        # One after the other: a radio loses the second of two that come at the same moment.
        self.stick.say(2, "switch", True)
        wait_until(lambda: self.server.nodes()[2][37, "currentValue", None], SLOW, lambda: "the server did not hear node 2")
        self.stick.say(8, "temperature", 177)
        wait_until(lambda: self.server.nodes()[8][49, "Air temperature", None] == 17.7, SLOW,
                   lambda: "the server did not hear node 8")
        self.house.broker.start()
        self.wait_state(2, {"switch": {"state": "on"}}, 60)
        self.wait_state(8, {"air_temperature": {"state": 17.7}})
        self.done(2, "switch", "off", {"state": "off"})
        self.as_the_server_has_it()

    def test_answers_late_half_garbled_and_out_of_order(self):
        proxy = self.proxy()
        self.start(config=f"server: ws://127.0.0.1:{proxy.port}\n")

        # Out of order: the answer to the first command comes after that to the second; and one that nobody asked for.
        held = []

        def swap(text):
            if '"type":"result"' not in text:
                return [text]
            held.append(text)
            if len(held) < 2:
                return ['{"type":"result","success":true,"messageId":"987654","result":{}}']
            proxy.spoil = lambda later: [later]
            return reversed(held)
        proxy.spoil = swap
        self.send(2, "switch", "on", "first")
        self.send(12, "switch", "on", "second")
        self.assertEqual([self.result(2, "first")["status"], self.result(12, "second")["status"]], ["done", "done"])

        # Late: the device has long reported when the answer comes.
        def late(text):
            if '"type":"result"' in text:
                proxy.spoil = lambda later: [later]
                time.sleep(2)  # the fault itself
            return [text]
        proxy.spoil = late
        self.done(2, "switch", "off", {"state": "off"})

        # Garbage and halves: the connection cannot be trusted any more, and is made anew.
        whole = gable_websocket.frame(b'{"type":"event","event":{"source":"node"}}')
        for name, spoilt in (("garbage", ["{[}"]), ("half", [whole[:20]]), ("not a message", ["[1, 2]"]),
                             ("no frame", [b"\xff" * 40]), ("too large", [b"\x81\x7f\x00\x00\x00\xff\xff\xff\xff\xff"])):
            with self.subTest(name):
                before = proxy.connections

                def spoil(text, parts=spoilt):
                    proxy.spoil = lambda later: [later]
                    return parts if len(parts[0]) != 20 else (_ for _ in self.then_end(parts[0]))
                proxy.spoil = spoil
                self.send(12, "switch", "toggle", name)
                answer = self.result(12, name)
                self.assertIn(answer["status"], ("done", "failed"))
                wait_until(lambda: proxy.connections > before, SLOW, "no new connection")
                self.wait_link(12, "online", 60)
        self.wait_status({"status": "online"})
        self.as_the_server_has_it()

    @staticmethod
    def then_end(part):
        yield part
        raise ConnectionError

    def test_a_wrong_address(self):
        class Nobody(gable_websocket.Proxy):
            """Accepts and hangs up."""
        nobody = Nobody(1)
        self.addCleanup(nobody.close)
        bridge = self.house.start_bridge("zwave", arguments=["--server", f"ws://127.0.0.1:{nobody.port}"], wait=False)
        self.eye = self.house.watcher
        self.wait_status({"status": "degraded", "reason": lambda r: str(nobody.port) in r})
        wait_until(lambda: nobody.connections >= 4, SLOW, "it does not try again")
        begun, since = nobody.connections, time.monotonic()
        wait_until(lambda: nobody.connections > begun, 60, "it does not try again")
        self.assertGreater(time.monotonic() - since, 0.5)
        self.assertEqual(bridge.output().count("trying again"), 1, bridge.output())

        for address, words in (("wss://127.0.0.1:1", "wss"), ("http://x", "ws://"), ("ws://x:0", "port")):
            wrong = self.house.start_bridge("zwave", id=f"wrong-{words[:3].strip(':')}", arguments=["--server", address],
                                            wait=False)
            wrong.expected_exit = 2
            self.assertEqual(wrong.wait_exit(20), 2)
            self.assertIn(words, wrong.output())

    def test_a_thousand_commands_at_once(self):
        self.start()
        for number in range(1000):
            self.eye.publish(f"{BRIDGE}/set/node_2", {"switch": "on" if number % 2 else "off", "_id": f"burst-{number}"},
                             qos=0)

        def answered():
            final = self.eye.seen(f"{BRIDGE}/result/node_2", lambda m: m.json["status"] != "accepted")
            return [m.json["id"] for m in final if m.json["id"].startswith("burst-")]
        wait_until(lambda: len(answered()) >= 1000, 60, lambda: f"{len(answered())} results")
        self.assertEqual(sorted(answered()), sorted(f"burst-{n}" for n in range(1000)))
        # Carried out, or overtaken by a later one, or (more than the bridge keeps at a time) told so.
        outcomes = {(m.json["status"], m.json.get("code")) for m in self.eye.seen(f"{BRIDGE}/result/node_2")
                    if m.json["status"] != "accepted"}
        self.assertLessEqual(outcomes, {("done", None), ("failed", "conflict"), ("rejected", "unavailable")})
        self.assertIn(("done", None), outcomes)
        self.done(2, "switch", "on", {"state": "on"})
        self.done(2, "switch", "off", {"state": "off"})
        self.as_the_server_has_it()

    def test_scan(self):
        done = subprocess.run([program("gable-bridge-zwave"), "--scan"], capture_output=True, text=True, timeout=60,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("node 5", done.stdout)
        self.assertIn(f"server: {gable_zwave.SERVER}", done.stdout)
        done = subprocess.run([program("gable-bridge-zwave"), "--scan", "--server", "ws://127.0.0.1:9"],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("ws://127.0.0.1:9", done.stderr)


if __name__ == "__main__":
    gable_network.enter()
    gable_zwave.require()
    main()
