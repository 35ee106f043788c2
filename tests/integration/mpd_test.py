"""gable-bridge-mpd against the real Music Player Daemon with silent outputs, and against servers that misbehave."""
import base64
import functools
import http.server
import socket
import threading
import time

from gable_house import HouseTest, main, wait_until
from gable_process import free_port
from music_player import MusicPlayer, write_tone

SET, RESULT = "gable/bridge/mpd/set/kitchen", "gable/bridge/mpd/result/kitchen"
STATE, LINK = "gable/bridge/mpd/state/kitchen", "gable/bridge/mpd/link/kitchen"
STATUS = "gable/bridge/mpd/status"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class PlayerTest(HouseTest):
    def setUp(self):
        super().setUp()
        self.watcher = self.house.watcher
        self.player = MusicPlayer(self.house.directory / "kitchen")
        self.addCleanup(self.player.kill)
        self.serial = 0

    def start_bridge(self, address=None, more="", **options):
        return self.house.start_bridge("mpd", config=(
            f"players: {{kitchen: {{address: '{address or self.player.address}', name: Kitchen{more}}}}}\n"), **options)

    def start(self, **options):
        self.player.start()
        self.start_bridge(**options)
        self.wait(state="idle")

    def wait(self, seconds=10, **attributes):
        """Until the player's reported state has these attributes."""
        return self.watcher.wait_latest(STATE, {"player": attributes}, seconds).json["player"]

    def send(self, command, key="player"):
        self.serial += 1
        id = f"t-{self.serial}"
        self.house.publish(SET, {key: command, "_id": id})
        return id

    def final(self, id, seconds=20):
        return self.watcher.wait_for(
            RESULT, lambda m: m.json and m.json["id"] == id and m.json["status"] != "accepted", seconds).json

    def command(self, command, key="player", status="done"):
        result = self.final(self.send(command, key))
        self.assertEqual(result["status"], status, result)
        return result

    def request(self, method, **arguments):
        reply = f"gable/client/test/{self.watcher.mark()}"
        self.watcher.publish(f"gable/bridge/mpd/request/{method}", arguments, response_topic=reply)
        return self.watcher.wait_for(reply).json

    def play(self, content, **data):
        return self.command({"service": "play_media", "media_content_id": content, **data})

    def songs(self):
        return [line[6:] for line in self.player.lines("playlistinfo") if line.startswith("file: ")]

    def serve_tone(self, seconds):
        """URL of a sound on a small web server."""
        folder = self.house.directory / "web"
        write_tone(folder / "chime.wav", seconds)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(lambda: (server.shutdown(), thread.join(), server.server_close()))
        return f"http://127.0.0.1:{server.server_port}/chime.wav"


class Music(PlayerTest):
    def test_every_command_and_what_others_do(self):
        self.start()
        described = self.watcher.wait_latest("gable/bridge/mpd/device/kitchen").json["entities"]
        self.assertEqual(sorted(described), ["output_kitchen_speaker", "output_terrace", "player"])
        self.assertEqual(described["player"]["capabilities"]["source_list"], ["Morning"])

        self.play("Albums/One/first.wav")
        state = self.wait(state="playing", media_content_id="Albums/One/first.wav", media_title="first.wav")
        self.assertEqual(state["media_duration"], 60)
        self.play("Albums/One/second.wav", enqueue="add")
        self.play("short.wav", enqueue="next")
        self.assertEqual(self.songs(), ["Albums/One/first.wav", "short.wav", "Albums/One/second.wav"])
        self.command({"service": "media_seek", "seek_position": 30})
        self.assertGreaterEqual(self.wait(state="playing")["media_position"], 29.5)
        self.assertGreaterEqual(float(self.player.ask("status")["elapsed"]), 29.5)
        self.command({"service": "media_pause"})
        self.assertEqual(self.player.ask("status")["state"], "pause")
        self.command({"service": "media_play"})
        self.command({"service": "media_next_track"})
        self.wait(media_title="short.wav", queue_position=2, queue_length=3)
        self.command({"service": "media_previous_track"})
        self.wait(media_title="first.wav")

        self.command({"service": "volume_set", "volume_level": 0.4})
        self.assertEqual(self.player.ask("status")["volume"], "40")
        self.command({"service": "volume_up"})
        self.wait(volume_level=0.45)
        self.command({"service": "volume_mute", "is_volume_muted": True})
        self.wait(volume_level=0, is_volume_muted=True)
        self.command({"service": "volume_mute", "is_volume_muted": False})
        self.wait(volume_level=0.45, is_volume_muted=False)
        self.command({"service": "shuffle_set", "shuffle": True})
        for mode, repeat, single in (("one", "1", "1"), ("all", "1", "0"), ("off", "0", "0")):
            self.command({"service": "repeat_set", "repeat": mode})
            status = self.player.ask("status")
            self.assertEqual((status["repeat"], status["single"], status["random"]), (repeat, single, "1"))
            self.wait(repeat=mode, shuffle=True)
        self.command({"service": "shuffle_set", "shuffle": False})
        self.command("off", key="output_terrace")
        self.assertIn("outputenabled: 0", self.player.lines("outputs"))
        self.watcher.wait_latest(STATE, {"output_terrace": {"state": "off"}, "output_kitchen_speaker": {"state": "on"}})
        self.command({"service": "select_source", "source": "Morning"})
        self.wait(state="playing", source="Morning", queue_length=3)
        self.command({"service": "media_stop"})
        self.wait(state="idle")
        self.command({"service": "media_pause"}, status="rejected")
        self.command({"service": "clear_playlist"})
        self.assertNotIn("source", self.wait(queue_length=0))
        self.command({"service": "media_play"}, status="rejected")

        # Others use the player, too: pushed, not asked for.
        self.player.lines("add short.wav", "setvol 7", "enableoutput 1", 'save "Evening"', "play")
        self.wait(state="playing", volume_level=0.07, media_title="short.wav")
        self.watcher.wait_latest(STATE, {"output_terrace": {"state": "on"}})
        self.watcher.wait_latest("gable/bridge/mpd/device/kitchen",
                                 {"entities": lambda e: e["player"]["capabilities"]["source_list"] == ["Evening", "Morning"]})
        self.wait(state="idle")

    def test_what_cannot_be_played_costs_nothing(self):
        self.start()
        self.play("Albums/One/first.wav")
        for wrong, said in (("nowhere.wav", "No such"), (f"http://127.0.0.1:{free_port()}/x.wav", "Failed to decode"),
                            ("gopher://x/y", "refuses")):
            with self.subTest(wrong):
                self.play("Albums/One/first.wav")
                result = self.command({"service": "play_media", "media_content_id": wrong}, status="failed")
                self.assertIn(said, result["reason"])
        for wrong in ({"media_content_id": "a\nstop"}, {"media_content_id": ""}, {"media_content_id": "x", "enqueue": 7},
                      {"media_content_id": "media-source://x"}, {"media_content_type": "music"}):
            self.command({"service": "play_media", **wrong}, status="rejected")
        self.play("Morning", media_content_type="playlist")
        self.wait(state="playing", queue_length=3)
        self.play(self.serve_tone(3))
        self.wait(state="playing", queue_length=1, media_title="chime.wav")

    def test_requests_about_queue_library_and_pictures(self):
        self.start()
        self.play("Morning", media_content_type="playlist")
        queue = self.request("queue")["data"]
        self.assertEqual([song["uri"] for song in queue["songs"]], self.songs())
        self.assertEqual((queue["length"], queue["place"]), (3, 0))
        self.assertTrue(self.request("move", id=queue["songs"][2]["id"], to=1)["ok"])
        self.assertTrue(self.request("remove", id=queue["songs"][1]["id"])["ok"])
        self.assertEqual(self.songs(), ["Albums/One/first.wav", "short.wav"])
        self.assertFalse(self.request("remove", id=999)["ok"])
        self.assertFalse(self.request("remove")["ok"])
        self.assertEqual(self.request("queue", **{"from": 50})["data"]["songs"], [])
        entries = self.request("browse", path="Albums")["data"]["entries"]
        self.assertEqual(entries, [{"kind": "folder", "path": "Albums/One"}])
        self.assertFalse(self.request("browse", path="No such folder")["ok"])
        picture = b""
        while True:
            part = self.request("art", offset=len(picture))["data"]
            picture += base64.b64decode(part["data"])
            if len(picture) >= part["size"]:
                break
        self.assertEqual(picture, MusicPlayer.PICTURE)
        self.assertFalse(self.request("art", uri="short.wav")["ok"])

    def test_through_the_hub(self):
        self.house.start_hub()
        self.start()
        self.house.wait_availability("media_player.kitchen", "online")
        answer = self.house.call("gable/call/media_player/play_media", {
            "target": {"entity_id": "media_player.kitchen"}, "data": {"media_content_id": "Albums/One/first.wav"}}, 20)
        self.assertEqual(answer["status"], "done", answer)
        self.house.wait_state("media_player.kitchen", {"state": "playing", "media_title": "first.wav"})
        self.assertEqual(self.house.call("gable/set/media_player/kitchen/volume_level", "25%")["status"], "done")
        self.house.wait_state("media_player.kitchen", {"volume_level": 0.25})
        self.assertEqual(self.house.call("gable/set/switch/kitchen_terrace", "off")["status"], "done")
        # Without the hub, too.
        self.house["hub"].stop()
        self.house.publish(SET, {"player": {"service": "media_pause"}})
        self.player.wait(state="pause")

    def test_conformance(self):
        self.start()
        checks = self.house.gable("conformance", "mpd", "--entity", "kitchen/output_terrace")
        self.assertNotIn("fail", checks)


class Announcing(PlayerTest):
    def announce(self, url, **extra):
        return {"service": "play_media", "media_content_id": url, "announce": True, **extra}

    def test_everything_is_as_it_was(self):
        self.start(more=", announce_volume: 80")
        chime = self.serve_tone(1)
        self.play("Morning", media_content_type="playlist")
        self.command({"service": "volume_set", "volume_level": 0.3})
        for before, again in (("media_play", "play"), ("media_pause", "pause")):
            with self.subTest(before):
                self.command({"service": before})
                self.command({"service": "media_seek", "seek_position": 20})
                self.player.lines("random 1", "repeat 1", "consume 0")
                self.assertEqual(self.player.ask("status")["state"], again)
                self.command(self.announce(chime))
                self.wait(announcing=True, volume_level=0.8, media_title="chime.wav")
                status = self.player.wait(state=again, volume="30", random="1", repeat="1", single="0", song="0")
                self.assertLess(abs(float(status["elapsed"]) - 20), 3)
                self.wait(announcing=False, queue_length=3, media_title="first.wav")
        # In silence: silence again. Two at a time: one after the other. The volume of one alone.
        self.command({"service": "media_stop"})
        first = self.send(self.announce(chime, extra={"volume": 0.5}))
        second = self.send(self.announce(chime))
        self.assertEqual(self.final(first)["status"], "done")
        self.wait(announcing=True, volume_level=0.5)
        self.assertEqual(self.final(second)["status"], "done")
        self.wait(announcing=True, volume_level=0.8)
        self.wait(announcing=False, state="idle", volume_level=0.3, queue_length=3)
        # One that cannot be played.
        self.command(self.announce(f"http://127.0.0.1:{free_port()}/x.wav"), status="failed")
        self.wait(announcing=False, state="idle", queue_length=3)

    def test_somebody_wants_something_else(self):
        self.start()
        chime = self.serve_tone(30)
        self.play("Morning", media_content_type="playlist")
        self.command(self.announce(chime))
        self.player.lines("play 1")
        self.wait(announcing=False, state="playing", media_title="second.wav", queue_length=3)
        self.command(self.announce(chime))
        self.command({"service": "media_stop"})
        self.wait(announcing=False, state="idle", queue_length=3)

    def test_the_music_comes_back_after_a_crash(self):
        self.start()
        chime = self.serve_tone(4)
        self.play("Morning", media_content_type="playlist")
        self.command({"service": "media_seek", "seek_position": 20})
        self.command(self.announce(chime))
        bridge = self.house["mpd"]
        bridge.kill()
        bridge.start()
        self.wait(20, announcing=False, state="playing", media_title="first.wav", queue_length=3)
        self.assertEqual(self.player.ask("status")["single"], "0")
        # The player dies: its ids are others afterwards.
        self.command({"service": "media_seek", "seek_position": 20})
        self.command(self.announce(chime))
        self.player.stop()
        self.watcher.wait_latest(LINK, {"status": "offline"})
        self.player.start()
        self.wait(20, announcing=False, state="playing", media_title="first.wav", queue_length=3)
        self.assertGreaterEqual(float(self.player.ask("status")["elapsed"]), 19)


class Faults(PlayerTest):
    def test_away_at_the_start_and_in_between(self):
        self.start_bridge(wait=False)
        self.watcher.wait_latest(STATUS, {"status": "degraded", "reason": lambda r: "Connection refused" in r}, 10)
        self.watcher.wait_latest(LINK, {"status": "offline", "reason": lambda r: "Connection refused" in r})
        self.command({"service": "media_play"}, status="rejected")
        self.player.start()
        self.wait(20, state="idle")
        self.watcher.wait_latest(STATUS, {"status": "online"})
        self.play("Albums/One/first.wav")
        self.player.kill()
        self.watcher.wait_latest(LINK, {"status": "offline"})
        # What it has stays described while it is away, for a bridge that starts meanwhile, too.
        self.house["mpd"].stop()
        self.house["mpd"].start()
        self.watcher.wait_latest(STATUS, {"status": "degraded"})
        described = self.house.retained("gable/bridge/mpd/device/kitchen")["gable/bridge/mpd/device/kitchen"].json
        self.assertIn("output_terrace", described["entities"])
        self.player.start()
        self.player.lines("setvol 33")
        self.wait(20, volume_level=0.33)

    def test_a_player_that_freezes_in_mid_command(self):
        self.start()
        self.player.pause()
        result = self.command({"service": "volume_set", "volume_level": 0.1}, status="failed")
        self.assertIn("may have been carried out", result["reason"])
        self.watcher.wait_latest(LINK, {"status": "offline", "reason": lambda r: "does not answer" in r})
        self.player.resume()
        self.wait(20, state="idle")
        # What came of the command is the player's to say, and is said.
        wait_until(lambda: self.wait()["volume_level"] == int(self.player.ask("status")["volume"]) / 100, 10,
                   lambda: f"{self.wait()}, but {self.player.ask('status')}")

    def test_a_thousand_commands_and_the_broker(self):
        self.start()
        self.watcher.mark()
        ids = [self.send_now(n) for n in range(1000)]
        wait_until(lambda: len(self.finals(ids)) == 1000, 60, lambda: f"{len(self.finals(ids))} of 1000 have ended")
        results = self.finals(ids)
        self.assertTrue(all(count == 1 for count, _ in results.values()))
        self.assertGreaterEqual(sum(status == "done" for _, status in results.values()), 250)
        self.wait(volume_level=int(self.player.ask("status")["volume"]) / 100)

        self.house.broker.restart()
        self.watcher.wait_latest(STATUS, {"status": "online"}, 60)
        self.play("Albums/One/first.wav")
        self.wait(state="playing")

    def send_now(self, number):
        id = f"many-{number}"
        self.watcher._client.publish(SET, '{"player":{"service":"volume_set","volume_level":%.2f},"_id":"%s"}'
                                     % (number % 100 / 100, id), 1)
        return id

    def finals(self, ids):
        wanted, found = set(ids), {}
        for message in self.watcher.seen(RESULT):
            if message.json["id"] in wanted and message.json["status"] != "accepted":
                count, _ = found.get(message.json["id"], (0, ""))
                found[message.json["id"]] = (count + 1, message.json["status"])
        return found

    def test_passwords(self):
        self.player = MusicPlayer(self.house.directory / "locked",
                                  extra='log_level "verbose"\ndefault_permissions ""\n'
                                        'password "secret@read,add,control,admin"')
        self.addCleanup(self.player.kill)
        self.player.start(update=False)
        for password, said in (("wrong", "refuses the password"), ("", "wants a password")):
            bridge = self.start_bridge(more=f", password: '{password}'" if password else "", wait=False)
            self.watcher.wait_latest(STATUS, {"status": "degraded", "reason": lambda r: said in r}, 15)
            # It does not hammer: no second try in the time of the first back-offs.
            tries = self.connections()
            self.watcher.assert_quiet("gable/bridge/mpd/link/#", 3)
            self.assertEqual(self.connections(), tries)
            bridge.stop()
            del self.house.processes["mpd"]
        self.start_bridge(more=", password: secret")
        self.wait(state="idle")

    def connections(self):
        """How many the player has had."""
        return self.player.tail(10_000).count("opened from")


class Misbehaving(PlayerTest):
    """A server of the test's own, which sends what it likes."""

    def setUp(self):
        super().setUp()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)
        self.accepted = 0

    def serve(self, script):
        """Each connection gets `script(link)`, until the test ends."""
        links = []

        def accept():
            while True:
                try:
                    link, _ = self.listener.accept()
                except OSError:
                    return
                links.append(link)
                self.accepted += 1
                try:
                    script(link)
                except OSError:
                    pass
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        self.addCleanup(lambda: [link.close() for link in links])

    def start_degraded(self, said):
        self.start_bridge(f"127.0.0.1:{self.listener.getsockname()[1]}", wait=False)
        self.watcher.wait_latest(STATUS, {"status": "degraded", "reason": lambda r: said in r}, 30)
        self.assertTrue(self.house["mpd"].alive)
        self.assertLess(self.accepted, 8)

    def test_something_else_than_a_player(self):
        self.serve(lambda link: link.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
        self.start_degraded("expected a music player's greeting")

    def test_garbage_after_the_greeting(self):
        self.serve(lambda link: link.sendall(b"OK MPD 0.23.5\n\xff\xfe\x00garbage\n"))
        self.start_degraded("expected key: value")

    def test_an_endless_line(self):
        self.serve(lambda link: link.sendall(b"OK MPD 0.23.5\n" + b"x" * 3_000_000))
        self.start_degraded("lines of at most 64 KiB")

    def test_half_an_answer(self):
        self.serve(lambda link: link.sendall(b"OK MPD 0.23.5\nOK\nvolume: 3"))
        self.start_degraded("does not answer")

    def test_answers_that_nobody_asked_for(self):
        self.serve(lambda link: link.sendall(b"OK MPD 0.23.5\n" + b"volume: 3\nOK\n" * 20))
        self.start_degraded("answer")

    def test_answers_late_and_in_pieces(self):
        """The real player at the end of a bad line."""
        self.player.start()

        def carry(link):
            with socket.create_connection(("127.0.0.1", self.player.port)) as player:
                def forth():
                    while data := link.recv(4096):
                        player.sendall(data)
                    player.shutdown(socket.SHUT_WR)
                threading.Thread(target=forth, daemon=True).start()
                while data := player.recv(4096):
                    time.sleep(1)  # the fault itself
                    for at in range(0, len(data), 7):
                        link.sendall(data[at:at + 7])
        self.serve(carry)
        self.start_bridge(f"127.0.0.1:{self.listener.getsockname()[1]}", wait=False)
        self.wait(30, state="idle")
        self.command({"service": "volume_set", "volume_level": 0.25})
        self.wait(30, volume_level=0.25)
        self.assertEqual(self.accepted, 1)

    def test_silence(self):
        self.serve(lambda link: None)
        self.start_degraded("no greeting")


main()
