"""A submission sits a paper: it is run and judged, and once more with references, to be fair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.course.course import Course
from grader.errors import RefusedError
from grader.grading.advice import with_advice
from grader.grading.checks import answer_difference, judge
from grader.grading.compare import Tolerance
from grader.grading.examiner import draw_paper
from grader.grading.stand_ins import StandIns
from grader.grading.trials import Paper, Trial
from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.submission import read_submission
from grader.records import (
    Answer,
    Call,
    CaseResult,
    Diagnosis,
    Limits,
    Outcome,
    Raised,
    Returned,
    Run,
    Stopped,
    Submission,
)


class Sitting(NamedTuple):
    """What a run came to, the exercises it imported, and the sources its tracebacks name.

    `blame` names earlier exercises that do not work, where references stood in for them.
    """

    run: Run
    checks: tuple[CaseResult, ...]
    imported: tuple[str, ...]
    sources: Mapping[str, Submission]
    blame: tuple[Diagnosis, ...] = ()

    @property
    def points(self) -> float:
        """Points gained in this run."""
        return sum(check.points for check in self.checks)

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)


class _Room(NamedTuple):
    """Where submissions sit: the course, how long they may take, and what they run in."""

    course: Course
    limits: Limits
    sandbox: Sandbox


def sit(
    course: Course, paper: Paper, submission: Submission, limits: Limits, sandbox: Sandbox
) -> Sitting:
    """Run a submission on a paper and judge it on its own merit.

    Where checks fail and earlier exercises were imported, it sits once more with references in
    their place. If that changes what is found, that sitting counts, and those of the earlier
    exercises that do not pass are named.
    """
    room = _Room(course, limits, sandbox)
    first = _sit_once(room, paper, submission)
    earlier = frozenset(course.earlier(paper.definition.name))
    imported = [name for name in first.imported if name in earlier]
    if first.passed or not imported:
        return first
    fair = _sit_once(room, paper, submission, earlier)
    if fair.points < first.points or not _differ(paper, first, fair):
        return first
    broken = [name for name in imported if not _file_passes(room, submission, name)]
    if not broken and fair.points == first.points:  # only where they differ, not how much
        return first
    return fair._replace(blame=(_blame(course, submission, broken or imported, fair.passed),))


def passes(course: Course, submission: Submission, limits: Limits, sandbox: Sandbox) -> bool:
    """Tell whether a file is right on its own merit, with references for all that it imports."""
    room, name = _Room(course, limits, sandbox), submission.exercise
    paper, earlier = draw_paper(course, name, seed=0), frozenset(course.earlier(name))
    # As it is, first: there may be calls that nothing can stand in for.
    return any(_sit_once(room, paper, submission, ins).passed for ins in (frozenset(), earlier))


def unmade_checks(paper: Paper) -> tuple[CaseResult, ...]:
    """Return the checks of a paper as they stand when nothing was run."""
    answers = [Stopped(Outcome.SKIPPED, "not run")] * len(paper.trials)
    return judge(paper.definition, paper.trials, answers, {})


def _sit_once(
    room: _Room, paper: Paper, submission: Submission, standing_in: frozenset[str] = frozenset()
) -> Sitting:
    """Run a submission on every trial and judge its answers."""
    stand_ins = StandIns(room.course, paper, standing_in, submission.beside)
    calls = [Call(trial.case.function, trial.inputs) for trial in paper.trials]
    server = stand_ins.serve, room.limits, room.sandbox, stand_ins.take_unanswered
    made = run_calls(submission, calls, *server)
    sources = stand_ins.sources | {submission.path: submission}
    run = with_advice(room.course, paper.trials, made, sources)
    checks = judge(paper.definition, paper.trials, run.answers, sources)
    return Sitting(run, checks, tuple(dict.fromkeys(stand_ins.imported)), sources)


def _differ(paper: Paper, first: Sitting, fair: Sitting) -> bool:
    """Tell whether two sittings came to something else, in outcomes or in what was answered."""
    failures = first.run.load_failure, fair.run.load_failure
    if any(failures):
        return not _is_same_end(*failures)
    answers = zip(paper.trials, first.run.answers, fair.run.answers, strict=True)
    return not all(_is_same(trial, *pair) for trial, *pair in answers)


def _is_same(trial: Trial, one: Answer, other: Answer) -> bool:
    if isinstance(one, Returned) and isinstance(other, Returned):
        return answer_difference(one, other, Tolerance.of(trial.inputs)) is None
    return _is_same_end(one, other)


def _is_same_end(one: Answer | None, other: Answer | None) -> bool:
    """Tell whether two ended alike: with the same exception in the same line, or stopped alike."""
    match one, other:
        case Raised(), Raised():
            return (one.type, one.frames[-1:]) == (other.type, other.frames[-1:])
        case Stopped(), Stopped():
            return one.outcome is other.outcome
    return type(one) is type(other)


def _file_passes(room: _Room, submission: Submission, name: str) -> bool:
    """Tell whether the learner's file of an earlier exercise is right on its own merit."""
    # Several files may be at fault, each with an endless loop, so none may use as long as usual.
    limits = Limits(room.limits.seconds / 5, room.limits.memory)
    beside = submission.beside
    try:
        earlier = beside.get(name) or read_submission(room.course, name)
    except (FileNotFoundError, RefusedError):
        return False
    return passes(room.course, earlier._replace(beside=beside), limits, room.sandbox)


def _blame(
    course: Course, submission: Submission, broken: Sequence[str], is_right: bool
) -> Diagnosis:
    """Say which earlier exercises do not work; the first of them is where to go on."""
    first, *others = sorted(broken, key=course.exercises.index)
    named = " and ".join(others) if len(others) < 3 else f"{len(others)} others"
    more = f" (nor {'does' if len(others) == 1 else 'do'} {named})" if others else ""
    opening = "No fault was found here, but" if is_right else "Not all of the trouble is here:"
    path, see = course.display(course.exercise_path(first)), f"See: grader grade {first}"
    if first in submission.beside:
        path, see = submission.beside[first].path, f"The report on {first} says why."
    message = (
        f"{opening} {path} does not work yet{more}. The"
        f" reference stood in, so you lose no points for it here. {see}"
    )
    return Diagnosis("blame", message)
