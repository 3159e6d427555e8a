"""Mistakes and mutants, run in a process of their own, which is ended where one of them does not.

The process is bounded in memory and in seconds of computing where the system can do that, and in
seconds of the clock here. It ends when we do, however that is.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.errors import BrokenGraderError
from grader.grading.examiner import examiner_of
from grader.records import Limits

SECONDS = Limits().seconds  # for one mistake or mutant, on all checks: what a learner has
# A busy machine gives it less time than passes, so the clock alone says no more than this.
PATIENCE = 6 if os.name == "posix" else 1
_OUT_OF_TIME = "out of time"
SECONDS_TO_DRAW = 60.0  # for Python to start, and for the inputs and right answers of all checks
# It finds modules where we do, be they installed or not.
_BOOT = """
import os, sys
sys.path[:] = sys.argv[1].split(os.pathsep)
from grader.authoring.bounded_child import main
main(sys.argv[2:])
"""


class Run(NamedTuple):
    """What came of one: its number of how many, what was found, or why it was stopped."""

    number: int
    of: int
    found: Any = None
    stopped: str = ""


def run_bounded(course: Course, name: str, kind: str, seeds: Sequence[int]) -> Iterator[Run]:
    """Run all "mistakes" or "mutants" of an exercise, each for as long as it may take.

    Raises
    ------
    BrokenGraderError
        The references or the cases fail or do not end, or we do.
    """
    number, count = 0, None
    while count is None or number < count:
        chosen = ",".join(map(str, seeds))
        words = (str(course.root.resolve()), name, kind, chosen, str(number), str(SECONDS))
        with _child(words) as messages:
            count = _count(course, name, seeds, messages)
            while number < count:
                run = _next(number, count, messages)
                yield run
                number += 1
                if run.stopped:
                    break


def _next(number: int, count: int, messages: queue.SimpleQueue[str]) -> Run:
    try:
        line = messages.get(timeout=SECONDS * PATIENCE)
    except queue.Empty:
        line = _OUT_OF_TIME
    if line == _OUT_OF_TIME:
        return Run(number, count, stopped=f"it takes more than {SECONDS:.0f} seconds")
    if not line:
        return Run(number, count, stopped="the process that ran it died")
    return Run(number, count, _read(line)["found"])


def _count(
    course: Course, name: str, seeds: Sequence[int], messages: queue.SimpleQueue[str]
) -> int:
    try:
        line = messages.get(timeout=SECONDS_TO_DRAW)
    except queue.Empty:
        raise BrokenGraderError(
            f"a case or a reference of {name} does not end in {SECONDS_TO_DRAW:.0f} seconds",
            where=str(course.solution_path(name)),
            next="Look for a loop in it that goes on for ever.",
        ) from None
    message = json.loads(line) if line else {"fault": "its process died"}
    if "count" not in message:
        for seed in seeds:  # which says in our own words what is wrong with a case or a reference
            examiner_of(course, name).draw(seed)
    return int(_read(line)["count"])


def _read(line: str) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(line) if line else {"fault": "it died"}
    if "fault" in message:
        raise BrokenGraderError(
            f"the process that runs mistakes and mutants failed: {message['fault']}",
            next="This is the grader's own fault. Please report these lines.",
        )
    return message


@contextmanager
def _child(words: Sequence[str]) -> Iterator[queue.SimpleQueue[str]]:
    """Start the process; give the lines that it says, and an empty one when it has ended."""
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    process = subprocess.Popen(
        [sys.executable, "-c", _BOOT, os.pathsep.join(sys.path), *words],
        env=os.environ | dict.fromkeys(threads, "1") | {"PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,  # whose end tells it that we are gone
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    reading = threading.Thread(target=_read_all, args=(process, lines), daemon=True)
    reading.start()
    try:
        yield lines
    finally:
        process.kill()
        process.wait()
        reading.join()
        if process.stdin:
            process.stdin.close()


def _read_all(process: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    assert process.stdout
    with process.stdout:
        for line in process.stdout:
            lines.put(line)
    is_out = os.name == "posix" and process.wait() == -signal.SIGPROF
    lines.put(_OUT_OF_TIME if is_out else "")
