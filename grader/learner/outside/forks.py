"""The tiers `landlock` and `bubblewrap`: a zygote forks a confined process for each run."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from grader.learner.inside.ending import Ending, kill_and_reap
from grader.learner.outside.bubblewrap import inside_bubblewrap
from grader.learner.outside.spawn import (
    Program,
    Unavailable,
    close,
    import_folders,
    isolated_python,
    pipes,
    spawn,
)

if TYPE_CHECKING:
    from grader.records import Limits

REPLY_SECONDS = 60.0
MAX_REPLY = 4096
_BOOT = """
import gc, sys
gc.disable()
warm, packages, *paths = sys.argv[1:]
del sys.argv[1:]
sys.path += paths
import numpy
from grader.learner.inside import zygote
zygote.main(warm == "warm", paths, packages.split("\\n"))
"""


class Forks:
    """A zygote and the processes that it forks. Starting one takes a few milliseconds."""

    def __init__(
        self, tier: str, warm: bool, packages: Sequence[str], for_one: bool = False
    ) -> None:
        """Begin to start the zygote; `warm` if it is to serve many, or `for_one` and no more."""
        self._for_one = for_one
        given = ["warm" if warm else "cold", "\n".join(packages), *import_folders()]
        command = [*isolated_python(), "-c", _BOOT, *given]
        if tier == "bubblewrap":
            command = inside_bubblewrap(command, packages)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._stderr, its_stderr = os.pipe()
        self._pid = spawn(command, (theirs.fileno(), its_stderr, its_stderr))
        theirs.close()
        self._control.settimeout(REPLY_SECONDS)
        os.close(its_stderr)
        self._started, self._printed = 0, b""

    def start(self, limits: Limits) -> Program:
        """Ask for a process; the zygote forks it as soon as it is ready itself.

        Raises `Unavailable` where the zygote has gone.
        """
        ours, theirs = pipes()
        self._started += 1
        bounds = limits.memory, limits.cpu_seconds, limits.above_rest, limits.imported
        try:
            self._send({"start": self._started, "bounds": bounds}, theirs)
        except Unavailable:
            close(ours)
            raise
        finally:
            close(theirs)
        number = self._started
        return Program(ours, partial(self._end, number), partial(self._send, {"hurry": number}))

    def last_words(self) -> str:
        """Return the last line that the zygote printed; it prints only what keeps it from work."""
        if self._control.fileno() < 0:  # closed
            return ""
        os.set_blocking(self._stderr, False)
        with contextlib.suppress(BlockingIOError):
            self._printed += os.read(self._stderr, 2000)
        lines = self._printed.decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def close(self) -> None:
        """End the zygote, and with it whatever it forked."""
        if self._control.fileno() < 0:
            return
        self._control.close()
        os.close(self._stderr)
        kill_and_reap(self._pid)

    def _end(self, number: int, patience: float) -> Ending | None:
        """Have a process ended; how it ended is only asked for with patience."""
        try:
            self._send({"end": number, "patience": patience})
            return self._ending(patience) if patience else None
        except Unavailable:  # the zygote has gone, and its children with it
            if patience:  # so it was not the learner's code that ended the process
                raise
            return None
        finally:
            if self._for_one:
                self.close()

    def _send(self, request: dict[str, Any], pipes: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], pipes)
        except OSError as error:
            raise Unavailable(self.last_words()) from error

    def _ending(self, patience: float) -> Ending:
        self._control.settimeout(REPLY_SECONDS + patience)
        try:
            reply = self._control.recv(MAX_REPLY)
        except OSError as error:
            raise Unavailable(self.last_words()) from error
        if not reply:
            raise Unavailable(self.last_words())
        return Ending(*json.loads(reply))
