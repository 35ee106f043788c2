"""kill -9 of the hub and of a bridge at random moments, while commands run: whatever happens, no command is carried out
twice, what is called done was done, and nobody is told two different endings.

How many kills: GABLE_KILLS; the seed: GABLE_SEED.
"""
import collections
import os
import random
import time

from deliveries import RULES, DeliveryTest
from gable_house import main

KILLS = int(os.environ.get("GABLE_KILLS") or 20)
SEED = int(os.environ.get("GABLE_SEED") or random.randrange(1_000_000))


class Kills(DeliveryTest):
    def test_no_command_is_carried_out_twice(self):
        config = self.receive()
        self.house.start_hub(rules=RULES)
        self.house.start_bridge("notify", config=config)
        print(f"seed {SEED}", flush=True)
        chance = random.Random(SEED)
        killed = collections.Counter()
        self.begin()
        for _ in range(KILLS):
            time.sleep(chance.random() * 0.6)
            name = chance.choice(["hub", "hub", "notify"])
            self.house[name].kill()
            killed[name] += 1
            since = self.house.watcher.mark()
            self.house[name].start()
            if chance.random() < 0.7:  # else the next kill may meet it while it starts
                topic = "gable/hub/status" if name == "hub" else "gable/bridge/notify/status"
                self.house.watcher.wait_for(topic, {"status": "online"}, 30, since)
        self.judge(f"killed {dict(killed)}")


if __name__ == "__main__":
    main()
