"""Every template that people published in their rules compiles, or the real Jinja2 refuses it too."""
import collections
import gzip
import json
import sys

import ha_environment
from gable_templates import SKIPPED, Renderer, data_folder


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)


def templates_of(path):
    found = collections.Counter()
    with gzip.open(path, "rt") as lines:
        for line in lines:
            found.update(text for text in texts_of(json.loads(line)["object"]) if not ha_environment.is_static(text))
    return found


def main():
    folder = data_folder("ha-rules")
    if folder is None:
        print("skipped: the published rules (ha-rules) are not there")
        return SKIPPED
    uses = templates_of(folder / "rules.jsonl.gz")
    templates = list(uses)
    env = ha_environment.environment(house=True)
    answers = Renderer().render([{"template": template, "payload": ""} for template in templates])
    compiled, both_refuse, ours_refuses, theirs_refuses = 0, 0, [], []
    for template, answer in zip(templates, answers):
        ours = answer["error"] if answer["outcome"] == "invalid" else None
        theirs = ha_environment.compile_error(env, template)
        if ours is None and theirs is None:
            compiled += 1
        elif ours is not None and theirs is not None:
            both_refuse += 1
        else:
            (ours_refuses if theirs is None else theirs_refuses).append((template, ours or repr(theirs)))
    print(f"{len(templates)} different templates in {uses.total()} places: {compiled} compile, "
          f"{both_refuse} are refused by both, {len(ours_refuses)} by us alone, {len(theirs_refuses)} by Jinja alone")
    for who, differences in (("we refuse", ours_refuses), ("Jinja refuses", theirs_refuses)):
        for template, reason in differences[:50]:
            print(f"{who}: {reason}\n    {template!r}")
    return 1 if ours_refuses or theirs_refuses or not templates else 0


if __name__ == "__main__":
    sys.exit(main())
