"""Single keys from a terminal, without waiting for the return key; none where there is none."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
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
    wakes = {} if wake is None else {wake: _nothing}
    if os.name == "nt":
        yield _windows if sys.stdin.isatty() else _nobody
    elif sys.stdin.isatty():
        with _single_keys(sys.stdin.fileno()) as returned:
            yield partial(_posix, [sys.stdin.fileno()], wakes | {returned: on_return})
    else:
        yield partial(_posix, [], wakes)


def _nothing() -> None:
    """To be woken is enough."""


def _nobody(seconds: float) -> str | None:
    time.sleep(seconds)
    return None


@contextlib.contextmanager
def _single_keys(terminal: int) -> Iterator[int]:
    """Read keys one by one; yield a descriptor that can be read after every stop."""
    import termios
    import tty

    before = termios.tcgetattr(terminal)
    returned, say_returned = os.pipe()

    def take() -> None:  # without flushing: a key that is pressed meanwhile is not to be lost
        signal.signal(signal.SIGTSTP, stop)
        tty.setcbreak(terminal, termios.TCSADRAIN)

    def stop(*_: object) -> None:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)  # here it stops, unless nobody could let it go on
        take()

    def go_on(*_: object) -> None:  # after a stop, be it one that cannot be noticed
        take()
        os.write(say_returned, b".")  # a handler may not print: it may have interrupted a print

    handlers = {signal.SIGTSTP: stop, signal.SIGCONT: go_on}
    replaced = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        yield returned
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        os.close(returned)
        os.close(say_returned)


def _posix(
    terminals: list[int], wakes: Mapping[int, Callable[[], None]], seconds: float
) -> str | None:
    ready, _, _ = select.select([*terminals, *wakes], [], [], seconds)
    for wake in set(wakes) & set(ready):
        os.read(wake, 4096)
        wakes[wake]()
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
