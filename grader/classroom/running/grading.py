"""Grades what is left to be graded, and writes each report down the moment it is known."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from grader.classroom.marks.store import Graded, Store, Under
from grader.classroom.running.chunks import Executor, Result, Setup, Task, chunk_of
from grader.classroom.running.made_of import Reasons
from grader.classroom.running.versions import Versions, grader_version
from grader.course.course import Course
from grader.grading.examiner import draw_paper
from grader.grading.sitting import unmade_checks
from grader.records import Outcome

MAX_CHUNK_BYTES = 4_000_000  # of large ones it takes fewer: as many as wait are held in memory
MAX_CHUNK = 16  # answers: few, so that no worker is left with many at the end


class Outstanding(NamedTuple):
    """An answer to be graded, and under what; `why` is empty where it never was before.

    `is_kept` says that an older report holds again, a change being taken back: then that counts.
    """

    answer: str
    exercise: str
    under: Under
    why: str
    is_kept: bool = False


class Tally(NamedTuple):
    """How far it is: answers graded, of how many, after how many seconds; `faults` are ours."""

    done: int
    total: int
    seconds: float
    faults: int


def outstanding(store: Store, versions: Versions, setup: Setup) -> list[Outstanding]:
    """Return the answers to exercises that count and whose last report does not hold, if any.

    Those to exercises that the course has no more keep what they have.
    """
    query = (
        "SELECT a.hash, a.exercise, a.deciding, r.id, r.seed, r.grader, r.versions, r.outcome"
        " FROM answers a JOIN exercises e ON e.name = a.exercise LEFT JOIN reports r ON r.id ="
        " (SELECT MAX(id) FROM reports WHERE answer = a.hash) ORDER BY e.position, a.rowid"
    )
    by = f"{grader_version()} {setup.seconds:g}-seconds"
    known: dict[str, str] = {}
    reasons = Reasons(store, versions)
    found = []
    for hash, exercise, deciding, id, *last, outcome in store.rows(query):
        if not versions.has(exercise):
            continue
        if deciding not in known:
            known[deciding] = versions.of_all(json.loads(deciding))
        under = Under(setup.seed, by, known[deciding])
        is_ours = outcome == Outcome.GRADER_ERROR.value
        if id is not None and Under(*last) == under and not is_ours:
            continue
        why = "" if id is None else reasons.why(Under(*last), under)
        is_kept = id is not None and store.holds(hash, under)
        found.append(
            Outstanding(hash, exercise, under, "the grader failed" if is_ours else why, is_kept)
        )
    return found


def count_again(store: Store, todo: Sequence[Outstanding]) -> list[Outstanding]:
    """Let the older reports that hold count again, and return what is left to be graded."""
    return [
        each for each in todo if not (each.is_kept and store.count_again(each.answer, each.under))
    ]


def grade_outstanding(
    store: Store,
    executor: Executor,
    todo: Sequence[Outstanding],
    chunk: int,
    told: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Grade answers, and write down each report; `told` hears of every one.

    Raises
    ------
    UsageError
        It cannot be written down: the disk is full, say.
    """
    began, faults, done = time.monotonic(), 0, set[int]()
    for result in executor.run(_chunks(store, todo, chunk)):
        each = todo[result.number]
        if result.number not in done:
            store.save_report(_graded(each.answer, result), each.under)
            done.add(result.number)
            faults += result.outcome == Outcome.GRADER_ERROR.value
            told(Tally(len(done), len(todo), time.monotonic() - began, faults))
    return Tally(len(done), len(todo), time.monotonic() - began, faults)


def refresh_points(course: Course, store: Store, versions: Versions, seed: int) -> None:
    """Count the points of exercises that have changed since, or are new."""
    for name, version in store.versions().items():
        if name in course.exercises and versions.of(name) != version:
            try:
                checks = unmade_checks(draw_paper(course, name, seed))
            except Exception:  # grading its answers meets the same, and reports it
                continue
            store.set_points(name, versions.of(name), sum(each.max_points for each in checks))


def chunk_size(count: int, jobs: int) -> int:
    """Return how many answers go to a worker at once, so that all have work to the end."""
    return max(1, min(MAX_CHUNK, count // (4 * jobs)))


def _chunks(store: Store, todo: Sequence[Outstanding], size: int) -> Iterator[bytes]:
    tasks, weight = list[Task](), 0
    for number, each in enumerate(todo):
        tasks.append(Task(number, store.answer(each.answer)[0]))
        weight += len(tasks[-1].body)
        if len(tasks) == size or weight > MAX_CHUNK_BYTES:
            yield chunk_of(tasks)
            tasks, weight = [], 0
    if tasks:
        yield chunk_of(tasks)


def _graded(answer: str, result: Result) -> Graded:
    return Graded(answer, *result[1:])
