"""A measuring house: a broker of its own on 127.0.0.1, a hub, and echo clients beside it on the same broker."""
import contextlib
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from gable_process import Broker, Process, wait_until
from gable_watcher import Watcher

# As deploy/mosquitto.conf, without persistence: the broker's disk is not what is measured.
BROKER = """
set_tcp_nodelay true
max_queued_messages 0
max_queued_bytes 100000000
max_inflight_messages 200
persistence false
"""
SENSOR = {"z2m": "binary_sensor.motion_{}_occupancy", "bridge": "binary_sensor.motion_{}_motion"}
RULE = """- id: rule_{number}
  alias: Rule {number}
  triggers: {{trigger: state, entity_id: {sensor}, to: ["on", "off"]}}
  actions:
  - if: {{condition: state, entity_id: {sensor}, state: "on"}}
    then: {{action: light.turn_on, target: {{entity_id: light.lamp_{number}}}}}
    else: {{action: light.turn_off, target: {{entity_id: light.lamp_{number}}}}}
"""


def rules_text(count, plane):
    numbers = [f"{i:05}" for i in range(count)]
    return "automation:\n" + "".join(RULE.format(number=n, sensor=SENSOR[plane].format(n)) for n in numbers)


def cpu_seconds(pid):
    """CPU time of all threads, to the nanosecond. Threads that have ended are missing; ours do not end."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def memory_kib(pid):
    """{"RssAnon": …, "VmRSS": …} in KiB."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return {name: int(re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)[1]) for name in ("RssAnon", "VmRSS")}


class House:
    """`plane`: z2m or bridge. `build`: the folder with bin/. Use as a context: it leaves nothing behind."""

    def __init__(self, build, plane="z2m"):
        self.bin = pathlib.Path(build).resolve() / "bin"
        self.plane = plane
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="gable-bench-"))
        self.broker = Broker(self.directory / "broker", config=BROKER).start()
        self.processes = {}
        self._watcher = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._watcher:
            self._watcher.close()
        for process in [*self.processes.values(), self.broker]:
            process.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    # ── the house ──

    def _load_command(self, what, base, plane=None, **options):
        command = [self.bin / "bench_load", what, self.broker.port, plane or self.plane, base]
        for name, value in options.items():
            command += [f"--{name}", value]
        return [str(part) for part in command]

    def load(self, what, base, **options):
        """Runs bench_load and gives what it printed. `plane`: another one than the house's."""
        done = subprocess.run(self._load_command(what, base, **options), capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"bench_load {what}: {done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    @contextlib.contextmanager
    def flooding(self, base, **options):
        """A flood beside what happens meanwhile; it is waited for."""
        process = Process("flood", self._load_command("flood", base, **options), self.directory / "flood.log").start()
        try:
            yield
            if process.wait_exit(60) != 0:
                raise RuntimeError(f"bench_load flood: {process.tail()}")
        finally:
            process.kill()

    def base(self, root="gable"):
        return "zigbee2mqtt" if self.plane == "z2m" else root

    def furnish(self, pairs, meters=0, root="gable"):
        self.load("house", self.base(root), pairs=pairs, meters=meters)

    def hub(self, rules, root="gable", wait=True):
        """Starts a hub with the rules of so many sensors."""
        folder = self.directory / root
        (folder / "rules").mkdir(parents=True, exist_ok=True)
        (folder / "rules" / "rules.yaml").write_text(rules_text(rules, self.plane))
        process = Process(f"hub-{root}", [self.bin / "gable-hub", "--broker", self.broker.url, "--root", root,
                                          "--state", folder / "state", "--rules", folder / "rules"],
                          folder / "hub.log")
        self.processes[root] = process
        process.start()
        if wait:
            wait_until(lambda: self.online(root), 60, lambda: f"the hub is not online:\n{process.tail()}")
        return process

    def first_states(self, pairs, meters=0, root="gable"):
        """Every device says what it is; until the hub has told it all."""
        self.load("states", self.base(root), pairs=pairs, meters=meters)
        self.settle(self.processes[root])

    def whole(self, pairs, rules, meters=0, root="gable"):
        self.furnish(pairs, meters, root)
        process = self.hub(rules, root)
        self.first_states(pairs, meters, root)
        return process

    def echo(self, base="floor", **options):
        """A bare echo client, listening. Options as bench_echo has them."""
        command = [self.bin / "bench_echo", self.broker.port, self.plane, base]
        for name, value in options.items():
            command += [f"--{name}", value]
        process = Process(f"echo-{base}", command, self.directory / f"echo-{base}.log")
        self.processes[base] = process
        process.start().wait_line("^ready", 20)
        return process

    @staticmethod
    def settle(process):
        """Until a process has been at rest for a while."""
        def resting():
            before = cpu_seconds(process.pid)
            time.sleep(0.3)
            return cpu_seconds(process.pid) - before < 0.01
        wait_until(resting, 120, f"{process.name} does not come to rest")

    # ── the broker's view ──

    @property
    def watcher(self):
        if self._watcher is None:
            self._watcher = Watcher(self.broker, "+/hub/status")
        return self._watcher

    def online(self, root):
        last = self.watcher.latest(f"{root}/hub/status")
        return last is not None and last.json is not None and last.json.get("status") == "online" and last
