"""How a process is ended for good, on both sides of the border: by the zygote, and by us."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import NamedTuple

_SET_PDEATHSIG = 1


class Ending(NamedTuple):
    """The signal a process died of or its exit code, and whether it was we who killed it."""

    signal: int
    code: int
    cpu_seconds: float
    was_killed: bool


def end_with_parent(parent: int, sent: int) -> None:
    """Have Linux send this process a signal when the thread that started it ends, were it killed.

    Where the parent has gone already, this process ends at once.

    Source: PR_SET_PDEATHSIG in prctl(2) of the Linux manual.
    """
    if sys.platform == "linux":
        import ctypes  # where it is not needed, nobody waits for it

        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, sent, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def hear_of_children() -> None:
    """Let it be asked how children ended, whatever whoever started this process has seen to.

    Source: SA_NOCLDWAIT and SIG_IGN in sigaction(2) of the Linux manual.
    """
    if sys.platform != "win32" and signal.getsignal(signal.SIGCHLD) == signal.SIG_IGN:
        with contextlib.suppress(ValueError):  # this is another thread, which may not
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def hurry(pid: int) -> None:
    """Ask a child that was not reaped yet to say where it is, and to leave."""
    os.kill(pid, signal.SIGUSR1)


def kill_and_reap(pid: int, patience: float = 0.0) -> Ending:
    """Kill a child and its process group, and return how it ended.

    One that is about to end by itself has `patience` seconds to do so.
    """
    ended = _ends_within(pid, patience)
    # Kill its group before reaping it: until then its pid cannot be reused.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):  # it may have left its group, or not begun one
        os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    # A process that has ended already keeps its status, whatever signal comes then.
    was_killed = not ended and code == -signal.SIGKILL
    return Ending(max(-code, 0), max(code, 0), usage.ru_utime + usage.ru_stime, was_killed)


def _ends_within(pid: int, seconds: float) -> bool:
    """Wait for a child to end, and leave it to be reaped; tell whether it did."""
    if not hasattr(os, "waitid"):  # macOS: one cannot look without reaping
        time.sleep(min(seconds, 0.5))
        return False
    deadline = time.monotonic() + seconds
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.001)
    return True
