"""A submission sits a paper: it is run and judged, and once more with references, to be fair."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from grader.course.course import Course
from grader.grading.advice import with_advice
from grader.grading.blame import say_broken, say_slow
from grader.grading.checks import is_stub_of, judge
from grader.grading.examiner import draw_paper
from grader.grading.memory import call_of
from grader.grading.runs import differ, differ_by_time, lacked_time_alone, was_skipped
from grader.grading.stand_ins import StandIns, earlier_answer
from grader.grading.telling import group_of
from grader.grading.trials import Paper, Trial
from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import Sandbox
from grader.records import (
    Answer,
    CaseResult,
    Diagnosis,
    Limits,
    Outcome,
    Run,
    Stopped,
    Submission,
)


class Sitting(NamedTuple):
    """What a run came to, what it imported (as `StandIns` has it), and the sources of tracebacks.

    `blame` names earlier exercises that do not work, where references stood in for them; `first`
    names functions that are to be mended before others that call them. `standing_in` are the
    exercises whose references stood in, `apart` the functions of the file that they stood in for.
    """

    run: Run
    checks: tuple[CaseResult, ...]
    imported: Mapping[str, bool]
    sources: Mapping[str, Submission]
    blame: tuple[Diagnosis, ...] = ()
    first: tuple[Diagnosis, ...] = ()
    standing_in: frozenset[str] = frozenset()
    apart: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def points(self) -> float:
        """Points gained in this run."""
        return sum(check.points for check in self.checks)

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)


class _Room(NamedTuple):
    """Where submissions sit: the course, how long each may take, what they run in, and the end."""

    course: Course
    limits: Limits
    sandbox: Sandbox
    end: float = math.inf  # nothing more is run after that, by time.monotonic()


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
    room = _Room(course, limits, sandbox, time.monotonic() + _PATIENCE * limits.seconds)
    first = _sit_once(room, paper, submission)
    earlier = frozenset(course.earlier(paper.definition.name))
    if first.passed:
        return first
    imported = [name for name in first.imported if _is_theirs(submission, name)]
    if not imported:
        return _sit_apart(room, paper, submission, first)
    fair = _sit_once(room, paper, submission, earlier)
    is_better = fair.points > first.points
    if not is_better and (fair.points < first.points or not differ(paper, first.run, fair.run)):
        return _sit_apart(room, paper, submission, first)
    judged = _on_their_own_merit(room, submission, imported)
    broken = [name for name, is_right in judged.items() if is_right is False]
    if all(judged.values()) and (
        fair.points == first.points  # only where they differ, not how much
        or any(map(was_skipped, fair.run.answers))  # for want of an answer to stand in
        or time.monotonic() > room.end
        or differ(paper, first.run, _sit_once(room, paper, submission).run)  # as it does by itself
    ):
        return _sit_apart(room, paper, submission, first)
    slow = [name for name in judged if judged[name] is None]
    if not broken and not slow and differ_by_time(paper, first.run, fair.run):
        slow = imported
    fair = _sit_apart(room, paper, submission, fair, earlier)
    suspects = broken or slow or (imported if len(judged) == len(imported) else [])
    told = [name for name in suspects if first.imported[name]]
    say = say_slow if slow and not broken else say_broken
    return fair._replace(blame=(say(course, submission, told, fair.passed),))


def passes(course: Course, submission: Submission, limits: Limits, sandbox: Sandbox) -> bool | None:
    """Tell whether a file is right on its own merit, with references for all that it imports.

    None says that there was no time to find out.
    """
    room, name = _Room(course, limits, sandbox), submission.exercise
    paper, earlier = draw_paper(course, name, seed=0), frozenset(course.earlier(name))
    for standing_in in (frozenset[str](), earlier):
        # As it is, first: there may be calls that nothing can stand in for.
        sitting = _sit_once(room, paper, submission, standing_in)
        if sitting.passed:
            return True
    return None if lacked_time_alone(sitting.run, sitting.checks) else False


def unmade_checks(paper: Paper) -> tuple[CaseResult, ...]:
    """Return the checks of a paper as they stand when nothing was run."""
    answers = [Stopped(Outcome.SKIPPED, "not run")] * len(paper.trials)
    return judge(paper.definition, paper.trials, answers, {})


def _sit_once(
    room: _Room, paper: Paper, submission: Submission, standing_in: frozenset[str] = frozenset()
) -> Sitting:
    """Run a submission on every trial and judge its answers."""
    stand_ins = StandIns(room.course, paper, standing_in, beside=submission.beside)
    run = _run(room, submission, paper.trials, stand_ins)
    sources = stand_ins.sources | {submission.path: submission}
    checks = judge(paper.definition, paper.trials, run.answers, sources)
    return Sitting(run, checks, stand_ins.imported, sources, standing_in=standing_in)


def _run(room: _Room, submission: Submission, trials: Sequence[Trial], stand_ins: StandIns) -> Run:
    calls = [call_of(trial, group_of(stand_ins.paper, trial)) for trial in trials]
    submission = stand_ins.on_terms(submission)
    server = stand_ins.serve, room.limits, room.sandbox, stand_ins.take_unanswered
    run = run_calls(submission, calls, *server, stand_ins.serve_hidden)
    stand_ins.end()
    return with_advice(room.course, trials, run, stand_ins.sources | {submission.path: submission})


def _sit_apart(
    room: _Room,
    paper: Paper,
    submission: Submission,
    sitting: Sitting,
    earlier: frozenset[str] = frozenset(),
) -> Sitting:
    """Judge each function that fails with references in the place of those above it that fail.

    What changes counts, and what stood in is to be mended first. Those below may be made of it, and
    wrong on purpose. Nor is a function judged any more once its own reference has answered.
    """
    references = paper.definition.references
    broken = [name for name in references if not _is_right(sitting, name)]
    if sitting.run.load_failure or len(broken) < 2:
        return sitting
    # Each of them may be an endless loop, so none may use as long as usual.
    room = room._replace(limits=replace(room.limits, seconds=room.limits.seconds / 2))
    answered: set[str] = set()
    causes: dict[str, list[str]] = {}
    for number, function in enumerate(broken):
        others = tuple(broken[:number])
        if function in answered or not _may_differ(paper, sitting, function, others):
            continue
        if time.monotonic() > room.end:
            break
        stand_ins = StandIns(room.course, paper, earlier, others, submission.beside)
        apart = _rejudged(room, paper, submission, sitting, function, stand_ins)
        answered |= stand_ins.called
        if apart and stand_ins.called:
            called = (causes.get(name, [name]) for name in references if name in stand_ins.called)
            causes[function] = list(dict.fromkeys(chain.from_iterable(called)))
        sitting = apart or sitting
    named = (_name_first(paper, sitting, *each) for each in causes.items())
    return sitting._replace(first=tuple(named))


def _rejudged(
    room: _Room,
    paper: Paper,
    submission: Submission,
    sitting: Sitting,
    function: str,
    stand_ins: StandIns,
) -> Sitting | None:
    """Return the sitting with a function's answers made again; None where that tells nothing.

    It tells nothing where nothing stood in, unless the first time was used up by others.
    """
    submission = submission._replace(stood_in_for=stand_ins.own)
    run = _run(room, submission, paper.trials_of(function), stand_ins)
    was_made = any(not was_skipped(answer) for answer in _answers_of(paper, sitting, function))
    if run.load_failure or stand_ins.has_lacked or (was_made and not stand_ins.called):
        return None
    made = iter(run.answers)
    pairs = zip(paper.trials, sitting.run.answers, strict=True)
    answers = [next(made) if t.case.function == function else answer for t, answer in pairs]
    sources = stand_ins.sources | dict(sitting.sources)
    checks = judge(paper.definition, paper.trials, answers, sources)
    run = sitting.run._replace(answers=tuple(answers))
    others = {**sitting.apart, function: stand_ins.own}
    again = sitting._replace(run=run, checks=checks, sources=sources, apart=others)
    is_fair = again.points >= sitting.points and differ(paper, sitting.run, again.run)
    return again if is_fair else None


def _is_right(sitting: Sitting, function: str) -> bool:
    return all(check.passed for check in sitting.checks if check.function == function)


def _has_begun(paper: Paper, sitting: Sitting, function: str) -> bool:
    """Tell whether a function that fails does more than say that it is not written yet."""
    return not all(is_stub_of(function, each) for each in _answers_of(paper, sitting, function))


def _may_differ(paper: Paper, sitting: Sitting, function: str, others: Sequence[str]) -> bool:
    """Tell whether a function that fails may do better when others are right.

    One that hung in lines of its own would only hang once more.
    """
    if not _has_begun(paper, sitting, function):
        return False
    hung = [a for a in _answers_of(paper, sitting, function) if isinstance(a, Stopped) and a.frames]
    return not hung or any(frame.function in others for a in hung for frame in a.frames)


def _answers_of(paper: Paper, sitting: Sitting, function: str) -> list[Answer]:
    pairs = zip(paper.trials, sitting.run.answers, strict=True)
    return [answer for trial, answer in pairs if trial.case.function == function]


def _name_first(paper: Paper, sitting: Sitting, function: str, causes: Sequence[str]) -> Diagnosis:
    """Say which functions of the file are to be mended before another one, which calls them."""
    names = " and ".join(f"`{name}`" for name in causes)
    have_begun = all(_has_begun(paper, sitting, name) for name in causes)
    opening = f"{'Mend' if have_begun else 'Write'} {names} first: `{function}`"
    if _is_right(sitting, function):
        message = f"{opening} is right once {names} {'are' if len(causes) > 1 else 'is'}."
    else:
        message = f"{opening} calls {'them' if len(causes) > 1 else 'it'}, and is not right either."
    return Diagnosis("blame", message, None, causes[0])


def _on_their_own_merit(
    room: _Room, submission: Submission, imported: Sequence[str]
) -> dict[str, bool | None]:
    """Tell of earlier exercises whether their files are right, as far as there is time.

    All together have the time of one: those that nobody came to are not there.
    """
    end, judged = min(time.monotonic() + room.limits.seconds, room.end), dict[str, bool | None]()
    for name in imported:
        if time.monotonic() < end:
            judged[name] = _file_passes(room, submission, name)
    return judged


def _file_passes(room: _Room, submission: Submission, name: str) -> bool | None:
    """Tell whether the learner's file of an earlier exercise is right on its own merit."""
    # Several files may be at fault, each with an endless loop, so none may use as long as usual.
    limits = Limits(room.limits.seconds / 5, room.limits.memory)
    earlier = earlier_answer(room.course, submission.beside, name)
    if earlier is None:
        return False
    return passes(room.course, earlier._replace(beside=submission.beside), limits, room.sandbox)


def _is_theirs(submission: Submission, name: str) -> bool:
    """Tell whether an exercise that was imported may be the learner's own, and no reference yet."""
    return submission.beside is None or name in submission.beside
