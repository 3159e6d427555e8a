"""Runs a submission in a process of its own, or in more than one, within one budget of time."""

from __future__ import annotations

import builtins
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from grader.learner.outside.answers import within
from grader.learner.outside.process import LearnerProcess, Serve, spelled_seconds
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.spawn import Unavailable
from grader.learner.outside.submission import imported_packages
from grader.records import (
    Answer,
    Call,
    Limits,
    Missing,
    Outcome,
    Raised,
    Run,
    Stopped,
    Submission,
    Unusable,
)

Result = TypeVar("Result")

MAX_ENDLESS = 2
MAX_LOST = 2
_MOST = 0.8  # of the time allowed: a call that had as much was not stopped for the others' sake
UNSHOWN = "\n[what hidden checks print is not shown]\n"
_OF_NUMPY = ("AxisError", "LinAlgError")  # mistakes raise them: their names are no secret
UNLOADED = Stopped(Outcome.CRASHED, "")


def run_calls(
    submission: Submission,
    calls: Sequence[Call],
    serve: Serve,
    limits: Limits,
    sandbox: Sandbox,
    take_unanswered: Callable[[], str] = str,
    serve_hidden: Serve | None = None,
) -> Run:
    """Make `calls`, each with an answer of its own, in a fresh process for each group of them.

    Hidden ones come last, and are sent when what is shown has been taken. A call that brings a
    process down costs only its own answer: the rest are made in a new one. One with a limit of its
    own has a process of its own.
    `serve_hidden` answers what hidden calls ask for, where that is not to be told either.
    `take_unanswered` names a function that `serve` had no answer for since it was last asked, and
    says why it was asked for one: a call that failed for want of it was not made at all.
    """
    serves = {False: serve, True: serve_hidden or serve}
    runner = _Runner(submission, serves, take_unanswered, limits, sandbox)
    processes = _processes(calls)
    for number, waiting in enumerate(processes):
        if not number and all(call.hidden or call.memory for call in waiting.values()):
            runner.try_loading()  # what it says may be shown, and is no matter of a call's limit
        runner.make(waiting, others_follow=number + 1 < len(processes))
    unmade = Stopped(Outcome.SKIPPED, f"not run, because {runner.why_not_run}")
    answers = tuple(runner.answers.get(number, unmade) for number in range(len(calls)))
    # What the file prints while it is loaded comes once for every process.
    return Run(answers, runner.failure, "".join(dict.fromkeys(runner.printed)))


def _processes(calls: Sequence[Call]) -> list[dict[int, Call]]:
    """Return which calls share a process: those of a group, function by function.

    None shares it that has a limit of its own. Those come last, when it is known that the file
    can be loaded, and before them groups of hidden ones alone.
    """
    shared: dict[str, dict[int, Call]] = {call.group: {} for call in calls}
    for function in dict.fromkeys(call.function for call in calls):
        for number, call in enumerate(calls):
            if call.function == function and not call.memory:
                shared[call.group][number] = call
    alone = [{number: call} for number, call in enumerate(calls) if call.memory]
    groups = sorted(filter(None, shared.values()), key=_is_hidden)
    return [*groups, *alone]


def _is_hidden(calls: Mapping[int, Call]) -> bool:
    return all(call.hidden for call in calls.values())


def _batches(waiting: Mapping[int, Call]) -> list[dict[int, Call]]:
    """Return calls that are left, those that are shown apart from hidden ones."""
    parts = [{n: c for n, c in waiting.items() if c.hidden is hidden} for hidden in (False, True)]
    return [part for part in parts if part]


def veiled(answer: Answer) -> Answer:
    """Return an answer without any words of the learner's code, which may be its inputs."""
    match answer:
        case Raised(type=own, types=names, frames=frames, refused=refused):
            types = tuple(name for name in names if hasattr(builtins, name)) or ("Exception",)
            kind = own if own in _OF_NUMPY else types[0]
            return Raised(kind, types, "", frames, None, "what it asked for" if refused else "")
        case Stopped(Outcome.SKIPPED):  # which call that was, may depend on what is hidden
            return answer._replace(message="no answer is kept for a call that it makes")
        case Stopped(outcome) if outcome is not Outcome.TIMED_OUT:  # that is in words of ours
            return answer._replace(message="")
        case Missing():
            return answer._replace(defined=())
        case Unusable():
            return Unusable("what cannot be shown", answer.too_large)
    return answer


class _Runner:
    """One submission: the answers so far, the seconds that are left, and the calls that hung.

    A call may use half of the time, so that an endless loop leaves some for the others, and then
    half of that; the last one may use all. After two endless ones the rest are not made, because
    whoever waits has seen enough. That all together used the time up is said as that.
    """

    def __init__(
        self,
        submission: Submission,
        serves: Mapping[bool, Serve],
        take_unanswered: Callable[[], str],
        limits: Limits,
        sandbox: Sandbox,
    ) -> None:
        self._submission, self._serves, self._sandbox = submission, serves, sandbox
        self._take_unanswered = take_unanswered
        self._limits, self._seconds, self._endless = limits, limits.seconds, 0
        self._lost = 0
        self.answers: dict[int, Answer] = {}
        self.printed: list[str] = []
        self.failure: Raised | Stopped | None = None

    def try_loading(self) -> None:
        """Load the file and make no call."""
        nothing = self._submission, (), self._limits, True
        with self._sandbox.process_for(*nothing) as process:
            failure = self._load(process, self._serves[False])
            self.failure = self._unless_unanswered(failure, Outcome.FAILED)
        self.printed.append(process.printed)

    def make(self, waiting: dict[int, Call], others_follow: bool) -> None:
        """Make calls that have one limit, in as many processes as it takes."""
        limits = self._limits
        if memory := next(iter(waiting.values())).memory:
            imported = imported_packages(self._submission)
            limits = replace(limits, above_rest=memory, imported=imported)
        while waiting and self._has_time and not self.failure:
            first, *_ = batches = _batches(waiting)
            calls = list(first.values())
            try:
                with self._sandbox.process_for(
                    self._submission, calls, limits, others_follow
                ) as process:
                    made = self._make_in(process, batches, others_follow)
            except Unavailable:  # what starts processes died meanwhile; another is started
                self._lost += 1
                if self._lost > MAX_LOST:
                    raise
                continue
            self.answers.update(made)
            for number in made:
                del waiting[number]

    def _make_in(
        self, process: LearnerProcess, batches: Sequence[dict[int, Call]], others_follow: bool
    ) -> dict[int, Answer]:
        """Make calls in one process, as far as it goes; of hidden ones nothing more is told."""
        found: dict[int, Answer] = {}
        shown = ""
        for place, batch in enumerate(batches):
            if place:
                process.go_on(list(batch.values()))
            more = others_follow or place + 1 < len(batches)
            is_hidden = next(iter(batch.values())).hidden
            made = self._answers_of(process, batch, more, is_loaded=bool(place))
            if is_hidden:
                printed = process.take_printed()[len(shown) :]
                made = self._veiled(printed, made, len(batch))
            else:
                shown = process.take_printed()
                self.printed.append(shown)
            found.update(zip(batch, made, strict=False))
            if self.failure or len(made) < len(batch) or isinstance(made[-1], Stopped):
                break
        return found

    def _veiled(self, printed: str, made: list[Answer], count: int) -> list[Answer]:
        """Take note of what hidden calls came to, and of nothing that was said by the way."""
        if printed and not any(other.startswith(printed) for other in self.printed):
            self.printed.append(UNSHOWN)
        if self.failure:  # it was loaded before, so this is said by a call
            self.failure, made = None, [UNLOADED] * count
        return [veiled(answer) for answer in made]

    def _answers_of(
        self,
        process: LearnerProcess,
        batch: Mapping[int, Call],
        others_follow: bool,
        is_loaded: bool,
    ) -> list[Answer]:
        """Take answers until all have come, one stops it, or time is used up; load the file first.

        A file that was loaded before, and is not within the limit of a call, costs only that.
        """
        calls = list(batch.values())
        serve = self._serves[calls[0].hidden]
        if not is_loaded:
            failure = self._load(process, serve)
            if failure and calls[0].memory:
                return [failure]
            self.failure = self._unless_unanswered(failure, Outcome.FAILED)
        answers: list[Answer] = []
        while not self.failure and len(answers) < len(calls) and self._has_time:
            call = calls[len(answers)]
            is_last = not others_follow and len(answers) == len(calls) - 1
            answers.append(self._answer(process, call, serve, is_last))
            if isinstance(answers[-1], Stopped):
                break
        return answers

    def _load(self, process: LearnerProcess, serve: Serve) -> Raised | Stopped | None:
        with self._counting():
            return process.load(serve, self._seconds, self._nominal)

    def _answer(self, process: LearnerProcess, call: Call, serve: Serve, is_last: bool) -> Answer:
        with self._counting():
            allowed = self._nominal if is_last else self._nominal / 2
            seconds = min(self._seconds, allowed)
            answer = within(call.room, process.answer(call.function, serve, seconds, allowed))
        if isinstance(answer, Stopped) and answer.outcome is Outcome.TIMED_OUT:
            if seconds < _MOST * allowed:
                answer = answer._replace(message=self._say_used_up(), is_late=True)
            else:
                self._endless += 1
        return self._unless_unanswered(answer, Outcome.SKIPPED)

    def _say_used_up(self) -> str:
        together = spelled_seconds(self._limits.seconds)
        were = "was" if together == "1 second" else "were"
        return f"the {together} for all checks together {were} used up in it"

    def _unless_unanswered(self, answer: Result, outcome: Outcome) -> Result | Stopped:
        """Return what it came to, unless it failed for want of an answer of ours."""
        unanswered = self._take_unanswered()
        if not unanswered or not isinstance(answer, Raised):
            return answer
        return Stopped(outcome, f"no answer is kept for this call of {unanswered}")

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
