"""A submission sits a paper: it is run and judged, and once more with references, to be fair."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from grader.course.course import Course
from grader.grading.apart import sit_apart
from grader.grading.blame import say_broken, say_disturbing, say_slow, say_unknown
from grader.grading.checks import judge
from grader.grading.merit import not_together, on_their_own_merit
from grader.grading.room import Room, Sitting, sit_once
from grader.grading.runs import differ, differ_by_time, was_skipped
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.records import CaseResult, Diagnosis, Limits, Outcome, Stopped, Submission

Say = Callable[[Course, Submission, Sequence[str], Sitting], Diagnosis]

# Of the time of an exercise, in all: to be fair, an answer sits several times.
_PATIENCE = 2.5


def sit(
    course: Course, paper: Paper, submission: Submission, limits: Limits, sandbox: Sandbox
) -> Sitting:
    """Run a submission on a paper and judge it on its own merit.

    Where checks fail and earlier exercises were imported, it sits once more with references in
    their place. If that changes what is found, that sitting counts, and those of the earlier
    exercises that do not pass are named. So it is with functions of its own that fail: what calls
    them is judged once more without them.
    """
    room = Room(course, limits, sandbox, time.monotonic() + _PATIENCE * limits.seconds)
    first = sit_once(room, paper, submission)
    earlier = frozenset(course.earlier(paper.definition.name))
    if first.passed:
        return first
    imported = [name for name in first.imported if _is_theirs(submission, name)]
    if not imported:
        return sit_apart(room, paper, submission, first)
    fair = _with_what_was_right(paper, first, sit_once(room, paper, submission, earlier))
    is_better = fair.points > first.points
    if not is_better and (fair.points < first.points or not differ(paper, first.run, fair.run)):
        return sit_apart(room, paper, submission, first)
    judged = on_their_own_merit(room, submission, imported)
    if all(judged.values()) and (
        fair.points == first.points  # only where they differ, not how much
        or any(map(was_skipped, fair.run.answers))  # for want of an answer to stand in
        or time.monotonic() > room.end
        or differ(paper, first.run, sit_once(room, paper, submission).run)  # as it does by itself
    ):
        return sit_apart(room, paper, submission, first)
    is_late = differ_by_time(paper, first.run, fair.run)
    say, suspects = _suspects(imported, judged, is_late)
    told = [name for name in suspects if first.imported[name]]
    if say is say_disturbing:
        told, is_sure = not_together(room, paper, submission, fair.run, told)
        say = partial(say_disturbing, is_sure=is_sure)
    fair = sit_apart(room, paper, submission, fair, earlier)
    return fair._replace(blame=(say(course, submission, told, fair),))


def unmade_checks(paper: Paper) -> tuple[CaseResult, ...]:
    """Return the checks of a paper as they stand when nothing was run."""
    answers = [Stopped(Outcome.SKIPPED, "not run")] * len(paper.trials)
    return judge(paper.definition, paper.trials, answers, {})


def _with_what_was_right(paper: Paper, first: Sitting, fair: Sitting) -> Sitting:
    """Return a sitting that has right answers of the first one where none stood in for them."""
    if fair.run.load_failure or not fair.is_lacking:
        return fair
    right = {(check.function, check.name) for check in first.checks if check.passed}
    answers = tuple(
        old if was_skipped(new) and (trial.case.function, trial.case.name) in right else new
        for trial, old, new in zip(paper.trials, first.run.answers, fair.run.answers, strict=True)
    )
    checks = judge(paper.definition, paper.trials, answers, {**first.sources, **fair.sources})
    return fair._replace(run=fair.run._replace(answers=answers), checks=checks)


def _suspects(
    imported: Sequence[str], judged: Mapping[str, bool | None], is_late: bool
) -> tuple[Say, Sequence[str]]:
    """Return what to say of earlier exercises that references do better than, and of which.

    `judged` are those that there was time to judge by themselves; `is_late`, only time was lacking.
    """
    if broken := [name for name, is_right in judged.items() if is_right is False]:
        return say_broken, broken
    if slow := [name for name, is_right in judged.items() if is_right is None]:
        return say_slow, slow
    if is_late:
        return say_slow, imported
    if len(judged) < len(imported):
        return say_unknown, ()
    return say_disturbing, imported


def _is_theirs(submission: Submission, name: str) -> bool:
    """Tell whether an exercise that was imported may be the learner's own, and no reference yet."""
    return submission.beside is None or name in submission.beside
