"""Node-RED as a consumer without an adapter: its stock MQTT nodes read and command the virtual house.

The flow that runs is what people draw: a motion sensor's state in, a function, a lamp's `set` topic out. Node-RED is
installed by tests/peers/install.sh; without it the test is skipped and says so.
"""
import json
import os
import pathlib
import shutil
import sys
import urllib.request

from gable_house import HouseTest, free_port, main, source, wait_until

HOUSE = """
seed: 7
speed: 1
people: []
areas:
  hall: {name: Hall}
devices:
  hall_ceiling: {kind: light, name: Hall ceiling, area: hall, features: [brightness], transition: 0}
  hall_night: {kind: light, name: Hall night, area: hall}
  hall_motion: {kind: motion, name: Hall motion, area: hall, hold: 600}
"""
MOTION, LAMP, NIGHT = "binary_sensor.hall_motion", "light.hall_ceiling", "light.hall_night"
NOTES = "notes/node-red"  # where the flow tells what it has read: a topic outside the house's tree


def peers():
    """Where tests/peers/install.sh has put Node-RED."""
    default = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "gable-peers"
    return pathlib.Path(os.environ.get("GABLE_PEERS_DIR") or default)


NODE_RED = peers() / "node_modules" / "node-red" / "red.js"


class NodeRed:
    """A Node-RED with one flow, in a folder of its own; its editor listens on 127.0.0.1 only."""

    def __init__(self, house, nodes):
        self.port = free_port()
        directory = house.directory / "node-red"
        directory.mkdir()
        settings = {"flowFile": "flows.json", "uiHost": "127.0.0.1", "uiPort": self.port, "credentialSecret": False,
                    "disableEditor": True, "telemetry": {"enabled": False, "updateNotification": False},
                    "externalModules": {"autoInstall": False, "palette": {"allowInstall": False}},
                    "logging": {"console": {"level": "info"}}}
        (directory / "settings.js").write_text(f"module.exports = {json.dumps(settings)};\n")
        broker = {"id": "broker", "type": "mqtt-broker", "name": "house", "broker": "127.0.0.1",
                  "port": str(house.broker.port), "protocolVersion": "5", "keepalive": "60", "cleansession": True,
                  "autoConnect": True, "clientid": ""}
        flow = [{"id": "tab", "type": "tab", "label": "Hall"}, broker, *({"z": "tab", **node} for node in nodes)]
        (directory / "flows.json").write_text(json.dumps(flow))
        self.process = house.run("node-red", [shutil.which("node"), NODE_RED, "--userDir", directory,
                                              "--settings", directory / "settings.js"],
                                 env={"NODE_RED_HOME": str(directory), "HOME": str(directory)})
        self.process.wait_line("Connected to broker", 120)

    def flow(self):
        """The flow as it runs."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/flows", headers={"Node-RED-API-Version": "v2"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["flows"]


def mqtt_in(name, topic, to):
    return {"id": name, "type": "mqtt in", "topic": topic, "qos": "1", "datatype": "auto-detect", "broker": "broker",
            "nl": False, "rap": False, "rh": 0, "inputs": 0, "wires": [to]}


def function(name, code, to):
    return {"id": name, "type": "function", "func": code, "outputs": 1, "wires": [to]}


def mqtt_out(name, topic=""):
    return {"id": name, "type": "mqtt out", "topic": topic, "qos": "1", "retain": "", "broker": "broker", "wires": []}


FLOW = [
    # Motion switches the ceiling lamp, as JSON; a stock node has parsed the document already. What was stored before
    # (retained) is not motion.
    mqtt_in("motion", "gable/state/binary_sensor/hall_motion", ["decide"]),
    function("decide", 'if (msg.retain) return null;\n'
                       'return {payload: msg.payload.state === "on" ? {state: "on", brightness: 120} : {state: "off"}};', ["ceiling"]),
    mqtt_out("ceiling", "gable/set/light/hall_ceiling"),
    # Every lamp's state, by wildcard: the night light is what the ceiling is not, as a bare word.
    mqtt_in("lamps", "gable/state/light/+", ["note", "night"]),
    function("night", 'if (!msg.topic.endsWith("hall_ceiling")) return null;\n'
                      'return {topic: "gable/set/light/hall_night", payload: msg.payload.state === "on" ? "off" : "on"};',
             ["out"]),
    function("note", 'return {topic: "notes/node-red", payload: [msg.topic.split("/").pop(), msg.payload.state]};',
             ["out"]),
    mqtt_out("out"),
]


class NodeRedInTheHouse(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.start(bridges=[])
        self.house.start_bridge("virtual", config=HOUSE)
        for lamp in (LAMP, NIGHT):
            self.house.wait_state(lamp, "off", 30)
        self.house.wait_state(MOTION, "off", 30)

    def move(self, state):
        """Makes the motion sensor of the virtual house report this."""
        done = self.house.call("gable/bridge/virtual/request/set_sensor",
                               {"device": "hall_motion", "state": state, "seconds": 600}, 20)
        self.assertIs(done["ok"], True, done)

    def test_motion_switches_a_lamp(self):
        house, watcher = self.house, self.house.watcher
        before = watcher.mark()
        node_red = NodeRed(house, FLOW)
        self.assertEqual(len(node_red.flow()), len(FLOW) + 2)
        # It reads what is there already: both lamps, from the broker's retained messages.
        for lamp in ("hall_ceiling", "hall_night"):
            watcher.wait_for(NOTES, lambda m, lamp=lamp: m.json == [lamp, "off"], 60, before)
        house.wait_state(NIGHT, "on", 60)

        self.move("on")
        house.wait_state(MOTION, "on", 20)
        lit = house.wait_state(LAMP, {"state": "on", "brightness": 120}, 60)
        self.assertEqual(lit["_by"], "mqtt")  # a command from the tree, not the device's own doing
        night = house.wait_state(NIGHT, "off", 60)
        self.assertEqual(night["_by"], "mqtt")
        watcher.wait_for(NOTES, lambda m: m.json == ["hall_ceiling", "on"], 60, before)

        self.move("off")
        dark = house.wait_state(LAMP, "off", 60)
        self.assertEqual(dark["_by"], "mqtt")
        house.wait_state(NIGHT, "on", 60)



if __name__ == "__main__":
    if not NODE_RED.exists() or not shutil.which("node"):
        print(f"skipped: there is no Node-RED in {peers()}: run tests/peers/install.sh")
        sys.exit(77)
    main()
