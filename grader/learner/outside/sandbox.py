"""Where learners' code runs: the best tier that this machine offers, or the one asked for."""

from __future__ import annotations

import importlib.util
import sys
from types import TracebackType
from typing import Protocol

from grader.errors import BrokenGraderError, TierError
from grader.learner.outside.bubblewrap import find_bubblewrap
from grader.learner.outside.interpreters import Interpreters
from grader.learner.outside.process import LearnerProcess, Unavailable
from grader.records import Limits

TIERS = ("bubblewrap", "landlock", "process")


class Host(Protocol):
    """What starts processes in one of the tiers, or raises `Unavailable`."""

    def start(self, limits: Limits) -> LearnerProcess:
        """Return a process for one function of one submission."""

    def close(self) -> None:
        """End everything."""


class Sandbox:
    """Starts a process for every function of every submission, in one of the tiers.

    Without a `tier` it is the first of those that look possible here; where one turns out not to
    be, the next is taken and `notice` says why. `warm` is for serving many. With `strict`, two
    processes share nothing, not even a zygote: each has namespaces of its own.
    """

    def __init__(
        self, tier: str | None = None, *, strict: bool = False, warm: bool = False
    ) -> None:
        """Begin to start what the tier needs; the first `start` waits for it."""
        if strict and tier not in (None, "bubblewrap"):
            raise TierError("--strict is about bubblewrap", next="Leave out --tier, or --strict.")
        forced = "bubblewrap" if strict else tier
        self._is_forced = forced is not None
        self._tiers = [forced] if forced else possible_tiers()
        self._strict, self._warm = strict, warm
        self._has_served = False
        self.expects_more = warm  # that more submissions will follow the one that is graded
        self.notice = ""
        self._host = self._open()
        self._ahead: tuple[Limits, LearnerProcess] | None = None
        if self.tier == "process":
            self._ahead = Limits(), self._start(Limits())

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def tier(self) -> str:
        """The tier that processes are started in."""
        return self._tiers[0]

    def start(self, limits: Limits, expects_more: bool = False) -> LearnerProcess:
        """Return a process that is ready, or about to be; say whether another will be needed.

        If so, it is started at once, to be ready when it is asked for.

        Raises
        ------
        TierError
            The tier that was asked for is not to be had on this machine.
        BrokenGraderError
            What starts the processes has gone, and did not come back.
        """
        process = self._take_ahead(limits) or self._start(limits)
        if expects_more or self.expects_more:
            self._ahead = limits, self._start(limits)
        return process

    def close(self) -> None:
        """End everything that was started; once more does no harm."""
        if self._ahead:
            self._ahead[1].end()
            self._ahead = None
        self._host.close()

    def _take_ahead(self, limits: Limits) -> LearnerProcess | None:
        """Return the process that was started ahead, if it has these limits and is still there."""
        bounds, process = self._ahead or (None, None)
        self._ahead = None
        if process is None or (bounds == limits and process.is_there):
            return process
        process.end()
        return None

    def _open(self) -> Host:
        while True:
            try:
                return self._launch()
            except Unavailable as reason:
                self._pass_over(str(reason))

    def _launch(self) -> Host:
        if self.tier == "process":
            return Interpreters()
        from grader.learner.outside.forks import Forks  # not on Windows

        return Forks(self.tier, self._warm, self._strict)

    def _start(self, limits: Limits) -> LearnerProcess:
        for _ in range(len(TIERS)):
            try:
                process = self._host.start(limits)
            except Unavailable as reason:
                self._replace_host(str(reason))
                continue
            self._has_served = True
            if self._strict:
                self._host = self._open()  # it starts while the other one is used
            return process
        raise BrokenGraderError("the learner's side cannot be started", next="Please report this.")

    def _replace_host(self, reason: str) -> None:
        """Take the next tier if this one was never to be had; if it was, start it again."""
        self._host.close()
        if not self._has_served:
            self._pass_over(reason)
        self._host = self._open()

    def _pass_over(self, reason: str) -> None:
        if self._is_forced:
            raise TierError(
                f"the tier {self.tier} is not to be had on this machine: {reason}",
                next="docs/security.md says what each tier needs.",
            )
        refused = self._tiers.pop(0)
        self.notice = f"{refused} cannot be used here ({reason}); using {self.tier} instead"


def possible_tiers() -> list[str]:
    """Return the tiers that look possible here, the strongest first; the last one always is."""
    walls = sys.platform == "linux" and importlib.util.find_spec("pyseccomp") is not None
    tiers = ["landlock", "process"] if walls else ["process"]
    return ["bubblewrap", *tiers] if walls and find_bubblewrap() else tiers
