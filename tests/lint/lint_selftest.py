"""The checks of tools/lint find what they are there for: each breach in a small tree of its own."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

LINT = pathlib.Path(os.environ.get("GABLE_SOURCE_DIR", pathlib.Path(__file__).parents[2])) / "tools" / "lint"


def run(check, files):
    """Runs a check on a tree with these files; gives its exit status and what it printed."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            place = pathlib.Path(root) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        done = subprocess.run([sys.executable, LINT / check, root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


WIRE = {"schemas/wire/topic.hpp": "#pragma once\n"}
NODE = {"bridges/sdk/node/loop.hpp": "#pragma once\n#include <mutex>\n", **WIRE}
CORE = {"hub/core/registry.hpp": '#pragma once\n#include "wire/topic.hpp"\n', **NODE}

BREACHES = {
    "core includes node": ("hub/core/a.cpp", '#include "node/loop.hpp"\n'),
    "wire includes core": ("schemas/wire/a.cpp", '#include "core/registry.hpp"\n'),
    "node includes core": ("bridges/sdk/node/a.cpp", '#include "core/registry.hpp"\n'),
    "bridge includes hub": ("bridges/knx/a.cpp", '#include "core/registry.hpp"\n'),
    "bridge includes another": ("bridges/knx/a.cpp", '#include "../hue/b.hpp"\n'),
    "Paho in the hub": ("hub/app/a.cpp", "#include <mqtt/async_client.h>\n"),
    "libmosquitto in the hub": ("hub/app/a.cpp", "#include <mosquitto.h>\n"),
    "Paho C in a bridge": ("bridges/knx/a.cpp", "#include <MQTTAsync.h>\n"),
    "yaml-cpp in core": ("hub/core/a.cpp", "#include <yaml-cpp/yaml.h>\n"),
    "nlohmann in the hub": ("hub/app/a.cpp", "#include <nlohmann/json.hpp>\n"),
    "spdlog in core": ("hub/core/a.cpp", "#include <spdlog/spdlog.h>\n"),
    "CLI11 in a bridge": ("bridges/knx/main.cpp", "#include <CLI/CLI.hpp>\n"),
    "mutex in core": ("hub/core/a.cpp", "std::mutex m;\n"),
    "thread header in wire": ("schemas/wire/a.cpp", "#include <thread>\n"),
    "clock in wire": ("schemas/wire/a.cpp", "auto t = std::chrono::system_clock::now();\n"),
    "files in rules": ("rules/engine/a.cpp", "std::ifstream f;\n"),
    "environment in core": ("hub/core/a.cpp", 'auto t = std::getenv("TZ");\n'),
    "clock in a protocol library": ("bridges/knx/a.cpp", "// Pure: no clock.\nauto t = std::chrono::steady_clock::now();\n"),
}

ALLOWED = {
    "tests see everything": ("tests/a.cpp", '#include <gtest/gtest.h>\n#include "core/registry.hpp"\n#include <mutex>\n'),
    "libmosquitto at its place": ("bridges/sdk/node/mosquitto_port.cpp", "#include <mosquitto.h>\n"),
    "Paho at its place": ("bridges/sdk/node/paho_port.cpp", "#include <MQTTAsync.h>\n"),
    "words in comments and texts": ("hub/core/a.cpp", '// no std::mutex here\nauto t = "std::mutex";\n'),
    "app uses node and core": ("hub/app/a.cpp", '#include "core/registry.hpp"\n#include "node/loop.hpp"\n'),
    "time types in core": ("hub/core/a.cpp", "std::chrono::seconds wait{5};\n"),
    "own files of a bridge": ("bridges/knx/a.cpp", '#include "b.hpp"\n#include "wire/topic.hpp"\n'),
}


class Layers(unittest.TestCase):
    def test_breaches_are_found(self):
        for name, (path, text) in BREACHES.items():
            with self.subTest(name):
                status, said = run("check_layers.py", {**CORE, "bridges/hue/b.hpp": "#pragma once\n", path: text})
                self.assertEqual(status, 1, said)
                self.assertIn(f"{path}:", said)

    def test_what_is_allowed_passes(self):
        for name, (path, text) in ALLOWED.items():
            with self.subTest(name):
                status, said = run("check_layers.py", {**CORE, "bridges/knx/b.hpp": "#pragma once\n", path: text})
                self.assertEqual(status, 0, said)

    def test_an_empty_tree_is_no_success(self):
        self.assertEqual(run("check_layers.py", {})[0], 1)


class Sizes(unittest.TestCase):
    def test_limits(self):
        for lines, status, word in ((450, 0, ""), (451, 0, "getting long"), (800, 0, "getting long"), (801, 1, "too long")):
            with self.subTest(lines):
                found, said = run("check_sizes.py", {"hub/core/a.cpp": "\n" * lines})
                self.assertEqual(found, status, said)
                self.assertIn(word, said)


if __name__ == "__main__":
    unittest.main()
