"""gable import homeassistant: a folder made after the documented forms (tests/support/home_assistant_folder.py) becomes a house.
Its rules resolve without an edit, against the registries and in the running hub; renamed entities have the ids that Home
Assistant gave them; numbers of devices and entities are understood; helpers made in the page work."""
import json
import os
import pathlib
import stat
import subprocess
import tempfile

import home_assistant_folder as ha
import import_rules
from gable_house import HouseTest, main, program

RESOLVED, LEAST = 0.95, 60


def imported(folder, out, *more):
    """The exit status and what it printed: with --json an object."""
    done = subprocess.run([program("gable"), "import", "homeassistant", folder, "--out", out, *more], capture_output=True,
                          text=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


class ImportTest(HouseTest):
    def setUp(self):
        super().setUp()
        self.work = pathlib.Path(tempfile.mkdtemp(dir=self.house.directory))
        self.folder = ha.Folder(self.work / "config", import_rules.files())
        self.out = self.work / "imported"

    def take_over(self):
        status, text, errors = imported(self.folder.path, self.out, "--json")
        self.assertEqual(status, 0, text + errors)
        return json.loads(text)

    def start(self):
        """The hub with what was imported, and the devices."""
        house = self.house
        for topic, payload in ha.announcements():
            house.publish(topic, payload, retain=True)
        house.run("hub", [program("gable-hub"), "--config", self.out / "house.yaml", "--broker", house.broker.url,
                          "--root", house.root, "--state", house.directory / "state"])
        house.watcher.wait_for(f"{house.root}/hub/status", {"status": "online"}, 20)
        for device in ha.DEVICES:
            for entity in device.entities:
                house.watcher.wait_latest(house.topic("availability", entity), {"status": "online"}, 20)

    def resolved(self, reports):
        """At least 95 % are ok; what is not ok waits for what it should."""
        rules = [report for report in reports if report["kind"] in ("automation", "script", "scene", "template")]
        self.assertGreaterEqual(len(rules), LEAST)
        bad = [report for report in rules if report["status"] != "ok"]
        self.assertGreaterEqual((len(rules) - len(bad)) / len(rules), RESOLVED, json.dumps(bad, indent=1))
        self.assertEqual({report["id"] for report in bad}, import_rules.WAITING, json.dumps(bad, indent=1))
        self.assertEqual({report["status"] for report in bad}, {"waits"})
        return len(rules), len(rules) - len(bad)

    def test_what_is_said(self):
        said = self.take_over()
        total, good = self.resolved(said["rules"])
        print(f"{good} of {total} rules resolve by the registries; waits for {said['waits_for']}")
        self.assertEqual(said["waits_for"], {"hue": 1})
        self.assertEqual(said["turned_off"], ["automation.rule_01"])
        self.assertEqual(said["taken"]["areas"], len(ha.AREAS))
        self.assertEqual(said["taken"]["devices"], len(ha.DEVICES))
        self.assertEqual(said["taken"]["entities"], sum(len(device.entities) for device in ha.DEVICES))
        why = {remark["what"]: remark["why"] for remark in said["not_taken"]}
        self.assertIn("1 entity of hue", why)
        self.assertIn("password", why["mqtt: the broker"])
        self.assertIn("default_config", why)

    def test_files_are_as_they_were_and_secrets_stay_secret(self):
        os.chmod(self.folder.path / "secrets.yaml", 0o644)
        said = self.take_over()
        for name, text in dict(import_rules.files(), **{"configuration.yaml": ha.Folder.CONFIGURATION}).items():
            self.assertEqual((self.out / "rules" / name).read_text(), text, name)
        self.assertEqual(set(said["secrets"]), {"rules/secrets.yaml", "secrets.yaml"})
        for name in said["secrets"]:
            self.assertEqual(stat.S_IMODE((self.out / name).stat().st_mode), 0o600, name)
        house = (self.out / "house.yaml").read_text() + (self.out / "ids.yaml").read_text()
        self.assertIn('!secret "doorbell_url"', house)
        self.assertNotIn("127.0.0.1:9", house)
        self.assertNotIn("not to be copied", house)
        # A second time it would go over what is there.
        status, _, errors = imported(self.folder.path, self.out)
        self.assertEqual(status, 2)
        self.assertIn("is not empty", errors)

    def test_the_hub_has_the_house(self):
        self.take_over()
        self.start()
        house = self.house
        reports = [json.loads(line) for line in house.gable("check", self.out / "rules", "--json").splitlines()]
        total, good = self.resolved(reports)
        print(f"{good} of {total} rules resolve in the running hub")
        rows, after = [], ""
        while after is not None:
            page = house.call(f"{house.root}/hub/request/rules", json.dumps({"after": after}))["data"]
            rows, after = rows + page["rules"], page["next"]
        # It names a lamp of a bridge that Gable does not have.
        waits = {row["rule"]: row["status"] for row in rows if row["status"] != "ok"}
        self.assertEqual(waits, {"automation.garden_lamp_at_night": "waits"})
        self.assertGreaterEqual(len(rows), LEAST)
        meta = house.watcher.latest(house.topic("meta", "light.kitchen_table")).json
        self.assertEqual((meta["name"], meta["area"]), ("Kitchen ceiling", "kitchen"))
        self.assertEqual(house.retained("gable/problem/#"), {})

    def test_rules_act(self):
        self.take_over()
        self.start()
        house = self.house
        lamp, button = ha.BY_NAME["kitchen_ceiling"], ha.BY_NAME["hall_button"]

        def told(device, check, *topic):
            return house.watcher.wait_for(device.topic("set", *topic), check, 10, since)
        # A device trigger of a button, and a device as its target: both by their numbers.
        since = house.watcher.mark()
        house.publish(button.topic("action"), "single")
        told(lamp, {"state": "ON"})
        # A device trigger with an entity's number, and an entity's number as target.
        since = house.watcher.mark()
        house.publish(ha.BY_NAME["hall_motion"].topic(), json.dumps({"occupancy": False, "illuminance": 3, "battery": 80}))
        house.wait_state("binary_sensor.somebody_in_the_hall", "off")
        house.publish(ha.BY_NAME["hall_motion"].topic(), json.dumps({"occupancy": True, "illuminance": 3, "battery": 80}))
        told(ha.BY_NAME["hall_lamp"], {"state": "ON"})
        # Helpers that were made in the page, one of them renamed since.
        for entity, state in (("input_boolean.holiday", "off"), ("input_number.wake_level", 40), ("counter.rings", 0),
                              ("input_select.house_mode", "Day"), ("timer.stairs", "idle"), ("schedule.heating", None)):
            document = house.watcher.wait_for(house.topic("state", entity), None, 5).json
            self.assertTrue(state is None or document["state"] == state, (entity, document))
        house.publish(button.topic("action"), "double")
        house.wait_state("counter.rings", 1)
        house.wait_state("input_boolean.holiday", "on")
        # A lamp in an area of its device, called by the area.
        since = house.watcher.mark()
        house.publish(house.topic("set", "input_button.panic"), "press")
        told(ha.BY_NAME["hall_lamp"], lambda message: message.json["state"] == "ON")

    def test_damaged_files_are_named(self):
        path = self.folder.path / ".storage" / "core.device_registry"
        whole = path.read_text()
        for damage, expected in ((whole[:200], "core.device_registry:"), ("", "core.device_registry"),
                                 (whole.replace('"version": 1', '"version": 7'), "newer Home Assistant"),
                                 (whole.replace('"identifiers": [', '"identifiers": [1,', 1), "data.devices[0].identifiers")):
            path.write_text(damage)
            status, text, errors = imported(self.folder.path, self.out)
            self.assertEqual((status, text), (2, ""), errors)
            self.assertIn(expected, errors)
            self.assertFalse(self.out.exists())
        status, _, errors = imported(self.work, self.out)
        self.assertEqual(status, 2)
        self.assertIn("there is no configuration.yaml", errors)


if __name__ == "__main__":
    main()
