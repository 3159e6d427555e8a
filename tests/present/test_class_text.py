"""What a class's grading says on a terminal of any width."""

from __future__ import annotations

from collections import Counter

import pytest

from grader.present.class_text import duration, progress_line, render_change, render_outcomes
from grader.present.style import Style

OUTCOMES = {
    "multi_head_attention": Counter(
        passed=120, failed=30, crashed=4, timed_out=1, refused=2, not_attempted=3, grader_error=1
    ),
    "axes": Counter(passed=151, not_handed_in=9, not_understood=1),
}


def test_a_bar_says_how_far_how_fast_and_how_long() -> None:
    """And how much could not be read."""
    line = progress_line(30, 120, 10.0, 2, Style())
    assert line == "[#####...............] 30 of 120 graded, 3.0 a second, 30 s left, 2 not read"


@pytest.mark.parametrize("width", [40, 60, 80])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    """The bar drops its end, and the table becomes words."""
    style = Style(width=width)
    assert len(progress_line(99_999, 100_000, 9e5, 12_345, style)) < width
    text = render_outcomes(OUTCOMES, style)
    assert all(len(line) <= width for line in text.split("\n"))
    assert "axes: 151 passed, 1 unclear, 9 no file" in " ".join(text.split())


def test_a_table_has_a_column_for_each_outcome_that_there_is() -> None:
    """In the order from passed to our fault."""
    head, first, second = render_outcomes(OUTCOMES, Style(width=120)).split("\n")
    assert head.split()[:4] == ["exercise", "passed", "not", "yet"]
    assert head.endswith("no file  our fault") and "memory" not in head
    assert first.split()[:2] == ["multi_head_attention", "120"]
    assert second.split() == ["axes", "151", "1", "9"]


def test_nothing_graded_is_a_table_of_nothing() -> None:
    """Before anything is known."""
    assert render_outcomes({}, Style()) == "  exercise"


def test_a_change_is_a_line() -> None:
    """What it was, what it is, and in a word why."""
    line = render_change("ada", "axes", ("passed", 8.0), ("failed", 2.5))
    assert line == "  ada, axes: 8 → 2.5 points (passed, now not yet)"
    assert "? → 3 points" in render_change("a", "b", ("grader_error", None), ("failed", 3.0))


def test_a_duration_is_as_people_say_it() -> None:
    """Seconds, minutes, hours."""
    assert [*map(duration, (0.4, 59.6, 61, 7265))] == ["0 s", "1 min 0 s", "1 min 1 s", "2 h 1 min"]
