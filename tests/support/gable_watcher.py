"""What is seen on the broker: a client that records everything it receives, and waits for conditions on it."""
import dataclasses
import itertools
import json
import os
import socket
import threading
import time

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

_SERIAL = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Message:
    topic: str
    payload: bytes
    retain: bool
    qos: int
    at: float  # time.monotonic()
    properties: dict

    @property
    def text(self):
        return self.payload.decode(errors="replace")

    @property
    def json(self):
        """The parsed document; None when it is none."""
        try:
            return json.loads(self.payload)
        except ValueError:
            return None

    def __str__(self):
        text = self.text if len(self.text) <= 300 else self.text[:300] + "…"
        return f"{self.topic}{' (R)' if self.retain else ''} {text or '(empty)'}"


def matches(check, message):
    """`check`: None (anything) · dict (these keys of the document have these values; a callable value is asked;
    dicts go deeper) · str or bytes (the whole payload) · callable(message)."""
    if check is None:
        return True
    if isinstance(check, dict):
        return _contains(message.json, check)
    if isinstance(check, (str, bytes)):
        return message.payload == (check.encode() if isinstance(check, str) else check)
    return bool(check(message))


def _contains(document, wanted):
    if callable(wanted):
        return bool(wanted(document))
    if not isinstance(wanted, dict):
        return document == wanted and isinstance(document, bool) == isinstance(wanted, bool)
    return isinstance(document, dict) and all(
        key in document and _contains(document[key], value) for key, value in wanted.items())


def topic_matches(pattern, topic):
    return mqtt.topic_matches_sub(pattern, topic)


def _payload(value):
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return value


class _Client(mqtt.Client):
    """paho 1.6 reads the reason code of a PUBACK and forgets it; this one keeps it."""

    def __init__(self, *args, **kwargs):
        self.reason_codes = {}  # mid → code
        super().__init__(*args, **kwargs)

    def _handle_pubackcomp(self, cmd):
        packet = self._in_packet["packet"]
        if len(packet) > 2:
            self.reason_codes[packet[0] << 8 | packet[1]] = packet[2]
        return super()._handle_pubackcomp(cmd)


class Watcher:
    """Connects, subscribes to `filters` and records. As context manager, or with close(). Reconnects by itself."""

    def __init__(self, broker, *filters, user=None, password=None, client_id=None, host="127.0.0.1", port=None,
                 tls_ca=None, tls_certificate=None, version=5):
        self._lock = threading.Condition()
        self._messages, self._failure, self._subscribed = [], None, False
        self._filters = list(filters or ["#"])
        self._v5 = version == 5
        client_id = client_id or f"watcher-{os.getpid()}-{next(_SERIAL)}"
        self._client = _Client(client_id, clean_session=None if self._v5 else True,
                               protocol=mqtt.MQTTv5 if self._v5 else mqtt.MQTTv311)
        self._client.reconnect_delay_set(1, 1)
        self._client.max_inflight_messages_set(1000)
        self._client.on_socket_open = lambda _c, _u, s: s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client.on_connect, self._client.on_subscribe = self._on_connect, self._on_subscribe
        self._client.on_message = self._on_message
        self._client.on_disconnect = self._on_disconnect
        if user:
            self._client.username_pw_set(user, password)
        if tls_ca:
            self._client.tls_set(tls_ca, *(tls_certificate or ()))
        self._client.connect(host, port or broker.port)
        self._client.loop_start()
        self._wait(lambda: self._subscribed or self._failure, 10, lambda: f"no subscription: {self._failure}")
        assert not self._failure, self._failure

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._client.disconnect()
        self._client.loop_stop()

    # ── seen ──

    def mark(self):
        """A position in what was recorded, for `since`."""
        with self._lock:
            return len(self._messages)

    def seen(self, topic="#", check=None, since=0):
        """All recorded messages that match, in order of arrival."""
        with self._lock:
            return [m for m in self._messages[since:] if topic_matches(topic, m.topic) and matches(check, m)]

    def latest(self, topic, since=0):
        """The last message on a topic, or None."""
        found = self.seen(topic, since=since)
        return found[-1] if found else None

    def wait_for(self, topic, check=None, seconds=5, since=0):
        """The first message (recorded already, or to come) on `topic` (a filter) that passes `check`, see matches()."""
        found = []

        def look():
            found[:] = [m for m in self._messages[since:] if topic_matches(topic, m.topic) and matches(check, m)][:1]
            return found
        self._wait(look, seconds, lambda: self._explain(topic, check, since))
        return found[0]

    def wait_latest(self, topic, check=None, seconds=5):
        """Waits until the *last* message on `topic` passes: what is true now, whatever was true before."""
        def look():
            last = next((m for m in reversed(self._messages) if topic_matches(topic, m.topic)), None)
            return last is not None and matches(check, last)
        self._wait(look, seconds, lambda: self._explain(topic, check, 0))
        return self.latest(topic)

    def wait_count(self, topic, count, seconds=5, since=0):
        """At least `count` messages on `topic`; gives all of them."""
        self._wait(lambda: sum(topic_matches(topic, m.topic) for m in self._messages[since:]) >= count, seconds,
                   lambda: f"{len(self.seen(topic, since=since))} of {count} on {topic}")
        return self.seen(topic, since=since)

    def assert_quiet(self, topic, seconds, check=None, since=None):
        """Nothing that matches arrives for so long. (It costs the time: keep it short, prefer barrier().)"""
        since = self.mark() if since is None else since
        deadline = time.monotonic() + seconds
        with self._lock:
            while True:
                bad = [m for m in self._messages[since:] if topic_matches(topic, m.topic) and matches(check, m)]
                assert not bad, f"nothing was expected on {topic}, but: {bad[0]}"
                left = deadline - time.monotonic()
                if left <= 0:
                    return
                self._lock.wait(left)

    def barrier(self, seconds=5):
        """Returns when all that the broker had for this client before the call has been recorded."""
        topic = f"test/barrier/{os.getpid()}/{next(_SERIAL)}"
        self._subscribe([topic])
        since = self.mark()
        self.publish(topic, "x", qos=0)
        self.wait_for(topic, seconds=seconds, since=since)
        self._client.unsubscribe(topic)

    # ── done ──

    def publish(self, topic, payload="", qos=1, retain=False, response_topic=None, correlation=None, expiry=None,
                allow_refused=False):
        """dict and list go as JSON. Waits for the acknowledgement at QoS 1; fails when the broker refuses, unless
        allow_refused. Gives the reason code. After a restart of the broker it waits until it is connected again."""
        self._wait(lambda: self._subscribed, 30, lambda: f"not connected, so not published: {topic}")
        properties = None
        if self._v5:
            properties = Properties(PacketTypes.PUBLISH)
            if response_topic:
                properties.ResponseTopic = response_topic
            if correlation is not None:
                properties.CorrelationData = correlation.encode() if isinstance(correlation, str) else correlation
            if expiry is not None:
                properties.MessageExpiryInterval = expiry
        info = self._client.publish(topic, _payload(payload), qos, retain, properties=properties)
        if qos == 0:
            return 0
        info.wait_for_publish(10)
        assert info.is_published(), f"no acknowledgement for {topic}"
        code = self._client.reason_codes.pop(info.mid, 0)
        assert allow_refused or code < 0x80, f"publishing to {topic} was refused with reason {code}"
        return code

    def retained(self, topic="#", seconds=10):
        """What the broker holds now: {topic: Message}. Read by a client of its own at QoS 0, which no queue limit cuts."""
        client = self._client
        with Watcher(None, f"test/barrier/{os.getpid()}/#", host=client._host, port=client._port,
                     user=client._username and client._username.decode(),
                     password=client._password and client._password.decode()) as reader:
            reader._subscribe([topic], qos=0)
            reader.barrier(seconds)
            return {m.topic: m for m in reader.seen(topic) if m.retain and m.payload}

    # ── within ──

    def _wait(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        with self._lock:
            while not condition():
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._lock.wait(left)
            else:
                return
        raise AssertionError(f"after {seconds} s: {what()}")

    def _explain(self, topic, check, since):
        on_topic = self.seen(topic, since=since)
        lines = [f"waited for {topic}" + ("" if check is None else f" with {check}")]
        if on_topic:
            lines += [f"seen on it, last of {len(on_topic)}:"] + [f"  {m}" for m in on_topic[-8:]]
        else:
            rest = self.seen(since=since)
            lines += [f"nothing on it; last of {len(rest)} others:"] + [f"  {m}" for m in rest[-15:]]
        return "\n".join(lines)

    def _subscribe(self, filters, qos=1):
        self._subscribed = False
        if self._v5:
            options = SubscribeOptions(qos=qos, retainAsPublished=True)
            self._client.subscribe([(f, options) for f in filters])
        else:
            self._client.subscribe([(f, qos) for f in filters])
        if threading.current_thread() is not self._client._thread:
            self._wait(lambda: self._subscribed or self._failure, 10, lambda: "no SUBACK")

    def _on_connect(self, _client, _userdata, _flags, reason, _properties=None):
        with self._lock:
            if int(getattr(reason, "value", reason)) != 0:
                self._failure = f"connection refused: {reason}"
            self._lock.notify_all()
        if not self._failure:
            self._subscribe(self._filters)

    def _on_disconnect(self, *_):
        with self._lock:
            self._subscribed = False
            self._lock.notify_all()

    def _on_subscribe(self, _client, _userdata, _mid, codes, _properties=None):
        with self._lock:
            values = [int(getattr(code, "value", code)) for code in codes]
            if any(value >= 0x80 for value in values):
                self._failure = f"subscription refused: {values}"
            self._subscribed = True
            self._lock.notify_all()

    def _on_message(self, _client, _userdata, message):
        properties = {}
        if self._v5 and message.properties:
            properties = {key: value for key, value in message.properties.__dict__.items()
                          if key not in ("packetType", "types", "names", "properties")}
        with self._lock:
            self._messages.append(Message(message.topic, bytes(message.payload), bool(message.retain), message.qos,
                                          time.monotonic(), properties))
            self._lock.notify_all()
