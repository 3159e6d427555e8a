"""Whether the cases of a definition would notice small changes of its references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.bounded import run_bounded
from grader.authoring.proof import Problem
from grader.course.course import Course
from grader.errors import CourseError
from grader.exercise.definition import Definition
from grader.exercise.mutants import require_place
from grader.grading.examiner import load_definition


@dataclass(frozen=True)
class Score:
    """How many mutants of a definition were made, are equal in effect, and pass every check.

    A survivor passes them under every seed that was tried, or under those that it names.
    """

    definition: Definition
    mutants: int
    equivalent: int
    survivors: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    @property
    def different(self) -> int:
        """How many there are that some input could tell from the reference."""
        return self.mutants - self.equivalent

    @property
    def is_full(self) -> bool:
        """Whether every mutant is caught or equal in effect, and nothing else is wrong."""
        return not (self.survivors or self.problems)


def score_mutants(
    course: Course,
    name: str,
    seeds: Sequence[int] = range(5),
    progress: Callable[[int, int], None] = lambda done, count: None,
) -> Score:
    """Run every mutant of an exercise on all checks; one that has to be stopped is caught.

    `progress` is told how many of them are done.

    Raises
    ------
    BrokenGraderError
        A case or a reference fails or does not end.
    """
    definition = load_definition(course, name)
    made, equivalent = 0, 0
    survivors: list[Problem] = []
    matched: set[int] = set()
    for run in run_bounded(course, name, "mutants", seeds):
        made = run.of
        progress(run.number + 1, made)
        if not run.found:
            continue
        meant = run.found["equivalents"]
        matched.update(meant)
        equivalent += bool(meant)
        if not meant:
            what = f"a version {run.found['words']} passes every check: is a case missing?"
            where = _displayed(course, run.found["where"])
            survivors.append(Problem(where, what, tuple(run.found["seeds"])))
    problems = [
        Problem(_displayed(course, problem.where), problem.what)
        for problem in equivalent_problems(definition, matched)
    ]
    return Score(definition, made, equivalent, tuple(survivors), tuple(problems))


def _displayed(course: Course, where: str) -> str:
    return course.display(Path(where))


def equivalent_problems(
    definition: Definition, matched: set[int] | None = None
) -> Iterator[Problem]:
    """Find equivalents that speak of what is not there.

    Once mutants have run, `matched` has the numbers of those that some survivor is meant by.
    """
    for number, equivalent in enumerate(definition.equivalents):
        try:
            require_place(definition, equivalent)
        except CourseError as error:
            yield Problem(equivalent.where, f"this equivalent cannot be: {error.what}")
            continue
        if matched is not None and number not in matched:
            what = "this equivalent is no version that passes every check: take it out"
            yield Problem(equivalent.where, what)
