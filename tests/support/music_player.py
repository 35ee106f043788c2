"""The real Music Player Daemon on a port of 127.0.0.1, with silent outputs and a small library, as a peer of tests.

    player = MusicPlayer(house.directory / "kitchen")
    house.run_process(player) …                player.start()
    player.ask("status")["state"]               # on a connection of the test's own
"""
import contextlib
import math
import pathlib
import shutil
import socket
import struct
import wave

from gable_process import Process, free_port, wait_until

CONFIG = """
music_directory "{directory}/music"
playlist_directory "{directory}/playlists"
db_file "{directory}/database"
state_file "{directory}/state"
bind_to_address "127.0.0.1"
port "{port}"
zeroconf_enabled "no"
restore_paused "no"
{extra}
audio_output {{
  type "null"
  name "Kitchen speaker"
  mixer_type "software"
}}
audio_output {{
  type "null"
  name "Terrace"
  mixer_type "software"
}}
"""


def write_tone(path, seconds, pitch=440, rate=8000):
    """A WAV file of one tone."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = b"".join(struct.pack("<h", int(8000 * math.sin(2 * math.pi * pitch * n / rate)))
                       for n in range(int(seconds * rate)))
    with contextlib.closing(wave.open(str(path), "wb")) as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)


class MusicPlayer(Process):
    """mpd; `songs`: {path in the library: seconds}. Log and state in `directory`, kept over a restart."""

    PICTURE = bytes(range(256)) * 300  # 76,800 bytes: several parts

    def __init__(self, directory, songs=None, extra=""):
        self.directory = pathlib.Path(directory)
        self.port = free_port()
        self._songs = songs or {"Albums/One/first.wav": 60, "Albums/One/second.wav": 60, "short.wav": 1}
        self._extra = extra
        super().__init__("mpd", [shutil.which("mpd") or "/usr/bin/mpd", "--no-daemon", "--stderr",
                                 self.directory / "mpd.conf"], self.directory / "mpd.log")

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self, update=True):
        fresh = not self.directory.exists()
        (self.directory / "playlists").mkdir(parents=True, exist_ok=True)
        (self.directory / "music").mkdir(exist_ok=True)
        if fresh:
            for name, seconds in self._songs.items():
                write_tone(self.directory / "music" / name, seconds)
            (self.directory / "music" / "Albums" / "One").mkdir(parents=True, exist_ok=True)
            (self.directory / "music" / "Albums" / "One" / "cover.jpg").write_bytes(self.PICTURE)
            (self.directory / "playlists" / "Morning.m3u").write_text("\n".join(self._songs) + "\n")
        (self.directory / "mpd.conf").write_text(
            CONFIG.format(directory=self.directory, port=self.port, extra=self._extra))
        super().start()
        wait_until(self._accepts, 20, lambda: f"mpd does not accept:\n{self.tail()}")
        if update and fresh:
            self.ask("update")
            wait_until(lambda: "updating_db" not in self.ask("status"), 20, "the library is still being read")
        return self

    def _accepts(self):
        assert self.alive, f"mpd ended with {self.exit_status}:\n{self.tail()}"
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def play_from(self, song, second):
        """Adds a song and plays it from there. A busy mpd refuses to seek until its decoder has begun."""
        def playing():
            try:
                return self.lines("play", f"seekcur {second}") is not None
            except (AssertionError, OSError):
                return False
        self.lines(f'add "{song}"')
        wait_until(playing, 20, lambda: f"mpd does not seek:\n{self.tail()}")

    def lines(self, *commands, password=None):
        """The lines that the player answers, without OK. An ACK fails."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as link:
            file = link.makefile("rwb")
            assert file.readline().startswith(b"OK MPD "), "no greeting"
            answers = []
            for command in ([f'password "{password}"'] if password else []) + list(commands):
                file.write(command.encode() + b"\n")
                file.flush()
                while (line := file.readline().decode().rstrip("\n")) != "OK":
                    assert line and not line.startswith("ACK"), f"{command}: {line}"
                    answers.append(line)
            return answers

    def ask(self, *commands, **options):
        """The same as a dict; of keys that come again, the first."""
        found = {}
        for line in self.lines(*commands, **options):
            key, _, value = line.partition(": ")
            found.setdefault(key, value)
        return found

    def wait(self, seconds=10, **wanted):
        """Until the status holds these: wait(state="play", songid="3")."""
        return wait_until(lambda: (status := self.ask("status")) and
                          all(status.get(key) == value for key, value in wanted.items()) and status,
                          seconds, lambda: f"wanted {wanted}, status is {self.ask('status')}")
