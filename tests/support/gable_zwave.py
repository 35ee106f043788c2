"""A Z-Wave house without a radio: zwave-js's mock-server (the stick and its devices) and @zwave-js/server on it, the
whole real stack. tests/peers/install.sh has put them there; zwave_mock.cjs says which devices there are.

The mock-server sends mDNS to all interfaces: call gable_network.enter() first.
"""
import json
import os
import pathlib
import shutil
import socket
import sys

import gable_websocket
from gable_process import source, wait_until

MOCK_PORT, HAND_PORT, SERVER_PORT = 5555, 5556, 3000  # in the test's own network, so nobody else has them
SERVER = f"ws://127.0.0.1:{SERVER_PORT}"
_KEYS = ("S0_Legacy", "S2_Unauthenticated", "S2_Authenticated", "S2_AccessControl")


def _peers():
    default = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "gable-peers"
    return pathlib.Path(os.environ.get("GABLE_PEERS_DIR") or default)


def require():
    """Ends the test as skipped (77) when the peers are not installed."""
    modules = _peers() / "node_modules"
    if not shutil.which("node") or not (modules / "zwave-js").exists() or not (modules / "@zwave-js/server").exists():
        print(f"skipped: there is no zwave-js in {_peers()}: run tests/peers/install.sh")
        sys.exit(77)


class Stick:
    """The mock-server, and the test's hand on its devices. `run`: House.run."""

    def __init__(self, run):
        self._run = run
        self.process = None

    def start(self):
        command = ["node", _peers() / "node_modules/.bin/mock-server", "-i", "127.0.0.1", "-p", str(MOCK_PORT),
                   "-c", source("tests", "peers", "zwave_mock.cjs")]
        self.process = self._run("zwave-mock", list(map(str, command)), expected_exit=-15,
                                 env={**os.environ, "ZWAVE_MOCK_HAND": str(HAND_PORT)})
        self.process.wait_line("Server listening", 30)
        return self

    def hand(self, **order):
        """{"do": …} to zwave_mock.cjs; gives its answer."""
        with socket.create_connection(("127.0.0.1", HAND_PORT), timeout=10) as link:
            link.sendall(json.dumps(order).encode() + b"\n")
            answer = json.loads(link.makefile().readline())
        assert answer["ok"], answer
        return answer

    def say(self, node, what, value):
        self.hand(do="say", node=node, what=what, value=value)


class Server:
    """@zwave-js/server on the stick. `folder` keeps what it knows of the devices from start to start."""

    def __init__(self, run, folder, host="127.0.0.1"):
        self._run, self._folder, self._host = run, pathlib.Path(folder), host
        self.process = None

    def start(self, wait=True):
        self._folder.mkdir(parents=True, exist_ok=True)
        config = self._folder / "driver.json"
        config.write_text(json.dumps({
            "securityKeys": {name: f"{number}{'0' * 31}" for number, name in enumerate(_KEYS, 1)},
            "storage": {"cacheDir": str(self._folder / "cache")},
            "logConfig": {"enabled": False},
            "testingHooks": {"skipFirmwareIdentification": True, "skipBootloaderCheck": True}}))
        command = ["node", _peers() / "node_modules/.bin/zwave-server", f"tcp://127.0.0.1:{MOCK_PORT}",
                   "--config", config, "--host", self._host, "--port", str(SERVER_PORT), "--disable-dns-sd"]
        self.process = self._run("zwave-server", list(map(str, command)))
        if wait:
            wait_until(self._accepts, 60, self.process.tail)
        return self

    def _accepts(self):
        assert self.process.alive, self.process.tail()
        try:
            socket.create_connection((self._host, SERVER_PORT), timeout=1).close()
            return True
        except OSError:
            return False

    def stop(self):
        self.process.kill()

    def _dump(self):
        with gable_websocket.Client(SERVER_PORT, self._host) as client:
            assert client.receive()["type"] == "version"
            client.send({"messageId": "1", "command": "initialize", "schemaVersion": 44})
            client.send({"messageId": "2", "command": "start_listening"})
            while True:
                message = client.receive()
                if message.get("messageId") == "2":
                    return message["result"]["state"]["nodes"]

    def wait_known(self, seconds=120):
        """Until it has asked all its devices what they are."""
        wait_until(lambda: all(node["ready"] for node in self._dump()), seconds,
                   lambda: f"not ready: {[node['nodeId'] for node in self._dump() if not node['ready']]}")
        return self

    def nodes(self):
        """What the server itself knows: {node: {(command class, property, key): value}}."""
        return {node["nodeId"]: {(value["commandClass"], value["property"], value.get("propertyKey")): value.get("value")
                                 for value in node["values"]} for node in self._dump()}
