"""Runs a submission: every function in a process of its own, within one budget of time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from grader.learner.process import LearnerProcess, Limits, Serve
from grader.learner.sandbox import Sandbox
from grader.records import Answer, Call, Outcome, Raised, Run, Stopped, Submission

MAX_ENDLESS = 2


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


def run_calls(
    submission: Submission, calls: Sequence[Call], serve: Serve, limits: Limits, sandbox: Sandbox
) -> Run:
    """Make `calls`, each with an answer of its own, in a fresh process for every function.

    A call that brings a process down costs only its own answer: the rest are made in a new one.
    """
    budget = Budget(limits.seconds)
    answers: dict[int, Answer] = {}
    printed: list[str] = []
    failure: Raised | Stopped | None = None
    functions = list(dict.fromkeys(call.function for call in calls))
    for function in functions:
        waiting = [number for number, call in enumerate(calls) if call.function == function]
        while waiting and budget.remains and failure is None:
            with sandbox.start(limits, function != functions[-1]) as process:
                visit = _Visit(process, submission, function, serve, budget)
                failure = visit.load([calls[number] for number in waiting])
                made = [] if failure else visit.answers(len(waiting))
            printed.append(process.printed)
            answers |= zip(waiting, made, strict=False)
            waiting = waiting[len(made) :]
    reason = "because the file could not be loaded" if failure else "because the time was used up"
    unmade = Stopped(Outcome.SKIPPED, f"not run, {reason}")
    # What the file prints while it is loaded comes once for every process.
    heard = "".join(dict.fromkeys(printed))
    return Run(tuple(answers.get(n, unmade) for n in range(len(calls))), failure, heard)


@dataclass
class _Visit:
    """One process's part of a run."""

    process: LearnerProcess
    submission: Submission
    function: str
    serve: Serve
    budget: Budget

    def load(self, calls: Sequence[Call]) -> Raised | Stopped | None:
        """Hand over the file and what is to be called; None when the file ran to its end."""
        from grader.learner import wire  # it needs NumPy, which is imported while a process starts

        frame = wire.pack(
            [{"args": call.inputs.args, "kwargs": call.inputs.kwargs} for call in calls]
        )
        self.process.submit(self.submission, self.function, frame)
        self.process.wait_until_ready()
        began = time.monotonic()
        failure = self.process.load(self.serve, self.budget.seconds)
        self.budget.seconds -= time.monotonic() - began
        return failure

    def answers(self, count: int) -> list[Answer]:
        """Take answers until all have come, the process has ended, or the time is used up."""
        answers: list[Answer] = []
        while len(answers) < count and self.budget.remains:
            began = time.monotonic()
            answers.append(self.process.answer(self.function, self.serve, self.budget.seconds / 2))
            self.budget.seconds -= time.monotonic() - began
            if isinstance(answers[-1], Stopped):
                self.budget.endless += answers[-1].outcome is Outcome.TIMED_OUT
                break
        return answers
