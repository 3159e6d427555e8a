"""More calls of a learner's functions, as they were judged, to find out what is wrong with them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from grader.course.course import Course
from grader.grading.memory import call_of
from grader.grading.room import Sitting
from grader.grading.stand_ins import StandIns
from grader.grading.trials import Paper, Trial
from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import Sandbox
from grader.records import Answer, Limits, Outcome, Stopped, Submission

SHARE = 4  # of the time that the checks may take, what one experiment may


class Experiment:
    """Calls functions of one submission again, with the stand-ins that they were judged with."""

    def __init__(
        self,
        course: Course,
        paper: Paper,
        submission: Submission,
        sitting: Sitting,
        limits: Limits,
        sandbox: Sandbox,
    ) -> None:
        self._course, self._paper, self._submission = course, paper, submission
        self._sitting, self._sandbox = sitting, sandbox
        self._limits = replace(limits, seconds=limits.seconds / SHARE)
        self._end = time.monotonic() + limits.seconds

    def ask(self, function: str, trials: Sequence[Trial]) -> Sequence[Answer]:
        """Return what the learner's function makes of some inputs; they cost no points.

        All that is asked about a submission has the time of the checks, and then no answers.
        """
        if time.monotonic() > self._end:
            return [Stopped(Outcome.SKIPPED, "the time was used up")] * len(trials)
        own = self._sitting.apart.get(function, ())
        submission = self._submission._replace(stood_in_for=own)
        standing_in, beside = self._sitting.standing_in, submission.beside
        stand_ins = StandIns(self._course, self._paper, standing_in, own, beside)
        asked = (call_of(trial, count=len(trials)) for trial in trials)
        calls = [call._replace(function=function, memory=0) for call in asked]
        server = stand_ins.serve, self._limits, self._sandbox, stand_ins.take_unanswered
        run = run_calls(stand_ins.on_terms(submission), calls, *server, stand_ins.serve_hidden)
        stand_ins.end()
        if run.load_failure:
            return [Stopped(Outcome.SKIPPED, "the file could not be loaded")] * len(calls)
        return run.answers
