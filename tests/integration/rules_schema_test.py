"""The JSON Schema for editors accepts what people write: our own blueprints' tests, and automations that people published
(where those are at hand); and sees a trigger without its kind."""
import gzip
import json
import os
import pathlib
import sys

import jsonschema

SOURCE = pathlib.Path(os.environ["GABLE_SOURCE_DIR"])
ENOUGH = 0.97  # of the published automations; a few are broken


def plain(value):
    if isinstance(value, dict):
        return "text" if "$tag" in value else {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def main():
    schema = json.loads((SOURCE / "rules" / "rules.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = {"automation": [{"alias": "A", "triggers": {"trigger": "state", "entity_id": "light.a", "for": {"minutes": 5}},
                            "actions": [{"action": "light.turn_off", "target": {"entity_id": "light.a"}}, {"delay": "00:01:00"}]}]}
    assert validator.is_valid(good)
    bad = json.loads(json.dumps(good).replace('"trigger": "state", ', ""))
    assert not validator.is_valid(bad), "a trigger without its kind"
    odd = json.loads(json.dumps(good).replace('"light.turn_off"', "7"))
    assert not validator.is_valid(odd), "a service that is a number"
    data = pathlib.Path(os.environ.get("GABLE_DATA", SOURCE.parent / "shared" / "data")) / "ha-rules" / "rules.jsonl.gz"
    if not data.exists():
        print(f"{data} is not there: only our own examples were looked at")
        return 0
    accepted = count = 0
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["kind"] != "automation":
                continue
            count += 1
            accepted += validator.is_valid([plain(row["object"])])
    print(f"{accepted} of {count} published automations fit the schema")
    return 0 if accepted >= ENOUGH * count else 1


if __name__ == "__main__":
    sys.exit(main())
