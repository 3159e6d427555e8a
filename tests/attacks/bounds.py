"""Runs commands in a process of their own, with a guard of time, and watches their memory.

What hangs ends the process and fails the test, what is blown up is measured, and whatever cannot be
encoded or drives a terminal is seen in what was printed.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import re
import resource
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
RELEASED = ROOT / "tests/authoring/released_0_1"  # a course, as an earlier version released it
SECONDS = 60  # a guard for what would never end, and no measure of how fast anything is
MAX_GROWTH = 200 * 10**6
_ADDRESSES = 4 * 2**30  # so that a failing test does not take the machine along
_UNSEEN = re.compile("[^\n\t -~\xa0-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\U0010ffff]")


class Bounded(NamedTuple):
    """How a command ended, what it printed, and by how many bytes it grew meanwhile."""

    code: int
    out: str
    err: str
    grown: int


class _Runner:
    """A process that runs commands until one hangs; then the next one is run by another."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        atexit.register(self.end)

    def ask(self, job: dict[str, Any]) -> list[Bounded]:
        process = self._process = self._process or _started()
        assert process.stdin and process.stdout
        process.stdin.write(f"{json.dumps(job)}\n")
        process.stdin.flush()
        if not select.select([process.stdout], [], [], SECONDS)[0]:
            self.end()
            raise AssertionError(f"no end in sight: {job['commands']}")
        return [Bounded(*each) for each in json.loads(process.stdout.readline())]

    def end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._process = None


def _started() -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, __file__], text=True, env=environment, **pipes)


_RUNNER = _Runner()


def bounded(root: Path, *commands: Sequence[str]) -> list[Bounded]:
    """Run commands of `grader` in a folder, one after the other, and complain of what got out."""
    ended = _RUNNER.ask({"root": str(root), "commands": commands})
    for each, command in zip(ended, commands, strict=True):
        said = each.out + each.err
        assert "itself failed" not in said and "Traceback" not in said, (command, said[-3000:])
        assert not (unseen := _UNSEEN.search(said)), (command, unseen, said[:3000])
        assert each.grown < MAX_GROWTH, (command, f"grew by {each.grown >> 20} MB")
    return ended


def main() -> None:
    """Run what comes in, job by job."""
    from grader.learner.outside.sandbox import Sandbox
    from grader.terminal.app import run
    from tests.attacks.arena import forget_peak, peak_memory
    from tests.conftest import Kept

    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    jobs, sandbox = sys.stdin, Sandbox(warm=True)

    def run_one(arguments: list[str]) -> Bounded:
        kept = Kept(sandbox)
        sys.stdin = io.StringIO()
        streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
        before, (sys.stdout, sys.stderr) = forget_peak(), streams
        try:
            code = run(arguments, kept)  # type: ignore[arg-type]
        finally:
            sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        grown = peak_memory() - before
        texts = [stream.detach().getvalue().decode() for stream in streams]  # type: ignore[attr-defined]
        return Bounded(code, *texts, grown)

    for line in jobs:
        job = json.loads(line)
        os.chdir(job["root"])
        print(json.dumps([run_one(each) for each in job["commands"]]), flush=True)


if __name__ == "__main__":
    main()
