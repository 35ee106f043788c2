"""A broker that is not ours: mosquitto as Debian ships it, which hands a QoS 1 subscriber 1,020 retained messages and drops the
rest in silence. 300 devices ($GABLE_DISCOVERY_DEVICES: more, or `all`) and their retained states: none is missing.
Needs the recorded data; is skipped by name where that is not there."""
import json
import sys
import unittest

from discovery_corpus import BRIDGE_STATE, Corpus, chosen
from gable_house import Broker, HouseTest
from gable_templates import SKIPPED, data_folder
from gable_tree import Feeder, Tree

SECONDS = 60 if chosen("300") != "all" else 300


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
        with Tree(self.house.broker) as tree:
            self.house.start_hub(wait=False)
            entities = corpus.oracle.entities
            tree.wait(lambda: tree.count("meta") >= len(entities), SECONDS,
                      lambda: f"{tree.count('meta')} of {len(entities)} entities")
            # A value for each whose topic holds one that it understands.
            known = 0
            for entity in entities.values():
                tracker = entity.tracker()
                for topic in entity.state_topics & states.keys():
                    tracker.feed(topic, states[topic])
                known += tracker.state is not None and not entity.disabled
            enabled = sum(not entity.disabled for entity in entities.values())

            def with_value():
                return sum(json.loads(found)["state"] is not None for found in tree.of("state").values())
            tree.wait(lambda: with_value() >= known, SECONDS, lambda: f"{with_value()} of {known} have a value")
            self.assertEqual(with_value(), known)
            tree.wait(lambda: sum(json.loads(found)["status"] == "online" for found in tree.of("availability").values())
                      >= enabled - 1, SECONDS, "not all are online")
            print(f"{len(corpus.announcements)} announcements, {len(states)} retained states: {len(entities)} entities, "
                  f"{known} with a value", flush=True)


if __name__ == "__main__":
    if data_folder("discovery") is None:
        print("skipped: discovery_broker needs the recorded announcements (set GABLE_DATA)")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
