"""Rows without a broker: templates, loading of rules, replay."""
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

from .house import rules_text
from .rows import Row, judged

HERE = pathlib.Path(__file__).resolve().parents[1]


def templates(build, plan):
    done = subprocess.run([sys.executable, HERE / "templates", build, "--json", "--rounds", str(plan.rounds), "--seconds", "0.1"],
                          capture_output=True, text=True, check=True)
    each = {row["name"]: row["ratio"] for row in json.loads(done.stdout)}
    return [Row("template renders a second, of the real Jinja2 (median of ten shapes)", "", statistics.median(each.values()),
                "×", None, {"least": min(each, key=each.get), "least_ratio": min(each.values())})]


def rules(build, _plan):
    done = subprocess.run([sys.executable, HERE / "rules", build], capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    rows = []
    for row in found:
        if "read_s" in row:
            rows.append(judged("10,000 corpus automations load", row["read_s"] + row["start_s"], most=3, unit="s"))
            rows.append(judged("… peak", row["peak_mb"], most=150, unit="MB"))
    flat = {row["rules"]: row["unconcerned_us"] for row in found if "unconcerned_us" in row}
    if flat:
        rows.append(judged("a message that concerns no rule, among 1,000, of 1 (engine alone)", flat[1000] / flat[1], most=1.1,
                           us=flat[1000]))
    return rows


def journal_line(number):
    second, on = number // 10, number // 200 % 2 == 0
    at = f"2026-11-{20 + second // 86400:02}T{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}.{number % 10}00Z"
    sensor = f"binary_sensor.motion_{number % 200 // 2:05}_occupancy"
    entity, by = (sensor, "device:mqtt/bench") if number % 2 == 0 else (f"light.lamp_{number % 200 // 2:05}", "person")
    states = ("off", "on") if on else ("on", "off")
    return json.dumps({"t": at, "k": "change", "e": entity, "from": states[0], "to": states[1], "by": by, "seq": number // 200 + 1}, separators=(",", ":"))


def replay(build, plan):
    count, rates = 100_000 if plan.large else 20_000, []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "rules").mkdir()
        (folder / "rules" / "rules.yaml").write_text(rules_text(100, "z2m"))
        (folder / "journal-20261120-001.jsonl").write_text("".join(journal_line(i) + "\n" for i in range(count)))
        for _ in range(min(plan.rounds, 3)):
            begun = time.monotonic()
            done = subprocess.run([pathlib.Path(build) / "bin" / "gable", "replay", folder / "journal-20261120-001.jsonl", "--rules", folder / "rules"],
                                  capture_output=True, text=True, timeout=600)
            if done.returncode != 0:
                raise RuntimeError(f"gable replay: {done.stderr.strip() or done.stdout.strip()}")
            rates.append(count / (time.monotonic() - begun))
    said = re.sub(r"\s+", " ", done.stdout.strip())[:120]
    return [Row("events replayed a second, 100 rules, half of the events trigger one", "", statistics.median(rates), "/s", None, {"said": said})]
