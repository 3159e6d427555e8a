"""What goes to whoever grades, and what comes back: bytes, whatever carries them.

A chunk is a few answers with a number each, and nothing about whose they are. A result bears its
answer's number. To grade a chunk twice does no harm: the same answer, seed and versions give the
same report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from grader.classroom.packets import unpacked
from grader.course.course import Course, read_course
from grader.grading.batch import Job, Pool
from grader.learner.outside.sandbox import Sandbox
from grader.present.report_json import report_fields
from grader.records import Diagnosis, Limits, Outcome, Report


@dataclass(frozen=True)
class Setup:
    """What all chunks are graded with: the course's folder, the seed, the seconds, the tier."""

    root: str
    seed: int
    seconds: float
    tier: str | None


class Task(NamedTuple):
    """An answer to be graded, as `packets` writes it, and the number it is known by."""

    number: int
    body: bytes


class Result(NamedTuple):
    """What came of a task: the report as JSON, and what of it is kept apart."""

    number: int
    outcome: str
    points: float
    max_points: float
    seconds: float
    report: str


def chunk_of(tasks: Sequence[Task]) -> bytes:
    """Return tasks as bytes."""
    return json.dumps([[task.number, task.body.decode()] for task in tasks]).encode()


def tasks_of(chunk: bytes) -> list[Task]:
    """Return the tasks of a chunk."""
    return [Task(number, body.encode()) for number, body in json.loads(chunk)]


def setup_of(body: bytes) -> Setup:
    """Return what `asdict` has made of a set-up, from its JSON."""
    return Setup(**json.loads(body))


def setup_bytes(setup: Setup) -> bytes:
    """Return a set-up as bytes."""
    return json.dumps(asdict(setup)).encode()


def result_of(body: bytes) -> Result:
    """Return a result from its bytes."""
    return Result(*json.loads(body))


class Executor(Protocol):
    """Who has chunks graded, wherever that is; `notice` says what of the tier is odd."""

    @property
    def count(self) -> int:
        """How many answers are graded at once."""

    @property
    def notice(self) -> str:
        """What whoever typed the command is to be told."""

    def run(self, chunks: Iterable[bytes]) -> Iterator[Result]:
        """Yield the result of every task, in any order, as they come.

        Chunks are asked for as they are needed. A result may come twice; none may be left out.
        """


class ChunkGrader:
    """Grades chunks in one sandbox; the papers of exercises are kept from one to the next."""

    def __init__(self, setup: Setup, sandbox: Sandbox, course: Course | None = None) -> None:
        course = course or read_course(Path(setup.root))
        limits = Limits(seconds=setup.seconds)
        self._pool = Pool(course, sandbox, seed=setup.seed, limits=limits)

    def grade(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the results of a chunk, each as soon as it is known."""
        tasks = tasks_of(chunk)
        answers = (unpacked(task.body) for task in tasks)
        graded = self._pool.grade(Job(answer.exercise, answer) for answer in answers)
        for task, (_, report) in zip(tasks, graded, strict=True):
            yield json.dumps(_result(task, report)).encode()


def fault(task: Task, message: str) -> Result:
    """Return the result of a task that nobody came to an end with: the fault is the grader's."""
    answer = unpacked(task.body)
    why = (Diagnosis("blame", message),)
    return _result(task, Report(answer.exercise, answer.path, Outcome.GRADER_ERROR, (), why))


def _result(task: Task, report: Report) -> Result:
    numbers = report.points, report.max_points, report.seconds
    fields = json.dumps(report_fields(report), ensure_ascii=False)
    return Result(task.number, report.outcome.value, *numbers, fields)
