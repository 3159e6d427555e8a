"""What is worked out of an answer once, however many suspects it is compared with: its sketch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from grader.course.sketches import Sketch, arrays_of, finite, sketch, weights_of
from grader.grading.tolerance import Tolerance
from grader.records import Value

MOST = 1_000  # results that are remembered
# By the work and the ids of what it was done on, which is kept, so that nothing else gets these.
_Known = dict[tuple[object, ...], tuple[tuple[Any, ...], Any]]
_known: ContextVar[_Known | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember what is worked out of answers, and forget it at the end."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def once(work: Callable[..., Any], *objects: Any) -> Any:
    """Return what some work makes of objects: for the same ones it is done once in a diagnosis."""
    known, key = _known.get(), (work, *map(id, objects))
    if known is None:
        return work(*objects)
    if key not in known:
        made = work(*objects)
        if len(known) >= MOST:
            known.clear()
        known[key] = objects, made
    return known[key][1]


def sketch_of(value: Value) -> Sketch:
    """Return the sketch of a value, or the value if it is one."""
    found: Sketch = value if isinstance(value, Sketch) else once(sketch, value)
    return found


def is_sketched(value: Value, known: Sketch, tolerance: Tolerance) -> bool:
    """Tell whether a value is near enough to be the one that was sketched."""
    if isinstance(value, Sketch):
        return value == known
    made = sketch_of(value)
    if made.outline != known.outline:
        return False
    pairs = zip(made.sums, known.sums, once(_margins, value, tolerance), strict=True)
    return all(one == two or abs(one - two) <= margin for one, two, margin in pairs)


def _margins(value: Value, tolerance: Tolerance) -> list[float]:
    """Return how far from each sum of a value another one may be."""
    return [
        float(weights @ tolerance.margins(finite(numbers)))
        for numbers in arrays_of(value)
        for weights in weights_of(numbers.size)
    ]
