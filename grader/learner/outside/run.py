"""Runs a submission: every function in a process of its own, within one budget of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from grader.learner.outside.process import LearnerProcess, Serve
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.spawn import Unavailable
from grader.records import Answer, Call, Limits, Outcome, Raised, Run, Stopped, Submission

Result = TypeVar("Result")

MAX_ENDLESS = 2
MAX_LOST = 2


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
    runner = _Runner(submission, serve, take_unanswered, limits, sandbox)
    processes = _processes(calls)
    for number, waiting in enumerate(processes):
        runner.make(waiting, others_follow=number + 1 < len(processes))
    unmade = Stopped(Outcome.SKIPPED, f"not run, because {runner.why_not_run}")
    answers = tuple(runner.answers.get(number, unmade) for number in range(len(calls)))
    # What the file prints while it is loaded comes once for every process.
    return Run(answers, runner.failure, "".join(dict.fromkeys(runner.printed)))


def _processes(calls: Sequence[Call]) -> list[dict[int, Call]]:
    """Return which calls share a process: those of a function, and none with a limit of its own.

    Those with one come last, when it is known that the file can be loaded.
    """
    shared: dict[str, dict[int, Call]] = {}
    for number, call in enumerate(calls):
        if not call.memory:
            shared.setdefault(call.function, {})[number] = call
    return [*shared.values(), *({n: call} for n, call in enumerate(calls) if call.memory)]


class _Runner:
    """One submission: the answers so far, the seconds that are left, and the calls that hung.

    Each call may use half of what is left, so one endless loop leaves time for the others; after
    two of them the rest are not made, because whoever waits has seen enough.
    """

    def __init__(
        self,
        submission: Submission,
        serve: Serve,
        take_unanswered: Callable[[], str],
        limits: Limits,
        sandbox: Sandbox,
    ) -> None:
        self._submission, self._serve, self._sandbox = submission, serve, sandbox
        self._take_unanswered = take_unanswered
        self._limits, self._seconds, self._endless = limits, limits.seconds, 0
        self._lost = 0
        self.answers: dict[int, Answer] = {}
        self.printed: list[str] = []
        self.failure: Raised | Stopped | None = None

    def make(self, waiting: dict[int, Call], others_follow: bool) -> None:
        """Make the calls of one function with one limit, in as many processes as it takes."""
        function, _, memory = next(iter(waiting.values()))
        limits = replace(self._limits, above_rest=memory) if memory else self._limits
        while waiting and self._has_time and not self.failure:
            calls = [call.inputs for call in waiting.values()]
            try:
                with self._sandbox.process_for(
                    self._submission, function, calls, limits, others_follow
                ) as process:
                    made = self._answers_of(process, function, len(calls), bool(memory))
            except Unavailable:  # what starts processes died meanwhile; another is started
                self._lost += 1
                if self._lost > MAX_LOST:
                    raise
                continue
            self.printed.append(process.printed)
            for number, answer in zip(list(waiting), made, strict=False):
                self.answers[number] = answer
                del waiting[number]

    def _answers_of(
        self, process: LearnerProcess, function: str, count: int, is_limited: bool
    ) -> list[Answer]:
        """Load the file and take answers until all have come, one stops it, or time is used up.

        A file that was loaded before, and is not within the limit of a call, costs only that.
        """
        with self._counting():
            failure = process.load(self._serve, self._seconds, self._nominal)
        if failure and is_limited:
            return [failure]
        self.failure = self._unless_unanswered(failure, Outcome.FAILED)
        answers: list[Answer] = []
        while not self.failure and len(answers) < count and self._has_time:
            with self._counting():
                times = self._seconds / 2, self._nominal / 2
                answer = process.answer(function, self._serve, *times)
            answers.append(self._unless_unanswered(answer, Outcome.SKIPPED))
            if isinstance(answer, Stopped):
                self._endless += answer.outcome is Outcome.TIMED_OUT
                break
        return answers

    def _unless_unanswered(self, answer: Result, outcome: Outcome) -> Result | Stopped:
        """Return what it came to, unless it failed for want of an answer of ours."""
        function = self._take_unanswered()
        if not function or not isinstance(answer, Raised):
            return answer
        reason = "which does not work yet, so this cannot be judged before it does"
        return Stopped(outcome, f"no answer is kept for this call of {function}, {reason}")

    @property
    def why_not_run(self) -> str:
        """Why calls are left that were not made."""
        if self.failure:
            return "the file could not be loaded"
        has_hung = self._endless == MAX_ENDLESS
        return "two calls took too long" if has_hung else "the time was used up"

    @property
    def _nominal(self) -> float:
        """The seconds that would be left, had only calls that hung used any: the same anywhere."""
        used_up: int = 2**self._endless
        return self._limits.seconds / used_up

    @property
    def _has_time(self) -> bool:
        return self._seconds > 0.05 and self._endless < MAX_ENDLESS

    @contextmanager
    def _counting(self) -> Iterator[None]:
        began = time.monotonic()
        yield
        self._seconds -= time.monotonic() - began
