"""Grades many submissions in several processes: what Python computes, it does one thing at a time.

Every process takes the number of the next submission from one pipe, so that none is without work
while another has some left. Those that help are forked from this one, which has read the course
already; each has a sandbox of its own.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import Any

from grader.course.course import Course
from grader.course.seed import fresh_seed
from grader.grading.batch import Job, Pool
from grader.learner.inside.ending import end_with_parent
from grader.learner.outside.sandbox import Sandbox
from grader.records import Limits, Report

MAX_JOBS = 10_000  # whose numbers fit into a pipe that nobody reads yet
_NUMBER = struct.Struct("<I")
_PIECE = 2**16
Numbered = tuple[int, Report]


def graded_at_once(
    course: Course,
    sandbox: Sandbox,
    jobs: Sequence[Job],
    processes: int,
    *,
    seed: int | None = None,
    limits: Limits | None = None,
) -> Iterator[tuple[Job, Report]]:
    """Grade `jobs`, and yield each with its report, in their order.

    What a process that helps was at when something ended it is graded here. Where not all are
    taken, the others are given up.
    """
    options: dict[str, Any] = {"seed": fresh_seed() if seed is None else seed, "limits": limits}
    numbers = _filled(len(jobs))

    def graded(sandbox: Sandbox) -> Iterator[Numbered]:
        taken: deque[int] = deque()
        own = (jobs[number] for number in _taken(numbers, taken))
        for _, report in Pool(course, sandbox, **options).grade(own):
            yield taken.popleft(), report

    with ExitStack() as until_the_end:
        until_the_end.callback(os.close, numbers)
        helpers = [_Helper(lambda: graded(sandbox.another())) for _ in range(processes - 1)]
        for helper in helpers:
            until_the_end.callback(helper.end)
        reports: dict[int, Report] = {}
        told = 0
        for number, report in _as_they_come(graded(sandbox), helpers):
            reports[number] = report
            while told in reports:
                yield jobs[told], reports.pop(told)
                told += 1
        for number in range(told, len(jobs)):
            if number in reports:
                yield jobs[number], reports[number]
            else:
                yield from Pool(course, sandbox, **options).grade([jobs[number]])


def _as_they_come(own: Iterator[Numbered], helpers: Sequence[_Helper]) -> Iterator[Numbered]:
    """Yield what is graded here, and what has arrived meanwhile; then wait for the rest."""
    for numbered in own:
        yield numbered
        yield from _arrived(helpers, 0)
    while any(helper.is_there for helper in helpers):
        yield from _arrived(helpers, None)


def _arrived(helpers: Sequence[_Helper], patience: float | None) -> Iterator[Numbered]:
    """Yield the reports that are there by now; with no end of patience, wait for some."""
    there = [helper for helper in helpers if helper.is_there]
    for helper in select.select(there, [], [], patience)[0]:
        yield from helper.read()


def _filled(count: int) -> int:
    """Return the end of a pipe from which as many numbers can be read, each by one process."""
    numbers, end = os.pipe()
    os.write(end, b"".join(map(_NUMBER.pack, range(min(count, MAX_JOBS)))))
    os.close(end)
    return numbers


def _taken(numbers: int, taken: deque[int]) -> Iterator[int]:
    """Yield the next numbers that nobody else has taken, as they are asked for."""
    while piece := os.read(numbers, _NUMBER.size):
        taken.append(_NUMBER.unpack(piece)[0])
        yield taken[-1]


class _Helper:
    """A process that was forked from this one, and sends reports back with their numbers."""

    def __init__(self, grade: Callable[[], Iterator[Numbered]]) -> None:
        self._reports, sent = os.pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._reports)  # so that writing fails where nobody reads any more
            _help(grade, sent, parent)
        os.close(sent)
        self._arrived = bytearray()
        self.is_there = True

    def fileno(self) -> int:
        """Return what reports arrive at."""
        return self._reports

    def read(self) -> list[Numbered]:
        """Return the reports that have arrived as a whole; nothing of one that was cut off."""
        piece = os.read(self._reports, _PIECE)
        self.is_there = bool(piece)
        self._arrived += piece
        return list(self._whole())

    def _whole(self) -> Iterator[Numbered]:
        head = _NUMBER.size
        while len(self._arrived) >= head:
            (length,) = _NUMBER.unpack_from(self._arrived)
            if len(self._arrived) < head + length:
                return
            yield pickle.loads(self._arrived[head : head + length])
            del self._arrived[: head + length]

    def end(self) -> None:
        """End the process, and with it the sandbox that it has."""
        os.close(self._reports)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _help(grade: Callable[[], Iterator[Numbered]], sent: int, parent: int) -> None:
    """Send every report as soon as it is there, and end; of what goes wrong, nobody is told here.

    Whoever waits grades what is missing, and meets it again.
    """
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits ends this one
        end_with_parent(parent, signal.SIGKILL)
        for numbered in grade():
            body = pickle.dumps(numbered)
            left = memoryview(_NUMBER.pack(len(body)) + body)
            while left:
                left = left[os.write(sent, left) :]
    finally:
        os._exit(0)
