#!/usr/bin/env python3
"""The generator refuses every kind of mistake in domains.yaml, with the line and a sentence."""
import importlib.util
import os
import pathlib
import tempfile
import unittest
from unittest import mock

SOURCE = pathlib.Path(os.environ.get("GABLE_SOURCE_DIR", pathlib.Path(__file__).parents[3]))
SPEC = importlib.util.spec_from_file_location("generate_domains", SOURCE / "schemas" / "generate_domains.py")
GENERATOR = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(GENERATOR)

GOOD = """\
light:
  title: Light
  states: [on, off]
  features:
    brightness: 0
    effect: 4
  attributes:
    brightness: {type: integer, min: 0, max: 255, needs: [brightness], set_by: turn_on}
  services:
    turn_on:
      words: [on]
      params:
        brightness: {sets: brightness}
      expects: {state: on}
    turn_off: {words: [off], expects: {state: off}}
"""

# What is replaced in GOOD, by what, the line that is named, and a part of the message.
MISTAKES = [
    ("title: Light", "titel: Light", 2, "unknown key titel"),
    ("  title: Light\n", "", 1, "title and states are needed"),
    ("states: [on, off]", "states: sometimes", 3, "states is a list or one of"),
    ("states: [on, off]", "states: [on, on]", 3, "names something twice"),
    ("effect: 4", "effect: 5", 6, "needs one bit"),
    ("effect: 4", "effect: yes", 6, "needs one bit"),
    ("type: integer", "type: int", 8, "unknown type int"),
    ("type: integer, ", "", 8, "type is needed"),
    ("min: 0, max: 255", "min: 9, max: 3", 8, "min is above max"),
    ("min: 0,", "min: low,", 8, "min must be a number"),
    ("needs: [brightness]", "needs: [brigthness]", 8, "unknown feature brigthness"),
    ("set_by: turn_on", "set_by: turn_off", 8, "no parameter that sets it"),
    (", set_by: turn_on", "", 8, "set_by must name one of turn_on"),
    ("sets: brightness", "sets: hue", 13, "no attribute hue"),
    ("sets: brightness", "sets: brightness, zero: stop", 13, "no service stop"),
    ("sets: brightness", "sets: brightness, converts: {to: x, by: scale}", 13, "unknown parameter"),
    ("sets: brightness", "sets: brightness, colour: red", 13, "unknown key colour"),
    ("expects: {state: on}", "expects: {state: dim}", 14, "dim is no state"),
    ("expects: {state: on}", "expects: {hue: 3}", 14, "no attribute hue"),
    ("words: [off]", "words: [on]", 15, "the word on means turn_on and turn_off"),
    ("words: [off]", "words: off", 15, "must be a list"),
    ("words: [off]", "needs: [power]", 15, "unknown feature power"),
    ("words: [off]", "repeatable: never", 15, "true or false"),
    ("words: [off]", "timeout: soon", 15, "must be seconds"),
    ("words: [off]", "timeout_param: transition", 15, "no parameter transition"),
    ("words: [off]", "toggles: {on: dim}", 15, "no such state"),
    ("  states:", "  bare_value: turn_on.x\n  states:", 3, "names no service.parameter"),
    ("    effect: 4", "    effect: 4\n    effect: 8", 7, "duplicate key effect"),
    ("light:", "light: [", 0, "expected"),
]


def run(text):
    """What the program says (empty when it is content) and what it writes (None: nothing)."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "d.yaml"), pathlib.Path(folder, "d.cpp")
        source.write_text(text, encoding="utf-8")
        says = ""
        with mock.patch("sys.argv", ["generate_domains.py", str(source), str(target)]):
            try:
                GENERATOR.main()
            except SystemExit as end:
                says = str(end.code)
        return says, target.read_text(encoding="utf-8") if target.exists() else None


class Generator(unittest.TestCase):
    def test_good(self):
        errors, text = run(GOOD)
        self.assertEqual(errors, "")
        self.assertIn('"brightness"', text)

    def test_mistakes(self):
        for old, new, line, message in MISTAKES:
            with self.subTest(new=new):
                self.assertIn(old, GOOD)
                errors, text = run(GOOD.replace(old, new, 1))
                self.assertIn(message, errors)
                self.assertIsNone(text, "nothing is written for a bad table")
                if line:
                    self.assertIn(f"d.yaml:{line}: ", errors)

    def test_same_text_for_same_input(self):
        self.assertEqual(run(GOOD)[1], run(GOOD)[1])


if __name__ == "__main__":
    unittest.main()
