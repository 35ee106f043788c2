"""A device that has gone mad: it says something as fast as it is told to. The packets are made beforehand, since no MQTT
library of Python's would be fast enough."""
import itertools
import socket
import threading
import time


def _text(text):
    data = text.encode()
    return len(data).to_bytes(2, "big") + data


def _packet(kind, body):
    length, rest = b"", len(body)
    while True:
        length += bytes([rest % 128 | (128 if rest > 127 else 0)])
        rest //= 128
        if not rest:
            return bytes([kind]) + length + body


class Flooder:
    """Says `messages` ([(topic, payload)]) in turn, at QoS 0, from start() to stop(). `rate`: messages a second.

    MQTT 3.1.1: CONNECT (3.1), CONNACK (3.2), PUBLISH (3.3).
    """

    PAUSE = 0.01  # seconds

    def __init__(self, broker, messages, rate, name="mad"):
        self._packets = [_packet(0x30, _text(topic) + payload.encode()) for topic, payload in messages]
        self._at_once = max(int(rate * self.PAUSE), 1)
        self._socket = socket.create_connection(("127.0.0.1", broker.port))
        self._socket.sendall(_packet(0x10, _text("MQTT") + bytes([4, 2, 0, 0]) + _text(name)))
        answer = self._socket.recv(4)
        assert answer == b"\x20\x02\x00\x00", f"the broker refused: {answer}"
        self.sent = 0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()
        return self

    def _run(self):
        turn = itertools.cycle(self._packets)
        due = time.monotonic()
        while not self._ending.is_set():
            self._socket.sendall(b"".join(itertools.islice(turn, self._at_once)))
            self.sent += self._at_once
            due += self.PAUSE
            if (left := due - time.monotonic()) > 0:
                self._ending.wait(left)

    def stop(self):
        """Gives how many it has sent."""
        self._ending.set()
        self._thread.join()
        self._socket.sendall(b"\xe0\x00")
        self._socket.close()
        return self.sent
