"""gable check against a described house: nothing is found in rules that are right, and seeded mistakes are."""
import collections
import json
import pathlib
import random
import sys
import tempfile

import described_house
import rule_corpus
from gable_process import program

MISTAKES, FOUND, SEED = 500, 0.95, 20261122


def checked(rules):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "house.json").write_text(json.dumps(described_house.house()))
        files = rule_corpus.Files(folder / "rules")
        files.write("automation", rules)
        (folder / "rules" / "said.yaml").write_text(json.dumps({"script": described_house.SCRIPTS}))
        files.places["said.yaml", 1] = len(rules)
        reports = files.check(program("gable"), "--house", str(folder / "house.json"))
    return [[problem for report in reports.get(index, []) for problem in report["problems"]]
            for index in range(len(rules) + 1)]


def seeded():
    generator = random.Random(SEED)
    rules, out = described_house.rules(), []
    while len(out) < MISTAKES:
        mistake = described_house.MISTAKES[len(out) % len(described_house.MISTAKES)]
        made = described_house.mistaken(mistake, generator.choice(rules), generator)
        if made:
            out.append((mistake.__name__, *made))
    return out


def main():
    clean = [problem for problems in checked(described_house.rules()) for problem in problems]
    for problem in clean:
        print(f"false alarm: {problem}")
    mistakes = seeded()
    found = checked([rule for _, rule, _ in mistakes])
    kinds, missed = collections.Counter(), []
    for (kind, rule, what), problems in zip(mistakes, found):
        # Every rule is there many times, so others of the same name fight with it; that is not what is asked.
        named = [problem for problem in problems if problem["code"] not in ("fight", "loop") and
                 what in problem["message"]]
        if named:
            kinds[kind] += 1
        else:
            missed.append((kind, what, problems, rule))
    for kind, _, _, _ in missed:
        kinds[kind] += 0
    total = len(mistakes) - len(missed)
    print(f"clean rules: {len(clean)} findings; mistakes: {total} of {len(mistakes)} found (seed {SEED})")
    print("  " + ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    for kind, what, problems, rule in missed:
        print(f"  missed {kind} '{what}': {problems} in {json.dumps(rule)[:400]}")
    return 0 if not clean and total >= FOUND * len(mistakes) else 1


if __name__ == "__main__":
    sys.exit(main())
