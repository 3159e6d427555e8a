"""The last bound on work over what strangers made: seconds of computing, and memory.

Whatever is read has bounds of its own, which are looked at before it is parsed, and say what is too
much of what. This one is for what nobody has thought of yet. No honest file comes near it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType
from typing import NoReturn

from grader.errors import RefusedError

SECONDS = 30.0  # of computing: waiting does not count
MEMORY = 640 * 2**20  # bytes, beyond what the process has
_LEAST = 0.02  # so exactly the system counts: what is less is nothing that is left
_AGAIN = 1.0  # seconds after which it is told once more, should nobody have heard
_CURE = "Nothing that is meant for it takes so much: make it smaller, or take another one."
_is_set = False


class _Spent(BaseException):
    """Time is up. No `Exception`, since whoever reads one file goes on after any of those."""


@contextmanager
def within_bounds(
    where: str | None = None, seconds: float | None = None, memory: int = MEMORY
) -> Iterator[None]:
    """Refuse what takes more `seconds` of computing, or bytes of `memory`; 0 bounds no memory.

    Without `seconds` they are so many as `SECONDS` says.

    Within another such it is that one which counts, and so it is in any thread but the main one.
    Where the system has no such timer (Windows), or does not tell how much memory there is (all
    but Linux), nothing is bounded.

    Raises
    ------
    RefusedError
        It took more. A loop of C is ended when it comes back to Python.

    Source: ITIMER_PROF in setitimer(2) of the Linux manual.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if _is_set or not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    seconds = SECONDS if seconds is None else seconds
    try:
        with memory_held(memory) if memory else nullcontext(), _ended_after(seconds):
            yield
    except (_Spent, MemoryError) as error:
        what = "time" if isinstance(error, _Spent) else "memory"
        raise RefusedError(
            f"it takes too much {what} to go through", where=where, next=_CURE
        ) from None


@contextmanager
def memory_held(growth: int) -> Iterator[None]:
    """Let whatever needs so many bytes more than there are now raise `MemoryError` meanwhile.

    One at a time: the limit is that of the whole process. Where the system does not tell how much
    memory there is, nothing is held.

    Source: RLIMIT_AS in getrlimit(2) of the Linux manual.
    """
    mapped = address_space()
    if not mapped:
        yield
        return
    import resource  # which Windows lacks

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (lower(mapped + growth, before), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def lower(limit: int, known: tuple[int, int]) -> int:
    """Return a limit, or one of those that there are already, of which a negative one is none."""
    return min([limit, *(each for each in known if each >= 0)])


def address_space() -> int:
    """Return how many bytes are mapped; 0 where that is not to be had, or no limit counts them."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    global _is_set
    if seconds < _LEAST:
        raise _Spent
    before = signal.signal(signal.SIGPROF, _end)
    _is_set = True
    around = signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, *around)
        signal.signal(signal.SIGPROF, before)
        _is_set = False


def _end(signum: int, frame: FrameType | None) -> NoReturn:
    raise _Spent
