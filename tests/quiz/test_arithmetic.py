"""Arithmetic is worked out, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.arithmetic import NotArithmetic, evaluate, names_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("512 / 8", 64),
        ("2 ^ 10", 1024),
        ("2**-1", 0.5),
        ("-3 + +2", -1),
        ("7 // 2 % 2", 1),
        ("2,099,712", 2099712),
        ("1e-5", 1e-5),
        ("sqrt(64) × 2 − 1", 15),
        ("log2(8) + ln(e)", 4),
        ("1_000", 1000),
    ],
)
def test_arithmetic_comes_to_its_value(text: str, value: float) -> None:
    """As people write it: with ^, thousands, and the signs of a text."""
    assert evaluate(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", "012", "0,5", "2:30", "softmax", "True", "'a'", "[1]", "1 if 1 else 2", "1 < 2"),
        *("x.y", "x[0]", "lambda: 1", "__import__('os')", "().__class__", "sqrt", "sqrt(1, 2)"),
        *("sqrt(x=1)", "(1).real", "1 @ 2", "1 << 70", "~1", "x := 1", "1/0", "log(-1)"),
        *("(-8) ** 0.5", "9**9**9**9", "1e999", "-1e999", "9" * 300, "(" * 150, "exp(exp(exp(9)))"),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    """Code, comparisons, and what has no finite result: refused at once, and never run."""
    with pytest.raises(NotArithmetic):
        evaluate(text)


@given(st.text(alphabet="0123456789+-*/%^()., exyπ_"))
def test_whatever_is_typed_ends_in_a_number_or_a_refusal(text: str) -> None:
    """Nothing that is typed makes it fail in another way, and names need values."""
    try:
        assert evaluate(text, {"x": 2.0, "y": 3.0}) is not None
        assert names_in(text) <= {"x", "y"}
    except NotArithmetic as error:
        assert str(error)
