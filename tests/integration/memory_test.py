"""One allocation of the hub's life fails, whichever: it ends at once, to be started again, or it goes on and answers. It
never hangs, it dies of no signal, and the next life knows what was told to be done.

How many lives: GABLE_MEMORY_LIVES, or `all` for each allocation once (ten minutes); the seed: GABLE_SEED. 77: a sanitizer has the allocator.
"""
import collections
import os
import random
import re
import sys
import time

from gable_house import HouseTest, main, program, wait_until

LIVES = os.environ.get("GABLE_MEMORY_LIVES") or "15"
SEED = int(os.environ.get("GABLE_SEED") or random.randrange(1_000_000))
BEFORE_MAIN = 50  # allocations, about, before main() has made its arrangements
COMMANDS = 10  # of a life
PATIENCE = 20  # seconds for anything; then it hangs
LEVEL = "gable/state/input_number/level"

HUB = """
input_number: {level: {min: 0, max: 1000000, step: 1}}
counter: {steps: {}}
"""
RULES = """
automation:
  - id: follows
    alias: Counts the steps
    triggers: {trigger: state, entity_id: input_number.level}
    conditions: "{{ trigger.to_state.state | float > 0 }}"
    actions:
      - action: counter.increment
        target: {entity_id: counter.steps}
      - event: counted
        event_data: {text: "{{ states('counter.steps') }} of {{ trigger.to_state.state }}"}
"""


class Memory(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.filters = ["gable/hub/status", "gable/client/#", LEVEL]
        rules = self.house.directory / "rules"
        rules.mkdir()
        (rules / "rules.yaml").write_text(RULES)
        config = self.house.directory / "hub.yaml"
        config.write_text(HUB)
        self.command = [program("gable-hub"), "--config", config, "--broker", self.house.broker.url,
                        "--state", self.house.directory / "state", "--rules", rules]
        self.known = self.tried = None  # the last level that was told to be done, and the last that was asked for
        self.level = 0

    def live(self, fail_at):
        """One life of the hub up to its end. Gives how it went: its exit status, and whether an allocation failed."""
        process = self.house.run("hub", self.command, env={
            "LD_PRELOAD": str(program("failing_memory.so")), "GABLE_FAIL_AT": str(fail_at)})
        self.serve(process)
        if process.alive:
            process.terminate()
        status = process.wait_exit(PATIENCE)
        self.assertIn(status, (0, 1), f"allocation {fail_at}: {process.tail()}")
        counted = re.search(r"failing_memory: (\d+) allocations", process.output())
        return status, int(counted[1]) if counted else None

    def serve(self, process):
        watcher = self.house.watcher
        since = watcher.mark()

        def alive_until(condition, what):
            wait_until(lambda: not process.alive or condition(), PATIENCE, lambda: f"{what}:\n{process.tail()}")
            return process.alive
        if not alive_until(lambda: self.online(since), "not online"):
            return
        if self.known is not None:
            held = self.house.retained(LEVEL)[LEVEL].json["state"]
            self.assertTrue(self.known <= held <= self.tried, f"{self.known} … {self.tried} was {held} after the start")
        for _ in range(COMMANDS):
            self.level += 1
            self.tried = self.level
            reply, mark = f"gable/client/test/{self.level}", watcher.mark()
            self.house.publish("gable/set/input_number/level", str(self.level), response_topic=reply, correlation="1")
            if not alive_until(lambda: self.ended(reply, mark), f"no answer to {self.level}"):
                return
            if self.ended(reply, mark)[-1].json["status"] == "done":
                self.known = self.level

    def online(self, since):
        last = self.house.watcher.latest("gable/hub/status", since=since)
        return last is not None and last.json is not None and last.json.get("status") == "online"

    def ended(self, reply, mark):
        return [m for m in self.house.watcher.seen(reply, since=mark) if m.json and m.json["status"] != "accepted"]

    def test_any_allocation_may_fail(self):
        print(f"seed {SEED}", flush=True)
        chance = random.Random(SEED)
        begun = time.monotonic()
        self.live(-1)  # makes the database
        status, count = self.live(-1)
        self.assertEqual(status, 0)
        self.assertGreater(count, 5_000, "the library is not in the way of allocations")
        ends = collections.Counter()
        every = range(BEFORE_MAIN, count)
        for fail_at in every if LIVES == "all" else chance.sample(every, int(LIVES)):
            status, counted = self.live(fail_at)
            ends["went on" if status == 0 else "ended by an error" if counted else "ended at once"] += 1
        self.assertEqual(self.live(-1)[0], 0)
        print(f"{ends.total()} lives of about {count} allocations in {time.monotonic() - begun:.0f} s: {dict(ends)}", flush=True)
        self.assertGreater(ends["ended at once"], 0)


if __name__ == "__main__":
    if os.environ.get("GABLE_SANITIZE"):
        print("skipped: a sanitizer has the allocator")
        sys.exit(77)
    main()
