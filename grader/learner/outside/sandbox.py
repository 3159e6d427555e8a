"""Where learners' code runs: the best tier that this machine offers, or the one asked for."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.errors import BrokenGraderError, TierError
from grader.learner.inside.ending import hear_of_children
from grader.learner.inside.system_calls import MACHINES
from grader.learner.outside.bubblewrap import find_bubblewrap
from grader.learner.outside.interpreters import Interpreters
from grader.learner.outside.spawn import Program, Unavailable
from grader.records import Limits

if TYPE_CHECKING:
    from grader.learner.outside.forks import Forks
    from grader.learner.outside.process import LearnerProcess
    from grader.records import Call, Submission

# From the strongest to the weakest.
TIERS = ("bubblewrap", "landlock", "process")
# What the last one does not keep, and what does.
ON_LINUX = (
    "in the tier process the file that is graded may read whatever you may; to keep it out takes"
    " Landlock, which is in Linux 5.13 or newer on x86-64 and 64-bit ARM"
)
ELSEWHERE = (
    "in the tier process the file that is graded may do whatever you may; to keep it from that"
    " takes Linux, which has walls to put around it"
)
MAX_TRIES = 5  # two tiers may turn out not to be there


class Sandbox:
    """Starts a process for every submission, or more than one, in one of the tiers.

    Without a `tier` it is the first of those that look possible here; where one turns out not to
    be, the next is taken and `notice` says why. `warm` is for serving many. With `strict`, two
    processes share nothing, not even a zygote: each has namespaces of its own.
    """

    def __init__(
        self, tier: str | None = None, *, strict: bool = False, warm: bool = False
    ) -> None:
        """Begin to start the first process: it gets ready while this one does."""
        if strict and tier not in (None, "bubblewrap"):
            raise TierError("--strict is about bubblewrap", next="Leave out --tier, or --strict.")
        hear_of_children()
        forced = "bubblewrap" if strict else tier
        self._is_forced = forced is not None
        self._tiers = [forced] if forced else possible_tiers()
        self._asked_for, self._strict, self._warm = tier, strict, warm
        self._has_served = self._is_closed = False
        self._packages: tuple[str, ...] = ()
        self.expects_more = warm  # that more submissions will follow the one that is graded
        self.notice = self._shortfall
        self._ahead: tuple[Limits, Program] | None = None
        self._host = self._open()
        with contextlib.suppress(Unavailable):  # whoever needs a process meets it again
            self._start_ahead(Limits())

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def tier(self) -> str:
        """The tier that processes are started in."""
        return self._tiers[0]

    def another(self) -> Sandbox:
        """Return one more, asked for in the same way."""
        return Sandbox(self._asked_for, strict=self._strict, warm=self._warm)

    def process_for(
        self,
        submission: Submission,
        calls: Sequence[Call],
        limits: Limits,
        others_follow: bool = False,
    ) -> LearnerProcess:
        """Return a process that has been handed a file and what to call of it.

        If others will follow, the next one is started at once, to be ready when it is asked for.

        Raises
        ------
        TierError
            The tier that was asked for is not to be had on this machine.
        BrokenGraderError
            No process can be started.
        """
        self._offer(submission.packages)
        for _ in range(MAX_TRIES):
            try:
                process = self._ready_process(submission, calls, limits, others_follow)
            except Unavailable as error:
                if self._is_closed:  # there is nobody who needs an answer
                    raise BrokenGraderError("the sandbox is closed") from error
                reason = self._host.last_words() or str(error)
                self._replace_host(reason)
            else:
                self._has_served = True
                if self._strict:
                    self._host = self._open()  # it starts while the other one is used
                return process
        raise BrokenGraderError(
            f"the learner's side does not start: {reason}",
            next="This is not your fault, and no points were lost. Please report this line.",
        )

    def rest(self) -> None:
        """End what was started ahead, where nobody is to need it soon."""
        if self._ahead:
            self._ahead[1].discard()
            self._ahead = None

    def close(self) -> None:
        """End everything that was started, for good; once more does no harm."""
        self._is_closed = True
        self._stop()

    def _stop(self) -> None:
        self.rest()
        self._host.close()

    def _ready_process(
        self,
        submission: Submission,
        calls: Sequence[Call],
        limits: Limits,
        others_follow: bool,
    ) -> LearnerProcess:
        # It needs NumPy, which is imported while the first process gets ready.
        from grader.learner.outside.process import LearnerProcess

        process = LearnerProcess(self._take(limits), limits)
        try:
            if others_follow or self.expects_more:
                self._start_ahead(limits)
            process.submit(submission, calls)
            process.wait_until_ready()
        except BaseException:
            process.end()
            raise
        return process

    def _offer(self, packages: tuple[str, ...]) -> None:
        """Start anew where what may be imported is not what it was so far."""
        if packages != self._packages:
            self._stop()
            self._packages = packages
            self._host = self._open()

    def _take(self, limits: Limits) -> Program:
        """Return the program that was started ahead, if it is there and has these limits."""
        bounds, program = self._ahead or (limits, None)
        self._ahead = None
        if program and not (program.is_there and bounds == limits):
            program.discard()
            program = None
        return program or self._host.start(limits)

    def _start_ahead(self, limits: Limits) -> None:
        if not self._strict:  # there, one host starts one process
            self._ahead = limits, self._host.start(limits)

    @property
    def _shortfall(self) -> str:
        """What the tier does not keep, where there could be another one and nobody chose this."""
        is_told = self.tier == "process" and not self._is_forced and sys.platform == "linux"
        return ON_LINUX if is_told else ""

    def _open(self) -> Interpreters | Forks:
        while self.tier != "process":
            from grader.learner.outside.forks import Forks  # not on Windows

            try:
                return Forks(self.tier, self._warm, self._packages, self._strict)
            except Unavailable as reason:
                self._pass_over(str(reason))
        return Interpreters(self._packages)

    def _replace_host(self, reason: str) -> None:
        """Take the next tier if this one was never to be had; if it was, start it again."""
        self._stop()
        if not self._has_served and self.tier != TIERS[-1]:
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
        if self._shortfall:
            self.notice = f"{refused} cannot be used here ({reason}); {self._shortfall}"


def possible_tiers() -> list[str]:
    """Return the tiers that look possible here, the strongest first; the last one always is."""
    walls = sys.platform == "linux" and os.uname().machine in MACHINES
    needs = {"bubblewrap": walls and find_bubblewrap(), "landlock": walls, "process": True}
    return [tier for tier in TIERS if needs[tier]]
