"""The calls of a model: a learner's functions and references, each on its own side of the border.

A model's driver runs on the learner's side, with all that is the learner's own. What is not is
called over here; and where a reference calls something of the learner's, that is called back over
there. So every function is theirs that can be, whichever ones they have written so far.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from grader.errors import CourseError, readable
from grader.grading.alarm import ended_after
from grader.grading.call_server import CallServer, Reply, reply_of, say_too_long
from grader.grading.compare import leaves
from grader.grading.held import held_in_memory
from grader.grading.trials import call_trusted, replaced
from grader.learner import wire
from grader.learner.outside.process import LearnerProcess, spelled_seconds
from grader.learner.outside.sandbox import Sandbox
from grader.records import (
    Answer,
    Call,
    Inputs,
    Limits,
    Outcome,
    Returned,
    Stopped,
    Submission,
    Unusable,
    Value,
)

Reference = Callable[..., Any]
Tell = Callable[[str], object]  # is given each piece of a streamed text; `str` tells nobody

RUN = "run"  # the function of a driver that is called
MAX_PIECES = 2_000  # of a streamed text
MAX_STREAMED = 40_000  # characters of these together, as they are printed
_GRACE = 1.0  # seconds after the end of a run, in which nothing else than a reference still works


class Functions(NamedTuple):
    """What a model runs on, by exercise: the learner's files, and references for the others.

    `modules` are the names that the exercises are imported by, in the course's order.
    """

    modules: Mapping[str, str]
    own: Mapping[str, Submission]
    references: Mapping[str, Mapping[str, Reference]]

    @property
    def are_mixed(self) -> bool:
        """Whether learner's functions and references work side by side."""
        return 0 < len(self.own) < len(self.modules)


class Ran(NamedTuple):
    """What a driver returned, and the exercises that were used.

    `failure` is the first answer of a learner's function, called by a reference, that is no value.
    """

    answer: Answer
    used: frozenset[str]
    failure: Answer | None


class NothingStandsInError(Exception):
    """The driver needs an exercise that is neither the learner's nor has references here."""

    def __init__(self, exercise: str) -> None:
        super().__init__(exercise)
        self.exercise = exercise


class CallBackError(Exception):
    """A learner's function, called by a reference, did not return; the server knows why."""


class Clock:
    """The time that a run has from now on, for all that it does together."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left, and never none at all."""
        return max(self._end - time.monotonic(), 0.01)

    def told(self, answer: Answer) -> Answer:
        """Return an answer that tells of all this time, where that is used up."""
        if not isinstance(answer, Stopped) or answer.outcome is not Outcome.TIMED_OUT:
            return answer
        if time.monotonic() < self._end:  # it is another limit
            return answer
        return answer._replace(message=f"stopped after {spelled_seconds(self.seconds)}")


def run_driver(
    driver: Submission,
    given: Mapping[str, Value],
    functions: Functions,
    through: frozenset[str],
    sandbox: Sandbox,
    seconds: float,
    tell: Tell | None = None,
) -> Ran:
    """Call `run` of a driver with what it is `given`, and serve the calls that come of it.

    All of it has so many `seconds`. If there is somebody to `tell`, they are told each text that
    `run` returns, and it is called again. In the exercises named by `through`, the driver puts
    functions of its own in place of others: references call these over there, even where they are
    not the learner's.

    Raises
    ------
    CourseError
        What is given cannot be sent.
    NothingStandsInError
        The driver needs an exercise that nobody has.
    """
    pieces = [dict(given), *[{}] * (MAX_PIECES if tell else 0)]
    arrays = [leaf.tobytes() for _, leaf in leaves(given) if isinstance(leaf, np.ndarray)]
    try:
        lists = [wire.pack(each) for each in given.values() if isinstance(each, list)]
        calls = [Call(RUN, Inputs((), piece)) for piece in pieces]
        started = sandbox.process_for(driver, calls, Limits(seconds))
    except wire.WireError as error:
        raise CourseError(
            f"what is sent to this driver cannot be sent: {error}",
            where=driver.path,
            next="Let `send` return arrays, numbers, texts, booleans, None and nests of those.",
        ) from error
    with started as process:
        server = ModelServer(functions, through, frozenset(arrays + lists), process, Clock(seconds))
        with server.called_back_by_references():
            answer = server.clock.told(_last_answer(process, server, tell))
        return Ran(answer, frozenset(server.used), server.failure)


def _last_answer(process: LearnerProcess, server: ModelServer, tell: Tell | None) -> Answer:
    """Load the driver, and return what `run` returned in the end."""
    clock, room = server.clock, MAX_STREAMED
    if failed := process.load(server.serve, clock.left, clock.seconds):
        return failed
    for _ in range(MAX_PIECES):
        answer = process.answer(RUN, server.serve, clock.left, clock.seconds)
        if not (tell and isinstance(answer, Returned) and isinstance(answer.value, str)):
            return answer
        room -= len(readable(answer.value))
        if room < 0:
            return Unusable(f"more than {MAX_STREAMED:,} characters came of it")
        tell(answer.value)
    return Unusable(f"more than {MAX_PIECES:,} pieces of text came of it")


@dataclass
class ModelServer(CallServer):
    """Answers one process's imports, and its calls of references.

    What was `sent` to the driver may be handed to a reference, however large it is.
    """

    functions: Functions
    through: frozenset[str]
    sent: frozenset[bytes]
    process: LearnerProcess
    clock: Clock
    used: set[str] = field(default_factory=set)
    failure: Answer | None = None

    def __post_init__(self) -> None:
        self.modules = self.functions.modules

    @contextmanager
    def called_back_by_references(self) -> Iterator[None]:
        """Let references call what is the learner's over there, and note which others are used."""
        with ExitStack() as until_the_end:
            for name, references in self.functions.references.items():
                for function, reference in references.items():
                    stand_in = self._in_place_of(name, function, reference)
                    until_the_end.enter_context(replaced(reference, stand_in))
            yield

    def _module(self, name: str) -> Reply:
        if own := self.functions.own.get(name):
            self.used.add(name)
            return {"source": own.source, "path": own.path}
        if name not in self.functions.references:
            raise NothingStandsInError(name)
        return {"functions": list(self.functions.references[name])}

    def _may_call(self, name: str, function: str) -> bool:
        is_own = name in self.functions.own
        return not is_own and function in self.functions.references.get(name, {})

    def _call(self, name: str, function: str, inputs: Inputs, seconds: float) -> Reply:
        self.used.add(name)
        reference = self.functions.references[name][function]
        try:  # here, where a function of the learner's can be called back, which ends by itself
            with held_in_memory(), ended_after(seconds + _GRACE):
                return reply_of(function, call_trusted(reference, inputs))
        except TimeoutError:
            return say_too_long(function)

    def _is_known(self, value: Value) -> bool:
        if isinstance(value, list):
            return wire.pack(value) in self.sent
        return isinstance(value, np.ndarray) and value.tobytes() in self.sent

    def _in_place_of(self, name: str, function: str, reference: Reference) -> Reference:
        """Return what is called where a reference calls another one."""

        def recorded(*args: Value, **kwargs: Value) -> Value:
            self.used.add(name)
            return reference(*args, **kwargs)

        def called_back(*args: Value, **kwargs: Value) -> Value:
            self.used.add(name)
            call, module = Call(function, Inputs(args, kwargs)), self.modules[name]
            answer = self.process.call_back(module, call, self.serve, self.clock.left)
            if isinstance(answer, Returned) and self._is_modest([answer.value]):
                return answer.value
            if isinstance(answer, Returned):
                answer = Unusable(f"what {function} returned is too large for a reference")
            self.failure = self.failure or self.clock.told(answer)
            raise CallBackError(f"{function} did not return")

        return called_back if name in self.functions.own or name in self.through else recorded
