"""Everybody else's commands while one source says half of what the broker alone carries."""
import time

from .house import House, memory_kib
from .rows import judged, middle, ratios, spread
from .traffic import faults

PLACE = "gable"  # the hub hears the flood, as a bridge's; the echo does not, which makes its figure the better one


def flood(build, plan):
    rows = []
    for what, meters in (("one device", 1), ("2,000 devices of a bridge", 2000)):
        with House(build) as house:
            hub = house.whole(pairs=100, rules=100)
            house.load("house", PLACE, plane="bridge", pairs=0, meters=meters)
            house.settle(hub)
            sides = {"echo": ("floor", house.echo("floor", pairs=100, qos=1)), "hub": (house.base(), hub)}
            most = house.load("flood", "carried", plane="bridge", meters=meters, qos=0, seconds=plan.seconds)["per_second"]
            results = {name: [] for name in sides}
            before = memory_kib(hub.pid)["RssAnon"]
            for _ in range(plan.rounds):
                for name, (base, process) in sides.items():
                    with house.flooding(PLACE, plane="bridge", meters=meters, qos=0, seconds=plan.seconds + 2, rate=most / 2):
                        time.sleep(0.5)  # it has begun to be muffled
                        results[name].append(house.load("run", base, pairs=100, qos=1, rate=200, seconds=plan.seconds))
                    house.settle(process)
            grown = memory_kib(hub.pid)["RssAnon"] - before
        each = ratios(results["hub"], results["echo"], "p99_us")
        rows.append(judged(f"command while {what} floods, p99", middle(each), most=2, rounds=spread(each),
                           hub_us=middle([r["p99_us"] for r in results["hub"]]),
                           floor_us=middle([r["p99_us"] for r in results["echo"]]),
                           median_ratio=middle(ratios(results["hub"], results["echo"], "p50_us")), flood_per_second=most / 2,
                           hub_grew_kib=grown, lost_extra_wrong=faults(results)))
    return rows
