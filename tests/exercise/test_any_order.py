"""Answers whose parts may stand in any order."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring.prove import prove
from grader.authoring.release import release
from grader.authoring.stubs import write_stub
from grader.course.course import Course, read_course
from grader.exercise.any_order import in_any_order
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.records import Outcome

ROOTS = '''"""Roots: where a polynomial is zero."""

import numpy as np

from grader.exercise import Exercise, inputs
from grader.exercise.any_order import in_any_order

exercise = Exercise(hints=["How many are there?"])


@exercise.reference
def double(coefficients):
    """Find all roots.

    Returns
    -------
    found : complex (n,)
        In any order.
    """
    return np.roots(coefficients).astype(complex)


@exercise.check
def whatever_the_order(found, wanted, coefficients):
    return in_any_order(found, wanted)


@exercise.case
def some(rng):
    return inputs(np.append(1.0, rng.integers(1, 9, size=4)))


@exercise.mistake
def returns_a_number_too_few(coefficients):
    """You leave one out."""
    return double(coefficients)[1:]
'''
SOLVED = "import numpy as np\ndef double(c):\n    return np.roots(c).astype(complex)[::-1]"


@given(st.lists(st.integers(-9, 9) | st.text(max_size=2)), st.randoms())
def test_order_is_all_that_may_differ(parts: list[Any], random: Any) -> None:
    """Whatever is there, as often as it is there."""
    other = random.sample(parts, len(parts))
    assert in_any_order(other, parts) is None
    assert in_any_order([*other, "new"], parts) == "'new' is not wanted, or not as often"
    assert in_any_order(other, [*parts, "new"]) == "'new' is missing"


@pytest.mark.parametrize(
    ("answer", "wanted", "is_alike"),
    [
        ([1 + 1e-9, 2.0], [2, 1], True),
        ([1 + 1e-3, 2.0], [2, 1], False),
        (np.array([1j, -1j]), np.array([-1j, 1j]), True),
        (np.eye(3)[::-1], np.eye(3), True),
        (np.eye(3), np.eye(3)[:, :2], False),
        ([(1, 2), (3, 4)], [(3, 4), (1, 2)], True),
        ([None, "a"], ["a", None], True),
        ([1.0, 1.0], [1.0, 2.0], False),
        ([np.int64(-(2**63))], [0], False),
        ([np.int8(-28)], [100], False),
        ([np.uint64(2**63)], [-(2**63)], False),
        ([np.float16(0.1)], [0.1], False),
        ([True], [1], False),
        ([True], [1.0], False),
        ([True], [True], True),
        ([2], [2.0], True),
        (np.array([[True, False]]), np.array([[True, True]]), False),
        (np.array([[True, False], [True, True]]), np.array([[True, True], [True, False]]), True),
        ([np.array(True)], [True], True),
        ([["a", "b"]], [np.array(["a", "b"])], True),
        ([[1, [2, 3]]], [[1, [2, 3]]], True),
        ([[1, [2, 3]]], [[1, [2, 4]]], False),
        ([{"a": np.ones(2)}], [{"a": np.ones(2)}], True),
        ([{"a": np.ones(2)}], [{"a": np.zeros(2)}], False),
        ([{"a": 1}], [{"b": 1}], False),
        ([(1, "x")], [("1", "x")], False),
        (["ab"], [["a", "b"]], False),
        ([{1, 2}], [[1, 2]], False),
        ([None], [[]], False),
        ([math.inf, 1.0], [1.0, math.inf], True),
        ([5.0], [math.inf], False),
        ([-math.inf], [math.inf], False),
        ([math.nan], [math.nan], True),
        ([(1.0, True)], [(1.0, 1)], False),
        ([("a", True)], [("a", 1)], False),
        ([{1: 2}], [{True: 2}], False),
        ([{1}], [{True}], False),
        ([2**70, 1.5], [1.5, 2**70], True),
        ([2**70], [2**70 + 1], False),
    ],
)
def test_numbers_and_rows_are_alike_within_a_tolerance(
    answer: Any, wanted: Any, is_alike: bool
) -> None:
    """What is no number has to be equal."""
    assert (in_any_order(answer, wanted) is None) == is_alike


@pytest.mark.parametrize("is_released", [False, True])
def test_an_exercise_asks_for_it(tiny: Course, sandbox: Sandbox, is_released: bool) -> None:
    """In the course and in a release, another order passes, and prove is content."""
    tiny.solution_path("double").write_text(ROOTS)
    tiny.solution_path("quadruple").write_text(ROOTS.replace("double", "quadruple"))
    course = tiny
    write_stub(tiny, "double")
    if is_released:
        release(tiny, tiny.root / "released", [1])
        course = read_course(tiny.root / "released")
    else:
        assert prove(tiny, "double", range(2), sandbox).problems == ()
    answer = course.root / "answer.py"
    answer.write_text(SOLVED)
    assert grade(course, "double", answer, sandbox=sandbox, seed=1).outcome is Outcome.PASSED
    answer.write_text(SOLVED + " * 1.1")
    report = grade(course, "double", answer, sandbox=sandbox, seed=1)
    assert "is not wanted, or not as often" in str(report.checks[0].message)
