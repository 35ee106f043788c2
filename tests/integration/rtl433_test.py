"""Thermometers on 433 MHz: the real rtl_433 decodes made-up bits, its own script announces the devices, the hub shows them.

rtl_433 has no radio here and its MQTT output ends with its input, so the test publishes what it printed where it would have
published it. Without rtl_433 and its script the test is skipped and says so.
"""
import json
import pathlib
import shutil
import subprocess
import sys

from gable_house import HouseTest, main

SCRIPT = pathlib.Path("/usr/share/doc/rtl-433/examples/rtl_433_mqtt_hass.py")
EXPIRES = 3  # seconds
# (id, channel, °C, % humidity) of Nexus thermometers
THERMOMETERS = ((90, 1, 21.3, 55), (7, 2, -12.4, 100), (255, 3, 0.0, 1))


def bits(number, channel, celsius, humidity):
    """The 36 bits that the sensor sends, as rtl_433's test input: id, battery, channel, temperature, 1111, humidity."""
    word = (number << 28 | 8 << 24 | (channel - 1) << 24 | (round(celsius * 10) & 0xFFF) << 12 | 0xF << 8 | humidity)
    return "/".join([f"{{36}}{word:09x}"] * 4)


def decoded(thermometer):
    done = subprocess.run(["rtl_433", "-R", "19", "-F", "json", "-y", bits(*thermometer)], capture_output=True, text=True,
                          timeout=30, check=False)
    return json.loads(done.stdout.splitlines()[0])


class Rtl433Test(HouseTest):
    def test_thermometers(self):
        house = self.house
        house.start_hub()
        house.run("script", [sys.executable, SCRIPT, "-p", str(house.broker.port), "-r", "-x", str(EXPIRES), "-d"],
                  expected_exit=-15).wait_line("Received SUBACK", 20)
        heard = [decoded(thermometer) for thermometer in THERMOMETERS]
        for thermometer, event in zip(THERMOMETERS, heard):
            self.assertEqual((event["id"], event["channel"], event["temperature_C"], event["humidity"]), thermometer)
            house.publish("rtl_433/attic/events", event)
        for event in heard:
            name = f"nexus_th_{event['channel']}_{event['id']}"
            meta = house.watcher.wait_for(f"gable/meta/sensor/{name}_{name}_t", None, 10).json
            self.assertEqual((meta["unit"], meta["device_class"], meta["device"]["manufacturer"]),
                             ("°C", "temperature", "rtl_433"))
        for event in heard:
            self.publish(event)
        for event in heard:
            name = f"sensor.nexus_th_{event['channel']}_{event['id']}"
            house.wait_state(f"{name}_{name.partition('.')[2]}_t", {"state": event["temperature_C"]}, 10)
            house.wait_state(f"{name}_{name.partition('.')[2]}_h", {"state": event["humidity"]}, 10)
        # No battery is empty, no sensor silent for longer than it may be … until it is.
        house.wait_availability(f"{name}_{name.partition('.')[2]}_t", "online", 10)
        house.wait_availability(f"{name}_{name.partition('.')[2]}_t", "offline", EXPIRES + 10)
        self.publish(heard[-1])
        house.wait_availability(f"{name}_{name.partition('.')[2]}_t", "online", 10)

    def publish(self, event):
        base = f"rtl_433/attic/devices/{event['model']}/{event['channel']}/{event['id']}"
        for field, value in event.items():
            if field not in ("model", "channel", "id"):
                self.house.publish(f"{base}/{field}", str(value), qos=0)


if __name__ == "__main__":
    if not SCRIPT.exists() or not shutil.which("rtl_433"):
        print("skipped: there is no rtl_433 with its script (apt-get install rtl-433)")
        sys.exit(77)
    main()
