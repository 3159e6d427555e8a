"""Sizes of a shape are compared by what they come to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.quiz import sizes as sizes_module
from grader.quiz.arithmetic import NotArithmetic
from grader.quiz.sizes import is_size, same_size


@pytest.mark.parametrize("name", ["T", "d", "heads"])
@pytest.mark.parametrize(
    ("right", "given", "is_right"),
    [
        ("ceil({} / 2)", "({} + 1) // 2", True),
        ("ceil({} / 48)", "({} + 47) // 48", True),
        ("floor(({} + 2 * P - K) / S) + 1", "({} + 2 * P - K) // S + 1", True),
        ("{} / 2", "{} / 2 + 1 + 0 * ({} % 10 ** 29 + {} % 10 ** 28)", False),
        ("{} // 64", "0 * ({} % 10 ** 29) * ({} % 10 ** 28)", False),
        ("({} + 31) // 64", "({} + 32) // 64 + 0 * (2 + 5 + 8 + 11 + 14 + 17 + 20 + 23)", False),
        ("{} / (A / 2)", "2 * {} // A", True),
        ("{} / (A / 2)", "{} // (A // 2)", True),
        ("({} - K) // S + 1", "({} - K + S) // S", True),
        ("{} / 2", "{} // 2", True),
        ("{} / (A * C)", "{} // (C * A)", True),
        ("{} / 2048", "{} // 2048", True),
        ("A * C / {} ** 2", "(A // {}) * (C // {})", True),
        ("A * C / {}", "C * (A // {})", True),
        ("{} / (A - 1)", "{} // (A - 1)", True),
        ("{} / A / 2", "{} // A // 2", True),
        ("{} * ({} - 1) / 2", "{} * ({} - 1) // 2", True),
        ("sqrt({}) * sqrt({})", "{}", True),
        ("A * B * C * D * E * {}", "{} * E * D * C * B * A", True),
        ("2 ** ({} + 1)", "2 * 2 ** {}", True),
        ("{} // ({} - 1)", "{} // ({} - 1)", True),
        ("{} // 2", "({} - 1) // 2", False),
        ("{} // 2", "{} / 2", False),
        ("{} // 2 + 1", "({} + 1) / 2", False),
        ("{} // 16", "({} - 1) // 16", False),
        ("{} // 50257", "({} - 1) // 50257", False),
        ("ceil({} / 4)", "{} // 4 + 1", False),
        ("ceil({} / 2048)", "{} // 2048 + 1", False),
        ("ceil({} / 2048)", "{} // 2048", False),
        ("{} / (A * C)", "{}", False),
        ("{} / (A * C)", "{} / A", False),
        ("{} / A", "A / {}", False),
        ("C * ({} // A)", "C * {} // A", False),
        ("{} % 7919", "{}", False),
        ("{}", "{} % 512", False),
        ("{}", "{} % 10 ** 6", False),
        ("1", "1 + {} // 1000", False),
        ("A / {}", "A / ({} % 13)", False),
        ("{} + {}", "{} * {}", False),
        ("{}", "{} + 0.5", False),
        ("{} // 64", "0 // {}", False),
        ("ceil({} / 2048)", "{} // {}", False),
        ("{} // 64 + 1", "{} / {}", False),
        ("{} % 64", "{} * {} // {}", False),
        ("({} // 16) * (W // 16)", "0 // {}", False),
        ("({} + 32) // 64", "({} + 31) // 64", False),
        ("({} + 32) // 64", "floor({} / 64 + 0.5)", True),
        ("floor({} / 64 + 0.5)", "({} + 20) // 64", False),
        ("{} % 64", "{} - {} // 64 * 64", True),
        ("{} // 64", "{} * {} // {} // 64", True),
    ],
)
def test_a_size_is_right_whatever_its_names_stand_for(
    name: str, right: str, given: str, is_right: bool
) -> None:
    """Rounding up and down is told apart, the order of factors is not; a `/` leaves no rest."""
    assert same_size(given.replace("{}", name), right.replace("{}", name)) == is_right


@pytest.mark.parametrize(("text", "is_one"), [("2 ** n", True), ("n / (n - n)", False)])
def test_a_size_can_be_worked_out_for_some_number(text: str, is_one: bool) -> None:
    """Not for each: a power of thousands is no number here, and a shape has small sizes as well."""
    assert is_size(text) == is_one


def test_of_divisors_within_each_other_a_few_are_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And what was compared before is known."""
    counted: list[str] = []
    real = sizes_module.evaluate

    def evaluate(text: str, sizes: Mapping[str, float] | None = None) -> float:
        counted.append(text)
        return real(text, sizes)

    monkeypatch.setattr(sizes_module, "evaluate", evaluate)
    nested = "V/(" * 30 + "V" + ")" * 30
    for _ in range(9):
        assert same_size(f"{nested} + 0", nested)
    assert len(counted) < 1000


def test_what_cannot_be_worked_out_cannot_be_compared() -> None:
    """The kind counts that as wrong."""
    with pytest.raises(NotArithmetic, match="cannot be compared"):
        same_size("n / (n - n)", "n")
