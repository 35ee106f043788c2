"""Programs under test and the broker they talk to, as child processes that cannot outlive the test.

Every wait is a condition with a deadline; a wait that fails says what was there instead. Start processes from
the main thread: Linux ends them together with the thread that started them.
"""
import ctypes
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def wait_until(condition, seconds, what):
    """Polls `condition` until it gives something true and returns that. `what`: text, or a callable that makes it."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= deadline:
            raise AssertionError(f"after {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.01)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name):
    """Path of one of our executables; $GABLE_BIN is set by ctest."""
    path = pathlib.Path(os.environ["GABLE_BIN"]) / name
    if not path.exists():
        raise AssertionError(f"{path} is not there: build it first")
    return path


def source(*parts):
    """Path below the source tree."""
    default = pathlib.Path(__file__).resolve().parents[2]
    return pathlib.Path(os.environ.get("GABLE_SOURCE_DIR", default)).joinpath(*parts)


def _die_with_parent():
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _members(group):
    """Pids of the living (zombies do not count) processes of a process group."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(errors="replace").rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if int(fields[2]) == group and fields[0] not in "ZX":
            found.append(int(entry.name))
    return found


class Process:
    """One child process in a process group of its own; what it prints goes to a log file.

    `expected_exit`: the status after SIGTERM that stop() accepts.
    """

    def __init__(self, name, command, log, env=None, cwd=None, expected_exit=0):
        self.name, self.command, self.log = name, [str(part) for part in command], pathlib.Path(log)
        self.env, self.cwd, self.expected_exit = env, cwd, expected_exit
        self._child = None
        self._log_start = 0

    def start(self):
        assert not self.alive, f"{self.name} runs already"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self._log_start = out.tell()
            self._child = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=self.cwd,
                env={**os.environ, **(self.env or {})}, start_new_session=True, preexec_fn=_die_with_parent)
        return self

    @property
    def pid(self):
        return self._child.pid

    @property
    def alive(self):
        return self._child is not None and self._child.poll() is None

    @property
    def exit_status(self):
        """None while it runs; negative: ended by that signal."""
        return None if self._child is None else self._child.poll()

    def output(self):
        """What it has printed since its last start."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")

    def tail(self, lines=40):
        """The last lines of the log, of earlier runs too."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def wait_line(self, pattern, seconds=10):
        """The first line since the last start in which the regular expression is found, as its match."""
        def look():
            found = re.search(pattern, self.output(), re.MULTILINE)
            if not found and not self.alive:
                raise AssertionError(f"{self.name} ended with {self.exit_status} before it printed "
                                     f"/{pattern}/:\n{self.tail()}")
            return found
        return wait_until(look, seconds, lambda: f"{self.name} did not print /{pattern}/:\n{self.tail()}")

    def wait_exit(self, seconds=10):
        wait_until(lambda: not self.alive, seconds, lambda: f"{self.name} still runs:\n{self.tail()}")
        return self.exit_status

    def kill(self):
        """kill -9 to the process, and to whatever it has started."""
        if self._child is None:
            return
        self.resume()
        for pid in {self.pid, *_members(self.pid)} if self.alive else _members(self.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._child.wait()

    def pause(self):
        """Freezes it (SIGSTOP): its connections stay open and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self):
        if self.alive:
            os.kill(self.pid, signal.SIGCONT)

    def terminate(self):
        if self.alive:
            self.resume()
            os.kill(self.pid, signal.SIGTERM)

    def stop(self, seconds=10):
        """SIGTERM; fails unless it ends in time, with the expected status, and leaves no child behind."""
        if not self.alive:
            return
        self.terminate()
        try:
            status = self.wait_exit(seconds)
            left = _members(self.pid)
            assert not left, f"{self.name} left processes behind: {left}"
            assert status == self.expected_exit, (
                f"{self.name} ended with {status}, expected {self.expected_exit}:\n{self.tail()}")
        finally:
            self.kill()


class Broker(Process):
    """A real mosquitto on a free port of 127.0.0.1, files below `directory`.

    `config`: HOUSE (ours, from deploy/), DEFAULTS (mosquitto as Debian ships it) or configuration text; port,
    persistence and log settings in it are replaced. `extra` is appended. `users`: {name: password}, turns
    anonymous access off. `acl`: text of an ACL file.
    """

    HOUSE, DEFAULTS = "house", "defaults"
    _OWN = ("listener", "port", "bind_address", "persistence_location", "persistence_file", "log_dest", "pid_file",
            "log_timestamp_format", "user", "allow_anonymous", "include_dir", "password_file", "acl_file")

    def __init__(self, directory, config=HOUSE, extra="", users=None, acl=None):
        self.directory = pathlib.Path(directory)
        self.port = free_port()
        self._config, self._extra, self._users, self._acl = config, extra, users, acl
        super().__init__("mosquitto", [shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c",
                                       self.directory / "mosquitto.conf"], self.directory / "mosquitto.log")

    @property
    def url(self):
        return f"mqtt://127.0.0.1:{self.port}"

    @property
    def database(self):
        return self.directory / "mosquitto.db"

    def url_for(self, user):
        return f"mqtt://{user}:{self._users[user]}@127.0.0.1:{self.port}"

    def _base(self):
        if self._config == self.HOUSE:
            ours = source("deploy", "mosquitto.conf")
            return ours.read_text() if ours.exists() else (
                "set_tcp_nodelay true\nmax_queued_messages 0\npersistence true\n"
                "autosave_on_changes true\nautosave_interval 1\n")
        return "persistence true\n" if self._config == self.DEFAULTS else self._config

    def _write_files(self):
        self.directory.mkdir(parents=True, exist_ok=True)
        lines = [line for line in self._base().splitlines() if line.split(" ", 1)[0].strip() not in self._OWN]
        lines += [f"listener {self.port} 127.0.0.1", f"persistence_location {self.directory}/", "log_dest stderr",
                  "log_timestamp_format %H:%M:%S", f"allow_anonymous {'false' if self._users else 'true'}"]
        if os.geteuid() == 0:
            lines.append("user root")  # it would give up root, and with it the temporary folder
        if self._users:
            path = self.directory / "passwords"
            path.write_text("".join(f"{name}:{word}\n" for name, word in self._users.items()))
            subprocess.run(["mosquitto_passwd", "-U", path], check=True)
            lines.append(f"password_file {path}")
        if self._acl is not None:
            path = self.directory / "acl"
            path.write_text(self._acl)
            path.chmod(0o600)
            lines.append(f"acl_file {path}")
        (self.directory / "mosquitto.conf").write_text("\n".join(lines + [self._extra]) + "\n")

    def _accepts(self):
        if not self.alive:
            raise AssertionError(f"mosquitto ended with {self.exit_status}:\n{self.tail()}")
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def start(self):
        self._write_files()
        super().start()
        wait_until(self._accepts, 10, lambda: f"mosquitto does not accept:\n{self.tail()}")
        return self

    def restart(self, kill=False):
        """Same port; clients reconnect by themselves. kill: as after a power cut (what was not saved is lost)."""
        self.kill() if kill else self.stop()
        return self.start()

    def wipe(self):
        """Loses everything that is stored, as on a new disk. Only while it is stopped."""
        assert not self.alive, "stop the broker first"
        self.database.unlink(missing_ok=True)
