"""gable replay: a journal against rules, and thirty days of an inhabited apartment against the motion light that
comes with Gable: how it would have differed from what the residents did, and the same decisions each time.

The recording of the apartment lies beside the project, in ../shared/data/real-house; a checkout without it skips
that part by name.
"""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

from gable_house import HouseTest, program, source

RECORDING = pathlib.Path(source("..")) / "shared/data/real-house/events.txt.gz"
BLUEPRINTS = source("rules/blueprints")
CHANGE = '{{"t":"2026-11-20T{}Z","k":"change","e":"{}","from":"{}","to":"{}","by":"{}","seq":1}}'
RULE = """
automation:
  - id: hall
    triggers: [{trigger: state, entity_id: binary_sensor.hall, to: "on"}]
    actions: [{action: light.turn_on, target: {entity_id: light.hall}}]
"""


FOLLOWS = """
automation:
  - id: follows
    triggers: [{trigger: state, entity_id: light.kitchen_ceiling, to: "on"}]
    actions: [{action: light.turn_on, target: {entity_id: light.hall_ceiling}}]
"""


def replay(*arguments):
    return subprocess.run([program("gable"), "replay", *map(str, arguments)], capture_output=True, text=True,
                          timeout=600, stdin=subprocess.DEVNULL)


def rows(text, kind):
    return [row for row in map(json.loads, text.splitlines()) if row["kind"] == kind]


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return self.folder / name


class JournalTest(Folder):
    def setUp(self):
        super().setUp()
        self.rules = self.write("rules.yaml", RULE)
        self.journal = self.write("journal-20261120-001.jsonl", "\n".join([
            '{"t":"2026-11-20T07:00:00.000Z","k":"start"}',
            CHANGE.format("08:00:00.000", "binary_sensor.hall", "off", "on", "device:zigbee/hall"),
            CHANGE.format("08:00:03.500", "light.hall", "off", "on", "client:anna"),
            CHANGE.format("08:05:00.000", "binary_sensor.hall", "on", "off", "device:zigbee/hall"),
            CHANGE.format("08:06:00.000", "light.hall", "on", "off", "client:anna"),
            CHANGE.format("09:00:00.000", "binary_sensor.hall", "off", "on", "device:zigbee/hall"),
            CHANGE.format("09:00:30.000", "light.hall", "off", "on", "client:ben"),
        ]) + "\n")

    def test_what_somebody_did_too_agrees_and_what_nobody_did_differs(self):
        done = replay(self.journal, "--rules", self.rules, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        decisions = rows(done.stdout, "decision")
        self.assertEqual([(row["t"][11:19], row["agreement"]) for row in decisions],
                         [("08:00:00", "agreed"), ("09:00:00", "differs")])
        self.assertEqual((decisions[0]["apart"], decisions[0]["by"]), (3.5, "client:anna"))
        self.assertEqual([(row["e"], row["to"], row["by"]) for row in rows(done.stdout, "change")],
                         [("light.hall", "off", "client:anna"), ("light.hall", "on", "client:ben")])
        rule, = rows(done.stdout, "rule")
        self.assertEqual((rule["triggered"], rule["ran"], rule["calls"], rule["agreed"], rule["differing"]),
                         (2, 2, 2, 1, 1))

    def test_what_obeys_follows_rules_and_people(self):
        done = replay(self.journal, "--rules", self.rules, "--obey", "light.*", "--json")
        light, = rows(done.stdout, "entity")
        self.assertEqual((light["on_then_s"], light["on_now_s"], light["on_both_s"]), (356.5, 390, 356.5))

    def test_a_stretch_begins_with_what_was_so_then(self):
        done = replay(self.folder, "--rules", self.rules, "--from", "2026-11-20T08:01:00Z", "--json")
        decision, = rows(done.stdout, "decision")
        self.assertEqual((decision["t"][11:19], decision["found"]), ("09:00:00", "off"))
        self.assertEqual(len(rows(done.stdout, "change")), 2)

    def test_what_gable_record_wrote(self):
        def line(time, topic, payload):
            text = payload if isinstance(payload, str) else json.dumps(payload)
            return json.dumps({"t": f"2026-11-20T{time}Z", "topic": topic, "payload": text, "retain": True, "qos": 1})

        rules = self.write("both.yaml", RULE + """
  - id: doorbell
    triggers: [{trigger: mqtt, topic: bell/front, payload: ring}]
    actions: [{action: notify.everybody, data: {message: "{{ states('light.hall') }}"}}]
""")
        recording = self.write("house.jsonl", "\n".join([
            line("07:00:00.000", "gable/state/binary_sensor/hall", {"state": "off", "_seq": 1}),
            line("07:00:00.000", "gable/state/light/hall", {"state": "off", "_seq": 1}),
            line("08:00:00.000", "gable/state/binary_sensor/hall", {"state": "on", "_seq": 2}),
            line("08:00:01.000", "gable/state/light/hall", {"state": "on", "brightness": 80, "_seq": 2}),
            line("08:10:00.000", "bell/front", "ring"),
            line("08:20:00.000", "gable/availability/light/hall", {"status": "offline"}),
        ]) + "\n")
        done = replay(recording, "--rules", rules, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        light, bell = rows(done.stdout, "decision")
        self.assertEqual((light["agreement"], light["apart"]), ("agreed", 1))
        self.assertEqual((bell["service"], bell["wanted"], bell["agreement"]),
                         ("notify.everybody", {"message": "on"}, "not_compared"))
        change, = rows(done.stdout, "change")
        self.assertEqual((change["from"], change["to"]), ("on", "unavailable"))

    def test_differences_are_told_with_their_time(self):
        done = replay(self.journal, "--rules", self.rules, "--differences", "--time-zone", "Europe/Berlin")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2026-11-20 10:00:00  automation.hall would have called light.turn_on light.hall", done.stdout)
        self.assertIn("2026-11-20 09:06:00  light.hall on → off, by client:anna", done.stdout)
        self.assertIn("binary_sensor.hall", replay(self.journal, "--rules", self.rules, "--differences",
                                                   "--traces").stdout)

    def test_what_cannot_be_done_is_said(self):
        for arguments, text in (
                ((self.journal,), "--rules"),
                (("--rules", self.rules), "--from"),
                ((self.rules, "--rules", self.rules), "no format that is known"),
                ((self.journal, "--rules", self.folder / "none"), "there is no file or folder"),
                ((self.journal, "--rules", self.rules, "--from", "soon"), "--from: expected a time"),
                ((self.journal, "--rules", self.rules, "--place", "north"), "--place: expected"),
                ((self.journal, "--rules", self.rules, "--from", "2026-11-21"), "nothing in that time"),
                ((self.journal, "--rules", self.rules, "--time-zone", "Mars/Base"), "Mars/Base")):
            with self.subTest(text=text):
                done = replay(*arguments)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn(text, done.stderr)


class HubTest(HouseTest):
    def test_what_was_done_a_moment_ago_is_in_the_running_hubs_journal(self):
        self.house.start(bridges=["virtual"])
        lamps = "light.kitchen_ceiling", "light.hall_ceiling"
        for lamp in lamps:
            self.house.wait_availability(lamp, "online")
            self.house.gable("set", lamp, "on")
        with tempfile.TemporaryDirectory() as name:
            rules = pathlib.Path(name, "rules.yaml")
            rules.write_text(FOLLOWS)
            done = replay("--from", "-1h", "--broker", self.house.broker.url, "--rules", rules, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        decision, = rows(done.stdout, "decision")
        self.assertEqual((decision["e"], decision["agreement"], decision["found"]), (lamps[1], "agreed", "off"))


def sensors():
    """Areas with a light, and the motion sensors that the recording has there."""
    lights, motion = {}, {}
    with gzip.open(RECORDING, "rt") as lines:
        for line in lines:
            _, _, area, sensor, value, *_ = line.split()
            name = f"{area}_{sensor}".lower()
            if sensor.endswith("Light"):
                lights[sensor.removesuffix("Light")] = name
            elif value in ("ON", "OFF"):
                motion.setdefault(sensor, set()).add(name)
    return {room: (light, sorted(motion[room])) for room, light in lights.items()}


class RealHouseTest(Folder):
    def setUp(self):
        super().setUp()
        rooms = sensors()
        self.assertEqual(len(rooms), 3)
        self.map = self.write("map.yaml", "".join(
            f"binary_sensor.{light}: light.{light}\n" for light, _ in rooms.values()))
        rules = [{"id": room.lower(), "alias": room, "use_blueprint": {
            "path": "gable/motion_light.yaml",
            "input": {"motion": [f"binary_sensor.{name}" for name in motion], "lamp": f"light.{light}"}}}
            for room, (light, motion) in rooms.items()]
        self.rules = self.write("rules.yaml", json.dumps({"automation": rules}))
        # Checked for every mistake of memory it takes much longer; then a week is enough.
        self.stretch = ["--to", "2011-06-22"] if os.environ.get("GABLE_SANITIZE") else []
        self.common = [RECORDING, *self.stretch, "--rules", self.rules, "--blueprints", BLUEPRINTS, "--map", self.map]

    def timed(self, *more):
        begin = time.monotonic()
        done = replay(*self.common, *more)
        seconds = time.monotonic() - begin
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout, seconds

    def check(self, told):
        self.assertGreater(len(rows(told, "decision")), 20)
        for rule in rows(told, "rule"):
            self.assertEqual(rule["not_compared"], 0, rule)
            self.assertEqual(rule["agreed"] + rule["already"] + rule["differing"], rule["calls"], rule)

    def test_thirty_days_decide_the_same_twice(self):
        told, seconds = self.timed("--json")
        again, seconds_again = self.timed("--json")
        print(f"{seconds:.2f} s and {seconds_again:.2f} s", file=sys.stderr)
        self.assertEqual(told, again, "the same recording and rules decide the same, byte for byte")
        self.check(told)
        changes = sorted(row["changes"] for row in rows(told, "entity"))
        if not self.stretch:
            self.assertEqual(changes, [6, 28, 148])
        for decision in rows(told, "decision"):
            self.assertEqual(decision["found"], "off", "a light that is on belongs to who switched it on")

    def test_thirty_days_with_lights_that_obey(self):
        told, _ = self.timed("--json", "--obey", "light.*")
        self.check(told)
        self.assertIn("turn_off", {row["service"].split(".")[1] for row in rows(told, "decision")})
        for light in rows(told, "entity"):
            self.assertLessEqual(light["on_both_s"], min(light["on_then_s"], light["on_now_s"]) + 0.001)
        report, seconds = self.timed("--obey", "light.*")
        print(f"{seconds:.2f} s\n{report}", file=sys.stderr)


if __name__ == "__main__":
    if "RealHouseTest" in sys.argv and not RECORDING.exists():
        print(f"skipped: the real house of replay_test needs {RECORDING}")
        sys.exit(77)
    unittest.main(verbosity=2)
