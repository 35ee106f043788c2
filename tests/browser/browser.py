"""The page in Debian's Chromium: runs one of the scripts of this folder against a house and does for it what only the
test can do, such as stopping the broker. Ends with 77 (skipped) where the page is not built or there is no Chromium."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

from gable_process import free_port, source

SANITIZED = bool(os.environ.get("GABLE_SANITIZE"))
SHOTS = pathlib.Path(os.environ.get("GABLE_SCREENSHOTS") or tempfile.gettempdir() + "/gable-screenshots")
BUILT = source("build", "dashboard")
HERE = source("tests", "browser")


def skip_unless_possible():
    for path, advice in ((BUILT / "complete", "the page is not built: tools/dashboard/build.sh"),
                         (source("tools", "dashboard", "node_modules", "playwright-core"), "playwright-core is not installed: tools/dashboard/build.sh")):
        if not path.exists():
            print(f"skipped: {advice}")
            sys.exit(77)
    for command in ("chromium", "node"):
        if not shutil.which(command):
            print(f"skipped: {command} is not here: apt-get install {'nodejs' if command == 'node' else command}")
            sys.exit(77)


class Page:
    """The page's files in a folder of their own, and the broker's lines that serve them on a port of 127.0.0.1."""

    def __init__(self, address="127.0.0.1"):
        self._folder = tempfile.TemporaryDirectory(prefix="gable-page-")
        self.folder = pathlib.Path(self._folder.name)
        shutil.copytree(BUILT, self.folder, dirs_exist_ok=True)
        self.folder.chmod(0o755)
        self.port = free_port()
        self.address = address

    @property
    def broker_lines(self):
        return f"listener {self.port} {self.address}\nprotocol websockets\nhttp_dir {self.folder}\n"

    @property
    def base(self):
        return f"http://{self.address}:{self.port}/"

    def close(self):
        self._folder.cleanup()


def drive(script, page, answers=None, seconds=120, prefix=(), **more):
    """Runs SCRIPT.mjs to its end and gives what it printed. `answers`: what it may ask for → a function. `more` goes
    into its settings; `prefix`: of the command, as Host.command() makes it."""
    settings = {"source": str(source()), "base": page.base, "shots": str(SHOTS), "chromium": shutil.which("chromium"),
                "folder": str(page.folder), "patience": 30_000 if SANITIZED else 15_000, **more}
    command = [*prefix, shutil.which("node"), HERE / f"{script}.mjs"]
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               env={**os.environ, "GABLE_BROWSER": json.dumps(settings)}, start_new_session=True)
    timer = threading.Timer(seconds, lambda: os.killpg(process.pid, 9))
    timer.start()
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if line.startswith("ask "):
                _, what, *words = line.split()
                (answers or {})[what](*map(int, words))
                process.stdin.write("done\n")
                process.stdin.flush()
        process.wait()
    finally:
        timer.cancel()
        if process.poll() is None:
            os.killpg(process.pid, 9)
            process.wait()
        process.stdin.close()
        process.stdout.close()
    text = "".join(line for line in said if not line.startswith("ask "))
    print(text, flush=True)
    if process.returncode != 0:
        raise AssertionError(f"{script}.mjs ended with {process.returncode}:\n{text}")
    return text
