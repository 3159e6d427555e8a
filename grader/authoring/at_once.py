"""The same work for each of many things, by as many processes as there is room for."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import TypeVar

from grader.errors import BrokenGraderError

Item = TypeVar("Item")
Tell = Callable[[int, int], None]
MANY = 16  # items: fewer are done by the time other processes have started


def each_of(work: Callable[[Item], None], items: Sequence[Item], jobs: int, tell: Tell) -> None:
    """Do the work for each item, `jobs` at once, and `tell` after each how many are done.

    With several jobs and many items both travel to other processes. What the work for an item
    raises is raised here, and ends the rest.

    Raises
    ------
    BrokenGraderError
        One of these processes was ended by something else.
    """
    if jobs == 1 or len(items) < MANY:
        for done, item in enumerate(items, 1):
            work(item)
            tell(done, len(items))
        return
    executor = ProcessPoolExecutor(jobs, get_context("spawn"), _leave_it_to_us)
    try:
        for done, _ in enumerate(executor.map(work, items), 1):
            tell(done, len(items))
    except BrokenProcessPool as error:
        raise BrokenGraderError(
            "a process that was at work was ended; was there too little memory?",
            next="Nothing was written. Run it again.",
        ) from error
    finally:
        for process in active_children():
            process.terminate()
        executor.shutdown(cancel_futures=True)


def _leave_it_to_us() -> None:
    """Let whoever presses Ctrl-C stop the process that waits: it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
