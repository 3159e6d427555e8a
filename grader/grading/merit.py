"""Tells whether earlier exercises are right by themselves, and which are not right together."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace

from grader.course.course import Course
from grader.grading.examiner import draw_paper
from grader.grading.room import Room, run_in, sit_once
from grader.grading.runs import differ, differ_by_time, lacked_time_alone
from grader.grading.stand_ins import StandIns, earlier_answer
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.records import Limits, Run, Submission


def passes(course: Course, submission: Submission, limits: Limits, sandbox: Sandbox) -> bool | None:
    """Tell whether a file is right on its own merit, with references for all that it imports.

    None says that there was no time to find out.
    """
    room, name = Room(course, limits, sandbox), submission.exercise
    paper, earlier = draw_paper(course, name, seed=0), frozenset(course.earlier(name))
    for standing_in in (frozenset[str](), earlier):
        # As it is, first: there may be calls that nothing can stand in for.
        sitting = sit_once(room, paper, submission, standing_in)
        if sitting.passed:
            return True
    return None if lacked_time_alone(sitting.run, sitting.checks) else False


def on_their_own_merit(
    room: Room, submission: Submission, imported: Sequence[str]
) -> dict[str, bool | None]:
    """Tell of earlier exercises whether their files are right, as far as there is time.

    All together have the time of one: those that nobody came to are not there.
    """
    end, judged = min(time.monotonic() + room.limits.seconds, room.end), dict[str, bool | None]()
    for name in imported:
        if time.monotonic() < end:
            judged[name] = _file_passes(room, submission, name)
    return judged


def _file_passes(room: Room, submission: Submission, name: str) -> bool | None:
    """Tell whether the learner's file of an earlier exercise is right on its own merit."""
    limits = _a_part_of(room.limits)
    earlier = earlier_answer(room.course, submission.beside, name)
    if earlier is None:
        return False
    return passes(room.course, earlier._replace(beside=submission.beside), limits, room.sandbox)


def _a_part_of(limits: Limits) -> Limits:
    """Return limits for one of several runs: each may be an endless loop."""
    return replace(limits, seconds=limits.seconds / 5)


def not_together(
    room: Room, paper: Paper, submission: Submission, fair: Run, names: Sequence[str]
) -> tuple[list[str], bool]:
    """Return which of some earlier exercises it takes for a run to come to something else.

    Whether it is surely that one comes with it: else the submission itself may disturb them. Each
    passes by itself. With a reference in the place of any one of those that are left, it comes to
    what it does with references alone; those that there was no time for are left as well. Only what
    is shown counts: which ones are named would tell what is hidden.
    """
    end = min(time.monotonic() + room.limits.seconds / 2, room.end)
    room = room._replace(limits=_a_part_of(room.limits), end=end)
    pairs = zip(paper.trials, fair.answers, strict=True)
    shown = [(trial, answer) for trial, answer in pairs if not trial.case.hidden]
    part = Paper(paper.examiner, paper.seed, tuple(trial for trial, _ in shown))
    right = fair._replace(answers=tuple(answer for _, answer in shown))
    names, spared = sorted(names, key=room.course.exercises.index), frozenset[str]()
    for name in names:
        if time.monotonic() > end:
            break
        stand_ins = StandIns(room.course, part, spared | {name}, beside=submission.beside)
        run = run_in(room, submission, part.trials, stand_ins)
        if differ(part, right, run) and not differ_by_time(part, run, right):
            spared |= {name}
    left = [name for name in names if name not in spared]
    disturbing = _disturbing(room, paper, submission, left)
    return ([disturbing], True) if disturbing else (left, False)


def _disturbing(
    room: Room, paper: Paper, submission: Submission, names: Sequence[str]
) -> str | None:
    """Return which earlier exercise changes what another one does that does not even import it."""
    for name in names:
        if time.monotonic() > room.end:
            return None
        paper_of_it = draw_paper(room.course, name, seed=0)
        trials = [trial for trial in paper_of_it.trials if not trial.case.hidden]
        part = Paper(paper_of_it.examiner, 0, tuple(trials))
        alone, imported = _loaded(room, paper, submission, part, name)
        for other in names:
            if other == name or other in imported:
                continue
            if time.monotonic() > room.end:
                return None
            beside, _ = _loaded(room, paper, submission, part, name, other)
            if differ(part, alone, beside) and not differ_by_time(part, beside, alone):
                return other
    return None


def _loaded(
    room: Room, paper: Paper, submission: Submission, part: Paper, name: str, other: str = ""
) -> tuple[Run, Collection[str]]:
    """Run an earlier exercise, with another one loaded before; and say what was imported.

    References stand in for all others.
    """
    modules = room.course.modules
    lines = [f"import {modules[other]}"] if other else []
    source = "\n".join([*lines, f"from {modules[name]} import *"])
    loads = submission._replace(source=source.encode(), places=())
    others = frozenset(room.course.earlier(submission.exercise)) - {name, other}
    stand_ins = StandIns(room.course, paper, others, beside=submission.beside)
    return run_in(room, loads, part.trials, stand_ins), stand_ins.imported
