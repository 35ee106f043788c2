"""What `gable setup` and `gable enroll` make, on a real broker: TLS, passwords, and every pair of user and topic."""
import json
import pathlib
import ssl
import subprocess
import tarfile
import tempfile
import unittest
import urllib.request

import paho.mqtt.client as mqtt

from gable_process import Process, free_port, program, wait_until

ALLOWED, DENIED = "RC:0|RC:16", "RC:135"

# topic → the users who may publish to it
MAY_WRITE = {
    "gable/state/light/x": {"hub"},
    "gable/meta/light/x": {"hub"},
    "gable/problem/x": {"hub"},
    "gable/hub/status": {"hub"},
    "gable/set/light/x": {"hub", "anna", "ben"},
    "gable/set/light/x/brightness": {"hub", "anna", "ben"},
    "gable/call/light/turn_on": {"hub", "anna", "ben"},
    "gable/hub/request/why": {"hub", "anna", "ben"},
    "gable/bridge/host/state/x": {"hub", "host"},
    "gable/bridge/host/status": {"hub", "host"},
    "gable/bridge/host/device/x": {"hub", "host"},
    "gable/bridge/virtual/state/x": {"hub", "virtual"},
    "gable/bridge/virtual/set/x": {"hub", "virtual", "anna", "ben"},
    "gable/bridge/attic/state/x": {"hub", "attic"},
    "gable/bridge/anna/device/x": {"hub"},
    "gable/client/anna/answer": {"hub", "host", "virtual", "attic", "anna", "ben"},
    # Devices that announce themselves are anywhere; the hub commands them.
    "homeassistant/status": {"hub"},
    "zigbee2mqtt/lamp/set": {"hub"},
}
# topic → the users who may read it
MAY_READ = {
    "gable/state/light/x": {"hub", "anna", "ben"},
    "gable/hub/status": {"hub", "anna", "ben", "host", "virtual", "attic"},
    "gable/bridge/host/set/x": {"hub", "anna", "ben", "host"},
    "gable/bridge/attic/set/x": {"hub", "anna", "ben", "attic"},
    "gable/client/anna/answer": {"hub", "anna"},
    "zigbee2mqtt/lamp": {"hub"},
}


class Setup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.keys = pathlib.Path(cls.folder.name) / "keys"
        cls.port, cls.page_port = free_port(), free_port()
        page = cls.keys.parent / "page"
        page.mkdir()
        (page / "index.html").write_text("<!doctype html>")
        cls.said = json.loads(cls.gable("setup", "--yes", "--dir", cls.keys, "--host", "127.0.0.1", "--port", cls.port,
                                        "--bridges", "host,virtual", "--people", "anna,ben", "--page", "everywhere",
                                        "--page-port", cls.page_port, "--page-files", page, "--json"))
        cls.broker = Process("mosquitto", ["mosquitto", "-c", cls.said["config"]], cls.keys.parent / "broker.log").start()
        cls.addClassCleanup(cls.broker.kill)
        # It listens before it takes signals; whoever has been answered knows that it runs.
        wait_until(lambda: "CONNACK (0)" in cls.publish("hub", "gable/x"), 20, cls.broker.tail)
        # Enrolled while the broker runs: no access rule changes, only the users are read again.
        cls.bundle = cls.keys.parent / "attic.tar.gz"
        cls.gable("enroll", "attic-pi", "attic", "--dir", cls.keys, "--out", cls.bundle)
        subprocess.run(["kill", "-HUP", str(cls.broker.pid)], check=True)
        wait_until(lambda: "RC:16" in cls.publish("attic", "gable/bridge/attic/x") or
                   "RC:0" in cls.publish("attic", "gable/bridge/attic/x"), 10, "the new user cannot log in")

    @staticmethod
    def gable(*arguments):
        done = subprocess.run([program("gable"), *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    @classmethod
    def client(cls, tool, user, *arguments, password=None, ca=None):
        password = password or (cls.keys / "passwords" / user).read_text().strip()
        done = subprocess.run([tool, "-V", "5", "-h", "127.0.0.1", "-p", str(cls.port), "--cafile", ca or cls.keys / "ca.crt",
                               "-u", user, "-P", password, "-q", "1", *arguments],
                              capture_output=True, text=True, timeout=20, check=False)
        return done.stdout + done.stderr

    @classmethod
    def publish(cls, user, topic, *more, **options):
        return cls.client("mosquitto_pub", user, "-d", "-t", topic, "-m", "x", *more, **options)

    def test_who_may_write(self):
        for topic, writers in MAY_WRITE.items():
            for user in ("hub", "host", "virtual", "attic", "anna", "ben"):
                with self.subTest(user=user, topic=topic):
                    self.assertRegex(self.publish(user, topic), ALLOWED if user in writers else DENIED)

    def test_who_may_read(self):
        # The hub may write everywhere; what it writes is retained, so that who may read gets it at once.
        for topic in MAY_READ:
            self.publish("hub", topic, "-r")
        for user in ("hub", "host", "virtual", "attic", "anna", "ben"):
            said = self.client("mosquitto_sub", user, "-t", "gable/#", "-t", "zigbee2mqtt/#", "-F", "%t", "-W", "1").split()
            for topic, readers in MAY_READ.items():
                with self.subTest(user=user, topic=topic):
                    self.assertEqual(topic in said, user in readers)

    def test_nobody_without_a_password_or_with_a_wrong_one(self):
        self.assertIn("CONNACK (135)", self.publish("anna", "gable/set/light/x", password="wrong"))
        done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.port), "--cafile", self.keys / "ca.crt",
                               "-t", "x", "-m", "x"], capture_output=True, text=True, timeout=20, check=False)
        self.assertNotEqual(done.returncode, 0)

    def test_no_plain_connection(self):
        done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.port), "-u", "anna", "-P",
                               (self.keys / "passwords" / "anna").read_text().strip(), "-t", "x", "-m", "x"],
                              capture_output=True, text=True, timeout=20, check=False)
        self.assertNotEqual(done.returncode, 0)

    def test_a_stranger_s_authority_is_not_believed(self):
        other = self.keys.parent / "other"
        self.gable("setup", "--yes", "--dir", other)
        self.assertRegex(self.publish("anna", "gable/set/light/x", ca=other / "ca.crt"), "(?i)certificate|tls|protocol")

    def page_client(self, user, password, tls=True):
        """What the broker's WebSocket answers a page: its code, or the error below it."""
        answers = []
        client = mqtt.Client(protocol=mqtt.MQTTv5, transport="websockets")
        client.ws_set_options(path="/mqtt")
        client.username_pw_set(user, password)
        if tls:
            client.tls_set(ca_certs=str(self.keys / "ca.crt"))
        client.on_connect = lambda *arguments: answers.append(arguments[3].value)
        try:
            client.connect("127.0.0.1", self.page_port)
        except (OSError, mqtt.WebsocketConnectionError) as error:
            return error
        client.loop_start()
        wait_until(lambda: answers, 10, "no answer")
        client.loop_stop()
        client.disconnect()
        return answers[0]

    def test_the_page_over_tls_with_a_password(self):
        self.assertEqual(self.said["page"], f"https://127.0.0.1:{self.page_port}")
        trusted = ssl.create_default_context(cafile=self.keys / "ca.crt")
        with urllib.request.urlopen(self.said["page"] + "/index.html", context=trusted, timeout=10) as answer:
            self.assertEqual(answer.read(), b"<!doctype html>")
        anna = (self.keys / "passwords" / "anna").read_text().strip()
        self.assertEqual(self.page_client("anna", anna), 0)
        self.assertEqual(self.page_client("anna", "wrong"), 135)
        self.assertIsInstance(self.page_client("anna", anna, tls=False), Exception)

    def test_the_bundle(self):
        with tarfile.open(self.bundle) as bundle:
            self.assertEqual(sorted(name.rsplit("/", 1)[-1] for name in bundle.getnames()),
                             ["README.txt", "bridge.yaml", "ca.crt", "gable-attic", "house.conf", "password"])
            self.assertTrue(all(not member.mode & 0o077 for member in bundle.getmembers()))
            self.assertNotIn(b"PRIVATE KEY", b"".join(bundle.extractfile(m).read() for m in bundle if m.isfile()))

    def test_again_nothing_changes(self):
        before = {path: path.read_bytes() for path in self.keys.iterdir() if path.is_file()}
        again = json.loads(self.gable("setup", "--yes", "--dir", self.keys, "--json"))
        self.assertEqual(again["made"], [])
        self.assertEqual({path: path.read_bytes() for path in self.keys.iterdir() if path.is_file()}, before)


if __name__ == "__main__":
    unittest.main()
