"""Rules that people published, as files for gable check; and small mistakes put into rules."""
import gzip
import json
import re
import subprocess

NODES = 60_000   # of a file; the reader takes 100,000
BYTES = 700_000  # and 1 MiB
TAGGED = re.compile(r'\{"\$tag": "(![a-z_]+)", "value": ("(?:[^"\\]|\\.)*")\}')


def read(path):
    """Lists of objects by kind."""
    kinds = {}
    with gzip.open(path, "rt") as lines:
        for line in lines:
            rule = json.loads(line)
            kinds.setdefault(rule["kind"], []).append(rule["object"])
    return kinds


def has_own_triggers(automation):
    return isinstance(automation, dict) and "use_blueprint" not in automation


def nodes(value):
    if isinstance(value, dict):
        return 1 + sum(1 + nodes(item) for item in value.values())
    if isinstance(value, list):
        return 1 + sum(nodes(item) for item in value)
    return 1


def text_of(value):
    """JSON in one line, but for tagged scalars, which only YAML has: {"$tag": "!input", "value": "x"}."""
    return TAGGED.sub(r"\1 \2", json.dumps(value))


FRAMES = {"script": ("script: {", "}"), "template": ("template: [", "]"), "scene": ("scene: [", "]")}


class Files:
    """Writes rules, one a line, and knows which line is which rule."""

    def __init__(self, folder):
        self.folder = folder
        self.places = {}  # (file name, line) → index
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, kind, objects):
        lines, size, count = [], 0, 0
        for index, item in enumerate(objects):
            text = text_of(item)
            if kind == "script":
                text = json.dumps(f"s{index}") + ": " + text
            # A file with an include that is not there is refused as a whole.
            if "!include" in text:
                self._write(kind, [(index, text)])
                continue
            weight = nodes(item)
            if lines and (size + len(text) > BYTES or count + weight > NODES):
                self._write(kind, lines)
                lines, size, count = [], 0, 0
            lines.append((index, text))
            size, count = size + len(text), count + weight
        if lines:
            self._write(kind, lines)

    def _write(self, kind, lines):
        name = f"{kind}_{self.count}.{'yaml' if any('!' in text for _, text in lines) else 'json'}"
        self.count += 1
        begin, end = FRAMES.get(kind, ("[", "]"))
        (self.folder / name).write_text(begin + "\n" + ",\n".join(text for _, text in lines) + "\n" + end + "\n")
        for line, (index, _) in enumerate(lines, 2):
            self.places[name, line] = index

    def paths(self):
        return sorted({str(self.folder / file) for file, _ in self.places})

    def check(self, gable, *options):
        """Reports by the index of their rule; those of whole files come under None."""
        result = subprocess.run([gable, "--json", "check", *options, *self.paths()], capture_output=True, text=True,
                                check=False, timeout=280)
        assert result.returncode in (0, 1), result.stderr
        reports = {}
        for line in result.stdout.splitlines():
            report = json.loads(line)
            index = self.places.get((report["file"].rsplit("/", 1)[-1], report["line"]))
            reports.setdefault(index, []).append(report)
        return reports


def status_of(reports):
    """Of a rule that may have made several entities."""
    found = {report["status"] for report in reports}
    return next(status for status in ("refused", "waits", "ok") if status in found)
