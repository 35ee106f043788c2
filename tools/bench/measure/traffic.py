"""Rows about messages: latency, throughput, CPU for each event, and that more rules and entities cost nothing."""
from .house import House, cpu_seconds
from .rows import judged, middle, ratios, spread

PLANES = {"z2m": "devices that announce themselves", "bridge": "through a bridge"}


def rounds(count, sides, options):
    """Each side in turn, `count` times. `sides`: {name: (house, base, process)}; gives {name: [result]}, each with
    the CPU time of an event in µs."""
    results = {name: [] for name in sides}
    for _ in range(count):
        for name, (house, base, process) in sides.items():
            before = cpu_seconds(process.pid)
            result = house.load("run", base, **options)
            # Events of the warm-up and of the way back to rest are not counted by the load; in both sides alike.
            result["cpu_us"] = (cpu_seconds(process.pid) - before) / max(result["events"], 1) * 1e6
            results[name].append(result)
    return results


def faults(results):
    return {name: sum(r["lost"] + r["extra"] + r["wrong"] for r in rows) for name, rows in results.items()}


def latency_rows(what, results, floor="echo"):
    out = []
    for key, name, most in (("p50_us", "median", 1.3), ("p99_us", "p99", 1.5)):
        each = ratios(results["hub"], results[floor], key)
        out.append(judged(f"{what}, {name}", middle(each), most=most, rounds=spread(each),
                          hub_us=middle([r[key] for r in results["hub"]]),
                          floor_us=middle([r[key] for r in results[floor]])))
    tail = ratios(results["hub"], results[floor], "p999_us")
    out[-1].detail["p999_ratio"] = middle(tail)
    out[-1].detail["lost_extra_wrong"] = faults(results)
    return out


def latency(build, plan):
    rows = []
    for plane, name in PLANES.items():
        for qos in (0, 1):
            with House(build, plane) as house:
                hub = house.whole(pairs=100, rules=100)
                sides = {"echo": (house, "floor", house.echo("floor", pairs=100, qos=qos)),
                         "hub": (house, house.base(), hub)}
                options = dict(pairs=100, qos=qos, rate=200, seconds=plan.seconds)
                results = rounds(plan.rounds, sides, options)
                rows += latency_rows(f"command after a state change, {name}, QoS {qos}", results)
    return rows


def throughput(build, plan):
    rows = []
    for qos in (0, 1):
        with House(build) as house:
            hub = house.whole(pairs=100, rules=100)
            sides = {"echo": (house, "floor", house.echo("floor", pairs=100, qos=qos)),
                     "hub": (house, house.base(), hub),
                     "same": (house, "same", house.echo("same", pairs=100, qos=qos, same="yes")),
                     "paho": (house, "paho", house.echo("paho", pairs=100, qos=qos, client="paho"))}
            results = rounds(plan.rounds, sides, dict(pairs=100, qos=qos, depth=4, seconds=plan.seconds))
            rows += throughput_rows(qos, results, wrong_documents(house, hub, 100))
    return rows


def wrong_documents(house, hub, pairs):
    """How many lamps the broker does not hold as off: that is how every run leaves them."""
    house.settle(hub)
    held = house.watcher.retained("gable/state/light/#").values()
    return pairs - sum(1 for message in held if (message.json or {}).get("state") == "off")


def throughput_rows(qos, results, wrong):
    rates = {name: middle([r["per_second"] for r in rows]) for name, rows in results.items()}
    paho = middle(ratios(results["paho"], results["echo"], "per_second"))
    rows = []
    for floor, least, name in (("same", 0.9, "a client that says the same"), ("echo", 0.6, "the bare echo")):
        each = ratios(results["hub"], results[floor], "per_second")
        row = judged(f"sustained events, QoS {qos}, of {name}", middle(each), least=least, rounds=spread(each),
                     hub_per_second=rates["hub"], floor_per_second=rates[floor], bare_paho_ratio=paho,
                     lost_extra_wrong=faults(results), wrong_documents=wrong)
        row.met = row.met and row.detail["lost_extra_wrong"]["hub"] == 0 and wrong == 0
        rows.append(row)
    each = ratios(results["hub"], results["echo"], "cpu_us")
    rows.append(judged(f"CPU for an event, saturated, QoS {qos}", middle(each), most=2.5, rounds=spread(each),
                       hub_us=middle([r["cpu_us"] for r in results["hub"]]),
                       floor_us=middle([r["cpu_us"] for r in results["echo"]]),
                       same_ratio=middle(ratios(results["same"], results["echo"], "cpu_us"))))
    return rows


def cpu(build, plan):
    with House(build) as house:
        hub = house.whole(pairs=100, rules=100)
        sides = {"echo": (house, "floor", house.echo("floor", pairs=100, qos=1)),
                 "same": (house, "same", house.echo("same", pairs=100, qos=1, same="yes")),
                 "hub": (house, house.base(), hub)}
        results = rounds(plan.rounds, sides, dict(pairs=100, qos=1, rate=500, seconds=plan.seconds))
    each = ratios(results["hub"], results["echo"], "cpu_us")
    return [judged("CPU for an event, 500 a second, QoS 1", middle(each), most=2.5, rounds=spread(each),
                   hub_us=middle([r["cpu_us"] for r in results["hub"]]),
                   floor_us=middle([r["cpu_us"] for r in results["echo"]]),
                   same_ratio=middle(ratios(results["same"], results["echo"], "cpu_us")))]


def flat(build, plan, what, sizes, furnish):
    """Hubs of several sizes on one broker, against the smallest. `furnish(size)`: arguments of House.whole()."""
    rows = []
    with House(build, "bridge") as house:
        sides, first = {}, f"s{sizes[0]}"
        for size in sizes:
            root = f"s{size}"
            sides[root] = (house, root, house.whole(root=root, **furnish(size)))
        results = rounds(plan.rounds, sides, dict(pairs=1, qos=1, rate=200, seconds=plan.seconds))
    for size in sizes[1:]:
        for key, name in (("p50_us", "median latency"), ("cpu_us", "CPU for an event")):
            each = ratios(results[f"s{size}"], results[first], key)
            rows.append(judged(f"{size:,} {what}, {name}, of {sizes[0]}", middle(each), most=1.1, rounds=spread(each)))
    return rows


def flat_rules(build, plan):
    # The same house for all: 1,000 sensors and lamps.
    return flat(build, plan, "rules", [1, 100, 1000], lambda size: dict(pairs=1000, rules=size))


def flat_entities(build, plan):
    sizes = [10, 1000, 50_000] if plan.large else [10, 1000, 5000]
    return flat(build, plan, "entities", sizes, lambda size: dict(pairs=1, rules=1, meters=max((size - 3) // 4, 1)))


def background(build, plan):
    meters = 500
    with House(build) as house:
        hub = house.whole(pairs=100, rules=100, meters=meters)
        sides = {"echo": (house, "floor", house.echo("floor", pairs=100, meters=meters, qos=1)),
                 "hub": (house, house.base(), hub)}
        options = dict(pairs=100, qos=1, rate=200, seconds=plan.seconds, background=500, meters=meters)
        # A meter's message changes three entities at least: 500 messages are 2,000 readings.
        results = rounds(plan.rounds, sides, options)
    return latency_rows("command under 2,000 readings a second", results)


def storm(build, plan):
    """A burst of what devices say, as after a restart of the broker, while commands are wanted."""
    meters = 12_500 if plan.large else 2_500
    with House(build) as house:
        hub = house.whole(pairs=100, rules=100, meters=meters)
        sides = {"echo": (house, "floor", house.echo("floor", pairs=100, meters=meters, qos=1)),
                 "hub": (house, house.base(), hub)}
        options = dict(pairs=100, qos=1, rate=200, seconds=plan.seconds, background=meters / plan.seconds, meters=meters)
        results = rounds(plan.rounds, sides, options)
    return latency_rows(f"command while {meters * 4:,} entities report within {plan.seconds:g} s", results)
