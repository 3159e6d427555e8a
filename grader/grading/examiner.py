"""Who sets the papers of an exercise: one protocol, whether its code is here or only its key.

An examiner draws inputs and knows the right answers to them, knows what may have been done wrong,
and answers for earlier exercises that do not work yet. From code, all of that is computed; in a
released course it was computed before, and is looked up. Nobody else asks which of the two it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from grader.course.course import Course
from grader.exercise.definition import Definition
from grader.exercise.pictures import Picture
from grader.grading.trials import Paper, Trial
from grader.records import Inputs, Raised, Returned, Value

if TYPE_CHECKING:
    from grader.grading.diagnose.hypotheses import Hypothesis


class Examiner(Protocol):
    """What grading asks of one exercise."""

    @property
    def definition(self) -> Definition:
        """The exercise: its lesson, signatures, cases, hints and pictures."""

    @property
    def stub(self) -> str:
        """The text of the file that a learner begins with."""

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that the exercise asks for."""

    @property
    def references(self) -> Mapping[str, Callable[..., Value]]:
        """The references that can be called: none where they stayed with their author."""

    def draw(self, seed: int) -> Paper:
        """Return the paper for a seed: fresh inputs for every case, with the right answers.

        Where answers were computed before, the seed chooses among those that there are.
        """

    def hypotheses(
        self, paper: Paper, function: str, kind: str, right: Sequence[Trial] = ()
    ) -> Iterable[Hypothesis]:
        """Return what may have been done wrong in a function, the likeliest first.

        `kind` is "mistake" (its own), "inherited" (a mistake of a part of it), "relation" (the
        right function of other inputs) or "pair" (two mistakes at once, neither of which does harm
        on a trial that the learner has `right`).
        """

    def stand_in(
        self, seed: int, exercise: str, function: str, inputs: Inputs
    ) -> Returned | Raised | None:
        """Return what an earlier exercise's reference makes of inputs; None if nobody knows."""

    def results(self, picture: Picture) -> Sequence[Value]:
        """Return what the reference makes of each view of a picture."""


def examiner_of(course: Course, name: str) -> Examiner:
    """Return the examiner of an exercise."""
    if course.release:
        from grader.grading.from_release import FromRelease  # most courses have their code here

        return FromRelease(course, name)
    from grader.grading.from_code import FromCode

    return FromCode(course, name)


def load_definition(course: Course, name: str) -> Definition:
    """Return the definition of an exercise."""
    return examiner_of(course, name).definition


def draw_paper(course: Course, name: str, seed: int) -> Paper:
    """Draw an exercise for a seed."""
    return examiner_of(course, name).draw(seed)
