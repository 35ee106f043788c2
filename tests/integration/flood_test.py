"""One device, or all of one bridge's, says as much as it can: everybody else is served as before, the hub does not grow,
and whoever it is is named until it is over."""
import json
import pathlib
import re

from flooder import Flooder
from gable_house import HouseTest, main

SECONDS = 60   # for everything that takes milliseconds on an idle machine
RATE = 12_000  # messages a second; with sanitizers the hub is an order slower than without
COMMANDS = 40
SENSORS = 300
LAST = f"gable/meta/sensor/mad_{SENSORS - 1}"
GROWTH = 60_000  # kB; sanitizers keep what was freed

VIRTUAL = """
devices:
  desk: {kind: light, name: Desk, transition: 0}
"""


def resident(process):
    return int(re.search(r"^VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text(), re.MULTILINE)[1])


class Flood(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.filters = ["gable/hub/status", "gable/bridge/virtual/status", "gable/problem/#", "gable/client/#",
                              "gable/state/light/#", "gable/state/sensor/mad_0", "gable/availability/light/#", LAST]
        self.house.start_hub()
        self.house.start_bridge("virtual", config=VIRTUAL)
        for number in range(SENSORS):
            self.house.publish(f"homeassistant/sensor/mad_{number}/config", json.dumps({
                "name": f"Mad {number}", "object_id": f"mad_{number}", "unique_id": f"mad_{number}",
                "state_topic": f"mad/{number}"}), retain=True)
        self.house.wait_availability("light.desk", "online", SECONDS)
        # The last that was announced is known: so are the others.
        self.house.watcher.wait_for(LAST, None, SECONDS)

    def served(self):
        """Everybody else: each command is done, and its state is told."""
        for number in range(COMMANDS):
            word = "off" if number % 2 else "on"
            answer = self.house.call("gable/set/light/desk", word, SECONDS)
            self.assertEqual(answer["status"], "done", answer)
            self.house.wait_state("light.desk", word, SECONDS)

    def flood(self, messages, problem):
        self.served()
        before = resident(self.house["hub"])
        flooder = Flooder(self.house.broker, messages, RATE).start()
        try:
            named = self.house.watcher.wait_for("gable/problem/flood.mad", lambda m: m.payload, SECONDS)
            self.served()
            grown = resident(self.house["hub"]) - before
        finally:
            sent = flooder.stop()
        self.assertRegex(named.json["text"], problem)
        self.assertLess(grown, GROWTH)
        # What is said last counts, whatever was left out before it.
        self.house.publish("mad/0", "4711")
        self.house.wait_state("sensor.mad_0", "4711", SECONDS)
        self.house.watcher.wait_latest("gable/problem/flood.mad", lambda m: not m.payload, SECONDS)
        self.served()
        print(f"{sent} messages, the hub grew by {grown} kB", flush=True)

    def test_one_device(self):
        self.flood([("mad/0", str(value)) for value in range(100)],
                   r"^mad says about \d+ messages a second, most of them on mad/0; .* last of each tenth")
        lines = [c for c in self.house.journal("change") if c["e"] == "sensor.mad_0"]
        self.assertLess(len(lines), 4 * RATE, "each of them was written down")
        self.assertIn("messages of it were left out", self.house["hub"].output())

    def test_all_devices_of_one_source(self):
        self.flood([(f"mad/{number}", str(value)) for value in range(2) for number in range(SENSORS)],
                   r"^mad says about \d+ messages a second; they are handled after those of all others")


if __name__ == "__main__":
    main()
