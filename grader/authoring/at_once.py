"""The same work for each of many things, by as many processes as there is room for."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Tell = Callable[[int, int], None]
MANY = 16  # items: fewer are done by the time other processes have started


def each_of(work: Callable[[Item], None], items: Sequence[Item], jobs: int, tell: Tell) -> None:
    """Do the work for each item, `jobs` at once, and `tell` after each how many are done.

    With several jobs and many items both travel to other processes. What the work for an item
    raises is raised here, and ends the rest.
    """
    if jobs == 1 or len(items) < MANY:
        for done, item in enumerate(items, 1):
            work(item)
            tell(done, len(items))
        return
    with get_context("spawn").Pool(min(jobs, len(items)), _leave_it_to_us) as pool:
        for done, _ in enumerate(pool.imap(work, items), 1):
            tell(done, len(items))


def _leave_it_to_us() -> None:
    """Let whoever presses Ctrl-C stop the process that waits: it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
