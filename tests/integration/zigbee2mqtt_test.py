"""The real zigbee2mqtt with a simulated radio: what it announces is a house, and commands move its devices.

Each command goes to gable/set/…, the simulated device tells what reached it (tests/peers/zigbee_adapter.cjs), its state comes
back through zigbee2mqtt and the hub, and the command's result is `done`. Without zigbee2mqtt the test is skipped and says so.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from gable_house import HouseTest, main, source, wait_until

DEVICES = ("bulb", "outlet", "blind", "door", "floor", "fan", "thermometer")
CONFIGURATION = """
version: 5
mqtt: {{server: 'mqtt://127.0.0.1:{port}', base_topic: zigbee2mqtt}}
serial: {{port: /dev/null, adapter: zstack}}
homeassistant: {{enabled: true}}
frontend: {{enabled: false}}
advanced:
  network_key: [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13]
  pan_id: 6754
  ext_pan_id: [221, 221, 221, 221, 221, 221, 221, 221]
  log_output: [console]
  log_level: warning
devices:
"""

# entity, payload of gable/set/…, what the device must hear (cluster, command, part of its payload), state afterwards
COMMANDS = (
    ("light.bulb", {"state": "on", "brightness": 120}, ("bulb", "genLevelCtrl", "moveToLevelWithOnOff", {"level": 120}),
     {"state": "on", "brightness": lambda value: abs(value - 120) <= 1}),
    ("light.bulb", {"color_temp_kelvin": 4000}, ("bulb", "lightingColorCtrl", "moveToColorTemp", {"colortemp": 250}),
     {"color_mode": "color_temp", "color_temp_kelvin": 4000}),
    ("light.bulb", "off", ("bulb", None, None, {}), {"state": "off"}),
    ("switch.outlet", "on", ("outlet", "genOnOff", "on", {}), {"state": "on"}),
    ("switch.outlet", "toggle", ("outlet", "genOnOff", "off", {}), {"state": "off"}),
    ("cover.blind", "close", ("blind", "closuresWindowCovering", "downClose", {}),
     {"state": "closed", "current_position": 0}),
    ("cover.blind", 35, ("blind", "closuresWindowCovering", "goToLiftPercentage", {"percentageliftvalue": 65}),
     {"state": "open", "current_position": 35}),
    ("lock.door", "lock", ("door", "closuresDoorLock", "lockDoor", {}), {"state": "locked"}),
    ("lock.door", "unlock", ("door", "closuresDoorLock", "unlockDoor", {}), {"state": "unlocked"}),
    ("climate.floor", {"temperature": 23}, ("floor", "hvacThermostat", "write", {"occupiedHeatingSetpoint": 2300}),
     {"temperature": 23}),
    ("fan.fan", "on", ("fan", "genOnOff", "on", {}), {"state": "on"}),
    ("fan.fan", {"percentage": 50}, ("fan", "genLevelCtrl", "moveToLevel", {"level": 127}),
     {"percentage": lambda value: abs(value - 50) <= 1}),
    ("select.outlet_power_on_behavior", "on", ("outlet", "genOnOff", "write", {"startUpOnOff": 1}), {"state": "on"}),
    ("number.floor_load", 500, ("floor", "hvacThermostat", "write", {"elkoLoad": 500}), {"state": 500}),
    ("text.floor_display_text", "Hall", ("floor", "hvacThermostat", "write", {"elkoDisplayText": "Hall"}),
     {"state": "Hall"}),
    ("button.bulb_identify", "press", ("bulb", "genIdentify", "identify", {}), None),
)


def peers():
    """Where tests/peers/install.sh has put zigbee2mqtt."""
    default = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "gable-peers"
    return pathlib.Path(os.environ.get("GABLE_PEERS_DIR") or default)


MODULES = peers() / "node_modules"


class Zigbee2Mqtt:
    """The program in a folder of its own; its devices have the names of DEVICES."""

    def __init__(self, house):
        folder = house.directory / "zigbee2mqtt"
        folder.mkdir()
        names = "".join(f"  '0x00158d00000000{number:02x}': {{friendly_name: {name}}}\n"
                        for number, name in enumerate(DEVICES, 1))
        (folder / "configuration.yaml").write_text(CONFIGURATION.format(port=house.broker.port) + names)
        self.fifo = folder / "reports"
        os.mkfifo(self.fifo)
        adapter = source("tests", "peers", "zigbee_adapter.cjs")
        environment = {"NODE_PATH": str(MODULES), "ZIGBEE2MQTT_DATA": str(folder), "HOME": str(folder)}
        # Its standard input is the pipe that reports are written to; opened for both ways it never ends.
        # Within a working copy of git it would take that for its own source, and build itself anew.
        self.process = house.run("zigbee2mqtt", ["sh", "-c", 'exec node "$1" 0<>"$2"', "sh", adapter, self.fifo],
                                 env=environment, cwd=folder)
        house.watcher.wait_for("zigbee2mqtt/bridge/state", {"state": "online"}, 60)

    def heard(self):
        """What the simulated devices were told so far."""
        lines = (line for line in self.process.output().splitlines() if line.startswith("device "))
        return [json.loads(line.partition(" ")[2]) for line in lines]

    def report(self, name, cluster, **attributes):
        with self.fifo.open("w") as pipe:
            pipe.write(json.dumps({"name": name, "cluster": cluster, "attributes": attributes}) + "\n")


def fits(heard, wanted):
    name, cluster, command, payload = wanted
    return (heard["name"] == name and cluster in (None, heard["cluster"]) and command in (None, heard["command"])
            and payload.items() <= heard["payload"].items())


class Zigbee2MqttTest(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.filters = ["#"]
        self.zigbee = Zigbee2Mqtt(self.house)
        self.house.start_hub()

    def command(self, entity, payload, told, state):
        house, before = self.house, len(self.zigbee.heard())
        result = house.call(house.topic("set", entity), payload if isinstance(payload, (dict, str)) else json.dumps(payload),
                            20)
        self.assertEqual(result.get("status"), "done", result)
        wait_until(lambda: any(fits(heard, told) for heard in self.zigbee.heard()[before:]), 10,
                   lambda: f"{told} did not reach the device, but {self.zigbee.heard()[before:]}")
        if state is not None:
            house.wait_state(entity, state, 10)

    def test_commands_move_devices(self):
        house = self.house
        for entity in sorted({entity for entity, *_ in COMMANDS}):
            house.watcher.wait_for(house.topic("meta", entity), None, 30)
            house.wait_availability(entity, "online", 30)
        for entity, payload, told, state in COMMANDS:
            with self.subTest(entity=entity, payload=payload):
                self.command(entity, payload, told, state)
        self.zigbee.report("thermometer", "msTemperatureMeasurement", measuredValue=2150)
        house.wait_state("sensor.thermometer_temperature", 21.5, 10)
        self.assertEqual(sorted(house.retained("gable/problem/#")), [])
        # It ends by itself: the house goes with it, and comes back.
        self.zigbee.process.stop()
        house.wait_availability("light.bulb", "offline", 20)


def node():
    """A Node that zigbee2mqtt runs on: 20.19 and later can load its modules; Debian 12's own, 18, cannot."""
    found = shutil.which("node")
    version = found and subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    return version and [int(part) for part in version.strip("v\n").split(".")[:2]] >= [20, 19]


if __name__ == "__main__":
    if not (MODULES / "zigbee2mqtt" / "index.js").exists() or not node():
        print(f"skipped: there is no zigbee2mqtt in {peers()}, run tests/peers/install.sh; or no Node of 20.19 or later")
        sys.exit(77)
    main()
