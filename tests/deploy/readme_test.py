"""The README's command blocks work as they stand: every ```sh block is run, in order, against the house that its first
block brings up, in a network where the usual port is free. A block marked `sh watch` runs until somebody stops it,
so it is stopped once it has shown something. (Blocks in other languages are not commands.)"""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

import own_network
from gable_process import Process, source

BLOCK = re.compile(r"^```sh( watch)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks():
    """(runs until stopped, text) for each."""
    return [(bool(watch), text) for watch, text in BLOCK.findall(source("README.md").read_text())]


class Readme(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.home = self.folder / "home"
        self.home.mkdir()
        self.clone = self.folder / "gable"
        self.make_clone()

    def make_clone(self):
        """The source tree, with the executables under test in build/bin."""
        self.clone.mkdir()
        for entry in source().iterdir():
            if not entry.name.startswith((".", "build")):
                (self.clone / entry.name).symlink_to(entry)
        (self.clone / "build").mkdir()
        (self.clone / "build" / "bin").symlink_to(os.environ["GABLE_BIN"])

    def command(self, name, text):
        # deploy/up takes the executables as they are: the tree they were built from may be in the middle of a change.
        environment = {"HOME": str(self.home), "XDG_STATE_HOME": str(self.home / "state"),
                       "GABLE_BIN": str(self.clone / "build" / "bin")}
        return Process(name, ["bash", "-euo", "pipefail", "-c", text], self.folder / f"{name}.log", cwd=self.clone,
                       env=environment, expected_exit=0)

    def watch(self, name, text):
        """Runs it until it has printed a line, then ends it as Ctrl-C does. The house is quiet: somebody uses a switch."""
        process = self.command(name, f"exec {text}").start()
        try:
            for word in ["on", "off"] * 10:
                subprocess.run(["mosquitto_pub", "-t", "gable/set/light/kitchen_ceiling", "-m", word], check=True)
                if process.output():
                    break
                time.sleep(1)
            process.wait_line(".")
            os.kill(process.pid, signal.SIGINT)
            process.wait_exit(10)
        finally:
            process.kill()

    def run_block(self, name, text):
        process = self.command(name, text).start()
        try:
            status = process.wait_exit(60)
            self.assertEqual(status, 0, f"{text}\nended with {status}:\n{process.tail()}")
        finally:
            process.kill()

    def test_blocks_as_they_stand(self):
        (_, first), *rest = blocks()
        self.assertEqual(first, "deploy/up\n")
        house = self.command("house", "exec deploy/up").start()
        self.addCleanup(house.stop, 30)
        house.wait_line("The house is up", seconds=60)
        self.assertGreater(len(rest), 6)
        for number, (watch, text) in enumerate(rest, 2):
            with self.subTest(text):
                (self.watch if watch else self.run_block)(f"block-{number}", text)

    def test_it_names_no_file_that_is_not_there(self):
        for name in re.findall(r"^\* `([^`]+)`", source("README.md").read_text(), re.MULTILINE):
            with self.subTest(name):
                self.assertTrue(source(name).exists(), f"the README names {name}")

    def test_the_two_commands_come_first(self):
        lines = source("README.md").read_text().splitlines()
        self.assertEqual(lines[2:4], ["```sh", "deploy/up"])
        self.assertTrue(subprocess.run(["test", "-x", source("deploy", "up")], check=False).returncode == 0)


if __name__ == "__main__":
    own_network.enter()
    unittest.main()
