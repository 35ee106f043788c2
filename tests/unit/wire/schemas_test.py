"""The JSON Schemas: each is valid itself, takes every good example and refuses every bad one, and names the same
domains as domains.yaml."""

import json
import os
import pathlib
import unittest

import jsonschema
import yaml

SCHEMAS = pathlib.Path(os.environ["GABLE_SOURCE_DIR"]) / "schemas"
JSON = SCHEMAS / "json"
EXAMPLES = SCHEMAS / "examples"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def validator(name):
    path = JSON / f"{name}.schema.json"
    schema = load(path)
    resolver = jsonschema.RefResolver(base_uri=path.as_uri(), referrer=schema)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def names():
    return sorted(path.name.removesuffix(".schema.json") for path in JSON.glob("*.schema.json"))


def example(schema, file):
    return load(EXAMPLES / schema / file)


class Schemas(unittest.TestCase):
    def test_every_schema_is_valid(self):
        self.assertGreater(len(names()), 20)
        for name in names():
            with self.subTest(name):
                jsonschema.Draft202012Validator.check_schema(load(JSON / f"{name}.schema.json"))

    def test_every_schema_has_good_and_bad_examples(self):
        for name in names():
            if name == "common":
                continue
            for kind in ("good", "bad"):
                with self.subTest(name, kind=kind):
                    self.assertTrue(list((EXAMPLES / name).glob(f"{kind}-*.json")))

    def test_every_folder_of_examples_has_a_schema(self):
        self.assertLessEqual({path.name for path in EXAMPLES.iterdir()}, set(names()))

    def test_good_examples_pass(self):
        for path in EXAMPLES.glob("*/good-*.json"):
            with self.subTest(path.relative_to(EXAMPLES)):
                validator(path.parent.name).validate(load(path))

    def test_bad_examples_fail_with_one_fault(self):
        codes = load(JSON / "common.schema.json")["$defs"]["error_code"]["enum"]
        for path in EXAMPLES.glob("*/bad-*.json"):
            with self.subTest(path.relative_to(EXAMPLES)):
                self.assertIn(path.name.split("-")[1], codes)
                self.assertEqual(len(list(validator(path.parent.name).iter_errors(load(path)))), 1)

    def test_every_example_file_is_good_or_bad(self):
        for path in EXAMPLES.glob("*/*"):
            self.assertRegex(path.name, r"^(good|bad-[a-z_]+)-[a-z0-9_]+\.json$")

    def test_domains_are_those_of_the_table(self):
        table = yaml.safe_load((SCHEMAS / "domains.yaml").read_text(encoding="utf-8"))
        listed = load(JSON / "common.schema.json")["$defs"]["domain"]["enum"]
        self.assertEqual(sorted(table), listed)


if __name__ == "__main__":
    unittest.main()
