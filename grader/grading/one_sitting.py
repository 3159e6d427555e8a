"""One sitting: a submission is run on a paper, and what it answers is judged."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from grader.course.course import Course
from grader.grading.advice import with_advice
from grader.grading.checks import is_stub_of, judge
from grader.grading.memory import call_of
from grader.grading.stand_ins import StandIns
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

_ENDLESS = (Outcome.TIMED_OUT, Outcome.SKIPPED)


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


class Room(NamedTuple):
    """Where submissions sit: the course, how long each may take, what they run in, and the end."""

    course: Course
    limits: Limits
    sandbox: Sandbox
    end: float = math.inf  # nothing more is run after that, by time.monotonic()


def sit_once(
    room: Room, paper: Paper, submission: Submission, standing_in: frozenset[str] = frozenset()
) -> Sitting:
    """Run a submission on every trial and judge its answers.

    All functions are called in one process. What is wrong is called again in one of its own, so
    that nothing which another function left behind is held against it.
    """
    stand_ins = StandIns(room.course, paper, standing_in, beside=submission.beside)
    run = run_on(room, submission, paper.trials, stand_ins)
    sources = stand_ins.sources | {submission.path: submission}
    checks = judge(paper.definition, paper.trials, run.answers, sources)
    sitting = Sitting(run, checks, stand_ins.imported, sources, standing_in=standing_in)
    for function in _doubtful(paper, sitting):
        if time.monotonic() > room.end:
            break
        trials = [trial for trial in paper.trials_of(function) if not trial.case.memory]
        run = run_on(room, submission, trials, stand_ins)
        sitting = judged_again(paper, sitting, trials, run.answers, stand_ins.sources)
    return sitting


def _doubtful(paper: Paper, sitting: Sitting) -> list[str]:
    """Return the functions that are wrong, and may be so because of what another one left."""
    references = paper.definition.references
    if sitting.run.load_failure or len(references) == 1:
        return []
    wrong = [name for name in references if not is_right(sitting, name)]
    begun = [name for name in wrong if has_begun(paper, sitting, name)]
    return [name for name in begun if _has_ended(paper, sitting, name)]


def _has_ended(paper: Paper, sitting: Sitting, function: str) -> bool:
    """Tell whether a function came to an end each time: else it takes its time once more."""
    answers = answers_of(paper, sitting, function)
    return not any(isinstance(each, Stopped) and each.outcome in _ENDLESS for each in answers)


def run_on(room: Room, submission: Submission, trials: Sequence[Trial], stand_ins: StandIns) -> Run:
    """Run a submission on some trials, with what stands in for others."""
    calls = list(map(call_of, trials))
    submission = stand_ins.on_terms(submission)
    server = stand_ins.serve, room.limits, room.sandbox, stand_ins.take_unanswered
    run = run_calls(submission, calls, *server, stand_ins.serve_hidden)
    return with_advice(room.course, trials, run, stand_ins.sources | {submission.path: submission})


def judged_again(
    paper: Paper,
    sitting: Sitting,
    trials: Sequence[Trial],
    answers: Sequence[Answer],
    sources: Mapping[str, Submission],
) -> Sitting:
    """Return the sitting with other answers to some of its trials."""
    made = {trial.case.name: answer for trial, answer in zip(trials, answers, strict=True)}
    pairs = zip(paper.trials, sitting.run.answers, strict=True)
    all_answers = tuple(made.get(trial.case.name, answer) for trial, answer in pairs)
    sources = {**sources, **sitting.sources}
    checks = judge(paper.definition, paper.trials, all_answers, sources)
    run = sitting.run._replace(answers=all_answers)
    return sitting._replace(run=run, checks=checks, sources=sources)


def is_right(sitting: Sitting, function: str) -> bool:
    """Tell whether a function passes all its checks."""
    return all(check.passed for check in sitting.checks if check.function == function)


def has_begun(paper: Paper, sitting: Sitting, function: str) -> bool:
    """Tell whether a function that fails does more than say that it is not written yet."""
    return not all(is_stub_of(function, each) for each in answers_of(paper, sitting, function))


def answers_of(paper: Paper, sitting: Sitting, function: str) -> list[Answer]:
    """Return what came of the calls of a function."""
    pairs = zip(paper.trials, sitting.run.answers, strict=True)
    return [answer for trial, answer in pairs if trial.case.function == function]
