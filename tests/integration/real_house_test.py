"""Thirty days of an inhabited apartment, played as fast as it goes: every change arrives, none is invented.

The recording lies beside the project, in ../shared/data/real-house; a checkout without it skips this by name.
"""
import gzip
import json
import pathlib
import subprocess
import sys

from gable_house import HouseTest, main, program, source, wait_until

RECORDING = pathlib.Path(source("..")) / "shared/data/real-house/events.txt.gz"


def expected():
    """What an independent reading of the file says: last value by entity, and how many times a value changed."""
    last, changes = {}, 0
    with gzip.open(RECORDING, "rt") as lines:
        for line in lines:
            _, _, area, sensor, value, *_ = line.split()
            entity = f"binary_sensor.{area}_{sensor}".lower()
            state = "on" if value in ("ON", "OPEN") else "off"
            changes += last.get(entity) != state
            last[entity] = state
    return last, changes


class RealHouseTest(HouseTest):
    def journal_changes(self):
        count = 0
        for path in (self.house.directory / "state" / "journal").glob("*.jsonl"):
            with open(path) as lines:
                count += sum('"k":"change"' in line and '"by":"device:play/' in line for line in lines)
        return count

    def test_every_change_arrives_once(self):
        self.house.filters = ["gable/hub/#", "gable/bridge/+/status", "gable/problem/#", "gable/availability/#"]
        self.house.start()
        last, changes = expected()
        self.assertEqual((len(last), changes), (12, 61_548))
        done = subprocess.run(
            [program("gable"), "play", RECORDING, "--speed", "max", "--broker", self.house.broker.url],
            capture_output=True, text=True, timeout=500, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        print(done.stdout.strip().splitlines()[-1], file=sys.stderr)
        wait_until(lambda: self.journal_changes() >= changes, 60, "the journal to hold every change")
        self.assertEqual(self.journal_changes(), changes)
        rows = json.loads(subprocess.run(
            [program("gable"), "ls", "--json", "--broker", self.house.broker.url],
            capture_output=True, text=True, timeout=60, check=True).stdout)
        # The player is gone, so its entities are unavailable; what they last said is in the history.
        self.assertEqual({row["entity_id"] for row in rows if row["source"].startswith("play/")}, set(last))
        for entity, state in last.items():
            points = json.loads(subprocess.run(
                [program("gable"), "history", entity, "--json", "--broker", self.house.broker.url],
                capture_output=True, text=True, timeout=60, check=True).stdout)
            points = points if isinstance(points, list) else points["points"]
            self.assertEqual(points[-1]["state"], state, entity)


if not RECORDING.exists():
    print(f"skipped: real_house_test needs {RECORDING}")
    sys.exit(77)
main()
