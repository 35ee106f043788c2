"""The hub and a bridge on machines of their own, whose links to the broker are cut, half open, lossy or reset at random
moments while commands run; the programs are killed in between. The same holds as for kills: no command is carried out twice,
what is called done was done, and nobody is told two different endings.

How many faults: GABLE_LINK_FAULTS; the seed: GABLE_SEED.
"""
import collections
import os
import random
import time

import gable_network
from deliveries import RULES, DeliveryTest
from gable_house import main, program

FAULTS = int(os.environ.get("GABLE_LINK_FAULTS") or 5)
SEED = int(os.environ.get("GABLE_SEED") or random.randrange(1_000_000))
MINE, PORT = "10.77.0.254", 18830  # of the broker, which is where the test is


class Links(DeliveryTest):
    broker_runs = False
    broker_options = {"extra": f"listener {PORT} {MINE}\nallow_anonymous true"}

    def setUp(self):
        super().setUp()
        network = gable_network.Network(f"{MINE}/24")
        self.addCleanup(network.close)
        self.addCleanup(self.house.stop)  # before its network goes
        self.hosts = {name: network.add(name, f"10.77.0.{number}/24") for number, name in ((10, "hub"), (11, "notify"))}
        self.house.start_broker()
        config = self.house.directory / "notify.yaml"
        config.write_text(self.receive(MINE))
        rules = self.house.directory / "rules"
        rules.mkdir()
        (rules / "rules.yaml").write_text(RULES)
        url = f"mqtt://{MINE}:{PORT}"
        self.start("hub", "gable-hub", "--rules", rules, "--broker", url)
        self.start("notify", "gable-bridge-notify", "--config", config, "--broker", url)

    def start(self, name, executable, *arguments):
        self.house.run(name, self.hosts[name].command(
            program(executable), *arguments, "--state", self.house.directory / f"{name}-state"))

    # ── faults: each is over when it returns ──

    def cut(self, name, seconds):
        self.hosts[name].unplug()
        time.sleep(seconds)
        self.hosts[name].plug()

    def half_open(self, name, seconds):
        self.hosts[name].swallow()
        time.sleep(seconds)
        self.hosts[name].deliver()

    def lossy(self, name, seconds):
        self.hosts[name].lose(30)
        time.sleep(seconds)
        self.hosts[name].deliver()

    def reset(self, name, _):
        self.hosts[name].reset(PORT)

    def kill(self, name, _):
        self.house[name].kill()
        self.house[name].start()

    def test_no_command_is_carried_out_twice(self):
        print(f"seed {SEED}", flush=True)
        chance = random.Random(SEED)
        struck = collections.Counter()
        self.begin()
        kinds = [self.half_open, self.cut, self.lossy, self.reset, self.kill]
        for number in range(FAULTS):
            time.sleep(chance.random() * 3)
            fault, name = kinds[number % len(kinds)], chance.choice(["hub", "notify"])
            # Short ones heal before anybody notices, long ones end connections (keep alive 20 s).
            fault(name, chance.choice([0.5, 2, 5, 35 if number % len(kinds) == 0 else 10]))
            struck[f"{fault.__name__} {name}"] += 1
        self.judge(f"struck {dict(struck)}")


if __name__ == "__main__":
    gable_network.enter()
    main()
