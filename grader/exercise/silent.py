"""What an author's code prints while we run it is told to nobody: our own output is a report.

Others of our threads may be printing meanwhile, so only what this one prints is taken aside.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any, TextIO

_ONE_AT_A_TIME = threading.RLock()  # the streams are the whole process's


class _ByThread:
    """A stream for the thread that made it, and the one that was there for all others."""

    def __init__(self, own: Any, others: Any) -> None:
        self._own, self._others, self._thread = own, others, threading.get_ident()

    def __getattr__(self, name: str) -> Any:
        is_own = threading.get_ident() == self._thread
        return getattr(self._own if is_own else self._others, name)


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Let go whatever this thread prints."""
    with printed_to(_nowhere()), _redirected("stderr", _nowhere()):
        yield


@contextlib.contextmanager
def printed_to(stream: Any) -> Iterator[Any]:
    """Write to a stream what this thread prints, as `contextlib.redirect_stdout` does for all."""
    with _redirected("stdout", stream):
        yield stream


@contextlib.contextmanager
def _redirected(name: str, stream: Any) -> Iterator[None]:
    with _ONE_AT_A_TIME:
        before = getattr(sys, name)
        setattr(sys, name, _ByThread(stream, before))
        try:
            yield
        finally:
            setattr(sys, name, before)


@cache
def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8", errors="replace")
