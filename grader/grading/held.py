"""Holds the trusted side to little more memory than it has, while it computes what may blow up.

What a reference makes of small arguments may be large all the same: a list of pairs, each of which
doubles the one before, comes to more than any machine has. So may a slip in a reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np

from grader.backstop import address_space, lower, memory_held
from grader.grading.trusted import TRUSTED

MAX_GROWTH = 192 * 2**20
_is_held = False  # this whole process, for good


@contextmanager
def held_in_memory(growth: int = MAX_GROWTH) -> Iterator[None]:
    """Let whatever needs too much raise `MemoryError` meanwhile, where the system counts it.

    One at a time: the limit is that of the whole process.
    """
    if _is_held:
        yield
        return
    take_buffers_once()
    with TRUSTED, memory_held(growth):
        yield


def hold_for_good(growth: int = MAX_GROWTH) -> None:
    """Hold this process to so much more memory until it ends, where the system counts it."""
    global _is_held
    take_buffers()
    _is_held = True
    if mapped := address_space():
        import resource

        limit = lower(mapped + growth, resource.getrlimit(resource.RLIMIT_AS))
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def take_buffers() -> None:
    """Multiply matrices once, while there is memory.

    OpenBLAS takes its working memory at the first product, and ends the process without a word to
    Python where it cannot have it.
    """
    square = np.ones((128, 128))
    square @ square


take_buffers_once = cache(take_buffers)
