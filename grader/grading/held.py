"""Holds the trusted side to little more memory than it has, while it uses a stranger's values.

What a reference makes of small arguments may be large all the same: a list of pairs, each of which
doubles the one before, comes to more than any machine has.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from grader.grading.trials import TRUSTED

MAX_GROWTH = 192 * 2**20


@contextmanager
def held_in_memory() -> Iterator[None]:
    """Let whatever needs too much raise `MemoryError` meanwhile, where the system counts it.

    One at a time: the limit is that of the whole process.

    Source: RLIMIT_AS in getrlimit(2) of the Linux manual.
    """
    mapped = _address_space()
    if not mapped:
        yield
        return
    import resource  # which Windows lacks

    with TRUSTED:
        before = resource.getrlimit(resource.RLIMIT_AS)
        limits = [mapped + MAX_GROWTH, *(each for each in before if each >= 0)]
        resource.setrlimit(resource.RLIMIT_AS, (min(limits), before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)


def _address_space() -> int:
    """Return how many bytes are mapped; 0 where that is not to be had, or no limit counts them."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
