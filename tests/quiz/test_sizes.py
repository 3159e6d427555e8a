"""Sizes of a shape are compared by what they come to."""

from __future__ import annotations

import pytest

from grader.quiz.arithmetic import NotArithmetic
from grader.quiz.sizes import is_size, same_size


@pytest.mark.parametrize("name", [*"BDHKMNPRSTXdhmn", "heads"])
@pytest.mark.parametrize(
    ("right", "given", "is_right"),
    [
        ("ceil({} / 2)", "({} + 1) // 2", True),
        ("({} - K) // S + 1", "({} - K + S) // S", True),
        ("{} / 2", "{} // 2", True),
        ("sqrt({}) * sqrt({})", "{}", True),
        ("A * B * C * D * E * {}", "{} * E * D * C * B * A", True),
        ("2 ** ({} + 1)", "2 * 2 ** {}", True),
        ("{} // ({} - 1)", "{} // ({} - 1)", True),
        ("{} // 2", "({} - 1) // 2", False),
        ("{} // 2", "{} / 2", False),
        ("{} // 2 + 1", "({} + 1) / 2", False),
        ("{} // 16", "({} - 1) // 16", False),
        ("ceil({} / 4)", "{} // 4 + 1", False),
        ("{} + {}", "{} * {}", False),
        ("{}", "{} + 0.5", False),
    ],
)
def test_a_size_is_right_wherever_the_right_one_is_whole(
    name: str, right: str, given: str, is_right: bool
) -> None:
    """Whatever the name: rounding up and down is told apart, the order of factors is not."""
    assert same_size(given.replace("{}", name), right.replace("{}", name)) == is_right


@pytest.mark.parametrize(("text", "is_one"), [("2 ** n", True), ("n / (n - n)", False)])
def test_a_size_can_be_worked_out_for_some_number(text: str, is_one: bool) -> None:
    """Not for each: a power of thousands is no number here, and a shape has small sizes as well."""
    assert is_size(text) == is_one


def test_what_cannot_be_worked_out_cannot_be_compared() -> None:
    """The kind counts that as wrong."""
    with pytest.raises(NotArithmetic, match="cannot be compared"):
        same_size("n / (n - n)", "n")
