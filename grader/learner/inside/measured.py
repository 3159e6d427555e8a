"""The memory of a call, measured by Python where the system sets no limit to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from grader.learner.inside.raised import spell_raised


@contextmanager
def measured(bound: int) -> Iterator[Callable[[], dict[str, Any] | None]]:
    """Measure what is done within; yield who tells, afterwards, of more than `bound` bytes.

    What is told is a message as of a call that raised. With a bound of 0 nothing is measured.
    """
    peak = 0
    if bound:
        import tracemalloc  # which Linux does without, where every process counts

        tracemalloc.start()

    def excess() -> dict[str, Any] | None:
        if peak <= bound:
            return None
        told = f"the call took {peak:,} bytes (measured by Python: this system holds no limit)"
        return spell_raised(MemoryError(told), set(), [])

    try:
        yield excess
    finally:
        if bound:
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
