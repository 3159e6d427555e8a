"""A submission sits a paper: it is run and judged, and once more with references, to be fair."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from grader.course.course import Course
from grader.grading.blame import say_broken
from grader.grading.checks import is_same, is_same_end, judge
from grader.grading.examiner import draw_paper
from grader.grading.one_sitting import (
    Room,
    Sitting,
    answers_of,
    has_begun,
    is_right,
    judged_again,
    run_on,
    sit_once,
)
from grader.grading.stand_ins import StandIns, earlier_answer
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.records import (
    Answer,
    CaseResult,
    Diagnosis,
    Limits,
    Outcome,
    Stopped,
    Submission,
)

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
        return _sit_apart(room, paper, submission, first)
    fair = sit_once(room, paper, submission, earlier)
    is_better = fair.points > first.points
    if not is_better and (fair.points < first.points or not _differ(paper, first, fair)):
        return _sit_apart(room, paper, submission, first)
    judged = _on_their_own_merit(room, submission, imported)
    broken = [name for name, right in judged.items() if not right]
    if not broken and (
        fair.points == first.points  # only where they differ, not how much
        or any(map(_was_skipped, fair.run.answers))  # for want of an answer to stand in
        or time.monotonic() > room.end
        or _differ(paper, first, sit_once(room, paper, submission))  # as it does by itself
    ):
        return _sit_apart(room, paper, submission, first)
    fair = _sit_apart(room, paper, submission, fair, earlier)
    suspects = broken or (imported if len(judged) == len(imported) else [])
    told = [name for name in suspects if first.imported[name]]
    return fair._replace(blame=(say_broken(course, submission, told, fair.passed),))


def passes(course: Course, submission: Submission, limits: Limits, sandbox: Sandbox) -> bool:
    """Tell whether a file is right on its own merit, with references for all that it imports."""
    room, name = Room(course, limits, sandbox), submission.exercise
    paper, earlier = draw_paper(course, name, seed=0), frozenset(course.earlier(name))
    # As it is, first: there may be calls that nothing can stand in for.
    return any(sit_once(room, paper, submission, ins).passed for ins in (frozenset(), earlier))


def unmade_checks(paper: Paper) -> tuple[CaseResult, ...]:
    """Return the checks of a paper as they stand when nothing was run."""
    answers = [Stopped(Outcome.SKIPPED, "not run")] * len(paper.trials)
    return judge(paper.definition, paper.trials, answers, {})


def _sit_apart(
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
    broken = [name for name in references if not is_right(sitting, name)]
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
    trials = paper.trials_of(function)
    run = run_on(room, submission, trials, stand_ins)
    was_made = any(not _was_skipped(answer) for answer in answers_of(paper, sitting, function))
    if run.load_failure or stand_ins.has_lacked or (was_made and not stand_ins.called):
        return None
    again = judged_again(paper, sitting, trials, run.answers, stand_ins.sources)
    again = again._replace(apart={**sitting.apart, function: stand_ins.own})
    is_fair = again.points >= sitting.points and _differ(paper, sitting, again)
    return again if is_fair else None


def _may_differ(paper: Paper, sitting: Sitting, function: str, others: Sequence[str]) -> bool:
    """Tell whether a function that fails may do better when others are right.

    One that hung in lines of its own would only hang once more.
    """
    if not has_begun(paper, sitting, function):
        return False
    hung = [a for a in answers_of(paper, sitting, function) if isinstance(a, Stopped) and a.frames]
    return not hung or any(frame.function in others for a in hung for frame in a.frames)


def _was_skipped(answer: Answer) -> bool:
    return isinstance(answer, Stopped) and answer.outcome is Outcome.SKIPPED


def _name_first(paper: Paper, sitting: Sitting, function: str, causes: Sequence[str]) -> Diagnosis:
    """Say which functions of the file are to be mended before another one, which calls them."""
    names = " and ".join(f"`{name}`" for name in causes)
    have_begun = all(has_begun(paper, sitting, name) for name in causes)
    opening = f"{'Mend' if have_begun else 'Write'} {names} first: `{function}`"
    if is_right(sitting, function):
        message = f"{opening} is right once {names} {'are' if len(causes) > 1 else 'is'}."
    else:
        message = f"{opening} calls {'them' if len(causes) > 1 else 'it'}, and is not right either."
    return Diagnosis("blame", message, None, causes[0])


def _differ(paper: Paper, first: Sitting, fair: Sitting) -> bool:
    """Tell whether two sittings came to something else, in outcomes or in what was answered."""
    failures = first.run.load_failure, fair.run.load_failure
    if any(failures):
        return not is_same_end(*failures)
    answers = zip(paper.trials, first.run.answers, fair.run.answers, strict=True)
    return not all(is_same(trial, *pair) for trial, *pair in answers)


def _on_their_own_merit(
    room: Room, submission: Submission, imported: Sequence[str]
) -> dict[str, bool]:
    """Tell of earlier exercises whether their files are right, as far as there is time.

    All together have the time of one: those that nobody came to are not there.
    """
    end, judged = min(time.monotonic() + room.limits.seconds, room.end), dict[str, bool]()
    for name in imported:
        if time.monotonic() < end:
            judged[name] = _file_passes(room, submission, name)
    return judged


def _file_passes(room: Room, submission: Submission, name: str) -> bool:
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
