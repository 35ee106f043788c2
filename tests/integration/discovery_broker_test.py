"""A broker that is not ours: mosquitto as Debian ships it, which hands a QoS 1 subscriber 1,020 retained messages and drops the
rest in silence. 300 devices ($GABLE_DISCOVERY_DEVICES: more, or `all`) and their retained states: none is missing.
Needs the recorded data; is skipped by name where that is not there."""
import json
import sys
import unittest

from discovery_corpus import BRIDGE_STATE, Corpus, chosen
from gable_house import Broker, HouseTest
from gable_process import wait_until
from gable_templates import SKIPPED, data_folder
from gable_tree import Feeder, Reader

SECONDS = 60 if chosen("300") != "all" else 120


class ForeignBrokerTest(HouseTest):
    broker_options = {"config": Broker.DEFAULTS}

    def test_nothing_is_missing(self):
        corpus = Corpus(chosen("300"))
        states = {BRIDGE_STATE: '{"state":"online"}'}
        for line in corpus.states:
            if line["sample"] in ("low", "random", "group"):
                states[line["topic"]] = line["payload"]
        with Feeder(self.house.broker) as feeder:
            feeder.send([(topic, payload, True) for topic, payload in corpus.announcements])
            feeder.send([(topic, payload, True) for topic, payload in states.items()])
        self.house.filters = ["gable/hub/status"]
        watcher = self.house.watcher
        self.house.start_hub(wait=False)
        entities = corpus.oracle.entities
        # A value for each whose topic holds one that it understands.
        ids = corpus.oracle.ids()  # who of two gets the `_2` does not matter here
        known = set()
        for announced, entity in entities.items():
            tracker = entity.tracker()
            for topic in entity.state_topics & states.keys():
                tracker.feed(topic, states[topic])
            if tracker.state not in (None, "unknown") and not entity.disabled:
                known.add(ids[announced])
        enabled = sum(not entity.disabled for entity in entities.values())
        with Reader(self.house.broker) as reader:
            def topics(kind):
                return {"/".join(("gable", kind, *each.split(".", 1))) for each in ids.values()}

            def documents(kind):
                found = reader.read(topics(kind))
                return {".".join(topic.split("/")[2:]): json.loads(payload) for topic, payload in found.items()}

            def with_value():
                return {each for each, found in documents("state").items() if found["state"] is not None}

            def online():
                return sum(found["status"] == "online" for found in documents("availability").values())
            watcher.wait_latest("gable/hub/status", {"status": "online"}, SECONDS)
            missing = topics("meta") - reader.read(topics("meta")).keys()
            self.assertFalse(missing, f"{len(missing)} of {len(entities)} are missing: {sorted(missing)[:10]}")
            wait_until(lambda: len(with_value()) >= len(known), SECONDS,
                       lambda: f"no value: {sorted(known - with_value())[:20]}, unexpected: {sorted(with_value() - known)[:20]}")
            self.assertEqual(len(with_value()), len(known))
            wait_until(lambda: online() >= enabled - 1, SECONDS, "not all are online")
            print(f"{len(corpus.announcements)} announcements, {len(states)} retained states: {len(entities)} entities, "
                  f"{len(known)} with a value", flush=True)


if __name__ == "__main__":
    if data_folder("discovery") is None:
        print("skipped: discovery_broker needs the recorded announcements (set GABLE_DATA)")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
