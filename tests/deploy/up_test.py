"""deploy/up brings up a house on the usual port, says what is in its way, and leaves nothing running."""
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import unittest
import urllib.request

import own_network
from gable_process import Broker, Process, source, wait_until
from gable_watcher import Watcher

PARTS = ("mosquitto", "gable-hub", "gable-bridge-host", "gable-bridge-virtual")


def processes():
    """Names of what runs of a house, in this test's network namespace."""
    own, found = os.readlink("/proc/self/ns/net"), []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "ns" / "net") == own:
                name = pathlib.Path((entry / "cmdline").read_bytes().split(b"\0")[0].decode()).name
                if name in PARTS:
                    found.append((name, int(entry.name)))
        except OSError:
            continue  # it has just ended
    return sorted(found)


NOT_AUTHORIZED = 5  # MQTT 3.1.1, 3.2.2.3


def connect_code(port, password):
    """What the broker's WebSocket listener answers to a CONNECT of `page`, or of nobody."""
    def text(value):
        return len(value).to_bytes(2, "big") + value.encode()
    login = b"" if password is None else text("page") + text(password)
    body = text("MQTT") + bytes([4, 0xC2 if login else 2]) + (60).to_bytes(2, "big") + text("up-test") + login
    packet = bytes([0x10, len(body)]) + body
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        link.sendall(b"GET /mqtt HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n")
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += link.recv(1024)
        # One masked binary frame, its mask zero (RFC 6455, 5.2).
        link.sendall(bytes([0x82, 0x80 | len(packet)]) + bytes(4) + packet)
        answer = heard.split(b"\r\n\r\n", 1)[1]
        while len(answer) < 6:
            answer += link.recv(64)
        return answer[5]  # frame header, CONNACK, its length, flags, code


class Up(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = pathlib.Path(folder.name)

    def up(self, *options, state="state"):
        """A deploy/up that is starting, with the executables under test and a state folder of its own."""
        process = Process("deploy/up", [source("deploy", "up"), "--no-install", "--state", self.state / state, *options],
                          self.state / f"{state}.log")
        self.addCleanup(process.stop, 30)
        return process.start()

    def ready(self, *options, **more):
        process = self.up(*options, **more)
        process.wait_line("Ctrl-C stops everything", seconds=60)  # the last that it says
        return process

    def assert_nothing_runs(self):
        wait_until(lambda: not processes(), 5, lambda: f"still there: {processes()}")

    def test_house_on_the_usual_port_and_ctrl_c(self):
        up = self.ready()
        self.assertEqual([name for name, _ in processes()], sorted(PARTS))
        with Watcher(None, "gable/#", port=1883) as house:
            retained = house.retained("gable/#")
        self.assertEqual(retained["gable/hub/status"].json["status"], "online")
        lights = [topic for topic in retained if topic.startswith("gable/state/light/")]
        self.assertGreater(len(lights), 3)
        # What it tells people to type names a light that is really there.
        light = re.search(r"-t (gable/set/light/\S+) -m on", up.output()).group(1)
        self.assertIn(light.replace("/set/", "/state/"), lights)
        # The page, where it has been built, on the broker's own second listener.
        if pathlib.Path(source("build", "dashboard", "complete")).exists():
            address, key = re.search(r"The page: (http://127\.0\.0\.1:8090/)#login=page:([0-9a-f]{24})\n", up.output()).groups()
            with urllib.request.urlopen(address, timeout=10) as answer:
                self.assertIn(b"<gable-app>", answer.read())
            # Any site's page could open this WebSocket from a browser on this machine.
            self.assertEqual([connect_code(8090, password) for password in (None, "wrong", key)], [NOT_AUTHORIZED, NOT_AUTHORIZED, 0])
        os.kill(up.pid, signal.SIGINT)
        self.assertEqual(up.wait_exit(30), 0)
        self.assertNotIn("\x1b", up.output())
        self.assertNotIn("was killed", up.output())
        self.assert_nothing_runs()

    def test_sigterm_and_a_second_start_on_the_same_state(self):
        for _ in range(2):
            up = self.ready()
            os.kill(up.pid, signal.SIGTERM)
            self.assertEqual(up.wait_exit(30), 0)
            self.assert_nothing_runs()

    def test_killed_itself_it_leaves_nothing(self):
        up = self.ready()
        os.kill(up.pid, signal.SIGKILL)
        up.wait_exit()
        wait_until(lambda: not processes(), 15, lambda: f"still there: {processes()}")

    def test_a_part_that_dies_is_named_and_the_rest_stops(self):
        up = self.ready()
        os.kill(dict(processes())["gable-bridge-virtual"], signal.SIGKILL)
        self.assertEqual(up.wait_exit(30), 1)
        self.assertRegex(up.output(), r"virtual has ended by itself \(status 137\)")
        self.assert_nothing_runs()

    def test_a_taken_port_is_named_with_its_owner(self):
        with socket.create_server(("127.0.0.1", 1883)):
            up = self.up()
            self.assertEqual(up.wait_exit(), 1)
        said = up.output()
        self.assertIn("Port 1883 is taken by", said)
        self.assertIn(f"(process {os.getpid()})", said)
        self.assertIn("--broker mqtt://127.0.0.1:1883", said)
        self.assertIn("--port 1884", said)
        self.assert_nothing_runs()

    def test_on_a_broker_that_runs_already(self):
        broker = Broker(self.state / "broker").start()
        self.addCleanup(broker.stop)
        up = self.ready("--broker", broker.url, "--root", "cabin")
        self.assertIn(f"mosquitto_sub -p {broker.port} -v -t 'cabin/state/#'", up.output())
        self.assertRegex(up.output(), r"It sees [1-9][0-9]* entities")
        with Watcher(broker, "#") as house:
            retained = house.retained("#")
        self.assertEqual(retained["cabin/hub/status"].json["status"], "online")
        # Nothing simulated comes into somebody's own house, and his rules only watch at first.
        self.assertNotIn("cabin/bridge/virtual/status", retained)
        own = self.state / "state" / "house" / "house.yaml"
        self.assertIn("rules_mode: shadow", own.read_text())
        own.write_text(own.read_text().replace("Home", "Mine"))
        up.stop(30)
        self.assertTrue(broker.alive)
        self.ready("--broker", broker.url, "--root", "cabin", "--furnished").stop(30)
        self.assertIn("Mine", own.read_text(), "what is the user's is never written over")

    def test_two_never_share_a_state(self):
        self.ready()
        second = self.up("--port", "1999")
        self.assertEqual(second.wait_exit(), 1)
        self.assertIn("Another deploy/up", second.output())

    def test_wrong_options(self):
        for options, said in ((("--port", "x"), "not a port"), (("--page", "x"), "not a port"), (("--port",), "needs a value"), (("--what",), "--what"),
                              (("--root", "a/b"), "one topic level"), (("--broker", "http://x"), "--broker takes")):
            done = subprocess.run([source("deploy", "up"), *options], capture_output=True, text=True, timeout=10, check=False)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(said, done.stderr)


if __name__ == "__main__":
    own_network.enter()
    unittest.main()
