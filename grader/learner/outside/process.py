"""One process of a learner's, seen from the trusted side: what is said to it, what it answers."""

from __future__ import annotations

import contextlib
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.learner import wire
from grader.learner.inside.ending import Ending
from grader.learner.outside.answers import NONSENSE, kind_of, read_answer, read_place
from grader.learner.outside.spawn import Program, Unavailable
from grader.records import (
    Answer,
    Call,
    Frame,
    Limits,
    Outcome,
    Raised,
    Stopped,
    Submission,
)

if sys.platform == "win32":
    from grader.learner.outside.threaded_channel import ThreadedChannel as SystemChannel
else:
    from grader.learner.outside.channel import PolledChannel as SystemChannel

# How a question from the learner's side (an import, a call of a stand-in) is answered, in so many
# seconds.
Serve = Callable[[dict[str, Any], float], Any]

START_SECONDS = 60.0
_LINE_END = re.compile(rb"\r\n|\r|\n")
LAST_SECONDS = 1.0  # for a process whose time is up, to say where it is


def spelled_seconds(seconds: float) -> str:
    """Return a time in words: small ones with two digits, others in whole seconds."""
    number = f"{seconds:.2g}" if seconds < 10 else f"{seconds:,.0f}"
    return f"{number} second{'s' * (number != '1')}"


class LearnerProcess:
    """A process for one submission: `submit` it, see it `load`, then take its answers in order.

    After a `Stopped` it is over: nothing that it sends is read.
    """

    def __init__(self, program: Program, limits: Limits) -> None:
        self._channel = SystemChannel(*program.pipes, limits.printed)
        self._program, self._limits = program, limits
        self._is_alive = True
        self._lines: dict[str, int] = {}  # of the files that it was given, by their paths
        self._manners: Mapping[str, Mapping[str, Any]] = {}  # how its functions are called

    def __enter__(self) -> LearnerProcess:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    @property
    def printed(self) -> str:
        """What the learner's code printed, cut at the limit."""
        return self._channel.printed

    def take_printed(self) -> str:
        """Return what the learner's code printed up to its last answer, cut at the limit."""
        return self._channel.take_printed()

    def submit(self, submission: Submission, calls: Sequence[Call]) -> None:
        """Hand over the file, and what to call of it."""
        job = {
            "module": submission.module,
            "path": submission.path,
            "source": submission.source,
            "stood_in_for": submission.stood_in_for,
            "without": submission.without,
            "above_rest": self._limits.above_rest,
        }
        self._note(submission.path, submission.source)
        self._manners = submission.manners
        self._channel.send(wire.pack(job))
        self.go_on(calls)

    def go_on(self, calls: Sequence[Call]) -> None:
        """Have more calls made, once the answers to those before have come."""
        self._channel.send(wire.pack(len(calls)))
        for call in calls:
            self._channel.send(wire.pack(self._spelled(call)))

    def _spelled(self, call: Call) -> dict[str, Any]:
        manner = dict(self._manners.get(call.function, {}))
        return {"function": call.function, "manner": manner, **call.inputs._asdict()}

    def wait_until_ready(self) -> None:
        """Wait for the process to have started: time that is not the learner's.

        Raises `Unavailable` where it does not.
        """
        try:
            message = self._channel.receive(START_SECONDS)
        except (EOFError, TimeoutError):
            message = None
        if kind_of(message) == "ready":
            return
        reason = message.get("reason") if kind_of(message) == "unready" else self.printed.strip()
        raise Unavailable(reason)

    def load(
        self, serve: Serve, seconds: float, nominal: float | None = None
    ) -> Raised | Stopped | None:
        """Wait for the file to run to its end; None when it did.

        A `nominal` time is what is said of the seconds, whatever of them was used up before.
        """
        message = self._converse(serve, seconds, nominal)
        if kind_of(message) == "loaded":
            return None
        failure = read_answer(message, lines=self._lines)
        return failure if isinstance(failure, (Raised, Stopped)) else NONSENSE

    def answer(
        self, function: str, serve: Serve, seconds: float, nominal: float | None = None
    ) -> Answer:
        """Return what came of the next call."""
        return read_answer(self._converse(serve, seconds, nominal), function, self._lines)

    def call_back(self, module: str, call: Call, serve: Serve, seconds: float) -> Answer:
        """Have a function called over there before a stand-in's call is replied to.

        It is for whoever serves: a stand-in may lean on something of the learner's own.
        """
        args, kwargs, _ = call.inputs
        spelled = {"module": module, "function": call.function, "args": args, "kwargs": kwargs}
        self._channel.send(wire.pack({"call": spelled}))
        return self.answer(call.function, serve, seconds)

    def end(self, patience: float = 0.0) -> Ending | None:
        """End the process and all that it started; None where that was done before."""
        if not self._is_alive:
            return None
        self._is_alive = False
        try:
            return self._program.end(patience)
        finally:
            self._channel.close()

    def _converse(self, serve: Serve, seconds: float, nominal: float | None) -> Any:
        """Return the next answer, serving the questions that come before it."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                message = self._channel.receive(deadline - time.monotonic())
            except TimeoutError:
                return self._say_late(seconds, nominal)
            except EOFError:
                return self._say_ended(max(deadline - time.monotonic(), 0.01))
            if kind_of(message) not in ("import", "call"):
                return message
            if (left := deadline - time.monotonic()) < 0:  # what came before it may wait in line
                return self._say_late(seconds, nominal)
            if self._channel.has_unsent:  # it asks on without having taken the last reply
                return NONSENSE
            reply = serve(message, left)
            if kind_of(message) == "import" and reply and "path" in reply:
                self._note(reply["path"], reply["source"])
            self._channel.send(wire.pack(reply))

    def _say_late(self, seconds: float, nominal: float | None) -> Stopped:
        told = f"no answer within {spelled_seconds(nominal or seconds)}"
        return Stopped(Outcome.TIMED_OUT, told, self._last_place())

    def _note(self, path: str, source: bytes) -> None:
        """Note which lines there are; Python may name the one after the last where it ends."""
        self._lines[path] = len(_LINE_END.findall(source)) + 2

    def _last_place(self) -> tuple[Frame, ...]:
        """Return where it is, and let it print what it still holds; nothing where it is deaf."""
        if not self._program.hurry:
            return ()
        with contextlib.suppress(Unavailable):  # it has gone: so it says nothing
            self._program.hurry()
        return read_place(self._channel.last_words(LAST_SECONDS), self._lines)

    def _say_ended(self, seconds: float) -> Stopped:
        """Say how a process ended that hung up; it has what is left of its time to do so."""
        ending = self.end(seconds)
        if ending is None or ending.was_killed:
            return Stopped(Outcome.CRASHED, "the process closed its end of the line")
        if not ending.signal:
            left = f"the process left by itself, with exit code {ending.code}"
            return Stopped(Outcome.CRASHED, left)
        if ending.signal == getattr(signal, "SIGKILL", None):
            return self._say_killed(ending)
        known = {member.value: member.name for member in signal.Signals}
        name = known.get(ending.signal, f"signal {ending.signal}")
        words = (signal.strsignal(ending.signal) or name).lower()
        return Stopped(Outcome.CRASHED, f"the process died of a signal: {words} ({name})")

    def _say_killed(self, ending: Ending) -> Stopped:
        """Tell the two reasons apart for which the system kills a process."""
        if ending.cpu_seconds >= self._limits.cpu_seconds - 1:
            used_up = f"ended after {self._limits.cpu_seconds} seconds of computing"
            return Stopped(Outcome.TIMED_OUT, used_up)
        killed = "the system ended the process (SIGKILL), as it does when memory runs out"
        return Stopped(Outcome.OUT_OF_MEMORY, killed)
