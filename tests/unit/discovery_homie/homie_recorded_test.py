#!/usr/bin/env python3
"""Every recorded Homie message through the hub's reading of Homie, compared with a reading of its own.

Real libraries published the messages: 3 devices of Homie 3, 152 of Homie 4, 153 of Homie 5. They go in as recorded, and
what a broker retained of them in other orders. What is compared: devices, properties with all their attributes,
the entity that each property became, its topics, and what its templates make of the last value. What a bridge for Home
Assistant (npm homie-home-assistant-discovery, recorded beside them) announced of the same devices is compared too.
"""
import json
import lzma
import random
import re
import subprocess
import sys
import unittest

from gable_process import program
from gable_templates import SKIPPED, Renderer, data_folder

FOLDER = data_folder("discovery")
PLAIN = {"integer", "float"}
ORDERS = 2


def read_messages():
    with lzma.open(FOLDER / "homie.messages.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def retained(messages):
    """topic → payload that a broker has in the end."""
    kept = {}
    for message in messages:
        if not message["retain"]:
            continue
        kept[message["topic"]] = message["payload"]
        if message["payload"] == "":
            del kept[message["topic"]]
    return kept


def read_legacy(kept):
    """{base: {"node/property": (datatype, settable, retained, unit, format)}} of Homie 3 and 4."""
    devices = {}
    for topic in kept:
        match = re.fullmatch(r"(homie/[^/]+)/\$homie", topic)
        if not match:
            continue
        base, properties = match.group(1), {}
        for entry in kept[base + "/$nodes"].split(","):
            node = entry.removesuffix("[]")
            elements = [node]
            if entry.endswith("[]"):
                first, last = kept[f"{base}/{node}/$array"].split("-")
                elements = [f"{node}_{number}" for number in range(int(first), int(last) + 1)]
            for name in kept[f"{base}/{node}/$properties"].split(","):
                def said(attribute, default, at=f"{base}/{node}/{name}/$"):
                    return kept.get(at + attribute, default)
                for element in elements:
                    properties[f"{element}/{name}"] = (said("datatype", "string"), said("settable", "false") == "true",
                                                       said("retained", "true") == "true", said("unit", ""), said("format", ""))
        devices[base] = properties
    return devices


def read_five(kept):
    devices = {}
    for topic, payload in kept.items():
        match = re.fullmatch(r"(homie/5/[^/]+)/\$description", topic)
        if match:
            devices[match.group(1)] = {
                f"{node}/{name}": (said["datatype"], said.get("settable", False), said.get("retained", True),
                                   said.get("unit", ""), said.get("format", ""))
                for node, content in json.loads(payload)["nodes"].items()
                for name, said in content.get("properties", {}).items()}
    return devices


def dump(messages, *arguments):
    lines = "".join(json.dumps({"topic": m["topic"], "payload": m["payload"]}) + "\n" for m in messages)
    done = subprocess.run([program("homie_dump"), *arguments], input=lines.encode(), stdout=subprocess.PIPE, check=True,
                          timeout=120)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return {answer["base"]: answer for answer in answers[:-1]}, answers[-1]


def topics_of(config, ending):
    return [value for key, value in config.items() if key.endswith(ending) and key != "json_attributes_topic"]


class Recorded(unittest.TestCase):
    maxDiff = 3000

    @classmethod
    def setUpClass(cls):
        cls.messages = read_messages()
        cls.kept = retained(cls.messages)
        cls.expected = {**read_legacy(cls.kept), **read_five(cls.kept)}
        cls.devices, cls.counts = dump(cls.messages)

    def test_as_recorded(self):
        self.assertEqual(len(self.messages), 11515)
        self.assertEqual((len(read_legacy(self.kept)), len(read_five(self.kept))), (155, 153))
        self.assertEqual(set(self.devices), set(self.expected))
        for base, properties in self.expected.items():
            ours = {name: tuple(rest) for name, *rest in self.devices[base]["properties"]}
            self.assertEqual(ours, properties, base)
        self.assertEqual((self.counts["announced"], self.counts["settled"], self.counts["removed"]), (308, 0, 0))
        self.assertEqual(self.counts["faults"], [])
        self.assertEqual(self.counts["alerts"], {"homie/5/kitchen-light": {"lamp-fault": "Lamp does not answer"}})
        self.assertEqual(self.counts["targets"], {"homie/5/kitchen-light/light/brightness": "20"})
        print(f"{len(self.devices)} devices, {sum(map(len, self.expected.values()))} properties, "
              f"{sum(len(d['components']) for d in self.devices.values())} entities, {self.counts['bytes']} bytes kept")

    def test_in_any_order(self):
        for seed in range(ORDERS):
            messages = [{"topic": topic, "payload": payload} for topic, payload in self.kept.items()]
            random.Random(seed).shuffle(messages)
            # Now and then after each message, so that half of a device is looked at.
            devices, counts = dump(messages, *(["each"] if seed == 0 else []))
            self.assertEqual(counts["faults"], [], seed)
            for base, device in self.devices.items():
                # What is no use to an entity (the range of a sensor) is no change.
                self.assertEqual(devices[base]["device"], device["device"], (seed, base))
                self.assertEqual(devices[base]["components"], device["components"], (seed, base))

    def test_emptied(self):
        gone = [{"topic": topic, "payload": ""} for topic in self.kept]
        random.Random(1).shuffle(gone)
        devices, counts = dump(self.messages + gone)
        self.assertEqual((devices, counts["bytes"]), ({}, 0))

    def test_each_property_is_one_entity(self):
        for base, properties in self.expected.items():
            served = {}
            for component in self.devices[base]["components"]:
                for topic in set(topics_of(component["config"], "state_topic")):
                    self.assertNotIn(topic, served, (base, topic))
                    served[topic] = component
            stats = {topic for topic in served if "/$stats/" in topic}
            self.assertEqual(set(served) - stats, {f"{base}/{name}" for name in properties}, base)
            for name, (datatype, settable, *rest) in properties.items():
                with self.subTest(base=base, property=name):
                    self.check_property(served[f"{base}/{name}"], f"{base}/{name}", datatype, settable, rest)

    def check_property(self, component, topic, datatype, settable, rest):
        held, unit, form = rest
        config, platform = component["config"], component["platform"]
        self.assertEqual(topic + "/set" in topics_of(config, "command_topic"), settable)
        self.assertEqual(config["availability"][-1]["topic"], "/".join(topic.split("/")[:-2]) + "/$state")
        if config["state_topic"] != topic or platform == "light":
            self.assertEqual(platform, "light")
            return
        self.assertEqual(config["qos"], 1 if held else 0)
        allowed = {"boolean": {True: {"switch", "fan"}, False: {"binary_sensor"}}, "enum": {True: {"select"}, False: {"sensor"}},
                   "integer": {True: {"number"}, False: {"sensor"}}, "datetime": {True: {"datetime"}, False: {"sensor"}}}
        allowed["float"] = allowed["integer"]
        self.assertIn(platform, allowed.get(datatype, {True: {"text"}, False: {"sensor"}})[settable])
        if datatype in PLAIN:
            self.assertEqual(config.get("unit_of_measurement", ""), unit)
        if datatype in PLAIN and settable and form:
            low, high, *step = form.split(":")
            self.assertEqual((config["min"], config["max"]), (float(low or -2**53 + 1), float(high or 2**53 - 1)))
            if step:
                self.assertEqual(config["step"], float(step[0]))
        if datatype == "enum":
            self.assertEqual(config["options"], list(dict.fromkeys(form.split(","))))

    def test_platforms_take_them(self):
        for device in self.devices.values():
            for component in device["components"]:
                self.assertEqual(component["faults"], [], component)

    def test_lights(self):
        """Brightness and colour belong to the light of their node. (What is a light is compared with the bridge.)"""
        lights = [c for d in self.devices.values() for c in d["components"] if c["platform"] == "light"]
        both = [c for c in lights if "rgb_command_topic" in c["config"]]
        dimmed = {f"{base}/{name}/set" for base, properties in self.expected.items()
                  for name, (datatype, settable, *_) in properties.items()
                  if settable and datatype in PLAIN and re.fullmatch(r"light(-[^/]+)?/brightness(-[^/]+)?", name)}
        self.assertEqual({c["config"]["brightness_command_topic"] for c in lights
                          if "brightness_command_topic" in c["config"]}, dimmed)
        colours = {f"{base}/{name}" for base, properties in self.expected.items()
                   for name, (datatype, settable, *_) in properties.items() if datatype == "color" and settable}
        in_lights = {c["config"]["rgb_command_topic"].removesuffix("/set") for c in both}
        self.assertEqual({t.rsplit("/", 1)[1] for t in colours - in_lights}, {"color-options"})

    def test_final_values(self):
        """What the entities' templates make of the last values, against the datatype's own meaning."""
        latest = {m["topic"]: m["payload"] for m in self.messages}
        jobs, expected = [], []
        for base, properties in self.expected.items():
            configs = [c["config"] for c in self.devices[base]["components"]]
            for name, (datatype, *_) in properties.items():
                topic = f"{base}/{name}"
                if topic not in latest:
                    continue
                for config in configs:
                    for key in [k for k in config if k.endswith("state_topic") and config[k] == topic]:
                        stem = key.removesuffix("state_topic")
                        template = config.get(stem + "value_template") or "{{ value }}"
                        if not stem and "state_value_template" in config:
                            template = config["state_value_template"]
                            self.assertIn(datatype, PLAIN | {"color"})
                        jobs.append({"template": template, "payload": latest[topic]})
                        meant = self.meaning(latest[topic], datatype, stem, base.startswith("homie/5/"))
                        if not stem and "state_value_template" in config and datatype in PLAIN:
                            meant = config["payload_on"] if float(latest[topic]) else config["payload_off"]
                        expected.append((topic, stem, meant))
        answers = Renderer().render(jobs)
        for job, answer, (topic, stem, meant) in zip(jobs, answers, expected):
            self.assertEqual((answer["outcome"], answer.get("text")), ("text", meant), (topic, stem, job))
        self.assertGreater(len(jobs), 2400)
        print(f"{len(jobs)} final values")

    @staticmethod
    def meaning(payload, datatype, stem, five):
        if datatype == "color" and stem:
            parts = payload.split(",")
            form = {"rgb_": "rgb", "hs_": "hsv", "xy_": "xyz"}[stem]
            if five and parts[0] != form:
                return ""
            return ",".join((parts[1:] if five else parts)[:3 if stem == "rgb_" else 2])
        if datatype == "color":
            black = payload.removeprefix("rgb,") == "0,0,0"
            return ("rgb," if five else "") + ("0,0,0" if black else "255,255,255")
        if datatype == "json":
            return "json"
        return "" if payload == "\0" else payload.strip()

    def test_the_same_devices_through_the_bridge(self):
        """The same properties as the bridge for Home Assistant announces, in the same form, but for what is said here."""
        last = {m["topic"]: m["payload"] for m in self.messages if m["topic"].startswith("homeassistant/device/")}
        compared, gathered = 0, 0
        for payload in last.values():
            announced = json.loads(payload)
            base = announced["device"]["identifiers"][0].removeprefix("homie:")
            device = self.devices[base]
            self.assertEqual(device["device"]["name"], announced["device"]["name"])
            self.assertEqual(device["device"]["identifiers"], announced["device"]["identifiers"])
            ours = {topic: c for c in device["components"] for topic in topics_of(c["config"], "state_topic")}
            for theirs in announced["components"].values():
                topic = theirs["state_topic"]
                if topic.endswith("/$description"):
                    continue
                mine = ours[topic]
                if mine["platform"] == "light" and theirs["platform"] != "light":
                    gathered += 1
                    continue
                self.assertEqual(mine["platform"], theirs["platform"], topic)
                for key in ("command_topic", "payload_on", "payload_off", "unit_of_measurement", "options"):
                    if key in theirs:
                        # A bridge repeats options that were announced twice.
                        said = list(dict.fromkeys(theirs[key])) if key == "options" else theirs[key]
                        self.assertEqual(mine["config"].get(key), said, (topic, key))
                for key in ("min", "max", "step"):
                    if key in theirs:
                        self.assertEqual(mine["config"][key], theirs[key], (topic, key))
                compared += 1
        print(f"{compared} entities as the bridge has them, {gathered} gathered in lights")
        self.assertGreater(compared, 1900)


if __name__ == "__main__":
    if FOLDER is None or not (FOLDER / "homie.messages.jsonl.xz").exists():
        print("skipped: discovery_homie_recorded needs the recorded announcements (set GABLE_DATA)")
        sys.exit(SKIPPED)
    unittest.main()
