"""Published automations, run: each is set off once in simulated time, and its service calls are exactly those that an
independent reading of the same text expects."""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import rule_corpus
from gable_process import program
from gable_templates import SKIPPED, data_folder
from rule_expectations import given_of, opened, story_of, test_of
from rule_reading import SECOND, Excluded, has_free_data, holds_template, sequence_of, texts

LEAST = 0.5
TOLERANCE = 60 * SECOND  # of the sun
TOGETHER = 25            # automations in a file
FLOW = ("choose", "if", "repeat", "parallel", "sequence", "wait_for_trigger", "wait_template", "variables", "stop")
LINE = re.compile(r"(\d\d-\d\d \d\d:\d\d:\d\d)  (call|event)\s+(\S+)(.*)", re.DOTALL)
# Services of domains that any house has; of others a test has to say that they are there.
USUAL = {"light", "switch", "input_boolean", "input_select", "input_text", "input_number", "input_datetime", "input_button",
         "notify", "tts", "mqtt", "homeassistant", "group", "media_player", "climate", "fan", "timer", "cover", "counter",
         "select", "button", "number", "text", "vacuum", "lock", "siren", "humidifier", "valve", "alarm_control_panel",
         "persistent_notification", "logbook", "system_log", "shell_command", "rest_command", "python_script", "pyscript",
         "script", "automation", "scene", "recorder", "frontend", "water_heater", "lawn_mower", "update", "date", "datetime",
         "time", "schedule"}


def has_flow(steps):
    return any(isinstance(step, dict) and any(key in step for key in FLOW) for step in sequence_of(steps))


def kind_of_rule(automation):
    if holds_template(automation):
        return "templates"
    if '"$tag"' in json.dumps(automation):
        return "secrets"
    return "control flow" if has_flow(automation.get("actions", automation.get("action"))) else "plain"


def observed(lines, name, events):
    """Deeds out of a test's story, in the reader's form."""
    out = []
    for line in lines:
        match = LINE.fullmatch(line)
        if not match:
            continue
        at, kind, what, rest = match.groups()
        if kind == "event" and what not in events:
            continue
        ids, brace, tail = rest.partition(" {")
        error = ""
        data = {}
        if brace:
            data, end = json.JSONDecoder().raw_decode("{" + tail)
            error = ("{" + tail)[end:]
        elif " - refused: " in ids:
            ids, _, error = ids.partition(" - refused: ")
        entities = {one.lower() for one in texts(ids)}
        # Of the rules' own services target and data are told together.
        if kind == "call" and what.partition(".")[0] in ("script", "automation", "scene"):
            entities = set() if has_free_data(what) else {one.lower() for one in texts(data.pop("entity_id", None))}
        if error:
            what += " REFUSED " + error
        out.append((at, kind, what, sorted(entities), data))
    return [deed for deed in out if deed[2:4] != ("automation.turn_on", [f"automation.{name}"])]


def difference(story, name, lines):
    """Nothing when all is as expected."""
    events = {deed[2] for deed in story.deeds if deed[1] == "event"}
    seen = observed(lines, name, events)
    shift = 0 * SECOND
    if story.setup.tolerant and seen and story.deeds:
        first = story.deeds[0][0]
        shift = first.strptime(f"{first.year}-{seen[0][0]}", "%Y-%m-%d %H:%M:%S") - first.replace(microsecond=0)
        if abs(shift) > TOLERANCE:
            return f"off by {shift}"
    given = given_of(story)
    wanted = [((deed[0] + shift).strftime("%m-%d %H:%M:%S"), *deed[1:3], opened(deed, given), deed[4]) for deed in story.deeds]
    if json.dumps(wanted, sort_keys=True) == json.dumps(seen, sort_keys=True) or wanted == seen:
        return None
    return "expected " + json.dumps(wanted) + "\n    happened " + json.dumps(seen)


class Files:
    """Automations with their tests, some in each file."""

    def __init__(self, folder):
        self.folder, self.open, self.count = folder, {}, 0

    def add(self, name, automation, story):
        called = {deed[2] for deed in story.deeds if deed[1] == "call"}
        scripts = {one[7:] for one in called if one.startswith("script.") and has_free_data(one)}
        mentioned = any(entity.startswith("script.") for deed in story.deeds for entity in deed[3])
        mentioned |= any(entity.startswith("script.") for entity in story.world.things)
        services = {one for one in called if one.partition(".")[0] not in USUAL}
        # A script is there as the entity that its author means, or as one that does nothing when called.
        batch = self.open.setdefault(bool(mentioned), [])
        batch.append((name, {**automation, "id": name, "alias": name}, scripts, test_of(story, name, services)))
        if len(batch) == TOGETHER:
            self._write(self.open.pop(bool(mentioned)))

    def close(self):
        for batch in self.open.values():
            self._write(batch)

    def _write(self, batch):
        rules = ",\n".join(rule_corpus.text_of(rule) for _, rule, _, _ in batch)
        scripts = {name: {"sequence": []} for _, _, names, _ in batch for name in names}
        tests = ",\n".join(json.dumps(test) for *_, test in batch)
        path = self.folder / f"rules_{self.count}.yaml"
        path.write_text(f"automation: [\n{rules}\n]\nscript: {json.dumps(scripts)}\ntests: [\n{tests}\n]\n")
        self.count += 1

    def run(self):
        result = subprocess.run([program("gable"), "--json", "test", "--story", str(self.folder)], capture_output=True,
                                text=True, check=False, timeout=500)
        if result.returncode not in (0, 1):
            print(result.stderr[:4000])
        return {line["name"]: line for line in map(json.loads, result.stdout.splitlines())}


def accepted(automations, folder):
    files = rule_corpus.Files(folder)
    files.write("automation", automations)
    reports = files.check(program("gable"), "--offline")
    return {index for index in reports if index is not None and rule_corpus.status_of(reports[index]) != "refused"}


def read_all(automations, good, files):
    stories, excluded = {}, collections.Counter()
    for index, automation in enumerate(automations):
        kind = kind_of_rule(automation)
        if index not in good:
            excluded["gable check refuses it"] += 1
        elif kind in ("templates", "secrets"):
            excluded[kind] += 1
        else:
            try:
                story = story_of(automation, index)
            except Excluded as problem:
                excluded[str(problem)] += 1
                continue
            name = f"r{index}"
            stories[name] = story, kind
            files.add(name, automation, story)
    files.close()
    return stories, excluded


def main():
    folder = data_folder("ha-rules")
    if folder is None:
        print("skipped: the published rules (ha-rules) are not there")
        return SKIPPED
    kinds = rule_corpus.read(folder / "rules.jsonl.gz")
    automations = [rule for rule in kinds["automation"] if rule_corpus.has_own_triggers(rule)]
    with tempfile.TemporaryDirectory() as scratch:
        keep = pathlib.Path(os.environ.get("GABLE_KEEP", scratch))
        (keep / "tests").mkdir(parents=True, exist_ok=True)
        good = accepted(automations, keep / "checked")
        files = Files(keep / "tests")
        stories, excluded = read_all(automations, good, files)
        results = files.run()
    count, equal, wrong = collections.Counter(), collections.Counter(), {}
    for name, (story, kind) in stories.items():
        result = results.get(name)
        problem = "the test did not run" if result is None else difference(story, name, result["story"])
        if problem is None and result["status"] != "ok":
            problem = "the test failed: " + json.dumps(result["failures"])
        count[kind] += 1
        equal[kind] += problem is None
        count["with calls"] += bool(story.deeds)
        if problem is not None:
            wrong[name] = problem
    ran, same = count["plain"] + count["control flow"], equal["plain"] + equal["control flow"]
    print(f"{len(automations)} automations: {ran} were run, {same} of them did exactly what was expected "
          f"({same / len(automations):.1%} of all), {len(wrong)} something else; {count['with calls']} called services")
    for kind in ("plain", "control flow"):
        print(f"  {kind}: {equal[kind]} of {count[kind]}")
    for reason, number in excluded.most_common():
        print(f"  {number:5} not run: {reason}")
    for name, problem in wrong.items():
        print(f"  {name}: {problem}"[:1500])
    return 0 if not wrong and same >= LEAST * len(automations) else 1


if __name__ == "__main__":
    sys.exit(main())
