"""Random templates with random data, rendered by us and by the real Jinja2: outcome and text must be the same.

  template_differential.py [--count 10000] [--seed S] [--show 20] [--keep FILE]
  template_differential.py --template '{{ 1 }}' [--vars JSON] [--payload TEXT]

The same seed gives the same templates. A difference is cut down before it is shown. Differences that are meant are in
EXPECTED, with the reason that rules/LANGUAGE.md gives for them.
"""
import argparse
import collections
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
import warnings

import ha_environment
from gable_templates import Renderer, data_folder
from template_generator import Generator

BATCH = 500


class TooSlow(BaseException):
    """The reference took too long; no template catches a BaseException."""


def _too_slow(*_):
    raise TooSlow


class Reference:
    def __init__(self):
        self._environment = ha_environment.environment()
        signal.signal(signal.SIGALRM, _too_slow)
        # "'a' * 10 ** 12" is a MemoryError here, too.
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, resource.getrlimit(resource.RLIMIT_AS)[1]))
        warnings.simplefilter("ignore")  # of Python's compiler, about strange templates

    def render(self, case):
        """(outcome, text or exception); None when it takes for ever."""
        variables = dict(case["vars"])
        if "payload" in case:
            variables["value"] = case["payload"]
            try:
                variables["value_json"] = ha_environment.load_json(case["payload"])
            except ValueError:
                pass
        signal.setitimer(signal.ITIMER_REAL, 5)
        try:
            return ha_environment.render(self._environment, case["template"], variables)
        except TooSlow:
            return None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


# ------------------------------------------------------------ differences that are meant
def _error_name(result):
    return type(result).__name__ if isinstance(result, BaseException) else ""


def _budget(ours, theirs, case):
    return ours.get("error", "").startswith(("BudgetExceeded", "RecursionError: more than"))


def _folded_infinity(ours, theirs, case):
    return _error_name(theirs[1]) == "NameError"


def _group_as_tuple(ours, theirs, case):
    return "groupby" in case["template"] and "_GroupTuple" in str(ours)


def _recursion(ours, theirs, case):
    return _error_name(theirs[1]) in ("RecursionError", "MemoryError")


def _set_block_filter(ours, theirs, case):
    return theirs[0] == "invalid" and _error_name(theirs[1]) == "AssertionError"


def _folded_error(ours, theirs, case):
    # {{ {[]: 1} }}: Jinja evaluates constants when it compiles.
    return theirs[0] == "invalid" and _error_name(theirs[1]) in ("TypeError", "OverflowError", "ValueError", "KeyError")


def _folded_slice(ours, theirs, case):
    error = ours.get("error", "")
    return theirs[0] != "drop" and ("is not subscriptable" in error or "slice indices must" in error or "'slice'" in error)


def _markup(ours, theirs, case):
    if re.search(r"tojson|escape|\|\s*e\b", case["template"]) and re.search("&lt;|&gt;|&amp;|&#3[49];|Markup|Mbrkup", str(theirs[1])):
        return True
    made = re.search(r"tojson|escape|urlize|xmlattr|safe|\|\s*e\b", case["template"])
    return "markup" in str(theirs[1]).lower() or (made and "sequence item" in ours.get("error", ""))


def _printed_object(ours, theirs, case):
    # … or their length, or with letters of them replaced.
    if theirs[0] == "text" and re.search("0x[0-9a-f]{6,}", theirs[1]):
        return True
    if "reverse" in case["template"] and re.search("length|count|string|regex", case["template"]):
        return theirs[0] == "text" == ours["outcome"]
    return theirs[0] == "text" and re.search(r"(?i)[ _]at[ _]0x[0-9a-f]+|<built-in |<class ", theirs[1])


def _huge_range(ours, theirs, case):
    return theirs[0] != "drop" and "range" in case["template"] and "int too large" in ours.get("error", "")


def _filter_block(ours, theirs, case):
    # Jinja notices when it joins everything in the end: another error comes first.
    return theirs[0] != "text" and "sequence item 0: expected str instance" in ours.get("error", "")


def _home_assistants_own(ours, theirs, case):
    # Home Assistant's atan2 takes a default, its as_timedelta a decimal comma; what it averages must be defined here.
    given = case["template"] + json.dumps(case["vars"], default=str)
    return ("atan2() takes from 1 to 2" in str(theirs[1]) or ("atan2" in given and "float() argument" in str(theirs[1])) or ("as_timedelta" in given and re.search(r"\d,\d|:,", given))
            or ("average" in given and ours.get("error", "").startswith("UndefinedError")))


def _through_loop(ours, theirs, case):
    error = ours.get("error", "")
    return "'LoopContext'" in error or ("loop" in case["template"] and "argument must be iterable" in error)


def _pattern(ours, theirs, case):
    return "is not supported here at position" in ours.get("error", "")


def _folded_choice(ours, theirs, case):
    # A constant before `or` and `and` decides when Jinja compiles: what follows is never looked at.
    return ours["outcome"] == "invalid" and re.search(r"\b(or|and)\b", case["template"]) and "the name of a" in ours.get("error", "")


def _nobody_writes(ours, theirs, case):
    error = ours.get("error", "")
    return ("replacement must be str, not bytes" in error
            or ("groupby" in case["template"] and "%" in case["template"])
            or "can't multiply sequence by non-int of type 'type'" in str(theirs[1])
            or ("'timedelta' and 'int'" in error and "/" in case["template"])
            or ("astimezone()" in case["template"] and "datetime.timezone(" in str(theirs[1])))


def _identity(ours, theirs, case):
    return re.search(r"sameas(?!\s*\(?\s*(none|true|false)\b)", case["template"], re.I)


def _order_of_sets(ours, theirs, case):
    # What depends on the order of a set, the reference itself answers otherwise in another run.
    if not re.search(r"union|intersect|difference|\bset\b|unique", case["template"]):
        return False
    if ours["outcome"] != "text" and theirs[0] != "text":
        return True  # the elements fail in another order; undefined ones stand at the same place in every run
    answers = {str(_reference_with_hash_seed(seed, case)) for seed in range(1, 9)}
    return len(answers) > 1


def _reference_with_hash_seed(seed, case):
    command = [sys.executable, __file__, "--reference", "--template", case["template"], "--vars", json.dumps(case["vars"])]
    command += ["--payload", case["payload"]] if "payload" in case else []
    return subprocess.run(command, env=dict(os.environ, PYTHONHASHSEED=str(seed)), capture_output=True, check=False).stdout


# (name of the reason in rules/LANGUAGE.md, applies(ours, theirs, case))
EXPECTED = [
    ("budget", _budget),
    ("infinite constants", _folded_infinity),
    ("recursion", _recursion),
    ("groups as tuples", _group_as_tuple),
    ("names in the filter of a set block", _set_block_filter),
    ("errors in constants", _folded_error),
    ("slices of constants", _folded_slice),
    ("Markup", _markup),
    ("printed functions and objects", _printed_object),
    ("ranges beyond 64 bits", _huge_range),
    ("a filter block that gives no text", _filter_block),
    ("sameas", _identity),
    ("going through loop", _through_loop),
    ("defaults, commas and averages as Home Assistant's", _home_assistants_own),
    ("patterns", _pattern),
    ("constants before or and and", _folded_choice),
    ("what nobody writes", _nobody_writes),
    ("order of sets", _order_of_sets),
]


def same(ours, theirs):
    return ours["outcome"] == theirs[0] and (theirs[0] != "text" or ours["text"] == theirs[1])


def reason_for(ours, theirs, case):
    return next((name for name, applies in EXPECTED if applies(ours, theirs, case)), None)


# ------------------------------------------------------------ making a difference small
class Reducer:
    """Leaves out whatever can go while we and the reference still differ in the same way."""

    _TOKEN = re.compile(r"\{[{%#][-+]?.*?[-+]?[}%#]\}|[^{]+|.", re.S)
    _WORD = re.compile(r"\w+|\s+|'[^']*'|.", re.S)

    def __init__(self, renderer, reference):
        self._renderer, self._reference = renderer, reference

    def differs(self, cases):
        """The first of the cases that still shows an unlisted difference, or None."""
        theirs = [self._reference.render(case) for case in cases]
        for case, our, their in zip(cases, self._renderer.render(cases), theirs):
            if their is not None and not same(our, their) and reason_for(our, their, case) is None:
                return case
        return None

    def reduce(self, case):
        for pattern in (self._TOKEN, self._WORD, self._WORD):
            case = self._without_parts(case, pattern)
            case = self._simple_parts(case)
        return self._without_data(case)

    def _smaller(self, case, templates):
        for start in range(0, len(templates), BATCH):
            found = self.differs([dict(case, template=template) for template in templates[start:start + BATCH]])
            if found is not None:
                return found
        return None

    def _without_parts(self, case, pattern):
        size = 1 << 20
        while size:
            tokens = pattern.findall(case["template"])
            size = min(size, len(tokens))
            shorter = ["".join(tokens[:at] + tokens[at + size:]) for at in range(len(tokens) - size + 1)]
            found = self._smaller(case, [text for text in shorter if text])
            if found is None:
                size //= 2
            else:
                case = found
        return case

    def _simple_parts(self, case):
        """(…), […] replaced by what stands in them, or by 1."""
        progress = True
        while progress:
            text, simpler = case["template"], []
            for opened, closed in _pairs(text):
                inner = text[opened + 1:closed]
                simpler += [text[:opened] + inner + text[closed + 1:], text[:opened] + "1" + text[closed + 1:]]
                simpler.append("{{ " + inner + " }}")
            found = self._smaller(case, [one for one in simpler if len(one) < len(text)])
            progress = found is not None
            case = found or case
        return case

    def _without_data(self, case):
        for name in list(case["vars"]):
            less = dict(case, vars={key: value for key, value in case["vars"].items() if key != name})
            if self.differs([less]) is not None:
                case = less
        return case


def _pairs(text):
    stack = []
    for at, char in enumerate(text):
        if char in "([{":
            stack.append(at)
        elif char in ")]}" and stack:
            yield stack.pop(), at


# ------------------------------------------------------------ running
class Run:
    def __init__(self, options):
        self.options = options
        self.renderer, self.reference = Renderer(), Reference()
        self.outcomes, self.expected, self.differences = collections.Counter(), collections.Counter(), []

    def batch(self, cases):
        theirs = [self.reference.render(case) for case in cases]
        for case, our, their in zip(cases, self.renderer.render(cases), theirs):
            if their is None:
                self.outcomes["too slow for the reference"] += 1
                continue
            self.outcomes[their[0]] += 1
            if same(our, their):
                continue
            reason = reason_for(our, their, case)
            if reason is not None:
                self.expected[reason] += 1
            else:
                self.differences.append(case)

    def run(self):
        generator, done, begun = Generator(self.options.seed), 0, time.monotonic()
        while done < self.options.count and len(self.differences) < self.options.show:
            cases = [generator.case() for _ in range(min(BATCH, self.options.count - done))]
            self.batch(cases)
            done += len(cases)
            if done % 50_000 == 0:
                print(f"{done} templates in {time.monotonic() - begun:.0f} s, {len(self.differences)} differences", flush=True)
        print(f"seed {self.options.seed}: {done} templates in {time.monotonic() - begun:.0f} s; {dict(self.outcomes)}; "
              f"as listed: {dict(self.expected)}; {len(self.differences)} differences")
        for case in self.differences[:self.options.show]:
            self.show(Reducer(self.renderer, self.reference).reduce(case))
        return 1 if self.differences else 0

    def show(self, case):
        ours, theirs = self.renderer.render([case])[0], self.reference.render(case)
        print(f"template {case['template']!r}\n  vars {json.dumps(case['vars'], ensure_ascii=False)}"
              + (f" payload {case['payload']!r}" if "payload" in case else ""))
        print(f"  we: {ours['outcome']} {ours['text']!r} {ours.get('error', '')}\n  Jinja: {theirs[0]} {theirs[1]!r}", flush=True)
        if self.options.keep:
            with open(self.options.keep, "a", encoding="utf-8") as file:
                file.write(json.dumps(case) + "\n")


def check_reference():
    """Our environment means the same as the one that made the recorded vectors, where that is at hand."""
    folder = data_folder("discovery")
    if folder is None or not (folder / "ha_jinja.py").exists():
        print("the recorded oracle is not there: ha_environment is not compared with it")
        return 0
    sys.path.insert(0, str(folder))
    import ha_jinja  # noqa: the path is known only now
    reference, generator, wrong = Reference(), Generator(7), 0
    for _ in range(1000):
        case = generator.case()
        if any(name in case["template"] for name in ha_environment.SIMPLER_IN_THE_ORACLE):
            continue
        theirs = reference.render(case)
        reference._environment, own = ha_jinja.ENV, reference._environment
        oracle = reference.render(case)
        reference._environment = own
        if theirs is None or oracle is None or "at 0x" in repr(theirs):
            continue
        if theirs[0] != oracle[0] or (theirs[0] == "text" and theirs[1] != oracle[1]):
            wrong += 1
            print(f"ha_environment differs from the oracle: {case['template']!r}: {theirs!r}, {oracle!r}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--show", type=int, default=20, help="differences after which to stop")
    parser.add_argument("--keep", help="a file to which differing cases are added")
    parser.add_argument("--template")
    parser.add_argument("--vars", default="{}")
    parser.add_argument("--payload")
    parser.add_argument("--reference", action="store_true", help="print only what the reference makes of --template")
    options = parser.parse_args()
    if options.template is not None:
        case = {"template": options.template, "vars": json.loads(options.vars)}
        if options.payload is not None:
            case["payload"] = options.payload
        if options.reference:
            print(Reference().render(case))
        else:
            Run(options).show(case)
        return 0
    print(f"seed {options.seed}", flush=True)
    return 1 if check_reference() + Run(options).run() else 0


if __name__ == "__main__":
    sys.exit(main())
