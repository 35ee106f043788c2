"""gable check over the rules that people published: most of them run or wait for something; small mistakes put
into those that are right are refused."""
import collections
import pathlib
import random
import sys
import tempfile

import rule_corpus
import rule_mutations
from gable_process import program
from gable_templates import SKIPPED, data_folder

DOMAINS = ("sensor", "binary_sensor", "switch", "light", "fan", "cover", "number", "select", "button", "weather")
AUTOMATIONS, SCRIPTS, REFUSED = 0.87, 0.82, 0.98
MUTANTS, SEED = 500, 20261122


def checked(kind, objects):
    """Statuses by index, after the table of what keeps rules from running has been printed."""
    with tempfile.TemporaryDirectory() as folder:
        files = rule_corpus.Files(pathlib.Path(folder))
        files.write(kind, objects)
        reports = files.check(program("gable"), "--offline")
    statuses, reasons = {}, collections.Counter()
    for index in range(len(objects)):
        found = reports.get(index)
        statuses[index] = rule_corpus.status_of(found) if found else "refused"
        severity = {"refused": "error", "waits": "waits"}.get(statuses[index])
        codes = {problem["code"] for report in found or [] for problem in report["problems"]
                 if problem["severity"] == severity}
        reasons.update(f"{statuses[index]} {code}" for code in codes)
        if not found:
            reasons["refused with its whole file"] += 1
    return statuses, reasons


def share(kind, objects, least):
    statuses, reasons = checked(kind, objects)
    count = collections.Counter(statuses.values())
    runs = (count["ok"] + count["waits"]) / len(objects)
    print(f"{kind}: {len(objects)}, of which {count['ok']} ok ({count['ok'] / len(objects):.1%}), {count['waits']} wait "
          f"({count['waits'] / len(objects):.1%}), {count['refused']} are refused; ok or waiting {runs:.1%}")
    for reason, number in reasons.most_common():
        print(f"  {number:5} {reason}")
    return statuses, runs >= least


def vocabulary_of(value, out):
    if isinstance(value, dict):
        out.update(key for key in value if isinstance(key, str))
        for item in value.values():
            vocabulary_of(item, out)
    elif isinstance(value, list):
        for item in value:
            vocabulary_of(item, out)


def mutants_of(rules, generator):
    # A word that several rules have is no mistake anywhere.
    keys = collections.Counter()
    for rule in rules:
        found = set()
        vocabulary_of(rule, found)
        keys.update(found)
    vocabulary = {key for key, number in keys.items() if number > 1}
    out = []
    while len(out) < MUTANTS:
        mutate = rule_mutations.KINDS[len(out) % len(rule_mutations.KINDS)]
        mutant = mutate(generator.choice(rules), generator, vocabulary)
        if mutant:
            out.append(mutant)
    return out


def mutation(automations, statuses):
    good = [rule for index, rule in enumerate(automations) if statuses[index] == "ok"]
    mutants = mutants_of(good, random.Random(SEED))
    after, _ = checked("automation", [rule for rule, _ in mutants])
    missed = [(what, rule) for index, (rule, what) in enumerate(mutants) if after[index] != "refused"]
    print(f"mistakes: {len(mutants) - len(missed)} of {len(mutants)} refused (seed {SEED})")
    for what, rule in missed:
        print(f"  missed: {what} in {str(rule)[:300]}")
    return len(missed) <= (1 - REFUSED) * len(mutants)


def main():
    folder = data_folder("ha-rules")
    if folder is None:
        print("skipped: the published rules (ha-rules) are not there")
        return SKIPPED
    kinds = rule_corpus.read(folder / "rules.jsonl.gz")
    automations = [rule for rule in kinds["automation"] if rule_corpus.has_own_triggers(rule)]
    statuses, enough = share("automation", automations, AUTOMATIONS)
    _, scripts = share("script", kinds["script"], SCRIPTS)
    share("scene", kinds["scene"], 0)
    # Of blocks in the older form, the key under which they stand in their file is not known.
    share("template", [block for block in kinds["template"] if "platform" not in block and
                       any(isinstance(value, list) for key, value in block.items() if key in DOMAINS)], 0)
    return 0 if all([enough, scripts, mutation(automations, statuses)]) else 1


if __name__ == "__main__":
    sys.exit(main())
