"""The recorded announcements and states of zigbee2mqtt's devices, all of them or some chosen by a seed.

$GABLE_DISCOVERY_DEVICES: how many devices (`all`: 4,478 and their groups), chosen by $GABLE_DISCOVERY_SEED.
"""
import collections
import json
import lzma
import os
import random

from discovery_oracle import Oracle
from gable_templates import data_folder

SEED = int(os.environ.get("GABLE_DISCOVERY_SEED", "5"))
ALWAYS = {"0x00158d0011151115", "0x00158d00063c063c", "bridge"}  # colliding ids; one announced twice
BRIDGE_STATE = "zigbee2mqtt/bridge/state"


def chosen(default):
    return os.environ.get("GABLE_DISCOVERY_DEVICES", default)


def recorded(name):
    with lzma.open(data_folder("discovery") / name, "rt") as lines:
        return [json.loads(line) for line in lines]


class Corpus:
    """`devices`: how many, or "all"."""

    def __init__(self, devices):
        count = devices
        announcements, states = (recorded(f"z2m.default.{what}.jsonl.xz") for what in ("discovery", "state"))
        devices = sorted({line["device"] for line in announcements} - ALWAYS)
        if count != "all":
            by_kind = collections.defaultdict(set)  # at least one device of each kind
            for line in announcements:
                by_kind[line["topic"].split("/")[1]].add(line["device"])
            chance = random.Random(SEED)
            some = {chance.choice(sorted(found)) for _, found in sorted(by_kind.items())}
            devices = sorted(some | set(chance.sample(devices, int(count))))
        self.devices = set(devices) | ALWAYS
        # One of the recorded topics, …/NJOURF+1/config, no broker takes: wildcards are for subscribers.
        self.announcements = [(line["topic"], line["payload"]) for line in announcements
                              if line["device"] in self.devices and "+" not in line["topic"]]
        self.states = [line for line in states
                       if line["device"] in self.devices and line["topic"] != BRIDGE_STATE]
        self.oracle = Oracle()
        for topic, payload in self.announcements:
            self.oracle.announce(topic, payload)

    def rounds(self):
        """State messages so that no topic comes twice in one."""
        rounds, seen = [], collections.Counter()
        for line in self.states:
            turn = seen[line["topic"]]
            seen[line["topic"]] += 1
            while len(rounds) <= turn:
                rounds.append([])
            rounds[turn].append(line)
        return rounds
