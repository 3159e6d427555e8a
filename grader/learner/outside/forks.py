"""The tiers `landlock` and `bubblewrap`: a zygote forks a walled-in process for every function."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from functools import partial
from typing import Any

from grader.learner.inside.ending import Ending, bury
from grader.learner.outside.bubblewrap import inside_bubblewrap
from grader.learner.outside.interpreters import import_folders, isolated_python, pipes, spawn
from grader.learner.outside.line import SystemLine
from grader.learner.outside.process import LearnerProcess, Unavailable
from grader.records import Limits

START_SECONDS = 60.0
MAX_REPLY = 4096
_BOOT = """
import gc, sys
gc.disable()
warm, *paths = sys.argv[1:]
del sys.argv[1:]
sys.path += paths
import numpy
from grader.learner.inside import zygote
zygote.main(warm == "warm", paths)
"""


class Forks:
    """A zygote and the processes that it forks. Starting one takes a few milliseconds."""

    def __init__(self, tier: str, warm: bool, for_one: bool = False) -> None:
        """Begin to start the zygote; `warm` if it is to serve many, or `for_one` and no more."""
        self._for_one = for_one
        command = [*isolated_python(), "-c", _BOOT, "warm" if warm else "cold", *import_folders()]
        if tier == "bubblewrap":
            command = inside_bubblewrap(command)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        self._complaints, complaining = os.pipe()
        self._pid = spawn(command, (theirs.fileno(), complaining, complaining))
        theirs.close()
        os.close(complaining)
        self._is_ready = False
        self._started = 0

    def start(self, limits: Limits) -> LearnerProcess:
        """Return a process that goes behind its walls; raise `Unavailable` without a zygote."""
        self._wait_until_ready()
        ours, theirs = pipes()
        self._started += 1
        bounds = {"memory": limits.memory, "cpu_seconds": limits.cpu_seconds}
        try:
            self._ask({"start": self._started} | bounds, theirs)
        except Unavailable:
            _close(ours)
            raise
        finally:
            _close(theirs)
        line = SystemLine(*ours, limits.printed)
        return LearnerProcess(line, partial(self._bury, self._started), limits)

    def close(self) -> None:
        """End the zygote, and with it whatever it forked."""
        if self._control.fileno() < 0:
            return
        self._control.close()
        os.close(self._complaints)
        bury(self._pid)

    def _wait_until_ready(self) -> None:
        if self._is_ready:
            return
        answer = self._reply()
        if "refused" in answer:
            raise Unavailable(answer["refused"])
        self._is_ready = True

    def _bury(self, number: int, patience: float) -> Ending | None:
        """Have a process ended; how it did so is told only where that is of interest."""
        try:
            self._ask({"bury": number, "patience": patience})
            return Ending(*self._reply()) if patience else None
        except Unavailable:  # the zygote has gone, and its children with it
            if patience:  # so it was not the learner's code that ended the process
                raise
            return None
        finally:
            if self._for_one:
                self.close()

    def _ask(self, wish: dict[str, Any], pipes: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(wish).encode()], pipes)
        except OSError as error:
            raise Unavailable(self._complaint()) from error

    def _reply(self) -> Any:
        try:
            answer = self._control.recv(MAX_REPLY)
        except OSError as error:
            raise Unavailable(self._complaint()) from error
        if not answer:
            raise Unavailable(self._complaint())
        return json.loads(answer)

    def _complaint(self) -> str:
        """Return the last thing that was said before the zygote went."""
        os.set_blocking(self._complaints, False)
        try:
            said = os.read(self._complaints, 2000).decode("utf-8", "replace").strip()
        except BlockingIOError:
            said = ""
        return said.splitlines()[-1] if said else "it ended without a word"


def _close(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
