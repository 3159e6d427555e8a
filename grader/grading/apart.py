"""Judges functions of a file without those above them in it that fail."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from grader.grading.checks import is_stub_of, judge
from grader.grading.room import Room, Sitting, run_in
from grader.grading.runs import differ, was_skipped
from grader.grading.stand_ins import StandIns
from grader.grading.trials import Paper
from grader.records import Answer, Diagnosis, Stopped, Submission


def sit_apart(
    room: Room,
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
    room: Room,
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
    run = run_in(room, submission, paper.trials_of(function), stand_ins)
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
