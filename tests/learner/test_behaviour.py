"""How functions are called: what of a call is its answer, on both sides alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.errors import CourseError
from grader.exercise import Exercise, calls, inputs
from grader.exercise.manners import make_manner
from grader.learner.inside.behaviour import FUNCTIONS, perform
from tests.conftest import ROOT


class Counter:
    """Counts, and keeps what it counted."""

    def __init__(self, start: int = 0) -> None:
        self.count, self.seen = start, [start]

    def add(self, n: int) -> list[int]:
        """Add n, and return all that was counted so far."""
        self.count += n
        self.seen.append(self.count)
        return self.seen


def remember(n: int, seen: list[int] = []) -> list[int]:  # noqa: B006
    """Keep what it was given, as nobody should."""
    seen.append(n)
    return seen


def test_a_script_gives_what_each_call_gave_then() -> None:
    """A result is as it was, whatever becomes of it; an attribute takes no arguments."""
    steps = calls(("new", 3), ("add", 1), ("add", 2), ("count",)).args
    assert perform(Counter, steps, {}, {"script": True}) == [None, [3, 4], [3, 4, 6], 6]


def test_a_function_can_be_called_again() -> None:
    """What it remembers shows."""
    steps = calls(("remember", 1), ("remember", 2)).args
    assert perform(remember, steps, {}, {"script": True}) == [[1], [1, 2]]


def test_what_a_closure_does_is_a_script() -> None:
    """`new` makes it, and it is called."""
    made = calls(("new", 2), ("__call__", 3)).args
    assert perform(lambda n: lambda x: n * x, made, {}, {"script": True}) == [None, 6]


def test_what_is_printed_is_the_answer() -> None:
    """White space that nobody sees does not count, and what is returned does not either."""

    def shows() -> int:
        print("a ", end="\n\n")
        print(" b\t")
        print()
        return 3

    assert perform(shows, (), {}, {"prints": True}) == "a\n\n b"


def test_what_an_argument_becomes_is_the_answer() -> None:
    """By place or by name; the caller's own is left as it is."""

    def fills(n: int, x: Any) -> str:
        x[:] = [n] * len(x)
        return "nobody asked"

    given = [1, 2]
    assert perform(fills, (7, given), {}, {"changes": ("x", 1)}) == [7, 7]
    assert perform(fills, (7,), {"x": np.zeros(1)}, {"changes": ("x", 1)}) == np.array([7.0])
    assert given == [1, 2]


def test_a_generator_is_asked_for_so_many_values() -> None:
    """One without an end, too."""

    def ones() -> Iterator[int]:
        while True:
            yield 1

    assert perform(ones, (), {}, {"yields": 3}) == [1, 1, 1]


def test_what_a_generator_hands_out_is_taken_as_it_is_then() -> None:
    """A row that it goes on filling is another one by the time that the next is asked for."""

    def rows() -> Iterator[list[int]]:
        row: list[int] = []
        for number in range(3):
            row.append(number)
            yield row

    assert perform(rows, (), {}, {"yields": 3}) == [[0], [0, 1], [0, 1, 2]]


def test_what_cannot_be_copied_is_handed_on() -> None:
    """That it cannot cross is said of it then, and how to make something of it that can."""
    keys = {1: 2}.keys()
    assert perform(lambda: iter([keys]), (), {}, {"yields": 1}) == [keys]


def test_arguments_are_made_of_what_crosses() -> None:
    """A function of its name, and a generator of its seed: the same one every time."""
    manner = {"functions": [("f", 0)], "rng": ("rng", 1)}
    drawn = perform(lambda f, rng: f(rng.random()), ("cube", 5), {}, manner)
    assert drawn == np.random.default_rng(5).random() ** 3
    with pytest.raises(ValueError, match="no function 'exec' to be given: sin, cos"):
        perform(lambda f, rng: f, ("exec", 5), {}, manner)


def test_the_page_lists_all_functions() -> None:
    """Those that can be given by name, and no others."""
    page = (ROOT / "docs/asking.md").read_text("utf-8")
    listed = page.partition("Functions that can be given by name:")[2].partition("\n\n")[0]
    assert re.findall(r"`(\w+)`", listed) == sorted(FUNCTIONS)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"changes": "z"}, "remember has no argument z"),
        ({"functions": ["f"]}, "remember has no argument f"),
        ({"prints": True, "yields": 3}, "remember has two answers"),
    ],
)
def test_a_manner_that_makes_no_sense_is_refused(options: dict[str, Any], said: str) -> None:
    """With the line of the reference."""
    with pytest.raises(CourseError, match=said) as refused:
        make_manner(remember, "here.py:3", **options)
    assert refused.value.where == "here.py:3"


def test_a_class_is_asked_by_a_script_alone() -> None:
    """A case that returns something else is told what to return."""
    from grader.errors import BrokenGraderError
    from tests.conftest import paper_of

    exercise = Exercise(hints=["?"])
    exercise.reference(Counter)
    exercise.case(lambda rng: inputs(3))
    with pytest.raises(BrokenGraderError, match="must return calls"):
        paper_of(exercise.define("c", "u", "c.py", "A lesson."), 0)


def test_a_method_is_no_attribute() -> None:
    """Whoever uses the class would call the one, and not the other."""
    manner = make_manner(Counter, "here")
    assert manner["methods"] == ["add"]
    steps = calls(("new", 3), ("count",), ("add", 1)).args

    class Wrong(Counter):
        def count(self) -> int:  # type: ignore[override]
            return 3

        def __init__(self, start: int) -> None:
            self.seen = [start]

    class Other:
        count, add = 3, 4

    assert perform(Counter, steps, {}, manner) == [None, 3, [3, 4]]
    with pytest.raises(TypeError, match="count is to be an attribute, and is a method"):
        perform(Wrong, steps, {}, manner)
    with pytest.raises(TypeError, match="add is to be a method, and is an attribute"):
        perform(lambda start: Other, steps, {}, manner)
