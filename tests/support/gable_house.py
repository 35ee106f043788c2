"""A whole house for black-box tests: broker, hub and bridges in a temporary folder, and a test case around it.

    from gable_house import HouseTest, main

    class Lamp(HouseTest):
        def test_switches_on(self):
            self.house.start(bridges=["virtual"])
            self.house.publish("gable/set/light/desk", "on")
            self.house.wait_state("light.desk", "on")

    main()

Register with gable_python_test(name script.py). Logs' tails are printed when a test fails; a process that is left
behind, or that ends with a bad status, fails the test.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from gable_process import Broker, Process, free_port, program, source, wait_until
from gable_watcher import Message, Watcher, matches, topic_matches

__all__ = ["Broker", "House", "HouseTest", "Message", "Process", "Watcher", "free_port", "main", "matches", "program",
           "source", "topic_matches", "wait_until"]


class House:
    """Nothing runs until it is started. `root`: first level of the topic tree. `broker`: see class Broker."""

    def __init__(self, root="gable", **broker):
        self.root = root
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gable-house-"))
        self.broker = Broker(self.directory / "broker", **broker)
        self.processes = {}  # name → Process, in the order of their start
        self.filters = ["#"]  # of the watcher; narrower where the broker would drop from a long queue
        self._watchers = []
        self._watcher = None

    # ── pieces ──

    def start(self, bridges=(), **hub):
        """Broker, hub and the named bridges, up to their status `online`."""
        self.start_broker()
        self.start_hub(**hub)
        for name in bridges:
            self.start_bridge(name)
        return self

    def start_broker(self):
        if not self.broker.alive:
            self.broker.start()
        return self.broker

    def start_hub(self, config=None, rules=None, arguments=(), wait=True):
        """`config`, `rules`: YAML text. State and rules folders are the house's own."""
        rules_directory = self.directory / "rules"
        rules_directory.mkdir(exist_ok=True)
        if rules is not None:
            (rules_directory / "rules.yaml").write_text(rules)
        command = [program("gable-hub"), "--broker", self.broker.url, "--root", self.root,
                   "--state", self.directory / "state", "--rules", rules_directory, *arguments]
        return self._start("hub", command, config, wait and f"{self.root}/hub/status")

    def start_bridge(self, kind, id=None, config=None, arguments=(), wait=True):
        """gable-bridge-<kind>; `id` is the same by default. `config`: YAML text."""
        id = id or kind
        command = [program(f"gable-bridge-{kind}"), "--broker", self.broker.url, "--root", self.root, "--id", id,
                   "--state", self.directory / f"state-{id}", *arguments]
        return self._start(id, command, config, wait and f"{self.root}/bridge/{id}/status")

    def _start(self, name, command, config, status_topic):
        if config is not None:
            path = self.directory / f"{name}.yaml"
            path.write_text(config)
            command[1:1] = ["--config", path]
        since = self.watcher.mark() if status_topic else 0
        process = self.run(name, command)
        if status_topic:
            def online():
                last = self.watcher.latest(status_topic, since=since)
                if not process.alive:
                    raise AssertionError(f"{name} ended with {process.exit_status}:\n{process.tail()}")
                return last and last.json and last.json.get("status") == "online"
            wait_until(online, 10, lambda: f"{name} is not online, {status_topic} says "
                                           f"{self.watcher.latest(status_topic)}:\n{process.tail()}")
        return process

    def run(self, name, command, **options):
        """Any other program as a part of the house: ended with it, its log printed on failure."""
        process = Process(name, command, self.directory / f"{name}.log", **options)
        self.processes[name] = process
        return process.start()

    def __getitem__(self, name):
        """house["hub"], house["virtual"]: the process."""
        return self.processes[name]

    # ── the broker's view ──

    @property
    def watcher(self):
        """Watches `filters` from its first use on (the broker must run); survives restarts of the broker."""
        if self._watcher is None or self._watcher not in self._watchers:
            self._watcher = self.watch(*self.filters)
        return self._watcher

    def watch(self, *filters, **options):
        watcher = Watcher(self.broker, *filters, **options)
        self._watchers.append(watcher)
        return watcher

    def publish(self, topic, payload="", **options):
        return self.watcher.publish(topic, payload, **options)

    def retained(self, topic=None):
        """What the broker holds now: {topic: Message}; everything below the root by default."""
        return self.watcher.retained(topic or f"{self.root}/#")

    def topic(self, kind, entity_id):
        """topic("state", "light.desk") → gable/state/light/desk"""
        return "/".join([self.root, kind, *entity_id.split(".", 1)])

    def wait_state(self, entity_id, check, seconds=5):
        """Until the entity's state document is this now; gives the document. A text is the state, a dict some keys."""
        check = {"state": check} if isinstance(check, (str, int, float)) else check
        return self.watcher.wait_latest(self.topic("state", entity_id), check, seconds).json

    def wait_availability(self, entity_id, status, seconds=10):
        return self.watcher.wait_latest(self.topic("availability", entity_id), {"status": status}, seconds).json

    def call(self, topic, payload="", seconds=5):
        """Publishes and waits for the first final answer on a private response topic (as mosquitto_rr does)."""
        reply = f"{self.root}/client/test/{self.watcher.mark()}"
        since = self.watcher.mark()
        self.publish(topic, payload, response_topic=reply, correlation="1")
        return self.watcher.wait_for(
            reply, lambda m: m.json is not None and m.json.get("status") != "accepted", seconds, since).json

    # ── the hub's own record ──

    def journal(self, kind=None):
        """All lines of the hub's journal so far, oldest first; of one kind ("change", "command" …), or all."""
        lines = []
        for path in sorted((self.directory / "state" / "journal").glob("*.jsonl")):
            whole = path.read_bytes().rpartition(b"\n")[0]
            lines += [json.loads(line) for line in whole.splitlines()]
        return [line for line in lines if kind is None or line["k"] == kind]

    # ── the command line ──

    def gable(self, *arguments, status=0, seconds=30):
        """Runs `gable ARGUMENTS` against this house and gives what it printed; `status` is the expected exit status,
        None accepts any."""
        command = [program("gable"), *map(str, arguments), "--broker", self.broker.url, "--root", self.root]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
        assert status is None or done.returncode == status, (
            f"gable {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def gable_json(self, *arguments, **options):
        return json.loads(self.gable(*arguments, "--json", **options))

    # ── end ──

    def stop(self):
        """Ends everything in the reverse order of start; raises the first complaint (see Process.stop)."""
        complaints = []
        self._stop(reversed(self.processes.values()), complaints)
        for watcher in self._watchers:
            watcher.close()
        self._watchers = []
        self._stop([self.broker], complaints)
        if complaints:
            raise complaints[0]

    @staticmethod
    def _stop(processes, complaints):
        for process in processes:
            try:
                process.stop()
            except AssertionError as error:
                complaints.append(error)

    def report(self, lines=40):
        """The logs' tails, and the last messages."""
        parts = [f"── {p.name} (exit status {p.exit_status}) ──\n{p.tail(lines)}"
                 for p in [self.broker, *self.processes.values()]]
        if self._watcher is not None:
            parts.append("── last messages ──\n" + "\n".join(map(str, self._watcher.seen()[-lines:])))
        return "\n".join(parts)

    def close(self):
        """Ends what is still there, however, and removes the folder."""
        for process in [*self.processes.values(), self.broker]:
            process.kill()
        for watcher in self._watchers:
            watcher.close()
        shutil.rmtree(self.directory, ignore_errors=True)


class HouseTest(unittest.TestCase):
    """`self.house` for each test, with `broker_options` and `root` of the class; the broker runs already."""

    root = "gable"
    broker_options = {}
    broker_runs = True
    house = None

    def run(self, result=None):
        result = self.defaultTestResult() if result is None else result
        before = len(result.failures) + len(result.errors)
        self.house = House(self.root, **self.broker_options)
        self._report = ""
        try:
            super().run(result)
            if len(result.failures) + len(result.errors) > before:
                print(f"\n━━ {self.id()} ━━\n{self._report}", file=sys.stderr, flush=True)
        finally:
            self.house.close()
        return result

    def setUp(self):
        self.addCleanup(self._end)
        if self.broker_runs:
            self.house.start_broker()

    def _end(self):
        try:
            self.house.stop()
        finally:
            self._report = self.house.report()


def main():
    unittest.main(verbosity=2)
