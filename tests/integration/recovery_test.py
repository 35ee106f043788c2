"""kill -9 of a bridge, the hub and the broker in turn, and a wiped broker: states, helpers and registry come back
right, nothing appears that was not there, no change is recorded that did not happen, and availability tells the
truth all the while. Once on our broker configuration, once on mosquitto as it is without any."""

from filler_bridge import FillerBridge
from gable_house import HouseTest, main, wait_until

SECONDS = 60  # for everything that takes milliseconds on an idle machine
FILLERS = 400  # × 5 retained topics: twice what a default mosquitto queues for one client

# Nothing in it changes on its own, so that every change has a cause that the test knows.
VIRTUAL = """
seed: 7
areas: {kitchen: {name: Kitchen}}
devices:
  kitchen_ceiling: {kind: light, name: Kitchen ceiling, area: kitchen, features: [brightness], transition: 0}
  hall_ceiling: {kind: light, name: Hall ceiling, transition: 0}
  front_door: {kind: contact, name: Front door, class: door}
  watering: {kind: number, name: Watering, min: 0, max: 60, step: 5, initial: 20}
"""
OWN = {"light.kitchen_ceiling", "light.hall_ceiling", "binary_sensor.front_door", "number.watering"}

HUB = """
house: {name: Test house, time_zone: Europe/Amsterdam}
areas: {kitchen: {name: Kitchen}}
input_boolean:
  guests: {name: Guests}
input_number:
  level: {min: 0, max: 100, step: 5}
  begins_at_40: {min: 0, max: 100, initial: 40}
counter:
  rings: {}
timer:
  laundry: {duration: "10:00:00", restore: true}
"""
# By whom a change was caused is told after a restart, too; when it was last reported is another matter.
BOOKKEEPING = ("_at", "_seq")


def essence(message):
    """What must survive of a retained document of the entity plane."""
    if "/availability/" in message.topic:
        return message.json["status"]
    return {key: value for key, value in message.json.items() if key not in BOOKKEEPING}


class Recovery(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.filters = ["gable/hub/#", "gable/bridge/virtual/#", "gable/+/light/#", "gable/problem/#",
                              "gable/client/#", "gable/desired/#", "gable/+/sensor/filler_0000"]
        self.start_hub()
        self.start_virtual()
        self.filler = FillerBridge(self.house.broker, FILLERS)
        self.addCleanup(self.filler.close)

    # ── pieces ──

    def start_hub(self):
        self.house.start_hub(config=HUB)

    def start_virtual(self):
        self.house.start_bridge("virtual", config=VIRTUAL)

    def plane(self):
        """The hub's retained documents: {topic: essence}."""
        kinds = ("state", "meta", "availability", "problem", "desired", "value")
        held = self.house.retained("gable/#")
        return {t: essence(m) for t, m in held.items() if t.split("/")[1] in kinds}

    def wait_plane(self, expected):
        def differences():
            now = self.plane()
            return [f"{t}: {expected.get(t)} → {now.get(t)}" for t in sorted({*expected, *now})
                    if expected.get(t) != now.get(t)]
        wait_until(lambda: not differences(), SECONDS, lambda: "the tree is not as before:\n" +
                   "\n".join(differences()[:20]))

    def command(self, topic, payload, status="done"):
        answer = self.house.call(f"gable/set/{topic}", payload, SECONDS)
        self.assertEqual(answer["status"], status, answer)

    def changes(self, since):
        """(entity, from, to) of what the journal says has changed after its first `since` changes."""
        return [(c["e"], c.get("from"), c["to"]) for c in self.house.journal("change")[since:]]

    def count(self):
        return len(self.house.journal("change"))

    def assert_changes(self, since, expected):
        """Once the hub has answered it has written down what came before the question."""
        self.command("input_boolean/guests", "on")  # is on already: no change
        self.assertEqual(self.changes(since), expected)

    def availabilities(self):
        held = self.house.retained("gable/availability/#")
        return {t.split("/", 2)[2].replace("/", "."): m.json for t, m in held.items()}

    def wait_available(self, entities, status):
        def wrong():
            now = self.availabilities()
            return {e: now.get(e) for e in entities if now.get(e, {}).get("status") != status}
        wait_until(lambda: not wrong(), SECONDS, lambda: f"not {status}: {list(wrong().items())[:5]}")
        return self.availabilities()

    def everything(self):
        return OWN | {f"sensor.filler_{number:04}" for number in range(FILLERS)}

    # ── the phases ──

    def test_every_part_is_killed_in_turn(self):
        self.furnish()
        self.bridge_dies_and_is_started_at_once()
        self.bridge_dies_for_longer()
        self.hub_dies()
        self.broker_dies()
        self.broker_is_wiped()
        self.all_die_and_the_hub_comes_first()

    def furnish(self):
        self.wait_available(self.everything(), "online")
        self.command("light/kitchen_ceiling", '{"state":"on","brightness":120}')
        self.command("input_boolean/guests", "on")
        self.command("input_number/level", "55")
        self.command("input_number/begins_at_40", "55")
        self.command("counter/rings", "increment")
        self.command("timer/laundry", "start")
        self.house.watcher.wait_latest("gable/state/light/kitchen_ceiling", {"state": "on", "brightness": 120}, SECONDS)
        self.before = self.plane()
        states = [t for t in self.before if t.startswith("gable/state/")]
        self.assertGreater(len(self.before), 1020)
        self.assertEqual(len(states), len(self.everything()) + 5 + self.built_in(), sorted(states)[:50])
        self.assertEqual(self.before["gable/state/input_number/level"]["state"], 55)
        self.assertEqual(self.before["gable/state/timer/laundry"]["state"], "active")
        self.assertEqual([t for t in self.before if t.startswith("gable/problem/")], [])

    def built_in(self):
        """Entities that every house has."""
        return sum(t in self.before for t in ("gable/state/zone/home", "gable/state/sun/sun"))

    def lamp_came_on_again(self, since, earlier=()):
        """A simulated house begins afresh: its lamp is off now, which is a change that did happen."""
        self.house.watcher.wait_latest("gable/state/light/kitchen_ceiling", {"state": "off"}, SECONDS)
        self.command("light/kitchen_ceiling", '{"state":"on","brightness":120}')
        self.house.watcher.wait_latest("gable/state/light/kitchen_ceiling", {"state": "on", "brightness": 120}, SECONDS)
        self.assert_changes(since, [*earlier, ("light.kitchen_ceiling", "on", "off"),
                                    ("light.kitchen_ceiling", "off", "on")])
        self.remember_lamp()

    def remember_lamp(self):
        topic = "gable/state/light/kitchen_ceiling"
        self.before[topic] = essence(self.house.watcher.latest(topic))

    def bridge_dies_and_is_started_at_once(self):
        """Within the will's delay: nobody is told offline."""
        since, lines = self.count(), len(self.house.journal("availability"))
        self.house["virtual"].kill()
        self.start_virtual()
        self.lamp_came_on_again(since)
        self.wait_available(OWN, "online")
        told = {(line["e"], line["to"]) for line in self.house.journal("availability")[lines:]}
        self.assertEqual({t for t in told if t[1] == "offline"}, set())
        self.wait_plane(self.before)

    def bridge_dies_for_longer(self):
        since = self.count()
        self.house["virtual"].kill()
        now = self.wait_available(OWN, "offline")
        for entity in OWN:
            self.assertIn("bridge virtual is offline", now[entity]["reason"])
            self.assertIn("since", now[entity])
        self.assertEqual(now["sensor.filler_0399"]["status"], "online")
        self.house.watcher.wait_for("gable/problem/bridge.virtual.status", {"text": lambda t: "virtual" in t}, SECONDS)
        self.assertEqual(self.house.watcher.latest("gable/state/light/kitchen_ceiling").json["state"], "on")
        answer = self.house.call("gable/set/light/kitchen_ceiling", "on", SECONDS)
        self.assertEqual(answer["code"], "unavailable", answer)
        self.start_virtual()
        self.wait_available(OWN, "online")
        self.lamp_came_on_again(since)
        self.wait_plane(self.before)

    def hub_dies(self):
        since = self.count()
        mark = self.house.watcher.mark()
        self.house["hub"].kill()
        will = self.house.watcher.wait_for("gable/hub/status", {"status": "offline"}, SECONDS, mark)
        self.assertTrue(will.json.get("reason"), will)
        self.start_hub()
        self.assert_helpers_begin()
        self.wait_plane(self.before)
        self.assert_changes(since, self.HELPERS_BEGIN)
        self.assertEqual(self.house.watcher.seen("gable/bridge/virtual/set/#", since=mark), [])

    # As in Home Assistant: `initial` holds at every start, and a timer says anew what remains of it.
    HELPERS_BEGIN = [("input_number.begins_at_40", "55.0", "40.0"), ("timer.laundry", None, "active")]

    def assert_helpers_begin(self):
        number, timer = "gable/state/input_number/begins_at_40", "gable/state/timer/laundry"
        old, new = self.before[timer], essence(self.house.retained(timer)[timer])
        self.assertEqual((new["state"], new["finishes_at"], new["_since"]),
                         (old["state"], old["finishes_at"], old["_since"]))
        self.before[timer] = new
        self.before[number] = essence(self.house.retained(number)[number])
        self.assertEqual(self.before[number]["state"], 40)

    def broker_dies(self):
        """What it had not saved is lost, so that it comes back with yesterday's news, or with none."""
        since = self.count()
        self.house.broker.kill()
        self.house.broker.start()
        self.recovered(since)

    def broker_is_wiped(self):
        since = self.count()
        self.house.broker.stop()
        self.house.broker.wipe()
        self.house.broker.start()
        self.recovered(since)

    def recovered(self, since):
        self.wait_plane(self.before)
        self.assert_changes(since, [])
        self.assertTrue(self.house["hub"].alive and self.house["virtual"].alive)
        self.command("light/hall_ceiling", "on")
        self.command("light/hall_ceiling", "off")
        self.assert_changes(since, [("light.hall_ceiling", "off", "on"), ("light.hall_ceiling", "on", "off")])
        topic = "gable/state/light/hall_ceiling"
        self.before[topic] = essence(self.house.watcher.wait_latest(topic, {"state": "off"}))

    def all_die_and_the_hub_comes_first(self):
        since = self.count()
        for part in (self.house["hub"], self.house["virtual"], self.house.broker):
            part.kill()
        self.house.broker.wipe()
        self.house["hub"].start()
        self.house["hub"].wait_line("no broker at", SECONDS)
        self.house.broker.start()
        self.house["virtual"].start()
        self.wait_available(self.everything(), "online")
        self.assert_helpers_begin()
        self.lamp_came_on_again(since, earlier=[("timer.laundry", None, "active")])
        self.wait_plane(self.before)


class OnOurConfiguration(Recovery):
    pass


class OnDefaults(Recovery):
    broker_options = {"config": "defaults"}

    def furnish(self):
        super().furnish()
        with self.house.watch("gable/state/none") as reader:  # proves that the limit is there to be met
            reader._subscribe(["gable/#"], qos=1)
            reader.barrier(SECONDS)
            self.assertLess(len(reader.seen("gable/#")), len(self.before))


del Recovery  # a pattern, no test of its own


if __name__ == "__main__":
    main()
