"""A mistake that loops is given up after so many steps, whatever its loop looks like."""

from __future__ import annotations

import inspect
import itertools
import sys
from collections.abc import Callable

import pytest

from grader.exercise.bounded import Bounded, EndlessError


def waits() -> None:
    """Wait in one line, as short as a loop can be."""
    while True:
        pass


def collects() -> list[int]:
    """Fill a list in a comprehension."""
    return [number for number in itertools.count()]  # noqa: C416


def catches() -> None:
    """Go on whatever happens."""
    while True:
        try:
            raise ValueError
        except Exception:
            continue


def counts(n: int, by: int = 1) -> int:
    """Count to n."""
    total = 0
    for _ in range(n):
        total += by
    return total


@pytest.mark.parametrize("function", [waits, collects, catches])
def test_what_does_not_end_is_given_up(function: Callable[[], object]) -> None:
    """From then on it raises at once, so that many calls cost no more than one."""
    bounded = Bounded(function)
    assert not bounded.given_up
    for _ in range(100):
        with pytest.raises(EndlessError, match="more than 1,000,000 steps"):
            bounded()
    assert bounded.given_up


def test_what_ends_is_as_it_was() -> None:
    """Its result, its exceptions, its name and its signature; nobody's tracing is disturbed."""
    before = sys.gettrace()
    bounded = Bounded(counts)
    assert bounded(1000, by=2) == 2000
    with pytest.raises(TypeError):
        bounded("many")
    assert sys.gettrace() is before
    assert bounded.__name__ == "counts"
    assert inspect.signature(bounded) == inspect.signature(counts)
    assert inspect.getdoc(bounded) == "Count to n."
    assert not bounded.given_up
