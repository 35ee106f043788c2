"""The JSON Schemas: each is valid itself, takes every good example and refuses every bad one, and names the same
domains as domains.yaml."""

import json
import os
import pathlib
import re
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


# Topic below the root, and the schema of what is published there; None: bare text.
TOPICS = [(re.compile(pattern + "$"), schema) for pattern, schema in [
    (r"state/[^/]+/[^/]+", "state"), (r"value/[^/]+/[^/]+", None), (r"desired/[^/]+/[^/]+", "desired"),
    (r"availability/[^/]+/[^/]+", "availability"), (r"meta/[^/]+/[^/]+", "meta"), (r"event/[^/]+/[^/]+", "event"),
    (r"result/[^/]+/[^/]+", "entity-result"), (r"client/[^/]+/.+", "entity-result"),
    (r"set/[^/]+/[^/]+", "command"), (r"set/area/[^/]+/[^/]+", "command"), (r"set/(?!area/)[^/]+/[^/]+/[^/]+", None),
    (r"call/[^/]+/[^/]+", "call"), (r"problem/[^/]+", "problem"), (r"trace/[^/]+", "trace"),
    (r"hub/status", "status"), (r"hub/info", "hub-info"), (r"hub/health", "health"), (r"hub/log", "log"),
    (r"hub/request/[^/]+", "request"), (r"hub/response/[^/]+", "response"),
    (r"bridge/[^/]+/status", "status"), (r"bridge/[^/]+/info", "info"), (r"bridge/[^/]+/inventory", "inventory"),
    (r"bridge/[^/]+/health", "health"), (r"bridge/[^/]+/log", "log"), (r"bridge/[^/]+/device/[^/]+", "device"),
    (r"bridge/[^/]+/state/[^/]+", "report"), (r"bridge/[^/]+/link/[^/]+", "link"),
    (r"bridge/[^/]+/event/[^/]+", "device-event"), (r"bridge/[^/]+/set/[^/]+", "command"),
    (r"bridge/[^/]+/result/[^/]+", "result"), (r"bridge/[^/]+/request/[^/]+", "request"),
    (r"bridge/[^/]+/response/[^/]+", "response")]]


def readme_messages():
    """(topic, payload) of every line in the blocks marked mqtt."""
    text = (SCHEMAS / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```mqtt\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            yield line.split(" ", 1)


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


class Readme(unittest.TestCase):
    def test_messages_are_as_the_schemas_say(self):
        for topic, payload in readme_messages():
            with self.subTest(topic):
                schemas = [schema for pattern, schema in TOPICS if pattern.match(topic.removeprefix("gable/"))]
                self.assertEqual(len(schemas), 1)
                bare = not payload.startswith("{")
                if schemas[0] == "command" and bare:
                    continue
                self.assertEqual(bare, schemas[0] is None)
                if not bare:
                    validator(schemas[0]).validate(json.loads(payload))

    def test_every_topic_of_the_tree_is_shown(self):
        shown = [topic.removeprefix("gable/") for topic, _ in readme_messages()]
        for pattern, _ in TOPICS:
            with self.subTest(pattern.pattern):
                self.assertTrue(any(pattern.match(topic) for topic in shown))


if __name__ == "__main__":
    unittest.main()
