"""Two copies of a bridge on two hosts, for the same devices: under two names they are two bridges, and each says what is
true; under one name they say so. (presence: presence_faults_test.py.)
"""
import http.server
import json
import threading
import time

import gable_network
import gable_zwave
from gable_house import main, wait_until
from music_player import MusicPlayer
from presence_house import HERE, PresenceTest, need


class CopiesTest(PresenceTest):
    def setUp(self):
        super().setUp()
        self.eye = self.house.watcher
        self.attic = self.network.add("attic", "10.77.0.12/24")
        self.house.start_hub()

    def wait_final(self, bridge, device, ids, seconds=30):
        """The one final result of each of these commands: {id: status}."""
        def finals():
            return [m.json for m in self.eye.seen(f"gable/bridge/{bridge}/result/{device}")
                    if m.json["id"] in ids and m.json["status"] != "accepted"]
        wait_until(lambda: len(finals()) >= len(ids), seconds, lambda: f"{finals()} of {ids}")
        self.assertEqual(sorted(result["id"] for result in finals()), sorted(ids))
        return {result["id"]: result["status"] for result in finals()}

    def send(self, bridge, device, command, id, key=None):
        document = {key: command} if key else command
        self.house.publish(f"gable/bridge/{bridge}/set/{device}", {**document, "_id": id})
        return id


class Player(CopiesTest):
    def setUp(self):
        super().setUp()
        self.player = MusicPlayer(self.house.directory / "kitchen", extra=f'bind_to_address "{HERE}"')
        self.addCleanup(self.player.kill)
        self.player.start()
        self.config = f"players: {{kitchen: {{address: '{HERE}:{self.player.port}', name: Kitchen}}}}\n"

    def set_volume(self, bridge, percent, id):
        command = {"service": "volume_set", "volume_level": percent / 100}
        return self.send(bridge, "kitchen", command, id, "player")

    def wait_both(self, percent):
        self.player.wait(volume=str(percent))
        for entity in ("media_player.kitchen", "media_player.kitchen_2"):
            self.house.wait_state(entity, {"volume_level": percent / 100}, 20)

    def test_two_names(self):
        self.start_copy("mpd", self.config)
        self.house.wait_availability("media_player.kitchen", "online")
        other = self.start_copy("mpd", self.config, id="mpd-attic", on=self.attic)
        self.house.wait_availability("media_player.kitchen_2", "online")
        for bridge in ("mpd", "mpd-attic"):
            ids = [self.set_volume(bridge, number + 1, f"{bridge}-{number}") for number in range(20)]
            self.assertIn("done", self.wait_final(bridge, "kitchen", ids).values())
            self.wait_both(20)
        other.kill()
        self.house.wait_availability("media_player.kitchen_2", "offline", 30)
        self.assertEqual(self.house.call("gable/set/media_player/kitchen/volume_level", "33%", 10)["status"], "done")
        self.house.wait_availability("media_player.kitchen", "online")
        self.start_copy("mpd", self.config, id="mpd-attic", on=self.attic)
        self.house.wait_availability("media_player.kitchen_2", "online", 30)
        self.wait_both(33)

    def test_one_name(self):
        copies = [self.start_copy("mpd", self.config)]
        copies.append(self.start_copy("mpd", self.config, on=self.attic, wait=False))
        for copy in copies:
            copy.wait_line("two programs run under one name", 30)
        # They do not chase each other: ever later, until one of them is ended.
        since = self.eye.mark()
        time.sleep(8)
        self.assertLess(len(self.eye.seen("gable/bridge/mpd/status", since=since)), 20)
        copies[1].stop()
        del self.house.processes[copies[1].name]
        self.house.wait_availability("media_player.kitchen", "online", 60)
        wait_until(lambda: self.house.call("gable/set/media_player/kitchen/volume_level", "40%", 30)["status"] == "done", 60,
                   "the copy that is left does not obey")
        self.player.wait(volume="40")


class Messages(CopiesTest):
    def receiver(self):
        taken = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["message"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass
        server = http.server.ThreadingHTTPServer((HERE, 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(lambda: (server.shutdown(), thread.join(), server.server_close()))
        return server.server_port, taken

    def test_two_names(self):
        port, taken = self.receiver()
        config = f"targets: {{phone: {{kind: webhook, url: 'http://{HERE}:{port}/', burst: 100}}}}\n"
        self.start_copy("notify", config)
        other = self.start_copy("notify", config, id="notify-attic", on=self.attic)
        for round in ("first", "second"):
            sent = {bridge: [f"{round} {number} of {bridge}" for number in range(20)] for bridge in ("notify", "notify-attic")}
            for bridge, texts in sent.items():
                for text in texts:
                    self.send(bridge, "phone", {"service": "send_message", "message": text}, text)
            for bridge, texts in sent.items():
                self.assertEqual(set(self.wait_final(bridge, "phone", texts).values()), {"done"})
            self.assertEqual(sorted(taken), sorted(sum(sent.values(), [])))
            taken.clear()
            other.kill()
            self.house.wait_availability("notify.phone_2", "offline", 30)
            self.house.wait_availability("notify.phone", "online")
            if round == "first":
                other = self.start_copy("notify", config, id="notify-attic", on=self.attic)
                self.house.wait_availability("notify.phone_2", "online", 30)


class ZwaveNetwork(CopiesTest):
    def light(self, number):
        return "light.z_wave_node_3_light" + (f"_{number}" if number > 1 else "")

    def wait_both(self, state, seconds=30):
        for number in (1, 2):
            self.house.wait_state(self.light(number), state, seconds)

    def test_two_names(self):
        stick = gable_zwave.Stick(self.house.run).start()
        self.addCleanup(stick.process.kill)
        server = gable_zwave.Server(self.house.run, self.house.directory / "server", HERE).start()
        self.addCleanup(server.process.kill)
        server.wait_known()
        config = f"server: ws://{HERE}:{gable_zwave.SERVER_PORT}\n"
        self.start_copy("zwave", config)
        self.house.wait_availability(self.light(1), "online", 60)
        other = self.start_copy("zwave", config, id="zwave-attic", on=self.attic)
        self.house.wait_availability(self.light(2), "online", 60)
        for bridge, level in (("zwave", 120), ("zwave-attic", 200)):
            command = {"service": "turn_on", "brightness": level}
            self.assertEqual(self.wait_final(bridge, "node_3", [self.send(bridge, "node_3", command, bridge, "light")]),
                             {bridge: "done"})
            self.wait_both({"state": "on", "brightness": lambda b, level=level: abs(b - level) <= 3})
        # Both at once: whoever is last has its way, and both know.
        ids = {bridge: [self.send(bridge, "node_2", "on" if number % 2 else "off", f"{bridge}-{number}", "switch")
                        for number in range(20)] for bridge in ("zwave", "zwave-attic")}
        for bridge, names in ids.items():
            self.assertIn("done", self.wait_final(bridge, "node_2", names, 60).values())
        on = "on" if server.nodes()[2][37, "currentValue", None] else "off"
        for bridge in ids:
            self.eye.wait_latest(f"gable/bridge/{bridge}/state/node_2", {"switch": {"state": on}}, 30)
        other.kill()
        self.house.wait_availability(self.light(2), "offline", 30)
        self.house.wait_availability(self.light(1), "online")
        self.assertEqual(self.house.call("gable/set/light/z_wave_node_3_light", "off", 20)["status"], "done")
        self.start_copy("zwave", config, id="zwave-attic", on=self.attic)
        self.house.wait_availability(self.light(2), "online", 60)
        self.wait_both("off")


if __name__ == "__main__":
    need(("mpd", "mpd"))
    gable_zwave.require()
    gable_network.enter()
    main()
