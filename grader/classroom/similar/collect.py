"""The answers of a class to one exercise, compared: who handed in what is alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from grader.authoring.stubs import stub_of
from grader.classroom.marks.reading import Assigned, Mark, Student, answer_of
from grader.classroom.marks.store import Store
from grader.classroom.similar.compare import Alike, Detector, compare
from grader.classroom.similar.signs import with_plain_ends, without_words
from grader.course.course import Course
from grader.course.solutions import source_of
from grader.errors import RefusedError
from grader.records import Outcome

_NOTHING = (Outcome.NOT_ATTEMPTED.value, Outcome.REFUSED.value)


class Handed(NamedTuple):
    """An answer, and who handed it in: `answer` is its id."""

    student: Student
    answer: str
    source: str


class Likeness(NamedTuple):
    """Answers that are alike, of those who are no partners: see `compare.Alike`."""

    one: tuple[Handed, ...]
    other: tuple[Handed, ...]
    found: Alike


class ExerciseLikeness(NamedTuple):
    """What is alike among the answers to an exercise, and what was not compared."""

    exercise: Assigned
    answers: int
    pairs: list[Likeness]
    unread: list[tuple[Student, str]]
    short: int
    left_out: int


def likeness_of(
    course: Course,
    store: Store,
    exercise: Assigned,
    marks: Sequence[Mark],
    detector: Detector,
    least: float,
    anonymous: bool = False,
) -> ExerciseLikeness:
    """Compare the answers that count, each with each; of an exercise these are the `marks`.

    What both handed in together is nobody's copy. In an `anonymous` one, nothing stands in
    comments and texts.
    """
    handed, unread = _handed_in(store, marks, anonymous)
    compared = compare(
        detector, [each.source for each in handed], given_to_all(course, exercise.name), least
    )
    partners = _partners(store, exercise.name)
    pairs = [_likeness(handed, alike) for alike in compared.alike]
    return ExerciseLikeness(
        exercise=exercise,
        answers=len(handed) - len(compared.unread),
        pairs=[pair for pair in pairs if not _is_shared(pair, partners)],
        unread=unread + [(handed[n].student, why) for n, why in compared.unread.items()],
        short=len(compared.short),
        left_out=compared.left_out,
    )


def _handed_in(
    store: Store, marks: Sequence[Mark], anonymous: bool
) -> tuple[list[Handed], list[tuple[Student, str]]]:
    handed, unread = list[Handed](), list[tuple[Student, str]]()
    for mark in marks:
        if mark.attempt and mark.outcome not in _NOTHING:
            body = answer_of(store, mark.attempt.answer).source
            source = with_plain_ends(body.decode("utf-8", "replace"))
            try:
                shown = without_words(source) if anonymous else source
            except RefusedError as error:
                unread.append((mark.student, error.what))
                continue
            handed.append(Handed(mark.student, mark.attempt.answer, shown))
    return handed, unread


def given_to_all(course: Course, name: str) -> list[str]:
    """Return what everybody was given, or may be led to: the stub, and the whole definition.

    That has the reference, and the mistakes that many make by themselves. A release has only stubs.
    """
    return [stub_of(course, name), *([] if course.release else [source_of(course, name).text])]


def _partners(store: Store, exercise: str) -> set[tuple[int, int, str]]:
    """Return who handed in an answer to an exercise with whom, and which one."""
    rows = store.rows(
        "SELECT a.person, b.person, f.answer FROM owners a JOIN owners b USING (hand_in)"
        " JOIN files f USING (hand_in) WHERE f.exercise = ? AND f.answer IS NOT NULL",
        exercise,
    )
    return {(one, other, answer) for one, other, answer in rows}


def _likeness(handed: Sequence[Handed], alike: Alike) -> Likeness:
    one, other = (tuple(handed[n] for n in side) for side in (alike.one, alike.other))
    return Likeness(one, other, alike)


def _is_shared(pair: Likeness, partners: set[tuple[int, int, str]]) -> bool:
    """Tell whether of any two on both sides the answer of one was handed in by both together."""
    return all(
        not partners.isdisjoint((a.student.id, b.student.id, each.answer) for each in (a, b))
        for a in pair.one
        for b in pair.other
    )
