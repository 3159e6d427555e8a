"""A mistake that loops is given up after so many steps, whatever its loop looks like."""

from __future__ import annotations

import inspect
import itertools
import sys
from collections.abc import Callable

import pytest

from grader.exercise.bounded import Bounded, EndlessError
from grader.exercise.manners import make_manner, set_manner
from grader.grading.trials import call_trusted
from grader.records import Inputs, Raised


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


def test_a_loop_in_another_definition_is_counted() -> None:
    """A mistake that gives an earlier reference what that never ends on is given up as well."""
    elsewhere = {"__name__": "solutions.unit.earlier"}
    code = "def climb(top, by):\n    while top > 0:\n        top -= by\n    return top\n"
    exec(compile(code, "earlier.py", "exec"), elsewhere)

    def stays() -> int:
        return elsewhere["climb"](3, 0)  # type: ignore[operator,no-any-return]

    bounded = Bounded(stays)
    with pytest.raises(EndlessError):
        bounded()
    assert bounded.where in ("earlier.py:2", "earlier.py:3")


def test_a_method_that_does_not_end_is_given_up() -> None:
    """Of a class, what is called after it was made is bounded together with that."""

    class Waits:
        def wait(self) -> None:
            while True:
                pass

    set_manner(Waits, make_manner(Waits, ""))
    bounded = Bounded(Waits)
    answer = call_trusted(bounded, Inputs((("new",), ("wait",)), {}))
    assert isinstance(answer, Raised)
    assert answer.type == "EndlessError"
    assert bounded.given_up
