"""One run of a submission, judged; and again with references standing in, to be fair to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.course.course import Course, load_definition
from grader.errors import RefusedError
from grader.grading.checks import judge
from grader.grading.stand_ins import NOT_KEPT, Siblings
from grader.grading.trials import Paper, draw_paper
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
    Run,
    Stopped,
    Submission,
)
from grader.records.text import Text


class Task(NamedTuple):
    """What there is to do: a submission, the paper it sits, and where and how long."""

    course: Course
    paper: Paper
    submission: Submission
    limits: Limits
    sandbox: Sandbox


class Attempt(NamedTuple):
    """What a run came to, the exercises it imported, and the sources its tracebacks name."""

    run: Run
    checks: tuple[CaseResult, ...]
    imported: tuple[str, ...]
    sources: Mapping[str, Submission]

    @property
    def points(self) -> float:
        """Points gained in this run."""
        return sum(check.points for check in self.checks)

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def findings(self) -> list[tuple[Outcome, Text]]:
        """What every check found, without the evidence."""
        return [(check.outcome, check.message) for check in self.checks]


def attempt(task: Task, standing_in: frozenset[str] = frozenset()) -> Attempt:
    """Run a submission on every trial and judge its answers."""
    paper = task.paper
    key = paper.definition.key
    sheet = key.sheet(paper.seed) if key else None
    beside = task.submission.beside
    siblings = Siblings(task.course, paper.definition.name, standing_in, sheet, beside)
    calls = [Call(trial.case.function, trial.inputs) for trial in paper.trials]
    run = run_calls(task.submission, calls, siblings.serve, task.limits, task.sandbox)
    run = run._replace(answers=tuple(map(_told_apart, run.answers)))
    sources = siblings.sources | {task.submission.path: task.submission}
    checks = judge(paper.definition, paper.trials, run.answers, sources)
    return Attempt(run, checks, tuple(dict.fromkeys(siblings.imported)), sources)


def _told_apart(answer: Answer) -> Answer:
    """Return an answer; one that failed for want of a stand-in's answer was not made at all."""
    if isinstance(answer, Raised) and answer.message.startswith(NOT_KEPT):
        told = f"{answer.message}, which does not work yet, so this cannot be judged before it does"
        return Stopped(Outcome.SKIPPED, told)
    return answer


def on_its_own_merit(task: Task, first: Attempt) -> tuple[Attempt, tuple[Diagnosis, ...]]:
    """Return the attempt that counts: with references in place of broken earlier exercises.

    Where that changes what is found, those of the earlier exercises that do not pass are named.
    """
    earlier = frozenset(task.course.earlier(task.paper.definition.name))
    leaned_on = [name for name in first.imported if name in earlier]
    if first.passed or not leaned_on:
        return first, ()
    fair = attempt(task, earlier)
    if fair.findings == first.findings or fair.points < first.points:
        return first, ()
    broken = [name for name in leaned_on if not _file_passes(task, name)]
    if not broken and fair.points == first.points:  # only the tracebacks differ
        return first, ()
    return fair, (_blame(task, broken or leaned_on, fair.passed),)


def passes(course: Course, submission: Submission, limits: Limits, sandbox: Sandbox) -> bool:
    """Tell whether a file is right on its own merit, with references for all that it leans on."""
    name = submission.exercise
    paper = draw_paper(load_definition(course, name), seed=0)
    task = Task(course, paper, submission, limits, sandbox)
    if course.release and attempt(task).passed:
        return True  # with stand-ins it might not be: a key does not know every call
    return attempt(task, frozenset(course.earlier(name))).passed


def _file_passes(task: Task, name: str) -> bool:
    """Tell whether the learner's file of an earlier exercise is right on its own merit."""
    # Several files may be at fault, each with an endless loop, so none may use as long as usual.
    limits = Limits(task.limits.seconds / 5, task.limits.memory)
    beside = task.submission.beside
    try:
        submission = beside.get(name) or read_submission(task.course, name)
    except (FileNotFoundError, RefusedError):
        return False
    submission = submission._replace(beside=beside)
    return passes(task.course, submission, limits, task.sandbox)


def _blame(task: Task, broken: Sequence[str], is_right: bool) -> Diagnosis:
    """Say which earlier exercises do not work; the first of them is where to go on."""
    course, beside = task.course, task.submission.beside
    first, *others = sorted(broken, key=course.exercises.index)
    named = " and ".join(others) if len(others) < 3 else f"{len(others)} others"
    more = f" (nor {'does' if len(others) == 1 else 'do'} {named})" if others else ""
    opening = "No fault was found here, but" if is_right else "Not all of the trouble is here:"
    shown, see = course.shown(course.exercise_path(first)), f"See: grader grade {first}"
    if first in beside:
        shown, see = beside[first].path, f"The report on {first} says why."
    told = (
        f"{opening} {shown} does not work yet{more}. The"
        f" reference stood in, so you lose no points for it here. {see}"
    )
    return Diagnosis("blame", told)


def unmade_checks(paper: Paper) -> tuple[CaseResult, ...]:
    """Return the checks of a paper as they stand when nothing was run."""
    answers = [Stopped(Outcome.SKIPPED, "not run")] * len(paper.trials)
    return judge(paper.definition, paper.trials, answers, {})
