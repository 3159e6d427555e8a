"""How a process ends, as its parent sees it. Both sides of the border bury their children so."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from typing import NamedTuple


class Ending(NamedTuple):
    """The signal a process died of or its exit code, and whether it had to be ended for that."""

    signal: int
    code: int
    cpu_seconds: float
    was_ended: bool


def bury(pid: int, patience: float = 0.0) -> Ending:
    """End a child for good, with all of its process group, and return how it ended.

    One that is about to end by itself has `patience` seconds to do so. A signal to a process that
    is ending already does not change how it ended.
    """
    deadline = time.monotonic() + patience
    while not (ended := _has_ended(pid)) and time.monotonic() < deadline:
        time.sleep(0.001)
    # Whom it left behind is ended, too: while it is not buried, nobody else can bear its number.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):  # it may have left its group, or not begun one
        os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return Ending(max(-code, 0), max(code, 0), usage.ru_utime + usage.ru_stime, not ended)


def _has_ended(pid: int) -> bool:
    """Look without burying; where the system cannot (macOS), nothing is known."""
    if not hasattr(os, "waitid"):
        return False
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
