"""Configuration files that cannot be right: the hub does not start, ends with status 2 at once, and says in which
file, line and column, and what would be right. What it merely does not use it says, and starts."""
import os
import pathlib
import resource
import subprocess
import tempfile
import unittest

from gable_house import HouseTest, free_port, main, program

SECONDS = 60
MEMORY = 400 << 20  # address space of a hub that reads a file: more would be the work of the file


def limit_memory():
    """In the child. A sanitizer reserves the address space for its shadow memory, so there it cannot be limited."""
    if not os.environ.get("GABLE_SANITIZE"):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def explosion(levels=12):
    """Ten times as much for each line: a file of a kilobyte that would be ten thousand million values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 10) + "]")
    return "\n".join(lines) + "\n"


class BadConfiguration(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gable-configuration-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "house.yaml"

    def start(self, content=None, arguments=()):
        """Status and what was said."""
        if content is not None:
            self.file.write_bytes(content if isinstance(content, bytes) else content.encode())
        command = [program("gable-hub"), "--config", self.file, "--broker", f"mqtt://127.0.0.1:{free_port()}",
                   "--state", self.folder / "state", *arguments]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL,
                              preexec_fn=limit_memory)
        return done.returncode, (done.stdout + done.stderr).decode()

    def refuses(self, content, place, *words):
        """`place`: "line:column", or None where there is none. Every word must be in the text."""
        status, said = self.start(content)
        self.assertEqual(status, 2, said)
        where = f"{self.file}:{place}:" if place else str(self.file)
        self.assertIn(where, said)
        for word in words:
            self.assertIn(word, said)
        self.assertLess(len(said), 2000)
        self.assertNotRegex(said, r"terminate called|yaml-cpp|bad_alloc|std::")
        self.assertFalse((self.folder / "state").exists(), "nothing may be written before the file is understood")
        return said

    def test_aliases_that_explode(self):
        self.refuses(explosion(), "5:45", "values, aliases expanded")

    def test_an_alias_within_itself(self):
        self.refuses("areas: &a\n  kitchen: *a\n", "2:12", "in which it stands")

    def test_nesting(self):
        self.refuses("house: " + "[" * 5000 + "]" * 5000 + "\n", "1:71", "deep")

    def test_a_huge_file(self):
        self.refuses("# " + "x" * (9 << 20), None, "larger than")

    def test_a_key_twice(self):
        self.refuses("areas:\n  kitchen: {name: Kitchen}\n  hall: {}\n  kitchen: {name: Another}\n", "4:3",
                     "kitchen", "2")

    def test_wrong_types(self):
        self.refuses("house: [1, 2]\n", "1:8")
        self.refuses("input_number:\n  level: {min: low, max: 10}\n", "2:16", "number", "low")
        self.refuses("input_number:\n  level: {min: 20, max: 10}\n", "2:25", "max must be greater than min")
        self.refuses("house:\n  latitude: 200\n  longitude: 0\n", "2:13", "90")
        self.refuses("timer:\n  laundry: {duration: soon}\n", "2:23", "soon")
        self.refuses("- one\n- two\n", "1:1")

    def test_a_key_that_nobody_knows(self):
        self.refuses("house:\n  nmae: Test\n", "2:3", "nmae", "did you mean 'name'?")
        self.refuses("hose:\n  name: Test\n", "1:1", "hose", "did you mean 'house'?")
        self.refuses("input_boolean:\n  guests: {icno: mdi:x}\n", "2:12", "icno", "did you mean 'icon'?")

    def test_names_that_do_not_exist(self):
        self.refuses("house: {time_zone: Europe/Amsterdm}\n", "1:20", "Europe/Amsterdm")
        self.refuses("entities:\n  light.desk: {area: kitchn}\nareas:\n  kitchen: {}\n", "2:22", "kitchn")
        self.refuses("input_boolean:\n  Gäste: {}\n", "2:3")

    def test_what_is_no_yaml_and_no_text(self):
        self.refuses("house: {name: Test\n", None)
        self.refuses("house:\n\tname: Test\n", "2:1", "tab")
        self.refuses(b"house: {name: T\xff\xfest}\n", "1:1", "UTF-8")
        self.refuses(b"house: {name: T\0st}\n", "1:16")
        self.refuses("house: {name: !secret nobody}\n", "1:15", "nobody")
        self.refuses("house: !include nowhere.yaml\n", "1:8", "nowhere.yaml")
        self.refuses("house: !python/object:os.system {}\n", "1:8", "!python/object")

    def test_a_file_that_is_not_there_or_no_file(self):
        status, said = self.start()
        self.assertEqual(status, 2, said)
        self.assertIn(str(self.file), said)
        self.file.mkdir()
        status, said = self.start()
        self.assertEqual(status, 2, said)
        self.assertIn(str(self.file), said)

    def test_a_file_that_includes_itself(self):
        self.refuses("house: !include house.yaml\n", "1:8", "house.yaml")

    def test_arguments(self):
        for arguments, word in ((["--root", "a/b"], "a/b"), (["--broker", "mqtt://[::1"], "--broker"),
                                (["--nonsense"], "--nonsense"), (["--broker", "http://x"], "http")):
            status, said = self.start("{}\n", arguments)
            self.assertEqual(status, 2, (arguments, said))
            self.assertIn(word, said)


class Reload(HouseTest):
    def test_a_bad_file_leaves_the_running_house_as_it_is(self):
        self.house.start(config="input_boolean:\n  guests: {name: Guests}\n")
        self.house.wait_state("input_boolean.guests", "off", SECONDS)
        (self.house.directory / "hub.yaml").write_text("input_boolean:\n  guests: {nmae: Guests}\n")
        answer = self.house.call("gable/hub/request/reload", "{}", SECONDS)
        self.assertEqual(answer["ok"], False, answer)
        self.assertIn("hub.yaml:2:12", str(answer))
        self.assertEqual(self.house.call("gable/set/input_boolean/guests", "on", SECONDS)["status"], "done")


if __name__ == "__main__":
    main()
