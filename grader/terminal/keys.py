"""Single keys from a terminal, without waiting for the return key; none where there is none."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

# Waits at most so many seconds; returns the key that was pressed, or None.
ReadKey = Callable[[float], str | None]


@contextlib.contextmanager
def keys(
    wake: int | None = None, on_return: Callable[[], None] = lambda: None
) -> Iterator[ReadKey]:
    """Give a function that reads keys, and put the terminal back as it was at the end.

    It is as it was, too, while the program is stopped with Ctrl-Z; `on_return` is called when it
    goes on. `wake` is a descriptor that ends the waiting as soon as it can be read.
    """
    if os.name == "nt":
        yield _windows if sys.stdin.isatty() else _nobody
    elif sys.stdin.isatty():
        with _single_keys(sys.stdin.fileno(), on_return):
            yield partial(_posix, [sys.stdin.fileno()], wake)
    else:
        yield partial(_posix, [], wake)


def _nobody(seconds: float) -> str | None:
    time.sleep(seconds)
    return None


@contextlib.contextmanager
def _single_keys(terminal: int, on_return: Callable[[], None]) -> Iterator[None]:
    import termios
    import tty

    before = termios.tcgetattr(terminal)

    def take() -> None:
        signal.signal(signal.SIGTSTP, stop)
        tty.setcbreak(terminal, termios.TCSADRAIN)  # what was typed meanwhile is not thrown away

    def stop(*_: object) -> None:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)  # here it stops, unless nobody could let it go on
        take()

    def go_on(*_: object) -> None:  # after a stop, be it one that cannot be noticed
        take()
        on_return()

    handlers = {signal.SIGTSTP: stop, signal.SIGCONT: go_on}
    replaced = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        tty.setcbreak(terminal)
        yield
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _posix(terminals: list[int], wake: int | None, seconds: float) -> str | None:
    import select

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
