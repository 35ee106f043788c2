"""WebSocket by hand, with the standard library alone: a client that asks a server, and a proxy that spoils what a
server says."""
import base64
import json
import os
import socket
import struct
import threading

_TEXT, _CLOSE = 1, 8


def frame(payload, opcode=_TEXT, mask=None):
    """One whole frame. Clients must mask."""
    flag = 0x80 if mask else 0
    size = len(payload)
    if size < 126:
        head = bytes([0x80 | opcode, flag | size])
    elif size < 65536:
        head = bytes([0x80 | opcode, flag | 126]) + struct.pack(">H", size)
    else:
        head = bytes([0x80 | opcode, flag | 127]) + struct.pack(">Q", size)
    if not mask:
        return head + payload
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def read_exactly(stream, count):
    data = stream.read(count)
    if len(data) < count:
        raise ConnectionError("the connection has ended")
    return data


def read_frame(stream):
    """(opcode, payload) of an unmasked frame, as servers send them."""
    first, second = read_exactly(stream, 2)
    size = second & 127
    if size == 126:
        size = struct.unpack(">H", read_exactly(stream, 2))[0]
    elif size == 127:
        size = struct.unpack(">Q", read_exactly(stream, 8))[0]
    return first & 15, read_exactly(stream, size)


class Client:
    """JSON documents to and from a server."""

    def __init__(self, port, host="127.0.0.1"):
        self._socket = socket.create_connection((host, port), timeout=20)
        self._stream = self._socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        while self._stream.readline() not in (b"\r\n", b""):
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def send(self, document):
        self._socket.sendall(frame(json.dumps(document).encode(), mask=os.urandom(4)))

    def receive(self):
        while True:
            opcode, payload = read_frame(self._stream)
            if opcode == _CLOSE:
                raise ConnectionError(payload[2:].decode(errors="replace"))
            if opcode == _TEXT:
                return json.loads(payload)


class Proxy:
    """Between a client and the server on `target`. `spoil(text)` gives what the client gets instead of each message of
    the server: a list of texts (none: it is swallowed) and bytes (sent as they are); an exception ends the connection."""

    def __init__(self, target):
        self._target = target
        self.spoil = lambda text: [text]
        self.connections = 0
        self._lock = threading.Lock()
        self._pairs = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._server.close()
        self.cut()

    def cut(self):
        """Ends what is connected now."""
        with self._lock:
            for one in self._pairs:
                one.close()
            self._pairs = []

    def _accept(self):
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(("127.0.0.1", self._target), timeout=20)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self._lock:
                self._pairs += [client, server]
            threading.Thread(target=self._upstream, args=(client, server), daemon=True).start()
            threading.Thread(target=self._downstream, args=(client, server), daemon=True).start()

    @staticmethod
    def _upstream(client, server):
        try:
            while data := client.recv(65536):
                server.sendall(data)
        except OSError:
            pass
        _shut(server)

    def _downstream(self, client, server):
        stream = server.makefile("rb")
        try:
            while (line := stream.readline()) not in (b"\r\n", b""):
                client.sendall(line)
            client.sendall(line)
            while True:
                opcode, payload = read_frame(stream)
                parts = self.spoil(payload.decode()) if opcode == _TEXT else [frame(payload, opcode)]
                for part in parts:
                    client.sendall(part if isinstance(part, bytes) else frame(part.encode()))
        except (OSError, ConnectionError, ValueError):
            pass
        _shut(client)
        _shut(server)


def _shut(one):
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
