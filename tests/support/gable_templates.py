"""Many templates through `gable template --vectors`, and where recorded data lies."""
import json
import os
import pathlib
import resource
import subprocess

from gable_process import program, source

SKIPPED = 77


def data_folder(*parts):
    """A folder of recorded data that is not part of the project: below $GABLE_DATA, or ../shared/data beside the source.

    None when it is not there: say so and leave with SKIPPED.
    """
    root = os.environ.get("GABLE_DATA")
    folder = (pathlib.Path(root) if root else source("..", "shared", "data").resolve()).joinpath(*parts)
    return folder if folder.exists() else None


def _with_all_memory():
    # A limit of the test's own is not the program's: sanitizers reserve terabytes of addresses.
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


class Renderer:
    """Our templates in a process of their own: lines in, answers out in the same order."""

    def __init__(self, command=None):
        self._command = command or [program("gable"), "template", "--vectors"]

    def render(self, lines):
        """[{"template": …, "payload": … or "vars": …}] → [{"outcome": …, "text": …, "error": …}]"""
        text = "".join(json.dumps(line) + "\n" for line in lines)
        done = subprocess.run(self._command, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False, timeout=600, preexec_fn=_with_all_memory)
        answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
        if len(answers) != len(lines):
            raise AssertionError(f"{len(answers)} answers to {len(lines)} lines, exit status {done.returncode}, "
                                 f"{done.stderr.decode(errors='replace')[-2000:]}")
        return answers
