"""Recorded messages of 308 Homie devices, 3, 4 and 5, against an independent reading: every device, value and command; the
same devices announced in Home Assistant's way give the same values. Needs the recorded data; is skipped by name where that is
not there."""
import collections
import json
import lzma
import re
import sys
import time
import unittest

from discovery_compare import Tally, same
from gable_house import HouseTest, wait_until
from gable_templates import SKIPPED, data_folder
from gable_tree import Feeder, Tree
import homie_reading

SECONDS = 60


def recorded():
    with lzma.open(data_folder("discovery") / "homie.messages.jsonl.xz", "rt") as lines:
        return [json.loads(line) for line in lines]


def is_ours(line):
    return line["topic"].startswith("homie/")


class HomieTest(HouseTest):
    broker_options = {"extra": "autosave_interval 1000000"}  # thousands of topics change

    @classmethod
    def setUpClass(cls):
        cls.lines = recorded()
        cls.retained = {}
        for line in cls.lines:
            if line["retain"]:
                cls.retained[line["topic"]] = line["payload"]
        cls.retained = {topic: payload for topic, payload in cls.retained.items() if payload != ""}
        cls.devices = homie_reading.read({topic: payload for topic, payload in cls.retained.items()
                                          if topic.startswith("homie/")})

    def setUp(self):
        super().setUp()
        self.house.filters = ["gable/hub/status", "homie/#"]
        self.feeder, self.tree = Feeder(self.house.broker), Tree(self.house.broker)
        self.addCleanup(self.feeder.close)
        self.addCleanup(self.tree.close)

    def entities(self):
        """{topic of the property that leads it: (entity id, meta)}"""
        found = {}
        for name, payload in self.tree.of("meta").items():
            meta = json.loads(payload)
            leader = re.search(r"/(homie/.*)$", meta["source"])
            self.assertTrue(leader, meta["source"])
            found[leader.group(1)] = (name, meta)
        return found

    def settled(self):
        """Until the hub is online and nothing more comes."""
        self.house.watcher.wait_latest("gable/hub/status", {"status": "online"}, SECONDS)
        last = [0, time.monotonic()]

        def quiet():
            now = sum(self.tree.published.values())
            if now != last[0]:
                last[:] = [now, time.monotonic()]
            return time.monotonic() - last[1] > 1.5
        wait_until(quiet, SECONDS, "the tree does not come to rest")

    def compare(self):
        """Until the hub has caught up with all that was said; a slow one pauses longer than `settled` waits."""
        until = time.monotonic() + SECONDS
        while True:
            try:
                return self.compare_now()
            except AssertionError:
                if time.monotonic() > until:
                    raise
            time.sleep(0.5)

    def compare_now(self):
        found, tally, lights = self.entities(), Tally(), collections.defaultdict(list)
        for topic, (name, _) in found.items():
            if name.startswith("light."):
                lights[topic.rpartition("/")[0]].append(name)
        alone = 0
        for device in self.devices:
            for prop in device.properties:
                if prop.topic not in found:
                    # It is a part of a light of its node.
                    tally.add(prop.topic, "part", [] if lights[prop.node] else [("entity", "one", None)])
                    continue
                alone += 1
                tally.add(prop.topic, prop.datatype, self.differences(device, prop, *found[prop.topic]))
        of_homie = {prop.topic for device in self.devices for prop in device.properties}
        extra = [topic for topic in found if topic not in of_homie and "/$" not in topic]
        self.assertEqual(extra, [])
        print(f"{len(self.devices)} devices, {len(of_homie)} properties, {alone} of them entities, {len(found)} entities in all",
              flush=True)
        self.assertFalse(tally, f"\n{tally}")

    def differences(self, device, prop, name, meta):
        document = self.tree.document("state", name) or {}
        domain = name.partition(".")[0]
        if domain not in homie_reading.domains(prop) and prop.retained:
            yield "domain", homie_reading.domains(prop), domain
        wanted = homie_reading.expected_state(prop)
        if domain not in ("light", "event", "button") and prop.retained and not self.agree(prop, wanted, document):
            yield "state", wanted, document.get("state")
        if domain == "number":
            for key, bound in zip(("min", "max"), prop.range):
                if bound is not None and not same(bound, meta.get(key)):
                    yield key, bound, meta.get(key)
        if domain in ("number", "sensor") and prop.datatype in ("integer", "float") and prop.unit != meta.get("unit"):
            yield "unit", prop.unit, meta.get("unit")
        if domain == "select" and meta.get("options") != list(dict.fromkeys(prop.options)):
            yield "options", prop.options, meta.get("options")
        if not meta["device"]["name"] == device.name.strip():
            yield "device", device.name, meta["device"]["name"]
        status = (self.tree.document("availability", name) or {}).get("status")
        if (status == "online") != (device.state == "ready"):
            yield "availability", device.state, status

    @staticmethod
    def agree(prop, wanted, document):
        found = document.get("state")
        if prop.datatype == "json":  # the document is in the attributes
            said = json.loads(prop.value)
            return found == "json" and said.items() <= document.items()
        if wanted == "":  # a sensor has no empty text, and Home Assistant's announcement does not say that a NUL is one
            return found in ("", None, "\0")
        if prop.datatype == "datetime":
            return found is not None and same(wanted.replace("Z", "+00:00"), found.replace("Z", "+00:00"))
        if prop.datatype == "enum" and wanted == "none":  # reads as unknown, as in Home Assistant's select
            return found in ("none", None)
        return same(wanted, found)

    def command(self, prop, name):
        """(payload of gable/set/…, payload of <property>/set) that differs from what is now, or None."""
        if prop.datatype == "boolean" and not name.startswith("light."):
            return ("off", "false") if prop.value == "true" else ("on", "true")
        if name.startswith("number."):
            low, high = prop.range
            value = int(high if high is not None else (low or 0) + 1)
            return json.dumps(value), str(value)
        if name.startswith("select.") and prop.options:
            option = next((option for option in prop.options if option != prop.value), prop.options[0])
            return json.dumps({"option": option, "service": "select_option"}), option
        if name.startswith("text.") and prop.datatype == "string":
            return json.dumps({"value": "Hello there", "service": "set_value"}), "Hello there"
        return None

    def commands(self):
        """Every settable property that is an entity is told something, in its own form."""
        found, sent = self.entities(), {}
        since = self.house.watcher.mark()
        for device in self.devices:
            for prop in device.properties:
                if device.state != "ready" or not prop.settable or prop.topic not in found:
                    continue
                name, _ = found[prop.topic]
                told = self.command(prop, name)
                if told:
                    sent[prop.topic + "/set"] = (name, *told)
        self.feeder.send([(self.house.topic("set", name), payload, False) for name, payload, _ in sent.values()])
        heard = {}

        def all_heard():
            heard.update((message.topic, message.text) for message in self.house.watcher.seen("homie/#", since=since)
                         if message.topic.endswith("/set"))
            return sent.keys() <= heard.keys()
        try:
            wait_until(all_heard, 20, "")
        except AssertionError:
            pass
        wrong = [f"{name} {payload}: expected {wanted!r} at {topic}, found {heard.get(topic)!r}"
                 for topic, (name, payload, wanted) in sent.items()
                 if heard.get(topic) != wanted and not same_number(heard.get(topic), wanted)]
        print(f"{len(sent)} commands", flush=True)
        self.assertEqual(wrong[:10], [], f"{len(wrong)} of {len(sent)}")

    def test_devices_that_are_there(self):
        self.feeder.send([(topic, payload, True) for topic, payload in self.retained.items() if topic.startswith("homie/")])
        self.house.start_hub(wait=False)
        self.settled()
        self.compare()
        self.commands()

    def test_devices_that_come(self):
        """In the order in which they really spoke."""
        self.house.start_hub(wait=False)
        # Some of it is not retained: who is not there yet does not hear it.
        self.house.watcher.wait_latest("gable/hub/status", {"status": "online"}, SECONDS)
        spoken = [line for line in self.lines if is_ours(line) and not line["topic"].endswith("/set")]
        self.feeder.send([(line["topic"], line["payload"], line["retain"]) for line in spoken])
        self.settled()
        # What was said last counts, retained or not.
        self.devices = homie_reading.read({line["topic"]: line["payload"] for line in spoken if line["payload"] != ""})
        self.compare()
        alerts = [problem for problem in self.tree.of("problem").values() if b"Lamp does not answer" in problem]
        self.assertEqual(len(alerts), 1, self.tree.of("problem"))

    def test_the_same_in_home_assistants_way(self):
        """What a bridge of others has made of the same devices, read without Homie: equal values."""
        values = [(topic, payload, True) for topic, payload in self.retained.items() if topic.startswith("homie/")]
        announced = {topic: json.loads(payload) for topic, payload in self.retained.items()
                     if topic.startswith("homeassistant/")}
        self.feeder.send([(topic, json.dumps(config), True) for topic, config in announced.items()] + values)
        self.house.start_hub(config="discovery: {homie: false}\n", wait=False)
        self.settled()
        by_unique = {json.loads(payload)["source"].split("/", 2)[2]: name
                     for name, payload in self.tree.of("meta").items()}
        by_topic = {prop.topic: prop for device in self.devices for prop in device.properties}
        tally, compared = Tally(), 0
        for config in (part for config in announced.values() for part in config.get("components", {"": config}).values()):
            prop = by_topic.get(config.get("state_topic"))
            if prop is None:
                continue
            name = by_unique.get(config["unique_id"])
            document = name and self.tree.document("state", name)
            compared += 1
            wanted = homie_reading.expected_state(prop)
            agree = document and (self.agree(prop, wanted, document) or same_value(wanted, document.get("state")))
            tally.add(config["state_topic"], prop.datatype, [] if agree
                      else [("state", wanted, document and document.get("state"))])
        print(f"{compared} values compared", flush=True)
        self.assertFalse(tally, f"\n{tally}")


def same_number(found, wanted):
    try:
        return float(found) == float(wanted)
    except (TypeError, ValueError):
        return False


def same_value(wanted, found):
    return same(wanted, found) or same_number(found, wanted)


def main():
    if data_folder("discovery") is None:
        print("skipped: homie needs the recorded messages (set GABLE_DATA)")
        return SKIPPED
    unittest.main(verbosity=2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
