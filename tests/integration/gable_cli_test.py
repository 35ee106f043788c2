"""The command line `gable` against a running house."""
import gzip
import itertools
import json
import select
import subprocess

from gable_house import HouseTest, free_port, main, program, wait_until

LINES = """2011-06-15 01:03:39.14962 Bedroom Bedroom ON Sleep
2011-06-15 01:03:40.284526 Bedroom Bedroom OFF Sleep
2011-06-15 01:03:41 Bedroom Bedroom OFF Sleep
2011-06-15 08:00:00 OutsideDoor FrontDoor OPEN Leave_Home
2011-06-15 08:00:01 Kitchen KitchenLight WARM Cook
2011-06-15 08:00:02 Kitchen KitchenLight ON Cook
"""


class CommandLineTest(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.start(bridges=["virtual"])
        self.lamp = "light.kitchen_ceiling"
        self.house.wait_availability(self.lamp, "online")

    def gable(self, *arguments, status=0, seconds=60, broker=None, root=None):
        """Both outputs of a run that ends with this status."""
        command = [program("gable"), *map(str, arguments), "--broker", broker or self.house.broker.url, "--root",
                   root or self.house.root]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, status, f"{arguments}:\n{done.stdout}{done.stderr}")
        return done

    def json(self, *arguments, **options):
        return json.loads(self.gable(*arguments, "--json", **options).stdout)

    def test_ls_names_the_fields_and_filters(self):
        everything = self.json("ls")
        self.assertEqual(
            sorted(everything[0]),
            sorted(["entity_id", "domain", "name", "state", "attributes", "availability", "area", "device", "source",
                    "origin", "last_changed", "last_updated", "last_reported", "description"]))
        lights = self.json("ls", "--domain", "light")
        self.assertEqual(lights, [row for row in everything if row["domain"] == "light"])
        self.assertIn(self.lamp, [row["entity_id"] for row in lights])
        self.assertEqual([row["entity_id"] for row in self.json("ls", "light.kitchen_c*")], [self.lamp])
        table = self.gable("ls", "light.kitchen_c").stdout
        self.assertTrue(table.startswith("ENTITY"), table)
        self.assertNotIn("\x1b", table)

    def test_set_waits_for_the_result(self):
        self.gable("set", self.lamp, "on")
        self.assertEqual(self.gable("get", self.lamp, "state").stdout, "on\n")
        self.gable("set", self.lamp, "brightness=50%")
        self.assertEqual(self.gable("get", self.lamp, "brightness").stdout, "128\n")
        result = self.json("call", "light.turn_off", "--target", self.lamp)
        self.assertEqual(result["status"], "done")
        self.assertEqual(self.json("get", self.lamp)["state"], "off")

    def test_what_cannot_be_done_fails_with_a_reason(self):
        for arguments, words in ((["set", self.lamp, "brightness=999"], "0 to 255"),
                                 (["set", "light.nowhere", "on"], "no light.nowhere"),
                                 (["call", "light.fly", "--target", self.lamp], "no service 'fly'"),
                                 (["get", "light.nowhere"], "gable ls")):
            failed = self.gable(*arguments, status=1)
            self.assertIn(words, failed.stderr)
            self.assertEqual(failed.stdout, "")
        self.gable("set", self.lamp, status=2)

    def test_why_and_history_tell_of_the_command(self):
        self.gable("set", self.lamp, "on")
        chain = self.json("why", self.lamp)["chain"]
        self.assertEqual([line["k"] for line in chain], ["change", "command"])
        self.assertIn("because", self.gable("why", self.lamp).stdout)
        self.assertEqual(self.json("history", self.lamp)["points"][-1]["state"], "on")
        self.assertIn("turn_on", self.gable("logbook", self.lamp).stdout)
        # What is left out because it says nothing new is not counted.
        self.assertEqual(len(self.gable("logbook", "--limit", "2").stdout.splitlines()), 2)
        self.assertEqual(self.json("problems"), [])
        self.assertEqual([bridge["id"] for bridge in self.json("bridges")], ["virtual"])

    def test_watch_shows_changes(self):
        watching = self.house.run("watch", [program("gable"), "watch", self.lamp, "--json", "--broker",
                                            self.house.broker.url])
        changes = lambda: [line for line in watching.tail().splitlines() if '"kind":"state"' in line]
        def switched():
            self.gable("set", self.lamp, "toggle")
            return changes()
        wait_until(switched, 10, watching.tail)
        line = json.loads(changes()[0])
        self.assertEqual(line["entity"], self.lamp)
        self.assertEqual({line["from"], line["to"]}, {"on", "off"})
        self.assertTrue(line["by"].startswith("client:"))

    def test_template_renders_in_the_live_house(self):
        self.gable("set", self.lamp, "on")
        self.assertEqual(self.gable("template", "{{ states('%s') }}" % self.lamp).stdout, "on\n")
        answer = self.json("template", "{{ states('%s') ~ x }}" % self.lamp, "--variables", '{"x": 1}')
        self.assertEqual(answer["text"], "on1")
        self.assertEqual(answer["reads"]["entities"], [self.lamp])
        self.assertIn("ZeroDivisionError", self.gable("template", "{{ 1 / 0 }}", status=1).stderr)
        self.assertIn("did you mean", self.gable("template", "{{ x | flaot }}", status=1).stderr)

    def test_no_broker_and_no_hub_say_what_to_do(self):
        self.assertIn("no broker answers", self.gable("ls", broker=f"mqtt://127.0.0.1:{free_port()}",
                                                      status=1).stderr)
        self.assertIn("deploy/up", self.gable("ls", root="elsewhere", status=1).stderr)

    def test_record_and_play_back_elsewhere(self):
        path = self.house.directory / "record.jsonl.gz"
        self.house.publish("from/there", "text", retain=True)
        self.house.publish("from/here", b"\xff\x00", retain=True)
        self.assertEqual(self.json("record", path, "--filter", "from/#", "--count", 2)["messages"], 2)
        lines = [json.loads(line) for line in gzip.open(path, "rt")]
        self.assertEqual({line["topic"]: line["retain"] for line in lines}, {"from/here": True, "from/there": True})
        mapping = self.house.directory / "map.yaml"
        mapping.write_text("from/: to/\n")
        played = self.json("play", path, "--map", mapping, "--speed", "max")
        self.assertEqual((played["messages"], played["refused"], played["left_out"]), (2, 0, 0))
        kept = self.house.retained("to/#")
        self.assertEqual(kept["to/there"].text, "text")
        self.assertEqual(kept["to/here"].payload, b"\xff\x00")

    def test_play_of_a_house_makes_entities(self):
        path = self.house.directory / "events.txt"
        path.write_text(LINES)
        done = self.gable("play", path, "--speed", "max", "--json")
        self.assertIn("events.txt:5: left out: 'WARM'", done.stderr)
        self.assertEqual(json.loads(done.stdout)["lines"], 5)
        self.assertEqual(self.house.wait_state("binary_sensor.kitchen_kitchenlight", "on")["state"], "on")
        found = {row["entity_id"]: row["state"] for row in self.json("ls") if row["source"].startswith("play/")}
        self.assertEqual(found, {"binary_sensor.bedroom_bedroom": "off", "binary_sensor.outsidedoor_frontdoor": "on",
                                 "binary_sensor.kitchen_kitchenlight": "on"})
        states = [point["state"] for point in self.json("history", "binary_sensor.bedroom_bedroom")["points"]]
        self.assertEqual(states, ["on", "off"])

    def test_play_says_no_more_a_second_than_it_may(self):
        path = self.house.directory / "events.txt"
        path.write_text(LINES)
        played = self.json("play", path, "--speed", "max", "--rate", 20)
        self.assertGreaterEqual(played["seconds"], (played["messages"] - 1) / 20 - 0.02)
        self.assertIn("--rate takes", self.gable("play", path, "--rate", 0, status=2).stderr)

    def test_broker_check_passes_and_leaves_nothing(self):
        before = set(self.house.retained("#"))
        checks = {row["check"]: row["verdict"] for row in self.json("broker-check", seconds=90)["checks"]}
        self.assertEqual({name: verdict for name, verdict in checks.items() if verdict != "ok"}, {})
        self.assertIn("will delay", checks)
        self.assertEqual({topic for topic in set(self.house.retained("#")) - before if "/client/" in topic}, set())

    def test_an_unknown_command_is_named(self):
        self.assertIn("there is no command 'wacth'; did you mean watch?", self.gable("wacth", status=2).stderr)
        self.assertIn("gable get --help", self.gable("get", status=2).stderr)

    def test_what_cannot_be_written_is_not_done(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([program("gable"), "ls", "--broker", self.house.broker.url], stdout=full,
                                  stderr=subprocess.PIPE, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot be written", done.stderr)

    def test_a_watch_ends_with_its_reader(self):
        with subprocess.Popen([program("gable"), "watch", "--broker", self.house.broker.url], stdout=subprocess.PIPE,
                              text=True) as watch:
            self.addCleanup(watch.kill)
            states = itertools.cycle(("on", "off"))
            wait_until(lambda: self.gable("set", self.lamp, next(states)) and
                       select.select([watch.stdout], [], [], 0.2)[0], 20, "a line of gable watch")
            watch.stdout.close()
            wait_until(lambda: self.gable("set", self.lamp, next(states)) and watch.poll() is not None, 20,
                       "the end of gable watch")
            self.assertEqual(watch.returncode, 1)

    def test_completion_scripts(self):
        for shell in ("bash", "zsh", "fish"):
            self.assertIn("broker-check", self.gable("completion", shell).stdout)
        self.gable("completion", "tcsh", status=1)


main()
