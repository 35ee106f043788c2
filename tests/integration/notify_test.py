"""gable-bridge-notify against real receivers: an SMTP server (aiosmtpd), Debian's webhook, which checks the signature, a
music player for what is spoken; and servers that refuse, vanish and stop in the middle."""
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from gable_house import HouseTest, main, wait_until
from gable_process import free_port, program
from music_player import MusicPlayer

BASE = "gable/bridge/notify"


class Mailbox:
    """What an SMTP server has taken; `says` is its answer to the next messages."""

    def __init__(self):
        self.mails, self.says, self.tried = [], [], 0

    async def handle_DATA(self, _server, _session, envelope):
        self.tried += 1
        answer = self.says.pop(0) if self.says else "250 OK"
        if answer.startswith("250"):
            self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return answer


class Receiver:
    """An HTTP server; `says` are the statuses of the next answers: a number, (number, headers), or "cut"."""

    def __init__(self, port=0):
        receiver = self
        self.bodies, self.headers, self.says, self.tried = [], [], [], 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                receiver.tried += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                says = receiver.says.pop(0) if receiver.says else 200
                if says == "cut":
                    receiver.bodies.append(body)
                    self.close_connection = True
                    return
                status, headers = says if isinstance(says, tuple) else (says, {})
                if status == 200:
                    receiver.bodies.append(body)
                    receiver.headers.append(dict(self.headers))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self):
        if self.thread:
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()
            self.thread = None

    def texts(self):
        return [json.loads(body)["message"] for body in self.bodies]


class NotifyTest(HouseTest):
    def setUp(self):
        super().setUp()
        self.watcher = self.house.watcher
        self.serial = 0

    def start_bridge(self, targets, more="", **options):
        lines = "".join(f"  {name}: {json.dumps(target)}\n" for name, target in targets.items())
        return self.house.start_bridge("notify", config=f"targets:\n{lines}{more}", **options)

    def start_again(self):
        """Returns when the new process says that it is there: it does not hear commands that are sent before."""
        since = self.watcher.mark()
        self.house["notify"].start()
        self.watcher.wait_for(f"{BASE}/status", {"status": "online"}, 10, since)

    def receiver(self, port=0):
        receiver = Receiver(port)
        self.addCleanup(receiver.close)
        return receiver

    def send(self, target, message, id=None, **data):
        self.serial += 1
        id = id or f"t-{self.serial}"
        self.house.publish(f"{BASE}/set/{target}", {"service": "send_message", "message": message, **data, "_id": id})
        return id

    def final(self, target, id, seconds=20):
        return self.watcher.wait_for(f"{BASE}/result/{target}", lambda m: m.json and m.json["id"] == id and
                                     m.json["status"] != "accepted", seconds).json

    def say(self, target, message, status="done", **data):
        result = self.final(target, self.send(target, message, **data))
        self.assertEqual(result["status"], status, result)
        return result

    def wait(self, target, seconds=15, **attributes):
        return self.watcher.wait_latest(f"{BASE}/state/{target}", attributes, seconds).json


class Delivering(NotifyTest):
    def smtp(self, **options):
        mailbox = Mailbox()
        controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        self.addCleanup(controller.stop)
        return mailbox, controller.port

    def certificate(self):
        key, certificate = self.house.directory / "key.pem", self.house.directory / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
        return context, str(certificate)

    def test_mail(self):
        mailbox, port = self.smtp()
        anna = {"kind": "mail", "server": f"smtp://127.0.0.1:{port}", "from": "The house <house@example.org>",
                "to": ["Anna Bjørk <anna@example.org>", "bo@example.org"], "retry": "200ms"}
        self.start_bridge({"anna": anna})
        text = "Dør står åben\n.\nQUIT\r\n" + "long " * 300
        self.say("anna", text, title="Åbne døre i huset\r\nBcc: all@example.org")
        self.wait("anna", state=lambda s: s is not None, waiting=0)
        to, mail = mailbox.mails[0]
        self.assertEqual(to, ["anna@example.org", "bo@example.org"])
        self.assertEqual(mail["subject"], "Åbne døre i huset  Bcc: all@example.org")
        self.assertNotIn("bcc", mail)
        self.assertEqual(mail.get_content().replace("\r\n", "\n").rstrip("\n"), text.replace("\r\n", "\n").rstrip("\n"))
        self.assertEqual(mail["to"].addresses[0].display_name, "Anna Bjørk")
        self.assertEqual(mail["from"].addresses[0].addr_spec, "house@example.org")
        self.assertLess(abs(mail["date"].datetime.timestamp() - time.time()), 3600)
        self.say("anna", "no title")
        self.assertEqual(mailbox.mails[1][1]["subject"], "Message from the house")

        # Later is tried again, once; no is final.
        mailbox.says = ["451 try later"]
        self.assertIn("kept and tried again", self.say("anna", "later", status="failed")["reason"])
        wait_until(lambda: len(mailbox.mails) == 3, 10, lambda: f"{mailbox.tried} attempts")
        self.wait("anna", waiting=0)
        mailbox.says = ["554 no such thing"]
        self.assertIn("554", self.say("anna", "never", status="failed")["reason"])
        self.say("anna", "after")
        self.assertEqual(mailbox.tried, 6)
        self.assertEqual(len({mail["message-id"] for _, mail in mailbox.mails}), 4)

    def test_mail_with_password(self):
        context, ca = self.certificate()

        def judge(_server, _session, _envelope, _mechanism, data):
            return AuthResult(success=(data.login, data.password) == (b"gable", b"secret"), handled=False)
        mailbox, port = self.smtp(tls_context=context, authenticator=judge, auth_required=True)
        server = {"kind": "mail", "server": f"smtp://localhost:{port}", "starttls": True, "user": "gable",
                  "from": "house@example.org", "to": ["anna@example.org"], "ca_file": ca}
        self.start_bridge({"right": {**server, "password": "secret"}, "wrong": {**server, "password": "guess"},
                           "distrust": {key: value for key, value in server.items() if key != "ca_file"}})
        self.say("right", "hello")
        self.assertEqual(len(mailbox.mails), 1)
        self.assertIn("refuses user and password", self.say("wrong", "a", status="failed")["reason"])
        # It does not hammer.
        self.assertIn("nothing is tried", self.say("wrong", "b", status="failed")["reason"])
        self.assertIn("certificate", self.say("distrust", "c", status="failed")["reason"])
        self.wait("wrong", error=lambda text: "password" in text)

    def test_signed_webhook(self):
        out = self.house.directory / "delivered"
        script = self.house.directory / "take.sh"
        script.write_text(f'#!/bin/sh\nprintf "%s" "$1" >> {out}.new && mv {out}.new {out}\n')
        script.chmod(0o755)
        hooks = self.house.directory / "hooks.json"
        hooks.write_text(json.dumps([{
            "id": "house", "execute-command": str(script),
            "pass-arguments-to-command": [{"source": "entire-payload"}],
            "trigger-rule": {"match": {"type": "payload-hmac-sha256", "secret": "shared",
                                       "parameter": {"source": "header", "name": "X-Hub-Signature-256"}}}}]))
        port = free_port()
        self.house.run("webhook", [shutil.which("webhook") or "/usr/bin/webhook", "-hooks", hooks, "-ip", "127.0.0.1",
                                   "-port", port], expected_exit=0)
        def accepts():
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=1).close() or True
            except OSError:
                return False
        wait_until(accepts, 10, "webhook does not accept")
        url = f"http://127.0.0.1:{port}/hooks/house"
        self.start_bridge({"right": {"kind": "webhook", "url": url, "secret": "shared"},
                           "wrong": {"kind": "webhook", "url": url, "secret": "other"}})
        self.say("right", "Tür auf", title="House", data={"door": 3})
        wait_until(out.exists, 10, "the hook did not run")
        payload = json.loads(out.read_text())
        self.assertEqual((payload["message"], payload["title"], payload["data"], payload["target"]),
                         ("Tür auf", "House", {"door": 3}, "right"))
        # (This version of webhook answers 500 to a wrong signature.)
        self.assertIn("the server answers 500", self.say("wrong", "x", status="failed")["reason"])
        self.assertEqual(json.loads(out.read_text())["target"], "right")

    def test_ntfy(self):
        receiver = self.receiver()
        url = f"http://127.0.0.1:{receiver.port}/house"
        self.start_bridge({"phone": {"kind": "ntfy", "url": url, "password": "tk_1"}})
        self.say("phone", "Smoke 🔥", title="Alarm", data={"priority": 9, "tags": ["fire"], "click": "https://x", "other": 1})
        self.assertEqual(json.loads(receiver.bodies[0]), {"topic": "house", "message": "Smoke 🔥", "title": "Alarm",
                                                          "priority": 5, "tags": ["fire"], "click": "https://x"})
        self.assertEqual(receiver.headers[0]["Authorization"], "Bearer tk_1")

    def test_through_the_hub(self):
        receiver = self.receiver()
        self.house.start_hub()
        self.start_bridge({"phone": {"kind": "webhook", "url": f"http://127.0.0.1:{receiver.port}/", "secret": "s"}})
        self.house.wait_availability("notify.phone", "online")
        answer = self.house.call("gable/call/notify/phone", {"data": {"message": "hello", "title": "T"}}, 20)
        self.assertEqual(answer["status"], "done", answer)
        self.assertEqual(receiver.texts(), ["hello"])
        digest = hmac.new(b"s", receiver.bodies[0], hashlib.sha256).hexdigest()
        self.assertEqual(receiver.headers[0]["X-Hub-Signature-256"], f"sha256={digest}")
        # Without the hub, too.
        self.house["hub"].stop()
        self.house.publish(f"{BASE}/set/phone", '"by hand"')
        self.house.publish(f"{BASE}/set/phone", "by hand")
        wait_until(lambda: receiver.texts()[-1] == "by hand", 10, receiver.texts)

    def test_conformance(self):
        receiver = self.receiver()
        self.start_bridge({"phone": {"kind": "webhook", "url": f"http://127.0.0.1:{receiver.port}/"}})
        self.say("phone", "hello")
        self.house.gable("conformance", "notify")
        self.assertEqual(receiver.texts(), ["hello"])


class Faults(NotifyTest):
    def hook(self, port, **more):
        return {"kind": "webhook", "url": f"http://127.0.0.1:{port}/", "retry": "200ms", **more}

    def test_the_server_is_away_and_comes_back(self):
        port = free_port()
        self.start_bridge({"phone": self.hook(port)})
        self.assertIn("cannot be reached", self.say("phone", "one", status="failed")["reason"])
        self.send("phone", "two")
        self.wait("phone", waiting=2)
        # What waits survives the bridge, however it ends.
        self.house["notify"].kill()
        self.start_again()
        self.wait("phone", waiting=2)
        receiver = self.receiver(port)
        self.wait("phone", waiting=0)
        self.assertEqual(receiver.texts(), ["one", "two"])
        self.say("phone", "three")
        self.house["notify"].stop()
        self.start_again()
        self.say("phone", "four")
        self.assertEqual(receiver.texts(), ["one", "two", "three", "four"])

    def test_answers_that_mean_something(self):
        receiver = self.receiver()
        self.start_bridge({"phone": self.hook(receiver.port)})
        receiver.says = [503, (429, {"Retry-After": "1"})]
        begun = time.monotonic()
        self.say("phone", "again", status="failed")
        wait_until(lambda: receiver.texts() == ["again"], 10, receiver.texts)
        self.assertGreaterEqual(time.monotonic() - begun, 1)
        receiver.says = [404]
        self.assertIn("404", self.say("phone", "never", status="failed")["reason"])
        # All of it was handed over and nobody knows what came of it: not sent again.
        receiver.says = ["cut"]
        self.assertIn("may have been delivered", self.say("phone", "unknown", status="failed")["reason"])
        self.say("phone", "next")
        self.assertEqual(receiver.texts(), ["again", "unknown", "next"])
        # Correlations are the asker's own, and need not differ.
        receiver.says = [503]
        for text in ("first", "second"):
            self.watcher.publish(f"{BASE}/set/phone", {"service": "send_message", "message": text},
                                 response_topic="gable/client/test/same", correlation="1")
        wait_until(lambda: sorted(receiver.texts()[3:]) == ["first", "second"], 10, receiver.texts)
        receiver.says = [401]
        self.assertIn("401", self.say("phone", "refused", status="failed")["reason"])
        tried = receiver.tried
        self.say("phone", "refused", status="failed")
        self.assertEqual(receiver.tried, tried)

    def test_killed_while_sending(self):
        # A server that takes the message and does not answer.
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        self.start_bridge({"phone": self.hook(listener.getsockname()[1])})
        id = self.send("phone", "once", id="once")
        link, _ = listener.accept()
        got = b""
        while b"once" not in got:
            got += link.recv(4096)
        self.house["notify"].kill()
        link.close()
        listener.settimeout(3)
        self.start_again()
        self.wait("phone", error=lambda text: text and "may or may not have been delivered" in text, waiting=0)
        # The same command again is none.
        self.send("phone", "once", id=id)
        with self.assertRaises(TimeoutError):
            listener.accept()

    def test_rates_and_bounds(self):
        receiver = self.receiver()
        self.start_bridge({"phone": self.hook(receiver.port, burst=3, pause="300ms", waiting=20)})
        begun = time.monotonic()
        for number in range(1000):
            self.watcher._client.publish(f"{BASE}/set/phone", json.dumps(
                {"service": "send_message", "message": str(number), "_id": f"many-{number}"}), 1)
        def finals():
            return [m.json for m in self.watcher.seen(f"{BASE}/result/phone") if m.json["status"] != "accepted"]
        wait_until(lambda: len(finals()) >= 1000, 60, lambda: f"{len(finals())} of 1000 have ended")
        took = time.monotonic() - begun
        results = finals()
        self.assertEqual(len({result["id"] for result in results}), 1000)
        done = [result["id"].split("-")[1] for result in results if result["status"] == "done"]
        self.assertEqual(receiver.texts(), done)
        self.assertGreaterEqual(len(done), 20)
        self.assertLessEqual(len(done), 4 + took / 0.3)
        self.assertTrue(all(result["reason"] for result in results if result["status"] != "done"))

    def test_the_broker_goes_and_comes_back(self):
        receiver = self.receiver()
        self.start_bridge({"phone": self.hook(receiver.port)})
        self.say("phone", "before")
        self.house.broker.restart()
        self.watcher.wait_latest(f"{BASE}/status", {"status": "online"}, 60)
        self.say("phone", "after")
        self.assertEqual(receiver.texts(), ["before", "after"])

    def test_what_makes_no_sense(self):
        receiver = self.receiver()
        self.start_bridge({"phone": self.hook(receiver.port)})
        for wrong in ({"message": ""}, {"message": "x" * 20_000}, {"message": "x", "data": {"a": "x" * 9000}}, {},
                      {"message": 5, "nonsense": 1}):
            result = self.final("phone", self.send("phone", **{"message": None, **wrong}) if wrong else
                                self.send("phone", None))
            self.assertEqual(result["status"], "rejected", result)
        self.assertEqual(receiver.tried, 0)


class Speaking(NotifyTest):
    def setUp(self):
        super().setUp()
        self.player = MusicPlayer(self.house.directory / "kitchen")
        self.addCleanup(self.player.kill)
        self.player.start()

    def start_all(self, **speech):
        self.house.start_hub()
        self.house.start_bridge("mpd", config=f"players: {{kitchen: {{address: '{self.player.address}', name: Kitchen}}}}\n")
        self.start_bridge({"voice": {"kind": "speech", "player": "media_player.kitchen", "voice": "en-gb", **speech}})
        self.house.wait_availability("media_player.kitchen", "online")
        self.house.wait_availability("notify.kitchen", "online")

    def speak(self, text, **data):
        return self.house.call("gable/call/tts/speak", {"target": {"entity_id": "tts.any"}, "data": {
            "media_player_entity_id": "media_player.kitchen", "message": text, **data}}, 30)

    def test_the_house_says_it_and_the_music_goes_on(self):
        self.start_all(volume=0.7)
        self.player.play_from("Albums/One/first.wav", 20)
        self.player.lines("setvol 30")
        since = self.watcher.mark()
        text = "-v The front door is open. Die Tür ist offen."
        answer = self.speak(text)
        self.assertEqual(answer["status"], "done", answer)
        said = self.watcher.wait_for("gable/state/media_player/kitchen", {"announcing": True, "volume_level": 0.7},
                                     10, since).json
        spoken = urllib.request.urlopen(said["media_content_id"], timeout=5).read()
        expected = self.house.directory / "expected.wav"
        written = self.house.directory / "text"
        written.write_text(text)
        subprocess.run(["espeak-ng", "-b", "1", "-v", "en-gb", "-s", "150", "-w", expected, "-f", written], check=True)
        self.assertEqual(spoken, expected.read_bytes())
        for path in ("/", "/../mpd.conf", "/" + "0" * 32 + ".wav"):
            with self.assertRaises(urllib.error.HTTPError):
                urllib.request.urlopen(said["media_content_id"].rsplit("/", 1)[0] + path, timeout=5)
        status = self.player.wait(20, state="play", song="0", volume="30", playlistlength="1")
        self.assertGreaterEqual(float(status["elapsed"]), 19)

        # A voice that there is not, and too much to say.
        self.assertIn("voice", self.speak("x", language="xx-nowhere")["reason"])
        self.assertEqual(self.speak("x" * 3000)["status"], "rejected")

    def test_a_player_that_comes_back_in_time(self):
        self.start_all(retry="500ms")
        self.player.stop()
        self.house.wait_availability("media_player.kitchen", "offline")
        answer = self.speak("hello")
        self.assertEqual(answer["status"], "failed", answer)
        self.assertIn("tried again", answer["reason"])
        since = self.watcher.mark()
        self.player.start()
        self.watcher.wait_for("gable/state/media_player/kitchen", {"announcing": True}, 40, since)
        self.wait("voice", 20, waiting=0, state=lambda s: s is not None)


class Rights(NotifyTest):
    """Users by name, who show no password: it is the access rules that count, as `gable setup` writes them."""

    broker_options = {"acl": "topic readwrite #\nuser notify\ntopic write gable/call/media_player/play_media\n"
                             "pattern readwrite gable/bridge/%u/#\npattern read gable/hub/status\n"
                             "pattern write gable/client/+/#\npattern readwrite gable/client/%u/#\n"}

    def start_as(self, user):
        config = self.house.directory / f"{user}.yaml"
        config.write_text("targets: {voice: {kind: speech, player: media_player.kitchen}}\n")
        self.house.run(user, [self.program, "--config", config, "--id", user, "--broker",
                              self.house.broker.url.replace("//", f"//{user}@"), "--state", self.house.directory / user])
        self.watcher.wait_for(f"gable/bridge/{user}/status", {"status": "online"}, 15)

    def test_a_voice_needs_the_right_to_ask_for_a_player(self):
        self.program = program("gable-bridge-notify")
        self.house.start_hub()
        for user, said in (("notify", "there is no entity media_player.kitchen"), ("mute", "does not let this bridge write")):
            self.start_as(user)
            self.house.publish(f"gable/bridge/{user}/set/voice", {"service": "send_message", "message": "x", "_id": user})
            result = self.watcher.wait_for(f"gable/bridge/{user}/result/voice", {"status": "failed"}, 25).json
            self.assertIn(said, result["reason"])


if __name__ == "__main__":
    main()
