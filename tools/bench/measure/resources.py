"""Rows about memory and time: what the hub needs at rest, how soon it is there, how soon new rules are."""
import json
import time

from gable_process import wait_until
from gable_watcher import Watcher

from .house import House, cpu_seconds, memory_kib, rules_text
from .rows import Row, judged, middle

MIB = 1024


# The hub gives back what its start needed a few seconds after it.
GIVEN_BACK = 25


def at_rest(build, pairs, rules, meters=0):
    with House(build) as house:
        hub = house.whole(pairs=pairs, rules=rules, meters=meters)
        house.load("run", house.base(), pairs=min(pairs, 33), qos=1, rate=200, seconds=1)
        house.settle(hub)
        time.sleep(GIVEN_BACK)
        before = cpu_seconds(hub.pid)
        time.sleep(2)
        return memory_kib(hub.pid) | {"idle_cpu_ms_per_s": (cpu_seconds(hub.pid) - before) * 500}


def memory(build, plan):
    small = at_rest(build, 33, 33)
    meters = 5_000 if plan.large else 1_000
    many = at_rest(build, 33, 33, meters)
    ruled, unruled = at_rest(build, 1_000, 1_000), at_rest(build, 1_000, 0)
    entity = (many["RssAnon"] - small["RssAnon"]) * 1024 / (meters * 4)
    rule = (ruled["RssAnon"] - unruled["RssAnon"]) / 1_000
    return [judged("own memory with 100 entities (RssAnon)", small["RssAnon"] / MIB, most=6, unit="MB",
                   idle_cpu_ms_per_s=small["idle_cpu_ms_per_s"]),
            judged("resident with 100 entities", small["VmRSS"] / MIB, most=18, unit="MB"),
            judged("each further entity", entity / 1000, most=1.5, unit="kB", entities=meters * 4),
            judged("each rule", rule * 1.024, most=10, unit="kB", rules=1_000)]


def until_online(house, root):
    """Seconds from the start of the process to `online` on the broker."""
    since = house.watcher.mark()
    begun = time.monotonic()
    house.processes[root].start()
    message = house.watcher.wait_for(f"{root}/hub/status", {"status": "online"}, 60, since)
    return message.at - begun


def until_command(house, root):
    """Seconds from the start of the process until a state change is answered with a command. The sensor speaks every
    5 ms; the first that the hub hears after it is online is the one."""
    with Watcher(house.broker, "zigbee2mqtt/lamp_00000/set") as lamp:
        since, begun, on = lamp.mark(), time.monotonic(), False
        house.processes[root].start()

        def answered():
            nonlocal on
            on = not on
            lamp.publish("zigbee2mqtt/motion_00000", json.dumps({"battery": 97, "occupancy": on}), qos=0)
            return lamp.latest("zigbee2mqtt/lamp_00000/set", since)
        return wait_until(answered, 60, "no command").at - begun


def start(build, plan):
    with House(build) as house:
        # 100 sensors, 100 lamps: 300 entities, and 700 more of meters.
        hub = house.whole(pairs=100, rules=100, meters=175)
        online, command = [], []
        for _ in range(plan.rounds):
            for measure, times in ((until_online, online), (until_command, command)):
                hub.stop()
                times.append(measure(house, "gable") * 1000)
                house.settle(hub)
    return [judged("start to online, 1,000 entities known", middle(online), most=150, unit="ms",
                   rounds=f"{min(online):.0f}…{max(online):.0f}"),
            Row("start to the first command, 1,000 entities known", "", middle(command), "ms", None,
                {"rounds": f"{min(command):.0f}…{max(command):.0f}"})]


def reload(build, plan):
    with House(build) as house:
        house.whole(pairs=1_000, rules=1_000)
        path, times = house.directory / "gable" / "rules" / "rules.yaml", []
        with Watcher(house.broker, "gable/client/bench/#") as ear:
            for number in range(plan.rounds):
                path.write_text(rules_text(1_000, "z2m").replace("alias: Rule 00500", f"alias: Changed {number}"))
                since, begun = ear.mark(), time.monotonic()
                ear.publish("gable/hub/request/reload", "{}", response_topic="gable/client/bench/reload", correlation="1")
                times.append((ear.wait_for("gable/client/bench/reload", None, 60, since).at - begun) * 1000)
    return [judged("reload of 1,000 rules, one changed", middle(times), most=1000, unit="ms",
                   rounds=f"{min(times):.0f}…{max(times):.0f}")]
