"""The tree as a whole, for houses of tens of thousands of entities: what is on it now, and how much was published.

    with Tree(broker) as tree, Feeder(broker) as feeder:
        feeder.send([("topic", "payload", True), …])
        tree.wait(lambda: len(tree.of("meta")) == 34317, 60, "all described")
"""
import collections
import json
import threading

import paho.mqtt.client as mqtt

from gable_process import wait_until


class _Client:
    def __init__(self, broker):
        self._client = mqtt.Client(protocol=mqtt.MQTTv311)
        self._client.max_queued_messages_set(0)
        self._ready = threading.Event()

    def _begin(self, broker):
        self._client.connect("127.0.0.1", broker.port)
        self._client.loop_start()
        assert self._ready.wait(10), "no answer from the broker"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._client.disconnect()
        self._client.loop_stop()


class Tree(_Client):
    """The latest document of each retained topic below the root; read at QoS 0, which no queue limit cuts."""

    def __init__(self, broker, root="gable"):
        super().__init__(broker)
        self._root, self._lock = root + "/", threading.Lock()
        self._kinds = collections.defaultdict(dict)  # "meta" → {"light.x": payload}
        self.published = collections.Counter()       # by kind, since reset()
        self.last = collections.defaultdict(list)    # the latest topics of a kind, since reset()
        self._client.on_connect = lambda client, *_: client.subscribe(root + "/#", 0)
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = self._on_message
        self._begin(broker)

    def _on_message(self, _client, _userdata, message):
        kind, _, rest = message.topic[len(self._root):].partition("/")
        with self._lock:
            self.published[kind] += 1
            self.last[kind] = self.last[kind][-20:] + [rest]
            if message.payload:
                self._kinds[kind][rest.replace("/", ".", 1)] = message.payload
            else:
                self._kinds[kind].pop(rest.replace("/", ".", 1), None)

    def reset(self):
        with self._lock:
            self.published.clear()
            self.last.clear()

    def of(self, kind):
        """{entity id: payload} of one kind: meta, state, availability, problem …"""
        with self._lock:
            return dict(self._kinds[kind])

    def count(self, kind):
        return len(self._kinds[kind])

    def document(self, kind, entity):
        payload = self._kinds[kind].get(entity)
        return None if payload is None else json.loads(payload)

    def wait(self, condition, seconds, what):
        # Looked at from time to time: at every message it would cost the square of a large house.
        wait_until(condition, seconds, what)


class Reader(_Client):
    """What some retained topics hold now: asked for in portions that a broker with default settings hands out whole."""

    PORTION = 300

    def __init__(self, broker):
        super().__init__(broker)
        self._found, self._behind, self._token = {}, threading.Event(), b""
        self._client.on_connect = lambda client, *_: client.subscribe("test/reader", 0)
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = self._on_message
        self._begin(broker)

    def _on_message(self, _client, _userdata, message):
        if message.topic != "test/reader":
            self._found[message.topic] = message.payload
        elif message.payload == self._token:
            self._behind.set()

    def read(self, topics):
        """{topic: payload} of those that are there."""
        self._found = {}
        topics = list(topics)
        for begin in range(0, len(topics), self.PORTION):
            portion = topics[begin:begin + self.PORTION]
            self._behind.clear()
            self._token = str(begin).encode()
            self._client.subscribe([(topic, 0) for topic in portion])
            self._client.unsubscribe(portion)
            self._client.publish("test/reader", self._token)
            assert self._behind.wait(30), "the broker does not answer"
        return self._found


class Feeder(_Client):
    """Publishes much, fast and in order."""

    def __init__(self, broker):
        super().__init__(broker)
        self._client.max_inflight_messages_set(1000)
        self._client.on_connect = lambda *_: self._ready.set()
        self._begin(broker)

    def send(self, messages, seconds=120):
        """[(topic, payload, retain)]; returns when the broker has all of them."""
        for topic, payload, retain in messages:
            self._client.publish(topic, payload, 0, retain)
        last = self._client.publish("test/fed", "", 1)
        last.wait_for_publish(seconds)
        assert last.is_published(), "the broker did not take everything"


class Heard(_Client):
    """Every message that comes on some topics, in order."""

    def __init__(self, broker, *filters):
        super().__init__(broker)
        self.messages = []  # (topic, text)
        self._client.on_connect = lambda client, *_: client.subscribe([(each, 0) for each in filters])
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = lambda _client, _userdata, message: message.retain or self.messages.append(
            (message.topic, message.payload.decode(errors="replace")))
        self._begin(broker)


class Probe:
    """A sensor of the test's own: what was published before it has been dealt with when its value is on the tree."""

    TOPIC = "homeassistant/sensor/probe/probe/config"
    ENTITY = "sensor.test_probe"

    def __init__(self, feeder, tree, seconds=60):
        self._feeder, self._tree, self._count = feeder, tree, 0
        feeder.send([(self.TOPIC, json.dumps({"name": None, "unique_id": "test-probe", "state_topic": "test/probe",
                                              "default_entity_id": self.ENTITY, "device": {
                                                  "identifiers": ["test-probe"], "name": "Test probe"}}), True)])
        tree.wait(lambda: self.ENTITY in tree.of("meta"), seconds, "the hub does not see the probe")

    def pass_through(self, seconds=60):
        self._count += 1
        self._feeder.send([("test/probe", f"p{self._count}", False)])
        self._tree.wait(lambda: (self._tree.document("state", self.ENTITY) or {}).get("state") == f"p{self._count}",
                        seconds, lambda: f"the probe does not come through: {self._tree.document('state', self.ENTITY)}")
