"""What grading again has changed, person by person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grader.classroom.marks.outline import counting
from grader.classroom.marks.reading import Mark


class Change(NamedTuple):
    """A mark as it was and as it is. `kept` are the points that were given by hand, and stay."""

    before: Mark
    after: Mark
    kept: float | None = None


def changes(before: Iterable[Mark], after: Iterable[Mark]) -> Iterator[Change]:
    """Yield the marks that are others now, in their outcome or their points.

    Of what was marked by hand the points stay; what the grader says now is told all the same.
    """
    was = {(mark.student.id, mark.exercise.name): mark for mark in before}
    for mark in counting(after):
        old = was.get((mark.student.id, mark.exercise.name))
        if old is None or (_graded(old) == _graded(mark) and old.points == mark.points):
            continue
        given = mark.by_hand and mark.by_hand.points
        yield Change(old, mark, given)


def _graded(mark: Mark) -> tuple[str, float | None]:
    return mark.outcome, mark.attempt.points if mark.attempt else None
