"""One run of a submission, judged; and again with references standing in, to be fair to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.course import Course
from grader.exercise import Definition
from grader.judge import judge
from grader.learner.process import LearnerProcess, Limits, run_calls
from grader.records import Call, CaseResult, Diagnosis, Run, Submission, Trial
from grader.siblings import Siblings


class Attempt(NamedTuple):
    """What a run came to, the exercises it imported, and the sources its tracebacks name."""

    run: Run
    checks: tuple[CaseResult, ...]
    imported: tuple[str, ...]
    sources: Mapping[str, bytes]

    @property
    def points(self) -> float:
        """Points gained in this run."""
        return sum(check.points for check in self.checks)

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)


def attempt(
    course: Course,
    definition: Definition,
    submission: Submission,
    trials: Sequence[Trial],
    limits: Limits,
    *,
    standing_in: frozenset[str] = frozenset(),
    process: LearnerProcess | None = None,
) -> Attempt:
    """Run a submission on every trial and judge its answers."""
    siblings = Siblings(course, definition.name, standing_in)
    calls = [Call(trial.case.function, trial.inputs) for trial in trials]
    run = run_calls(submission, calls, siblings.serve, limits, process)
    sources = siblings.sources | {submission.path: submission.source}
    checks = judge(definition, trials, run.answers, sources)
    return Attempt(run, checks, tuple(dict.fromkeys(siblings.imported)), sources)


def on_its_own_merit(
    course: Course,
    definition: Definition,
    submission: Submission,
    trials: Sequence[Trial],
    limits: Limits,
    first: Attempt,
) -> tuple[Attempt, tuple[Diagnosis, ...]]:
    """Return the attempt that counts: with references in place of broken earlier exercises.

    Where that gains points, the earlier exercises that would lose them again are named.
    """
    earlier = frozenset(course.earlier(definition.name))
    if first.passed or not earlier.intersection(first.imported):
        return first, ()

    def again(standing_in: frozenset[str]) -> Attempt:
        return attempt(course, definition, submission, trials, limits, standing_in=standing_in)

    fair = again(earlier)
    if fair.points < first.points:
        return first, ()
    if fair.points == first.points:
        return fair, ()
    direct = [name for name in fair.imported if name in earlier]
    broken = [name for name in direct if again(earlier - {name}).points < fair.points]
    return fair, (_blame(course, broken or direct),)


def _blame(course: Course, broken: Sequence[str]) -> Diagnosis:
    files = " and ".join(course.shown(course.exercise_path(name)) for name in broken)
    told = (
        f"Part of the trouble is not here but in {files}. With the reference standing in there,"
        f" more checks pass, and they count. Mend it next: grader grade {' '.join(broken)}"
    )
    return Diagnosis("blame", told)
