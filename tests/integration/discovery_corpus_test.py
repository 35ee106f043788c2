"""Recorded announcements and states of every device that zigbee2mqtt knows, against an independent reading of them.

Broker, hub and messages are real. $GABLE_DISCOVERY_DEVICES: how many devices (`all`: 4,478 and their groups), 40 by default,
chosen by $GABLE_DISCOVERY_SEED. Needs the recorded data; is skipped by name where that is not there.
"""
import collections
import json
import sys
import time

from discovery_commands import canonical, commands
from discovery_compare import Tally, meta_differences, state_differences
from discovery_corpus import BRIDGE_STATE, Corpus, chosen
from discovery_names import in_order
from discovery_oracle import CLIMATE_MODES
from discovery_payloads import Message
from gable_house import HouseTest, wait_until
from gable_templates import SKIPPED, data_folder
from gable_tree import Feeder, Heard, Probe, Tree

DEVICES = chosen("40")
SECONDS = 30 if DEVICES != "all" else 300


class CorpusTest(HouseTest):
    # Our broker saves all it holds after every 100 changes, which tens of thousands of topics make slow.
    broker_options = {"extra": "autosave_interval 1000000"}
    corpus = None

    @classmethod
    def setUpClass(cls):
        cls.corpus = Corpus(DEVICES)

    def setUp(self):
        super().setUp()
        self.house.filters = ["gable/hub/status"]
        self.feeder, self.tree = Feeder(self.house.broker), Tree(self.house.broker)
        self.addCleanup(self.feeder.close)
        self.addCleanup(self.tree.close)
        self.oracle = self.corpus.oracle
        self.ids = {}

    def announce(self, change=None):
        self.feeder.send([(topic, change(payload) if change else payload, True)
                          for topic, payload in dict(self.corpus.announcements).items()])

    def all_described(self):
        wanted = len(self.oracle.entities) + 1  # the probe
        begun = time.monotonic()
        self.tree.wait(lambda: self.tree.count("meta") >= wanted, SECONDS,
                       lambda: f"{self.tree.count('meta')} of {wanted} entities are described; {self.missing()}")
        print(f"{len(self.corpus.announcements)} announcements, {wanted - 1} entities, {len(self.oracle.triggers)} triggers: "
              f"all described after another {time.monotonic() - begun:.1f} s", flush=True)

    def missing(self):
        found = set(self.tree.of("meta"))
        wishes = {name for wish, topics in self.oracle.wishes().items() for name in in_order([wish] * len(topics))}
        return f"missing {sorted(wishes - found)[:5]}, not expected {sorted(found - wishes)[:5]}"

    def find_ids(self):
        """{topic: entity id}; which of several that wish for one id has got it is told by what they say of themselves."""
        metas = self.tree.of("meta")
        for wish, topics in self.oracle.wishes().items():
            names = in_order([wish] * len(topics))
            if not all(name in metas for name in names):
                self.fail(self.missing())
            left = list(topics)
            for name in names:
                meta = json.loads(metas[name])
                best = min(left, key=lambda topic, meta=meta: (
                    self.oracle.entities[topic].config["unique_id"] not in meta["source"]))
                left.remove(best)
                self.ids[best] = name

    def compare_metas(self, change=None):
        tally = Tally()
        for topic, entity in self.oracle.entities.items():
            differences = meta_differences(entity, self.tree.document("meta", self.ids[topic]))
            tally.add(self.ids[topic], entity.platform, differences)
        self.assertFalse(tally, f"\n{tally}")
        wished = {name for name in self.ids.values()}
        self.assertEqual(set(self.tree.of("meta")) - wished, {Probe.ENTITY})
        self.compare_devices()
        # Some thermostats have modes that Home Assistant does not.
        foreign = {topic for topic, entity in self.oracle.entities.items()
                   if entity.platform == "climate" and set(entity.config.get("modes", [])) - CLIMATE_MODES}
        named = {json.loads(found)["text"].split(": ")[0] for found in self.tree.of("problem").values()}
        self.assertEqual(named, foreign)

    def compare_devices(self):
        """One device here for each there, and the way to it."""
        here, via = {}, {}
        for topic, entity in self.oracle.entities.items():
            device = self.tree.document("meta", self.ids[topic])["device"]
            there = entity.config["device"]["identifiers"][0]
            self.assertEqual(here.setdefault(there, device["id"]), device["id"])
            via[there] = (entity.config["device"].get("via_device"), device.get("via"))
        self.assertEqual(len(set(here.values())), len(here))
        for there, (wanted, found) in via.items():
            self.assertEqual(found, here.get(wanted), f"{there} is reached through {wanted}")

    def states_and_availability(self):
        shown = {name for topic, name in self.ids.items() if not self.oracle.entities[topic].disabled}
        self.assertEqual(set(self.tree.of("state")) - {Probe.ENTITY}, shown, "disabled entities have no state")
        with_topics = {self.ids[topic] for topic, entity in self.oracle.entities.items()
                       if entity.availability_topics and not entity.disabled}
        for payload, wanted in (("", None), ('{"state":"online"}', "online"), ('{"state":"offline"}', "offline"),
                                ('{"state":"online"}', "online")):
            if payload:
                self.feeder.send([(BRIDGE_STATE, payload, True)])
                self.probe.pass_through(SECONDS)
            held = self.tree.of("availability")
            statuses = collections.Counter(json.loads(held[name])["status"]
                                           for name in with_topics) if not wanted else None
            if statuses is not None:
                self.assertNotIn("online", statuses)
                continue
            self.tree.wait(lambda wanted=wanted: all(
                json.loads(found)["status"] == wanted for name, found in self.tree.of("availability").items()
                if name in with_topics), SECONDS, lambda wanted=wanted: f"not all are {wanted}")

    def replay(self):
        """Every state message; after each round every entity that it touched is as the oracle says."""
        trackers, by_topic = {}, collections.defaultdict(list)
        for topic, entity in self.oracle.entities.items():
            trackers[topic] = entity.tracker()
            for state_topic in entity.state_topics:
                by_topic[state_topic].append(topic)
        tally = Tally()
        for lines in self.corpus.rounds():
            self.feeder.send([(line["topic"], line["payload"], False) for line in lines])
            touched = []
            for line in lines:
                message = Message(line["topic"], line["payload"])
                for topic in by_topic[line["topic"]]:
                    trackers[topic].take(message)
                    touched.append(topic)
            self.probe.pass_through(SECONDS)
            self.probe.pass_through(SECONDS)
            for topic in touched:
                name = self.ids[topic]
                tally.add(name, self.oracle.entities[topic].platform,
                          state_differences(trackers[topic], self.tree.document("state", name) or {}))
        print(f"{len(self.corpus.states)} state messages, {tally.compared} states compared", flush=True)
        self.assertFalse(tally, f"\n{tally}")

    def command_all(self):
        """What each entity's device is sent for a command is what Home Assistant's documentation defines."""
        wanted, sent = collections.Counter(), {}
        rounds = collections.defaultdict(list)
        for topic, entity in self.oracle.entities.items():
            for turn, (payload, messages) in enumerate(commands(entity)):
                said = payload if isinstance(payload, str) else json.dumps(payload)
                rounds[turn].append((self.house.topic("set", self.ids[topic]), said, False))
                for target, text in messages:
                    wanted[target, canonical(text)] += 1
                    sent.setdefault(target, []).append(f"{self.ids[topic]} {said}")
        with Heard(self.house.broker, "zigbee2mqtt/#") as heard:
            for turn in sorted(rounds):
                self.feeder.send(rounds[turn])
                self.probe.pass_through(SECONDS)
            self.probe.pass_through(SECONDS)
            self.feeder.send([("zigbee2mqtt/end", "", False)])
            wait_until(lambda: ("zigbee2mqtt/end", "") in heard.messages, SECONDS, "the broker is slow")
            found = collections.Counter((target, canonical(text)) for target, text in heard.messages)
        del found["zigbee2mqtt/end", ""]
        missing, extra = wanted - found, found - wanted
        print(f"{sum(map(len, rounds.values()))} commands, {sum(found.values())} messages", flush=True)
        lines = [f"{len(missing)} messages are missing, {len(extra)} were not expected"]
        lines += [f"  missing {target} {text!r}; sent for it: {sent[target][:3]}" for target, text in list(missing)[:10]]
        lines += [f"  extra {target} {text!r}; sent for it: {sent.get(target, [])[:3]}" for target, text in list(extra)[:10]]
        self.assertFalse(missing or extra, "\n".join(lines))

    def nothing_new(self, kinds=("meta", "state", "availability")):
        self.probe.pass_through(SECONDS)
        self.tree.reset()
        self.announce()
        self.probe.pass_through(SECONDS)
        new = {kind: self.tree.published[kind] for kind in kinds}
        self.assertEqual(new, {**{kind: 0 for kind in kinds}, "state": 1}, f"announcing again changes {dict(self.tree.last)}")

    def enable_all(self):
        """Those that are announced as disabled are announced again, not so: their states are wanted, too."""
        def enabled(payload):
            return payload.replace('"enabled_by_default":false', '"enabled_by_default":true')
        self.announce(enabled)
        for entity in self.oracle.entities.values():
            entity.config["enabled_by_default"] = True
        self.probe.pass_through(SECONDS)
        disabled = [name for name, meta in self.tree.of("meta").items() if json.loads(meta).get("disabled")]
        self.assertEqual(disabled, [])

    def take_back(self):
        """Every topic emptied: nothing is left."""
        self.feeder.send([(topic, "", True) for topic, _ in self.corpus.announcements])
        for kind in ("meta", "state", "availability"):
            self.tree.wait(lambda kind=kind: set(self.tree.of(kind)) == {Probe.ENTITY}, SECONDS,
                           lambda kind=kind: f"of {kind} there is left: {sorted(self.tree.of(kind))[:5]}")
        self.assertEqual(self.tree.of("problem"), {})

    def test_hub_finds_the_house(self):
        self.announce()
        self.house.start_hub(wait=False)
        self.probe = Probe(self.feeder, self.tree, SECONDS)
        self.all_described()
        self.find_ids()
        self.compare_metas()
        self.states_and_availability()
        self.nothing_new()
        self.enable_all()
        self.replay()
        self.command_all()
        self.take_back()

    def test_house_is_announced_to_the_hub(self):
        self.house.start_hub()
        self.announce()
        self.probe = Probe(self.feeder, self.tree, SECONDS)
        self.all_described()
        self.ids = self.oracle.ids()  # in the order in which they came
        self.compare_metas()


def main():
    import unittest
    if data_folder("discovery") is None:
        print("skipped: discovery_corpus needs the recorded announcements (set GABLE_DATA)")
        return SKIPPED
    unittest.main(verbosity=2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
