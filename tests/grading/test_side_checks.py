"""What is judged apart from the values: dtypes kept, and inputs left as they came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.exercise import Exercise, inputs
from grader.grading.checks import judge
from grader.grading.trials import call_trusted
from grader.records import CaseResult, Inputs
from tests.conftest import paper_of


def besides(
    reference: Callable[..., Any], answer: Callable[..., Any], given: Inputs, **options: Any
) -> dict[str, CaseResult]:
    """Return the checks that are judged apart, for an answer in the place of a reference."""
    exercise = Exercise(hints=["?"], **options)
    exercise.reference(reference)
    exercise.case(lambda rng: given)
    definition = exercise.define("f", "u", "f.py", "A lesson.")
    paper = paper_of(definition, 0)
    answers = [call_trusted(answer, trial.inputs) for trial in paper.trials]
    first, *others = judge(definition, paper.trials, answers, {})
    assert first.passed, first.message
    return {check.name: check for check in others}


def smallest(xs: Any, more: Any = None) -> Any:
    """Return the smallest of some numbers."""
    return min(xs)


def sorts(xs: Any, more: Any = None) -> Any:
    """Return the same, and sort them on the way."""
    xs.sort()
    return xs[0]


def test_a_list_that_was_sorted_is_named_as_a_whole() -> None:
    """A list of numbers is one thing: which entries moved says nothing."""
    check = besides(smallest, sorts, inputs([3, 1, 2]))["leaves_its_inputs_alone"]
    assert str(check.message).startswith("the call changed `xs` of its caller")
    assert "`sorted(a)`, not `a.sort()`" in str(check.message)
    check = besides(smallest, sorts, inputs([1, 2, 3]))["leaves_its_inputs_alone"]
    assert check.passed


@pytest.mark.parametrize(
    ("given", "change", "named"),
    [
        ({"a": 1}, lambda d: d.update(b=2), "`more`"),
        ({"a": 1}, lambda d: d.clear(), "`more`"),
        ({"a": [1, 2]}, lambda d: d["a"].pop(), "`more`"),
        ([[1, 2], [3]], lambda rows: rows[1].append(4), "`more`"),
        ({1}, lambda s: s.add(2), "`more`"),
        ({"w": np.zeros(2)}, lambda d: d["w"].fill(1), "`more['w']`"),
        ([np.zeros(2)], lambda arrays: arrays.append(np.ones(1)), "`more[1]`"),
        (([1],), lambda pair: pair[0].append(2), "`more[0]`"),
    ],
)
def test_a_change_is_found_in_any_value(given: Any, change: Any, named: str) -> None:
    """Dicts, sets and nests are noticed as arrays are; of parameters, the one is named."""

    def changes(xs: Any, more: Any) -> Any:
        change(more)
        return min(xs)

    check = besides(smallest, changes, inputs((3, 1), given))["leaves_its_inputs_alone"]
    assert not check.passed
    assert f" {named} of its caller" in str(check.message)


def test_there_is_no_check_where_there_is_nothing_to_check() -> None:
    """Text and numbers cannot be changed, and have no dtype to keep."""
    assert besides(smallest, smallest, inputs("abc")) == {}
    assert [*besides(smallest, smallest, inputs([1]))] == ["leaves_its_inputs_alone"]


def test_both_are_a_choice_of_the_exercise() -> None:
    """Without them, nothing is judged but the values."""
    options = {"check_dtype": False, "check_inputs": False}

    def doubles(x: Any) -> Any:
        return 2 * x

    def in_place(x: Any) -> Any:
        x *= 2
        return x.astype(np.float32)

    given = inputs(np.ones(3))
    assert besides(doubles, in_place, given, **options) == {}
    judged = besides(doubles, in_place, given)
    assert not any(check.passed for check in judged.values())


def test_what_is_complex_may_be_real() -> None:
    """Real roots as float64 need not be complex128; integers for them are still another dtype."""

    def roots(x: Any) -> Any:
        return np.array([1.0, 2.0]) + 0j

    given = inputs(np.ones(1))
    for dtype, is_right in ((np.float64, True), (np.int64, False), (np.float32, False)):
        check = besides(roots, lambda x, d=dtype: roots(x).real.astype(d), given)["keeps_the_dtype"]
        assert check.passed is is_right
