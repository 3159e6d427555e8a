"""Small changes of a reference's source: which are made, what they do, and what they are called."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from grader.exercise import Exercise, inputs
from grader.exercise.definition import Definition
from grader.exercise.mutants import Mutant, mutants_of
from grader.records import Inputs, Value


def shrunk(x: Value) -> Value:
    """Return half of x."""
    return x / 2


def scaled(x: Value, gain: Value, bias: Value, eps: Value = 1e-5) -> Value:
    """Scale and shift: gain * x + bias."""
    if eps < 0:
        raise ValueError(f"eps is {eps + 1}")
    spread = np.sqrt(np.maximum(x.var(axis=-1, keepdims=True), eps))
    return (shrunk(x) - bias) / spread + gain["weight"]


def summed(steps: Value, first: Value = True) -> Value:
    """Add up from first to last."""
    total = steps[0] if first and len(steps) > 1 else 0
    for step in steps[1:]:
        total += step
    return total


def define(reference: Value) -> Definition:
    """Return a definition of one reference, with a case."""
    exercise = Exercise(hints=["Look at it."])
    exercise.reference(reference)

    @exercise.case
    def one_number(rng: Value) -> Inputs:
        return inputs(rng.random())

    return exercise.define("name", "unit", __file__, "lesson")


def mutants(reference: Value) -> dict[str, Mutant]:
    """Return the mutants of a reference by their words."""
    return {each.words: each for each in mutants_of(define(reference), reference.__name__)}


@pytest.mark.parametrize(
    "words",
    [
        "with `+ bias` in the place of `- bias`",
        "without `- bias`",
        "without `shrunk(x) -`",
        "with `bias - shrunk(x)` in the place of `shrunk(x) - bias`",
        "with `* spread` in the place of `/ spread`",
        "with `0` in the place of `-1`",
        "with `False` in the place of `True`",
        "without `keepdims=True`",
        "with `eps, x.var(axis=-1, keepdims=True)` in the place of"
        " `x.var(axis=-1, keepdims=True), eps`",
        "with `x.std` in the place of `x.var`",
        "with `x` in the place of `shrunk(x)`",
        "with `gain` in the place of `bias`",
        "with `0.0001` in the place of `1e-5`",  # a default
        "with `True` in the place of `eps < 0`",
        'without `if eps < 0: raise ValueError(f"eps is {eps + 1}")`',
        "with `* 2` in the place of `/ 2`",  # in what it calls
    ],
)
def test_slips_are_made_and_named(words: str) -> None:
    """Operators, terms, constants, arguments, calls, names, conditions, and helpers as well."""
    assert words in mutants(scaled)


def test_ways_through_a_function_change_too() -> None:
    """A loop that is left, a condition left out, one of two ways, an index left out."""
    found = mutants(summed)
    assert {
        "with `first or len(steps) > 1` in the place of `first and len(steps) > 1`",
        "with `first` in the place of `first and len(steps) > 1`",
        "with `len(steps) >= 1` in the place of `len(steps) > 1`",
        "without `[1:]`",
        "with `total = step` in the place of `total += step`",
    } <= set(found)
    assert found["with `total = step` in the place of `total += step`"].implementation([1, 2]) == 2
    (cut_short,) = (m for words, m in found.items() if "break after the first round" in words)
    assert cut_short.implementation([1, 2, 3, 4]) == 3


def test_a_mutant_runs_with_its_slip_and_nothing_else() -> None:
    """It finds the names of its file, and leaves the reference and its helper as they are."""
    x, gain, bias = np.array([1.0, 3.0]), {"weight": 2.0}, 1.0
    found = mutants(scaled)
    right = scaled(x, gain, bias)
    plus = found["with `+ bias` in the place of `- bias`"]
    assert np.allclose(plus.implementation(x, gain, bias), right + 2)
    helper = found["with `* 2` in the place of `/ 2`"]
    assert np.allclose(helper.implementation(x, gain, bias), right + 1.5 * x)
    assert np.allclose(scaled(x, gain, bias), right)
    assert shrunk(4) == 2


def test_a_mutant_knows_its_line() -> None:
    """As the file has it, in a reference and in what it calls."""
    lines = Path(__file__).read_text("utf-8").splitlines()
    for words, text in (
        ("without `- bias`", "return (shrunk(x) - bias)"),
        ("with `* 2` in the place of `/ 2`", "return x / 2"),
        ("without `keepdims=True`", "spread = "),
    ):
        mutant = mutants(scaled)[words]
        assert text in lines[mutant.line - 1]
        assert mutant.where == f"{__file__}:{mutant.line}"


def test_what_is_said_to_people_is_left_alone() -> None:
    """No check compares the words of an exception."""
    assert not [words for words in mutants(scaled) if "eps + 1" in words and "raise" not in words]


def test_the_same_mutants_come_every_time_and_none_twice() -> None:
    """They are counted, and go by their numbers between two processes."""
    definition = define(scaled)
    first, second = (list(mutants_of(definition, "scaled")) for _ in range(2))
    assert [each.words for each in first] == [each.words for each in second]
    codes = [(each.original, each.essence) for each in first]
    assert len(codes) == len(set(codes))


def test_a_learner_is_not_told_what_should_be_there() -> None:
    """Names of the signature and what the wrong version has; no local name, no other call."""
    told = {mutant.words: mutant.told for mutant in mutants(scaled).values()}
    assert told["without `- bias`"] == "leaves out `- bias`"
    assert told["without `shrunk(x) -`"] == "leaves out a term that is subtracted"
    assert told["with `0` in the place of `-1`"] == "has 0 where another number belongs"
    assert told["with `gain` in the place of `bias`"] == "uses `gain` where `bias` belongs"
    for words in told.values():
        for secret in ("spread", "shrunk", "maximum", "sqrt", "axis"):
            assert secret not in words, words
