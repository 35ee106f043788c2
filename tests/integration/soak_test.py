"""A busy house, with a fault each minute: after an hour the hub and a bridge have as much memory, as many descriptors and as
many threads as after a few minutes, and everything still works.

How long: GABLE_SOAK, in seconds; a fault every GABLE_SOAK_FAULT seconds. tests/long takes an hour and a minute.
"""
import itertools
import json
import os
import pathlib
import time

from flooder import Flooder
from gable_house import HouseTest, main, wait_until

SECONDS = int(os.environ.get("GABLE_SOAK") or 24)
PERIOD = int(os.environ.get("GABLE_SOAK_FAULT") or 6)
RATE = 2_000   # changes a second
SENSORS = 400  # 5 changes a second of each: none is a flood
WAIT = 60
SLACK = 3_000  # kB that memory may differ between two moments, and …
GROWTH = 1.10  # … this much more: a heap is not compact

HUB = "journal: {days: 1, megabytes: 20}\n"
VIRTUAL = """
devices:
  desk: {kind: light, name: Desk, features: [brightness], transition: 0}
  stairs: {kind: light, name: Stairs, transition: 0}
"""
RULES = """
automation:
  - id: follows
    alias: The stairs follow the desk
    triggers: {trigger: state, entity_id: light.desk}
    actions:
      - action: light.turn_{{ trigger.to_state.state }}
        target: {entity_id: light.stairs}
  - id: counts
    alias: Many sensors wake it
    mode: restart
    triggers:
      - {trigger: numeric_state, entity_id: [sensor.busy_1, sensor.busy_2, sensor.busy_3], above: 50}
    actions:
      - delay: "00:00:01"
      - event: counted
        event_data: {text: "{{ states('sensor.busy_1') }} of {{ trigger.entity_id }}"}
template:
  - sensor:
      - name: Sum
        state: "{{ states('sensor.busy_4') | int(0) + states('sensor.busy_5') | int(0) }}"
"""


def footprint(process):
    folder = pathlib.Path(f"/proc/{process.pid}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    return {"memory": int(status["RssAnon"].split()[0]), "descriptors": len(list((folder / "fd").iterdir())),
            "threads": int(status["Threads"])}


class Soak(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.filters = ["gable/hub/status", "gable/bridge/virtual/status", "gable/client/#"]
        self.house.start_hub(config=HUB, rules=RULES)
        self.house.start_bridge("virtual", config=VIRTUAL)
        self.announce()
        self.flooder = None
        self.addCleanup(self.rest)

    def announce(self):
        for number in range(SENSORS):
            self.house.publish(f"homeassistant/sensor/busy_{number}/config", json.dumps({
                "name": f"Busy {number}", "object_id": f"busy_{number}", "unique_id": f"busy_{number}",
                "unit_of_measurement": "W", "state_topic": f"busy/{number}"}), retain=True, qos=1)

    def work(self):
        messages = [(f"busy/{number}", str((number * 7 + value * 31) % 100)) for value in range(10) for number in range(SENSORS)]
        self.flooder = Flooder(self.house.broker, messages, RATE, "busy").start()

    def rest(self):
        if self.flooder is not None:
            self.flooder.stop()
            self.flooder = None

    # ── faults ──

    def broker_dies(self):
        self.house.broker.restart(kill=True)

    def broker_is_away(self):
        self.house.broker.stop()
        time.sleep(5)
        self.house.broker.start()

    def bridge_dies(self):
        self.house["virtual"].kill()
        self.house["virtual"].start()

    def hub_freezes(self):
        self.house["hub"].pause()
        time.sleep(3)
        self.house["hub"].resume()

    def rules_change(self):
        path = self.house.directory / "rules" / "rules.yaml"
        path.write_text(RULES if "above: 60" in path.read_text() else RULES.replace("above: 50", "above: 60"))
        self.house.gable("reload")

    def works(self):
        """Both are online, and a rule carries on what was commanded."""
        def online():
            held = self.house.retained("gable/+/status") | self.house.retained("gable/bridge/virtual/status")
            return len(held) == 2 and all(m.json["status"] == "online" for m in held.values())
        wait_until(online, WAIT, "hub or bridge is not online")
        for word in ("on", "off"):
            def commanded(word=word):
                return self.house.call("gable/set/light/desk", word, WAIT)["status"] == "done"
            wait_until(commanded, WAIT, "a command is not done")
            wait_until(lambda word=word: self.house.retained("gable/state/light/stairs")["gable/state/light/stairs"].json["state"] == word,
                       WAIT, f"the rule has not switched the stairs {word}")

    def test_nothing_grows(self):
        faults = itertools.cycle([self.broker_dies, self.hub_freezes, self.rules_change, self.broker_is_away])
        rows = []
        begun = time.monotonic()
        self.works()
        self.work()
        while time.monotonic() - begun < SECONDS:
            time.sleep(PERIOD)
            fault = next(faults)
            self.rest()
            fault()
            self.works()
            rows.append({"hub": footprint(self.house["hub"]), "virtual": footprint(self.house["virtual"])})
            print(f"{time.monotonic() - begun:.0f} s, {fault.__name__}: {json.dumps(rows[-1])}", flush=True)
            self.work()
        self.judge(rows)
        self.bridge_dies()
        self.works()

    def judge(self, rows):
        # The first third is for what grows to its size once.
        early, late = rows[len(rows) // 3:len(rows) * 2 // 3], rows[len(rows) * 2 // 3:]
        if not early:
            return
        for name in ("hub", "virtual"):
            for what in ("descriptors", "threads"):
                self.assertLessEqual(max(r[name][what] for r in late), max(r[name][what] for r in early), f"{what} of {name}")
            before, now = (max(r[name]["memory"] for r in part) for part in (early, late))
            self.assertLessEqual(now, before * GROWTH + SLACK, f"memory of {name}, in kB")


if __name__ == "__main__":
    main()
