"""Single keys from a terminal, without waiting for the return key; none where there is none."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator

# Waits at most so many seconds; returns the key that was pressed, or None.
ReadKey = Callable[[float], str | None]


@contextlib.contextmanager
def keys() -> Iterator[ReadKey]:
    """Give a function that reads keys, and put the terminal back as it was at the end."""
    if not sys.stdin.isatty():
        yield _nobody
    elif os.name == "nt":
        yield _windows
    else:
        with _posix() as read_key:
            yield read_key


def _nobody(seconds: float) -> str | None:
    time.sleep(seconds)
    return None


@contextlib.contextmanager
def _posix() -> Iterator[ReadKey]:
    import select
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)

    def read_key(seconds: float) -> str | None:
        ready, _, _ = select.select([descriptor], [], [], seconds)
        if not ready:
            return None
        return os.read(descriptor, 1).decode("ascii", "replace") or "q"  # hung up: nobody is there

    try:
        tty.setcbreak(descriptor)
        yield read_key
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _windows(seconds: float) -> str | None:
    import msvcrt

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
        time.sleep(0.005)
    return None
