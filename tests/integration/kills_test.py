"""kill -9 of the hub and of a bridge at random moments, while commands run: whatever happens, no command is carried out
twice, what is called done was done, and nobody is told two different endings.

The bridge is notify, since what it does is counted where nobody can err: by the server that takes the messages. Commands
come three ways: to the hub, to the bridge itself, and from a rule. What is sent while nobody is there to take it is lost, and has no ending.
How many kills: GABLE_KILLS; the seed: GABLE_SEED.
"""
import collections
import http.server
import json
import os
import random
import threading
import time

from gable_house import HouseTest, main, wait_until

KILLS = int(os.environ.get("GABLE_KILLS") or 20)
SEED = int(os.environ.get("GABLE_SEED") or random.randrange(1_000_000))
PACE = 0.03  # seconds between two commands

RULES = """
automation:
  - id: ring
    alias: Ring
    mode: parallel
    max: 100
    triggers: {trigger: mqtt, topic: doorbell/ring}
    actions:
      - action: notify.phone
        data: {message: "{{ trigger.payload }}"}
"""


class Server:
    """Takes messages and counts them, sometimes slowly."""

    def __init__(self):
        self.taken = collections.Counter()
        taken = self.taken

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                taken[json.loads(self.rfile.read(int(self.headers["Content-Length"])))["message"]] += 1
                time.sleep(random.random() * 0.02)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Kills(HouseTest):
    def setUp(self):
        super().setUp()
        self.server = Server()
        self.addCleanup(self.server.close)
        self.house.filters = ["gable/result/notify/phone", "gable/bridge/notify/result/phone", "gable/+/status",
                              "gable/bridge/notify/status", "gable/availability/notify/phone"]
        self.house.start_hub(rules=RULES)
        target = {"kind": "webhook", "url": self.server.url, "burst": 1000, "pause": "1ms", "waiting": 1000, "retry": "200ms"}
        self.house.start_bridge("notify", config=json.dumps({"targets": {"phone": target}}))
        self.house.wait_availability("notify.phone", "online", 20)
        self.stopped = threading.Event()

    def work(self):
        """Sends one command after the other, until it is stopped."""
        ways = (("hub", "gable/set/notify/phone"), ("bridge", "gable/bridge/notify/set/phone"), ("rule", "doorbell/ring"))
        number = 0
        while not self.stopped.wait(PACE):
            number += 1
            way, topic = ways[number % len(ways)]
            text = f"{way}-{number}"
            self.house.publish(topic, text if way == "rule" else
                               {"service": "send_message", "message": text, "_id": text})
        self.sent = number

    def finals(self, topic):
        """{id: the different endings that were told}"""
        found = collections.defaultdict(set)
        for message in self.house.watcher.seen(topic):
            if message.json["status"] != "accepted":
                found[message.json["id"]].add((message.json["status"], message.json.get("code")))
        return found

    def quiet(self, seconds=60):
        """Until nothing more is delivered."""
        last = [None, time.monotonic()]

        def still():
            now = sum(self.server.taken.values())
            if now != last[0]:
                last[:] = [now, time.monotonic()]
            return time.monotonic() - last[1] > 6
        wait_until(still, seconds, "messages are still being delivered")

    def test_no_command_is_carried_out_twice(self):
        print(f"seed {SEED}", flush=True)
        chance = random.Random(SEED)
        worker = threading.Thread(target=self.work)
        worker.start()
        killed = collections.Counter()
        try:
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
        finally:
            self.stopped.set()
            worker.join()
        self.house.wait_availability("notify.phone", "online", 60)
        self.quiet()
        self.check(killed)

    def check(self, killed):
        taken = self.server.taken
        self.assertEqual({text: times for text, times in taken.items() if times > 1}, {}, "delivered more than once")
        told = {"hub": self.finals("gable/result/notify/phone"), "bridge": self.finals("gable/bridge/notify/result/phone")}
        unnamed = {}
        for way in ("hub", "bridge"):
            ids = [f"{way}-{n}" for n in range(1, self.sent + 1) if n % 3 == {"hub": 0, "bridge": 1}[way]]
            endings = told[way]
            self.assertEqual({id: ends for id, ends in endings.items() if len(ends) > 1}, {}, "two endings")
            done = {id for id in ids if ("done", None) in endings.get(id, ())}
            self.assertEqual({id for id in done if not taken[id]}, set(), "called done, and not delivered")
            unnamed[way] = [id for id in ids if not endings.get(id)]
            print(f"by the {way}: {len(ids)} sent, {len(done)} done, {len(endings.keys() & set(ids)) - len(done)} failed, "
                  f"{len(unnamed[way])} without an ending ({sum(taken[id] for id in unnamed[way])} of them "
                  f"delivered), {sum(taken[id] for id in ids)} delivered", flush=True)
        rules = sum(times for text, times in taken.items() if text.startswith("rule-"))
        print(f"killed {dict(killed)}; {self.sent} commands, {rules} of them delivered by the rule", flush=True)
        self.assertGreater(len(taken), self.sent / 20)


if __name__ == "__main__":
    main()
