"""TeX that does more than to set signs is told from TeX, and from texts that look like it."""

from __future__ import annotations

import pytest

from grader.course.formulas import beyond_formulas


@pytest.mark.parametrize(
    ("tex", "command"),
    [
        (r"\href{javascript:x}{y}", r"\href"),
        (r"\class {x}{y}", r"\class"),
        (r"\htmlId{x}{y}", r"\htmlId"),
        (r"\bbox[border:1px]{y}", r"\bbox"),
        (r"\global\let\sin=\cos", r"\let"),
        (r"\edef\x{1}", r"\edef"),
        (r"\newcommand{\x}{1}", r"\newcommand"),
        (r"\DeclareMathOperator{\sin}{cos}", r"\DeclareMathOperator"),
        (r"\csname x\endcsname", r"\csname"),
    ],
)
def test_what_links_or_defines_is_told(tex: str, command: str) -> None:
    """On a page it may do so to whatever stands behind it, and to whoever clicks."""
    assert beyond_formulas(tex) == command


@pytest.mark.parametrize(
    "text", [r"C:\data\x", r"\left( \delta \right)", r"let \let go", r"\default", r"\sqrt{\frac12}"]
)
def test_formulas_and_paths_are_left_alone(text: str) -> None:
    """What only begins as such a command, or has no argument, is none."""
    assert beyond_formulas(text) == ""
