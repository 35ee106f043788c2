#!/usr/bin/env python3
"""Checks the direction of dependencies: which room may include which, where a third party's headers may be seen,
and that pure rooms have no clock, thread, mutex, socket, file or log. Prints file:line for every breach.

usage: check_layers.py [ROOT]
"""

import pathlib
import re
import sys

# Room → the rooms that its files may include. A room is a folder; the longest match counts.
# wire ← rules ← hub core ← hub app → node; a bridge's protocol library depends on nothing of ours but wire.
ROOMS = {
    "schemas/wire": {"schemas/wire"},
    "rules/template": {"rules/template", "schemas/wire"},
    "rules/yaml": {"rules/yaml", "schemas/wire"},
    "rules": {"rules", "rules/template", "rules/yaml", "schemas/wire"},
    "rules/simulation": {"rules/simulation", "rules", "rules/template", "rules/yaml", "schemas/wire"},
    "rules/check": {"rules/check", "rules", "rules/template", "schemas/wire"},
    "rules/disk": {"rules/disk", "rules", "rules/template", "rules/yaml", "schemas/wire"},
    "hub/core": {"hub/core", "hub/discovery", "rules", "rules/check", "rules/template", "schemas/wire"},
    "hub/discovery": {"hub/discovery", "rules/template", "rules/yaml", "schemas/wire"},
    "hub/app": {"hub/app", "hub/core", "hub/discovery", "rules", "rules/check", "rules/disk", "rules/yaml", "rules/template", "bridges/sdk/node", "schemas/wire"},
    "hub": {"hub", "hub/app", "hub/core", "hub/discovery", "rules", "rules/template", "bridges/sdk/node", "schemas/wire"},
    "bridges/sdk/node": {"bridges/sdk/node", "schemas/wire"},
    "bridges/sdk/bridge": {"bridges/sdk/bridge", "bridges/sdk/node", "schemas/wire"},
    "tools": {"tools", "hub/discovery", "bridges/sdk/node", "bridges/sdk/bridge", "rules", "rules/check", "rules/disk", "rules/simulation",
              "rules/template", "rules/yaml", "schemas/wire"},
}
# Every other folder below bridges/ is one bridge: it may use its own files and the SDK.
BRIDGE_USES = {"bridges/sdk/bridge", "bridges/sdk/node", "schemas/wire"}
# `tests` may include anything.

# How an #include "…" begins → the room that it means (the include directories of the targets).
PREFIXES = {
    "wire/": "schemas/wire",
    "template/": "rules/template",
    "yaml/": "rules/yaml",
    "check/": "rules/check",
    "disk/": "rules/disk",
    "simulation/": "rules/simulation",
    "astronomy/": "rules",
    "engine/": "rules",
    "language/": "rules",
    "node/": "bridges/sdk/node",
    "bridge/": "bridges/sdk/bridge",
    "core/": "hub/core",
    "discovery/": "hub/discovery",
    "app/": "hub/app",
}

# Rooms without clock, thread, mutex, socket, file or log.
PURE = ("schemas/wire", "rules/template", "rules/yaml", "rules", "rules/simulation", "rules/check", "hub/core", "hub/discovery")

# Header → the only places that may include it. Heavy headers stay in one unit.
CONFINED = [
    (re.compile(r"^(mqtt/|MQTT(Async|Client|Properties|ReasonCodes))"),
     "Paho", r"bridges/sdk/node/paho_\w+\.(cpp|hpp)|tests/.*|tools/bench/.*"),
    (re.compile(r"^(mosquitto|mqtt_protocol)\.h"),
     "libmosquitto", r"bridges/sdk/node/mosquitto_\w+\.(cpp|hpp)|tests/.*|tools/bench/.*"),
    (re.compile(r"^yaml-cpp/"), "yaml-cpp", r"bridges/sdk/node/config_reader\.cpp|rules/.*loader\w*\.cpp|tests/.*"),
    (re.compile(r"^nlohmann/"), "nlohmann/json", r"schemas/wire/json_(reader|events)\.cpp|tests/.*"),
    (re.compile(r"^spdlog/"), "spdlog", r"bridges/sdk/node/logging\.cpp|tests/.*"),
    (re.compile(r"^CLI/"), "CLI11", r"bridges/sdk/node/arguments\.cpp|tools/.*\.cpp|tests/.*"),
    (re.compile(r"^sqlite3\.h"), "SQLite", r"hub/app/\w+\.cpp|tools/recorder/.*\.cpp|tests/.*"),
    (re.compile(r"^systemd/"), "libsystemd", r"bridges/sdk/node/\w+\.cpp|tests/.*"),
    (re.compile(r"^date/"), "the time zone library", r"schemas/wire/\w+\.cpp|hub/\w+/\w+\.cpp|rules/.*\.cpp|tools/gable/zones\.cpp|tests/.*"),
    (re.compile(r"^re2/"), "RE2", r"rules/template/callables/regex\.cpp|tests/.*"),
    (re.compile(r"^gmp"), "GMP", r"rules/template/value/big_integer\.cpp|tests/.*"),
    (re.compile(r"^utf8proc"), "utf8proc", r"rules/template/value/unicode\.cpp|tests/.*"),
    (re.compile(r"^curl/"), "libcurl", r"bridges/notify/sender\.cpp|tests/.*"),
    (re.compile(r"^boost/"), "Boost", r"bridges/zwave/websocket\.cpp|tests/.*"),
    (re.compile(r"^openssl/"), "OpenSSL", r"rules/template/callables/digest\.cpp|bridges/notify/signature\.cpp|tests/.*"),
    (re.compile(r"^(gtest|gmock)/"), "GoogleTest", r"tests/.*"),
]
IMPURE_HEADER = re.compile(
    r"^(thread|mutex|shared_mutex|condition_variable|future|semaphore|latch|barrier|stop_token|fstream|iostream|"
    r"filesystem|random|sys/|unistd\.h|fcntl\.h|poll\.h|netinet/|arpa/|netdb\.h|pthread\.h|signal\.h|csignal|"
    r"systemd/)")
IMPURE_WORD = re.compile(
    r"\bstd::(thread|jthread|mutex|shared_mutex|recursive_mutex|condition_variable|atomic|async|this_thread|"
    r"random_device|ifstream|ofstream|fstream|cout|cerr|clog)\b|"
    r"_clock::now\s*\(|\b(gettimeofday|clock_gettime|getenv|printf|fopen|std::time)\s*\(")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCES = {".cpp", ".hpp", ".h"}


def strip_comments(text):
    """The text with comments and string literals blanked, line numbers kept."""
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', lambda found: re.sub(r"[^\n]", " ", found.group(0)),
                  text, flags=re.S)


def room_of(path):
    """The room of a path below the root, or None where no rule applies (tests)."""
    parts = pathlib.PurePosixPath(path).parts
    for length in range(len(parts) - 1, 0, -1):
        folder = "/".join(parts[:length])
        if folder in ROOMS:
            return folder
        if len(parts) > 2 and parts[0] == "bridges" and parts[1] != "sdk" and length == 2:
            return folder
    return None


def allowed(room):
    return ROOMS.get(room) or BRIDGE_USES | {room}


def included_room(name, path, root):
    """The room that `#include "name"` in `path` means, or None if it is none of ours."""
    for prefix, room in PREFIXES.items():
        if name.startswith(prefix) and (root / room / name[len(prefix):]).exists():
            return room
    beside = (root / path).parent / name
    if beside.exists():
        return room_of(beside.resolve().relative_to(root.resolve()).as_posix())
    for base in ("tools", "bridges", "hub", "rules", "schemas", "."):
        if (root / base / name).exists():
            return room_of((pathlib.PurePosixPath(base) / name).as_posix())
    return None


def is_pure(room, text):
    """A pure room, or a file of a bridge's protocol library, which says so in a line of its own: `// Pure: …`."""
    return room in PURE or (room is not None and re.search(r"^// Pure: ", text, re.M) is not None)


def check_includes(path, text, room, root):
    pure = is_pure(room, text)
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        name = match.group(2)
        for header, what, places in CONFINED:
            if header.match(name) and not re.fullmatch(places, path):
                yield number, f"{what} may not be included here, only in {places.split('|tests')[0]}"
        if room is None:
            continue
        if pure and match.group(1) == "<" and IMPURE_HEADER.match(name):
            yield number, f"<{name}> here, where all is pure: no clock, thread, mutex, socket, file or log"
        target = included_room(name, path, root)
        if target and target not in allowed(room):
            yield number, f'"{name}" is in {target}, which {room} may not depend on'


def check_file(path, root):
    """Breaches in one file, as (line, text)."""
    text = (root / path).read_text(encoding="utf-8")
    room = room_of(path)
    yield from check_includes(path, text, room, root)
    if not is_pure(room, text):
        return
    for number, line in enumerate(strip_comments(text).splitlines(), 1):
        match = IMPURE_WORD.search(line)
        if match:
            yield number, f"{match.group(0).strip()} here, where all is pure"


def sources(root):
    for top in ("schemas", "rules", "hub", "bridges", "tools", "tests"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in SOURCES and "node_modules" not in path.parts:
                yield path.relative_to(root).as_posix()


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    files, breaches = 0, 0
    for path in sources(root):
        files += 1
        for line, text in check_file(path, root):
            breaches += 1
            print(f"{path}:{line}: {text}")
    print(f"{files} files, {breaches} breaches of the layers")
    return 1 if breaches or not files else 0


if __name__ == "__main__":
    sys.exit(main())
