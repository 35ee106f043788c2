"""Every recorded template vector: what real announcements hold, rendered by the real Jinja2. Needs the recorded data; is
skipped by name where that is not there."""
import collections
import json
import lzma
import sys

from gable_templates import SKIPPED, Renderer, data_folder


def right(vector, answer):
    if answer["outcome"] != vector["outcome"]:
        return False
    return vector["outcome"] != "text" or answer["text"] == vector["expect"]


def main():
    folder = data_folder("discovery")
    if folder is None:
        print("skipped: template_vectors needs the recorded announcements (set GABLE_DATA)")
        return SKIPPED
    with lzma.open(folder / "templates.jsonl.xz", "rt") as lines:
        vectors = [json.loads(line) for line in lines]
    answers = Renderer().render(vectors)
    wrong = [(v, a) for v, a in zip(vectors, answers) if not right(v, a)]
    outcomes = collections.Counter(v["outcome"] for v in vectors)
    print(f"{len(vectors)} vectors of {len({v['template'] for v in vectors})} templates: "
          + ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))
    for vector, answer in wrong[:20]:
        print(f"  {vector['template']!r}\n    of {vector.get('payload', vector.get('vars'))!r}: "
              f"{answer}, expected {vector['outcome']} {vector.get('expect')!r}")
    print(f"{len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
