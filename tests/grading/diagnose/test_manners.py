"""Mistakes of what prints, changes, yields or is a script: run apart, and several together."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from grader.exercise import Exercise, calls, inputs
from grader.exercise.bounded import Bounded, EndlessError
from grader.exercise.definition import Definition
from grader.exercise.silent import printed_to, silent
from grader.grading.compare import difference
from grader.grading.diagnose.composed import compose
from grader.grading.diagnose.explain import diagnose
from grader.grading.diagnose.hypotheses import BOTH
from grader.grading.tolerance import Tolerance
from grader.grading.trials import Trial, call_trusted
from grader.records import Answer, Inputs, Returned, Unusable
from tests.conftest import paper_of

EDITS = {
    "greet": [('"Hello, "', '"Hello "'), ('"Bye."', '"Bye"')],
    "twos": [("+= 2", "+= 1"), ("yield start", "yield -start")],
    "drop": [("things[0]", "things[-1]"), ("things.append(extra)", "things.insert(0, extra)")],
}


def greet(name: str) -> None:
    """Print a greeting."""
    print("Hello, " + name + "!")
    print("Bye.")


def twos(start: int) -> Iterator[int]:
    """Count on by two."""
    while True:
        yield start
        start += 2


def drop(things: list[int], extra: int) -> None:
    """Take the first off, and put something at the end."""
    del things[0]
    things.append(extra)


class Pile:
    """What is put on it last comes off first."""

    def __init__(self) -> None:
        self.things: list[int] = []

    def push(self, thing: int) -> int:
        """Put something on it, and say how many there are."""
        self.things.append(thing)
        return len(self.things)

    def pop(self) -> int:
        """Take something off."""
        return self.things.pop()


class TakesTheOldest(Pile):
    """You take what lies at the bottom."""

    def pop(self) -> int:
        """Take something off."""
        return self.things.pop(0)


class CountsTooEarly(Pile):
    """You count before you put something on it."""

    def push(self, thing: int) -> int:
        """Put something on it."""
        return super().push(thing) - 1


def defined(function: Callable[..., Any], case: Inputs, **manner: Any) -> Definition:
    """Return an exercise of one function, with its edits or subclasses as mistakes."""
    exercise = Exercise(hints=["?"])
    exercise.reference(**manner)(function)
    exercise.case(lambda rng: case)
    for old, new in EDITS.get(function.__name__, []):
        exercise.edit(old, new, f"You write {new}.")
    if function is Pile:
        exercise.mistake(TakesTheOldest)
        exercise.mistake(CountsTooEarly)
    return exercise.define("e", "u", "e.py", "A lesson.")


@pytest.mark.parametrize(
    "definition",
    [
        defined(greet, inputs("Ada"), prints=True),
        defined(twos, inputs(5), yields=3),
        defined(drop, inputs([3, 4, 5, 6], 9), changes="things"),
        defined(Pile, calls(("new",), *(("push", n) for n in (5, 6, 7)), *[("pop",)] * 3)),
    ],
    ids=lambda definition: next(iter(definition.references)),
)
def test_two_mistakes_at_once_are_named_and_nobody_hears_them(
    definition: Definition, capfd: pytest.CaptureFixture[str]
) -> None:
    """Put together they are called as the reference is: what they print is their answer."""
    paper = paper_of(definition, 1)
    (function,) = definition.references
    known = list(paper.examiner.hypotheses(paper, function, "mistake"))
    run = compose(definition.references[function], [each.put for each in known])
    assert run is not None

    def ask(_: str, trials: Sequence[Trial]) -> list[Answer]:
        return [run(trial) for trial in trials]

    (found,) = diagnose(paper, ask(function, paper.trials), ask=ask)
    assert set((found.mistake or "").split(BOTH)) == {each.name for each in known}
    assert capfd.readouterr() == ("", "")


def test_whatever_is_run_of_ours_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    """A reference, a case and a check may print, to both streams; a report is told nothing."""
    exercise = Exercise(hints=["?"])

    def loud(x: Any, *more: Any) -> Any:
        print("here")
        print("there", file=sys.stderr)
        return x

    exercise.reference(lambda x: loud(x))
    exercise.case(lambda rng: loud(inputs(7)))
    exercise.check(lambda *given: loud(None))
    (trial,) = paper_of(exercise.define("e", "u", "e.py", "A lesson."), 0).trials
    assert trial.tolerance.allows
    assert trial.tolerance.allows(8) is None
    assert capfd.readouterr() == ("", "")


def test_what_other_threads_print_is_theirs(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither is it lost, nor does it get into what a function is said to have printed."""

    def print_meanwhile() -> None:
        other = threading.Thread(target=print, args=("progress",))
        other.start()
        other.join()

    print_meanwhile.__manner__ = {"prints": True}  # type: ignore[attr-defined]
    answer = call_trusted(print_meanwhile, inputs())
    assert isinstance(answer, Returned)
    assert answer.value == ""
    with silent(), printed_to(sys.stderr):
        print("nowhere")
    assert capsys.readouterr().out == "progress\n"


def test_what_no_learner_could_hand_in_is_described() -> None:
    """A slip may leave a generator in the place of a text."""
    found = difference((c for c in "abc"), "abc", Tolerance())
    assert found
    assert "a generator" in found.message


def test_a_generator_that_does_not_end_is_given_up() -> None:
    """Its code runs when it is drawn from, and it may do so without a value."""

    def waits(start: int) -> Iterator[int]:
        yield start
        while True:
            start += 1

    values = Bounded(waits)(3)
    assert next(values) == 3
    with pytest.raises(EndlessError):
        next(values)
    assert list(Bounded(lambda: (n for n in range(3)))()) == [0, 1, 2]


def test_what_is_yielded_is_not_said_to_be_returned() -> None:
    """Nobody looks for a `return` in a function that has none."""
    paper = paper_of(defined(twos, inputs(5), yields=3), 1)
    (told,) = diagnose(paper, [Unusable("a range")])
    assert "`twos` yields a range" in str(told.message)
