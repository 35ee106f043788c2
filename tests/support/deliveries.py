"""Commands whose effects are counted where nobody can err: by the server that takes a bridge's messages.

    class Kills(DeliveryTest):
        def test_it(self):
            self.begin(bridge="http://…")      # commands flow from now on
            …faults…
            self.judge()                      # whatever happened: no command twice, no two endings, done is done

The bridge is notify. Commands come three ways: to the hub, to the bridge itself, and from a rule. What is sent while
nobody is there to take it is lost, and has no ending.
"""
import collections
import http.server
import json
import random
import threading
import time

from gable_house import HouseTest, wait_until

PACE = 0.03  # seconds between two commands
WAYS = (("hub", "gable/set/notify/phone"), ("bridge", "gable/bridge/notify/set/phone"), ("rule", "doorbell/ring"))
FILTERS = ["gable/result/notify/phone", "gable/bridge/notify/result/phone", "gable/+/status", "gable/bridge/notify/status",
           "gable/availability/notify/phone"]
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


class Receiver:
    """Takes messages and counts them, sometimes slowly."""

    def __init__(self, host):
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
        self.server = http.server.ThreadingHTTPServer((host, 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f"http://{host}:{self.server.server_port}/"

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class DeliveryTest(HouseTest):
    """The broker runs; hub and bridge are the test's to start."""

    def receive(self, host="127.0.0.1"):
        """The server; gives the bridge's configuration."""
        self.server = Receiver(host)
        self.addCleanup(self.server.close)
        self.house.filters = FILTERS
        target = {"kind": "webhook", "url": self.server.url, "burst": 1000, "pause": "1ms", "waiting": 1000, "retry": "200ms"}
        return json.dumps({"targets": {"phone": target}})

    def begin(self):
        """Commands flow from now on."""
        self.house.wait_availability("notify.phone", "online", 20)
        self.stopped = threading.Event()
        self.worker = threading.Thread(target=self._work)
        self.worker.start()
        self.addCleanup(self.end)

    def _work(self):
        number = 0
        while not self.stopped.wait(PACE):
            number += 1
            way, topic = WAYS[number % len(WAYS)]
            text = f"{way}-{number}"
            self.house.publish(topic, text if way == "rule" else {"service": "send_message", "message": text, "_id": text})
        self.sent = number

    def end(self):
        self.stopped.set()
        self.worker.join()

    def judge(self, what):
        """Ends the commands, waits until nothing more is delivered, and looks at what became of them."""
        self.end()
        self.house.wait_availability("notify.phone", "online", 90)
        self._quiet()
        taken = self.server.taken
        self.assertEqual({text: times for text, times in taken.items() if times > 1}, {}, "delivered more than once")
        told = {"hub": self._finals("gable/result/notify/phone"), "bridge": self._finals("gable/bridge/notify/result/phone")}
        for way, endings in told.items():
            self._judge_way(way, endings)
        rules = sum(times for text, times in taken.items() if text.startswith("rule-"))
        print(f"{what}; {self.sent} commands, {rules} of them delivered by the rule", flush=True)
        self.assertGreater(len(taken), self.sent / 20)

    def _judge_way(self, way, endings):
        taken = self.server.taken
        ids = [f"{way}-{n}" for n in range(1, self.sent + 1) if WAYS[n % len(WAYS)][0] == way]
        self.assertEqual({id: ends for id, ends in endings.items() if len(ends) > 1}, {}, "two endings")
        done = {id for id in ids if ("done", None) in endings.get(id, ())}
        self.assertEqual({id for id in done if not taken[id]}, set(), "called done, and not delivered")
        unnamed = [id for id in ids if not endings.get(id)]
        print(f"by the {way}: {len(ids)} sent, {len(done)} done, {len(endings.keys() & set(ids)) - len(done)} failed, "
              f"{len(unnamed)} without an ending ({sum(taken[id] for id in unnamed)} of them delivered), "
              f"{sum(taken[id] for id in ids)} delivered", flush=True)

    def _finals(self, topic):
        """{id: the different endings that were told}"""
        found = collections.defaultdict(set)
        for message in self.house.watcher.seen(topic):
            if message.json["status"] != "accepted":
                found[message.json["id"]].add((message.json["status"], message.json.get("code")))
        return found

    def _quiet(self, seconds=60):
        last = [None, time.monotonic()]

        def still():
            now = sum(self.server.taken.values())
            if now != last[0]:
                last[:] = [now, time.monotonic()]
            return time.monotonic() - last[1] > 6
        wait_until(still, seconds, "messages are still being delivered")
