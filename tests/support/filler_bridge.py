"""A bridge of many dull sensors, to fill a broker: what it announces never changes."""
import json
import threading

import paho.mqtt.client as mqtt


class FillerBridge:
    """`count` sensors sensor.filler_0000 … of bridge `name`, their state is their number. Announces everything anew
    on every connection, as a bridge must that cannot know what the broker has kept."""

    def __init__(self, broker, count, name="filler", root="gable"):
        self.count, self._base = count, f"{root}/bridge/{name}"
        self._announced = threading.Event()
        self._client = mqtt.Client(f"gable-bridge-{name}", clean_session=True, protocol=mqtt.MQTTv311)
        self._client.will_set(f"{self._base}/status", '{"status":"offline","reason":"connection lost"}', 1, True)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = lambda *_: self._announce()
        self._client.connect("127.0.0.1", broker.port)
        self._client.loop_start()
        assert self._announced.wait(30), "the filler did not connect"

    def _announce(self):
        names = [f"f{number:04}" for number in range(self.count)]
        self._retain("info", {"schema": "bridge/1", "program": "filler", "version": "1"})
        for number, name in enumerate(names):
            self._retain(f"device/{name}", {"schema": "device/1", "name": f"Filler {number}", "entity": {
                "domain": "sensor", "unit": "W", "object_id": f"filler_{number:04}"}})
        for number, name in enumerate(names):
            self._retain(f"state/{name}", {"state": number})
        self._retain("inventory", {"rev": 1, "complete": True, "devices": names})
        self._retain("status", {"status": "online"})
        self._announced.set()

    def _retain(self, rest, document):
        self._client.publish(f"{self._base}/{rest}", json.dumps(document), 1, True)

    def close(self):
        """As a crash: the broker publishes the will."""
        self._client.loop_stop()
        if self._client.socket():
            self._client.socket().close()
