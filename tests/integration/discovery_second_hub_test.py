"""What a hub announces in Home Assistant's format, read by another hub on another root: the same entities, the same values,
working commands. And `gable look`, which sees them both."""
import json

from gable_house import HouseTest, main

SECONDS = 20
VIRTUAL = """
devices:
  lamp: {kind: light, name: Lamp, features: [brightness], transition: 0}
  outlet: {kind: switch, name: Outlet}
"""
FIRST = """
announce: {homeassistant: true}
input_boolean: {guests: {name: Guests}}
input_number: {target: {name: Target, min: 5, max: 30, step: 0.5}}
input_select: {mode: {name: Mode, options: [home, away]}}
"""


class SecondHubTest(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.start(config=FIRST)
        self.house.start_bridge("virtual", config=VIRTUAL)
        self.house.wait_availability("light.lamp", "online")
        second = self.house.directory / "second"
        self.house.run("second", [self.house["hub"].command[0], "--broker", self.house.broker.url, "--root", "second",
                                  "--state", second])
        self.house.watcher.wait_latest("second/hub/status", {"status": "online"}, SECONDS)

    def second(self, kind, entity):
        message = self.house.watcher.latest(f"second/{kind}/{entity.replace('.', '/')}")
        return message.json if message and message.payload else None

    def wait_second(self, entity, check):
        return self.house.watcher.wait_latest(f"second/state/{entity.replace('.', '/')}", check, SECONDS)

    def test_the_same_entities_values_and_commands(self):
        self.house.publish("gable/set/light/lamp", json.dumps({"state": "on", "brightness": 100}))
        self.house.wait_state("light.lamp", {"state": "on", "brightness": 100}, SECONDS)
        self.wait_second("light.lamp", {"state": "on", "brightness": 100})
        self.assertEqual(self.second("meta", "light.lamp")["name"], "Lamp")
        self.assertEqual(self.second("availability", "light.lamp")["status"], "online")

        for entity, command, there in [
                ("light.lamp", {"state": "on", "brightness": 200}, ("light.lamp", {"brightness": 200})),
                ("light.lamp", {"state": "off"}, ("light.lamp", {"state": "off"})),
                ("switch.outlet", {"state": "on"}, ("switch.outlet", {"state": "on"})),
                ("switch.guests", {"state": "on"}, ("input_boolean.guests", {"state": "on"})),
                ("number.target", {"state": 21.5}, ("input_number.target", {"state": 21.5})),
                ("select.mode", {"state": "away"}, ("input_select.mode", {"state": "away"}))]:
            with self.subTest(entity=entity, command=command):
                answer = self.command_second(entity, command)
                self.assertEqual(answer["status"], "done", answer)
                self.house.wait_state(there[0], there[1], SECONDS)
                self.wait_second(entity, there[1])

    def command_second(self, entity, command):
        reply = f"second/client/test/{self.house.watcher.mark()}"
        since = self.house.watcher.mark()
        self.house.publish(f"second/set/{entity.replace('.', '/')}", json.dumps(command), response_topic=reply,
                           correlation="1")
        return self.house.watcher.wait_for(
            reply, lambda m: m.json is not None and m.json.get("status") != "accepted", SECONDS, since).json

    def test_nothing_comes_back_to_the_first(self):
        self.wait_second("switch.guests", {"state": "off"})
        names = [topic for topic in self.house.retained("gable/meta/#")]
        self.assertNotIn("gable/meta/switch/guests", names)

    def test_look_names_who_speaks(self):
        self.house.publish("zigbee2mqtt/bridge/info", json.dumps(
            {"version": "2.14.1", "coordinator": {"type": "x"}, "config": {"homeassistant": {"enabled": False}}}),
            retain=True)
        self.house.watcher.barrier(SECONDS)
        found = {row["name"]: row for row in self.house.gable_json("look", "--seconds", "1")["speakers"]}
        self.assertIn("homeassistant: {enabled: true}", found["zigbee2mqtt"]["advice"])
        self.assertGreaterEqual(found["Gable"]["entities"], 5)
        self.assertIn("zigbee2mqtt", self.house.gable("look", "--seconds", "1"))
        self.house.gable("look", "--seconds", "-5", status=2)
        self.house.watcher.wait_latest("gable/problem/discovery.zigbee2mqtt.announce", lambda m: m.json, SECONDS)


main()
