"""Runs a submission: every function in a process of its own, within one budget of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from grader.errors import BrokenGraderError
from grader.learner.outside.process import LearnerProcess, Serve, Unavailable
from grader.learner.outside.sandbox import Sandbox
from grader.records import Answer, Call, Limits, Outcome, Raised, Run, Stopped, Submission

Result = TypeVar("Result")

MAX_ENDLESS = 2
MAX_FAULTS = 3


@dataclass
class Budget:
    """The seconds that are left, and how many calls ran out of theirs.

    Each call may use half of what is left, so one endless loop leaves time for the others; after
    two of them the rest are not made, because whoever waits has seen enough.
    """

    seconds: float
    endless: int = 0

    @property
    def remains(self) -> bool:
        """Whether another call may be made."""
        return self.seconds > 0.05 and self.endless < MAX_ENDLESS

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the seconds that pass."""
        began = time.monotonic()
        yield
        self.seconds -= time.monotonic() - began


def run_calls(
    submission: Submission,
    calls: Sequence[Call],
    serve: Serve,
    limits: Limits,
    sandbox: Sandbox,
    take_unanswered: Callable[[], str] = str,
) -> Run:
    """Make `calls`, each with an answer of its own, in a fresh process for every function.

    A call that brings a process down costs only its own answer: the rest are made in a new one.
    `take_unanswered` names a function that `serve` had no answer for since it was last asked: a
    call that failed for want of it was not made at all.
    """
    runner = _Runner(submission, serve, take_unanswered, limits, sandbox, Budget(limits.seconds))
    functions = list(dict.fromkeys(call.function for call in calls))
    for function in functions:
        waiting = {n: call for n, call in enumerate(calls) if call.function == function}
        runner.make(function, waiting, function != functions[-1])
    used_up = "the file could not be loaded" if runner.failure else "the time was used up"
    unmade = Stopped(Outcome.SKIPPED, f"not run, because {used_up}")
    answers = tuple(runner.answers.get(number, unmade) for number in range(len(calls)))
    # What the file prints while it is loaded comes once for every process.
    return Run(answers, runner.failure, "".join(dict.fromkeys(runner.printed)))


@dataclass
class _Runner:
    """What has come of a submission so far."""

    submission: Submission
    serve: Serve
    take_unanswered: Callable[[], str]
    limits: Limits
    sandbox: Sandbox
    budget: Budget
    answers: dict[int, Answer] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    failure: Raised | Stopped | None = None
    faults: int = 0

    def make(self, function: str, waiting: dict[int, Call], others_follow: bool) -> None:
        """Make the calls of one function, in as many processes as it takes."""
        while waiting and self.budget.remains and self.failure is None:
            with self.sandbox.start(self.limits, others_follow) as process:
                made = self._visit(process, function, list(waiting.values()))
            self.printed.append(process.printed)
            for number, answer in zip(list(waiting), made, strict=False):
                self.answers[number] = answer
                del waiting[number]

    def _visit(self, process: LearnerProcess, function: str, calls: Sequence[Call]) -> list[Answer]:
        """Let one process load the file and answer; nothing comes of one that we have lost."""
        from grader.learner import wire  # it needs NumPy, which is imported while a process starts

        frame = wire.pack([{"args": c.inputs.args, "kwargs": c.inputs.kwargs} for c in calls])
        process.submit(self.submission, function, frame)
        try:
            process.wait_until_ready()
            with self.budget.running():
                failure = process.load(self.serve, self.budget.seconds)
            self.failure = self._unless_unanswered(failure, Outcome.FAILED)
            return [] if self.failure else self._answers(process, function, len(calls))
        except Unavailable as reason:
            self._note_fault(str(reason))
            return []

    def _answers(self, process: LearnerProcess, function: str, count: int) -> list[Answer]:
        """Take answers until all have come, the process has ended, or the time is used up."""
        answers: list[Answer] = []
        while len(answers) < count and self.budget.remains:
            with self.budget.running():
                answer = process.answer(function, self.serve, self.budget.seconds / 2)
            answers.append(self._unless_unanswered(answer, Outcome.SKIPPED))
            if isinstance(answer, Stopped):
                self.budget.endless += answer.outcome is Outcome.TIMED_OUT
                break
        return answers

    def _unless_unanswered(self, answer: Result, outcome: Outcome) -> Result | Stopped:
        """Return what it came to, unless it failed for want of an answer of ours."""
        function = self.take_unanswered()
        if not function or not isinstance(answer, Raised):
            return answer
        reason = "which does not work yet, so this cannot be judged before it does"
        return Stopped(outcome, f"no answer is kept for this call of {function}, {reason}")

    def _note_fault(self, reason: str) -> None:
        """Give up after several processes that did not start: that is none of the learner's."""
        self.faults += 1
        if self.faults == MAX_FAULTS:
            raise BrokenGraderError(
                f"the learner's side does not start: {reason}",
                next="This is not your fault, and no points were lost. Please report this line.",
            )
