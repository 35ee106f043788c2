"""The examples of bridges/README.md: what is printed is what is compiled, short as promised, and works."""
import re
import sys
import unittest

from gable_house import HouseTest, main, program, source

LIMITS = {"thermometer.cpp": 20, "relay.cpp": 30, "script_bridge.py": 40}


class Text(unittest.TestCase):
    def test_the_readme_prints_the_files(self):
        blocks = re.findall(r"^```(?:cpp|python)\n(.*?)^```$", source("bridges", "README.md").read_text(), re.S | re.M)
        self.assertEqual(blocks, [source("bridges", "examples", name).read_text() for name in LIMITS])

    def test_they_are_short(self):
        for name, limit in LIMITS.items():
            self.assertLessEqual(len(source("bridges", "examples", name).read_text().splitlines()), limit, name)


class Example(HouseTest):
    def start(self, id, *arguments):
        self.house.start_broker()
        self.watcher = self.house.watcher
        command = [program(f"example-{id}"), "--broker", self.house.broker.url, "--state", self.house.directory / id]
        since = self.watcher.mark()
        self.house.run(id, command + list(arguments))
        self.watcher.wait_for(f"gable/bridge/{id}/status", {"status": "online"}, 20, since)


class Thermometer(Example):
    def test_tells_the_temperature_and_when_it_cannot(self):
        file = self.house.directory / "temperature"
        file.write_text("21500\n")
        self.start("thermometer", "--file", file)
        retained = self.house.retained("gable/bridge/thermometer/#")
        name = lambda topic: topic.removeprefix("gable/bridge/thermometer/")
        self.assertEqual({name(topic) for topic in retained},
                         {"device/cellar", "info", "inventory", "link/cellar", "state/cellar", "status"})
        self.assertEqual(retained["gable/bridge/thermometer/state/cellar"].json["state"], 21.5)

    def test_begins_with_a_file_that_is_not_there(self):
        self.start("thermometer", "--file", self.house.directory / "nothing")
        link = self.watcher.wait_for("gable/bridge/thermometer/link/cellar", {"status": "offline"}).json
        self.assertIn("cannot read", link["reason"])


class Relay(Example):
    def test_obeys_and_answers(self):
        file = self.house.directory / "pin"
        file.write_text("0")
        self.start("relay", "--file", file)
        self.house.publish("gable/bridge/relay/set/pump", {"service": "turn_on", "_id": "c-1"})
        self.watcher.wait_for("gable/bridge/relay/result/pump", {"id": "c-1", "status": "done"})
        self.assertEqual(file.read_text(), "1")
        self.assertEqual(self.watcher.latest("gable/bridge/relay/state/pump").json["state"], "on")
        # Another hand on the pin is seen by the poll.
        file.write_text("0")
        self.watcher.wait_latest("gable/bridge/relay/state/pump", {"state": "off"})
        # The id was seen: nothing happens, also after a restart that came like a crash.
        self.house["relay"].kill()
        del self.house.processes["relay"]
        self.start("relay", "--file", file)
        since = self.watcher.mark()
        self.house.publish("gable/bridge/relay/set/pump", {"service": "turn_on", "_id": "c-1"})
        self.watcher.wait_for("gable/bridge/relay/result/pump", {"id": "c-1", "status": "done"}, since=since)
        self.assertEqual(file.read_text(), "0")

    def test_describes_itself_without_a_broker(self):
        described = self.house.run("described", [program("example-relay"), "--describe", "--state",
                                                 self.house.directory / "described", "--file", "/none"])
        self.assertEqual(described.wait_exit(), 0)
        self.assertIn('{"pump":{"schema":"device/1","name":"Pump","entity":{"domain":"switch"', described.output())


class Script(HouseTest):
    def test_honours_the_contract(self):
        self.house.start_broker()
        watcher, file = self.house.watcher, self.house.directory / "lamp"
        script = [sys.executable, source("bridges", "examples", "script_bridge.py"), file, "127.0.0.1",
                  self.house.broker.port]
        # A command that was stored before the bridge came must not act.
        self.house.publish("gable/bridge/script/set/lamp", "on", retain=True)
        self.house.run("script", script, expected_exit=-15)
        watcher.wait_for("gable/bridge/script/status", {"status": "online"})
        order = [m.topic.split("/", 3)[3] for m in watcher.seen("gable/bridge/script/#") if not m.topic.endswith("set/lamp")]
        self.assertEqual(order, ["info", "device/lamp", "state/lamp", "link/lamp", "inventory", "status"])

        watcher.publish("gable/bridge/script/set/lamp", "on", response_topic="gable/client/me/1", correlation="42")
        answer = watcher.wait_for("gable/client/me/1", {"status": "done"})
        self.assertEqual(answer.properties["CorrelationData"], b"42")
        self.assertEqual(file.read_text(), "on")
        self.command({"service": "toggle", "_id": "t-1"}, {"id": "t-1", "status": "done"})
        self.assertEqual(file.read_text(), "off")
        self.command({"service": "toggle", "_id": "t-1"}, {"id": "t-1", "status": "done"})
        self.assertEqual(file.read_text(), "off")
        for wrong in ('{"state":', "perhaps", {"state": "on", "colour": 1}, {"service": ["x"]}, {"state": None},
                      "[" * 5000, "{" + '"a":{' * 5000):
            self.command(wrong, {"status": "rejected"})
        since = watcher.mark()
        watcher.publish("gable/bridge/script/request/refresh", {"_id": "r"}, response_topic="gable/set/lock/door")
        watcher.wait_for("gable/bridge/script/response/refresh", {"id": "r", "ok": True}, since=since)
        self.assertFalse(watcher.seen("gable/set/#"))

        self.house["script"].kill()
        watcher.wait_for("gable/bridge/script/status", {"status": "offline"}, 15)

    def command(self, payload, result):
        since = self.house.watcher.mark()
        self.house.publish("gable/bridge/script/set/lamp", payload)
        self.house.watcher.wait_for("gable/bridge/script/result/lamp", result, since=since)


main()
