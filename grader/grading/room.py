"""A submission is run on a paper and judged, once; with references, where some stand in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from grader.course.course import Course
from grader.grading.advice import with_advice
from grader.grading.checks import judge
from grader.grading.memory import call_of
from grader.grading.runs import was_skipped
from grader.grading.stand_ins import StandIns
from grader.grading.telling import group_of
from grader.grading.trials import Paper, Trial
from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import Sandbox
from grader.records import CaseResult, Diagnosis, Limits, Run, Submission


class Sitting(NamedTuple):
    """What a run came to, what it imported (as `StandIns` has it), and the sources of tracebacks.

    `blame` names earlier exercises that do not work, where references stood in for them; `first`
    names functions that are to be mended before others that call them. `standing_in` are the
    exercises whose references stood in, `apart` the functions of the file that they stood in for;
    whether some call of these had no answer, `has_lacked`.
    """

    run: Run
    checks: tuple[CaseResult, ...]
    imported: Mapping[str, bool]
    sources: Mapping[str, Submission]
    blame: tuple[Diagnosis, ...] = ()
    first: tuple[Diagnosis, ...] = ()
    standing_in: frozenset[str] = frozenset()
    apart: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    has_lacked: bool = False

    @property
    def points(self) -> float:
        """Points gained in this run."""
        return sum(check.points for check in self.checks)

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def is_lacking(self) -> bool:
        """Whether a check was not made for want of an answer that stands in."""
        return self.has_lacked and any(map(was_skipped, self.run.answers))


class Room(NamedTuple):
    """Where submissions sit: the course, how long each may take, what they run in, and the end."""

    course: Course
    limits: Limits
    sandbox: Sandbox
    end: float = math.inf  # nothing more is run after that, by time.monotonic()


def sit_once(
    room: Room, paper: Paper, submission: Submission, standing_in: frozenset[str] = frozenset()
) -> Sitting:
    """Run a submission on every trial and judge its answers."""
    stand_ins = StandIns(room.course, paper, standing_in, beside=submission.beside)
    run = run_in(room, submission, paper.trials, stand_ins)
    sources = stand_ins.sources | {submission.path: submission}
    checks = judge(paper.definition, paper.trials, run.answers, sources)
    sitting = Sitting(run, checks, stand_ins.imported, sources, standing_in=standing_in)
    return sitting._replace(has_lacked=stand_ins.has_lacked)


def run_in(room: Room, submission: Submission, trials: Sequence[Trial], stand_ins: StandIns) -> Run:
    """Have a submission answer trials, and say of what it came to what its lines may mean."""
    count = len(trials)
    calls = [call_of(trial, group_of(stand_ins.paper, trial), count) for trial in trials]
    submission = stand_ins.on_terms(submission)
    server = stand_ins.serve, room.limits, room.sandbox, stand_ins.take_unanswered
    run = run_calls(submission, calls, *server, stand_ins.serve_hidden)
    stand_ins.end()
    return with_advice(room.course, trials, run, stand_ins.sources | {submission.path: submission})
