"""Refuses to release what is not proved: what one draw of the inputs shows, in a few moments.

A proof asks more: other draws, every tier, whether a case is needless or missing, and the stub.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial

from grader.authoring.at_once import Tell, each_of
from grader.authoring.passable import (
    answer_problems,
    check_problems,
    own_check_problems,
    value_problems,
)
from grader.authoring.proof import Problem, merged
from grader.authoring.prove_mistakes import (
    give_up_endless,
    mistake_problems,
    reference_problems,
)
from grader.authoring.prove_packages import package_problems
from grader.course.course import Course
from grader.errors import CourseError, GraderError
from grader.grading.examiner import examiner_of

SEED = 0  # which every proof draws, and every release


def require_proved(course: Course, jobs: int = 1, tell: Tell = lambda done, total: None) -> None:
    """Raise `CourseError` where a learner would be misled, with all that one draw shows.

    So they would be by a reference that breaks what it asks for, an answer that does nothing and
    passes, or a mistake that passes every visible check, does not run, or is not named. So many
    `jobs` look at exercises at once, and `tell` hears of how many are done, and are there.
    """
    each_of(partial(_require_one, course), course.exercises, jobs, tell)


def _require_one(course: Course, name: str) -> None:
    problems: list[Problem] = []
    with contextlib.suppress(GraderError):  # what cannot be drawn, the release itself refuses
        problems += merged([*_problems(course, name)], (SEED,), course)
    if problems:
        first, *others = problems
        raise CourseError(
            "; ".join([first.what, *map(str, others)]),
            where=f"{name} is not proved: {first.where}",
            next=f"Mend it until this finds nothing: grader prove {name}",
        )


def _problems(course: Course, name: str) -> Iterator[Problem]:
    examiner = examiner_of(course, name)
    if unlisted := [*package_problems(course, examiner.definition)]:
        yield from unlisted
        return
    give_up_endless(course, examiner.definition, (SEED,))
    paper = examiner.draw(SEED)
    if unfit := [*value_problems([paper])]:
        yield from unfit
        return
    yield from (*answer_problems([paper]), *check_problems([paper]))
    yield from own_check_problems(course, name)
    yield from (*reference_problems(paper), *mistake_problems(paper))
