"""Single keys from a terminal, without waiting for the return key; none where there is none."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

# Waits at most so many seconds; returns the key that was pressed, or None.
ReadKey = Callable[[float], str | None]


@contextlib.contextmanager
def keys(wake: int | None = None) -> Iterator[ReadKey]:
    """Give a function that reads keys, and put the terminal back as it was at the end.

    `wake` is a descriptor that ends the waiting as soon as it can be read.
    """
    if os.name == "nt":
        yield _windows if sys.stdin.isatty() else _nobody
    elif sys.stdin.isatty():
        with _single_keys(sys.stdin.fileno()):
            yield partial(_posix, [sys.stdin.fileno()], wake)
    else:
        yield partial(_posix, [], wake)


def _nobody(seconds: float) -> str | None:
    time.sleep(seconds)
    return None


@contextlib.contextmanager
def _single_keys(terminal: int) -> Iterator[None]:
    import termios
    import tty

    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _posix(terminals: list[int], wake: int | None, seconds: float) -> str | None:
    ready, _, _ = select.select([*terminals, *([] if wake is None else [wake])], [], [], seconds)
    if wake in ready:
        os.read(wake, 4096)
    for terminal in set(terminals) & set(ready):
        return os.read(terminal, 1).decode("ascii", "replace") or "q"  # hung up: nobody is there
    return None


def _windows(seconds: float) -> str | None:
    import msvcrt

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
        time.sleep(0.005)
    return None
