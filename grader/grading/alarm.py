"""Ends functions of ours in time where no other process can be lost in their place."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_is_set = False


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Let whatever takes longer raise `TimeoutError`; what is within another such ends with that.

    A loop of C is ended when it comes back to Python. Nothing is ended in another thread than the
    main one, or where the system has no such timer.

    Source: ITIMER_REAL in setitimer(2) of the Linux manual.
    """
    global _is_set
    is_main = threading.current_thread() is threading.main_thread()
    if _is_set or not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _end)
    _is_set = True
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _is_set = False
        signal.signal(signal.SIGALRM, before)


def _end(signum: int, frame: FrameType | None) -> NoReturn:
    raise TimeoutError
