#!/usr/bin/env python3
"""Checks the length of source files: above 450 lines it warns, above 800 it fails. Functions are measured by
clang-tidy (readability-function-size in .clang-tidy).

usage: check_sizes.py [ROOT]
"""

import pathlib
import sys

WARN, FAIL = 450, 800
SUFFIXES = {".cpp", ".hpp", ".h", ".py", ".sh", ".js"}
TOPS = ("schemas", "rules", "hub", "bridges", "tools", "deploy", "tests")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    files, too_long = 0, 0
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in SUFFIXES or "node_modules" in path.parts:
                continue
            files += 1
            lines = path.read_bytes().count(b"\n")
            if lines > WARN:
                verdict = "too long" if lines > FAIL else "getting long"
                print(f"{path.relative_to(root)}: {lines} lines, {verdict} (limit {WARN}, hard limit {FAIL})")
                too_long += lines > FAIL
    print(f"{files} files, {too_long} above {FAIL} lines")
    return 1 if too_long or not files else 0


if __name__ == "__main__":
    sys.exit(main())
