"""The units are well-formed, and as confined as we promise: an exposure of at most 2.0."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from gable_process import source

UNITS = ("gable-hub.service", "gable-bridge@.service")
HIGHEST_EXPOSURE = 2.0


class Units(unittest.TestCase):
    def test_exposure(self):
        for unit in UNITS:
            with self.subTest(unit):
                done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager",
                                       source("deploy", "systemd", unit)], capture_output=True, text=True, check=False)
                found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
                self.assertTrue(found, done.stdout + done.stderr)
                self.assertLessEqual(float(found.group(1)), HIGHEST_EXPOSURE, done.stdout)

    def test_exposure_with_the_additions_of_one_bridge(self):
        for additions in sorted(source("deploy", "systemd").glob("*.service.d")):
            with self.subTest(additions.name), tempfile.TemporaryDirectory() as folder:
                unit = pathlib.Path(folder, additions.name.removesuffix(".d"))
                shutil.copytree(additions, pathlib.Path(folder, additions.name))
                shutil.copy(source("deploy", "systemd", "gable-bridge@.service"), unit)
                done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", unit],
                                      capture_output=True, text=True, check=False)
                found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
                self.assertTrue(found, done.stdout + done.stderr)
                self.assertLessEqual(float(found.group(1)), HIGHEST_EXPOSURE, done.stdout)
                verified = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True,
                                          check=False)
                said = [line for line in verified.stderr.splitlines() if additions.name.split(".")[0] in line]
                self.assertEqual([line for line in said if "is not executable" not in line], [])

    def test_nothing_unknown_in_them(self):
        for unit in UNITS:
            with self.subTest(unit):
                done = subprocess.run(["systemd-analyze", "verify", "--man=no", source("deploy", "systemd", unit)],
                                      capture_output=True, text=True, check=False)
                said = [line for line in done.stderr.splitlines() if unit.split(".")[0] in line]
                # The programs need not be installed where the tests run.
                said = [line for line in said if "is not executable" not in line]
                self.assertEqual(said, [])

    def test_restart_and_watchdog(self):
        for unit in UNITS:
            text = source("deploy", "systemd", unit).read_text()
            for line in ("Type=notify", "WatchdogSec=30", "Restart=always", "DynamicUser=yes", "NoNewPrivileges=yes"):
                self.assertIn(f"\n{line}\n", text, unit)


if __name__ == "__main__":
    if not shutil.which("systemd-analyze"):
        print("skipped: systemd-analyze is not installed")
        sys.exit(77)
    unittest.main()
