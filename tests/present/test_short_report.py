"""A report that fits a screen, whatever was handed in: what gives way, and what never does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from grader.present.fitting import Form, Loss, fitted, rows_of
from grader.present.report_text import render_report
from grader.present.short_report_text import (
    PASSED,
    SCREEN,
    in_passing,
    render_end,
    short_check,
    short_report,
)
from grader.present.style import Style
from grader.records import CaseResult, Diagnosis, Limits, Outcome, Report

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("no")
    return x * x.dtype.type(times)
"""
SQUARES = RIGHT.replace("x.dtype.type(times)", "x.dtype.type(times) * x")
NEXT = "Next: mend exercises/numbers/double.py and grade again.\n\nStuck? grader hint double"
SIZES = pytest.mark.parametrize("width", [40, 80])
# What is handed in, and what has to be on the first screen.
HANDED_IN = {
    "typo": ("import numpy as np\ndef double(x, times=2):\n    return np.exps(x)", "exps"),
    "syntax": ("def double(x:\n", "SyntaxError"),
    "import": ("import nothing_of_the_kind", "nothing_of_the_kind"),
    "while loading": ("raise ValueError('word ' * 4000)", "ValueError, line 1: word"),
    "many lines": (
        "def double(x, times=2):\n    raise ValueError('a\\n' * 500)",
        "ValueError, line 2: a",
    ),
    "wide letters": ("def double(x, times=2):\n    raise ValueError('注意' * 400)", "ValueError"),
    "deep": ("def double(x, times=2):\n    return double(x, times)", "RecursionError"),
    "long line": (f"def double(x, times=2):\n    return x.no{'p' * 500}", "AttributeError"),
    "exits": ("import os\ndef double(x, times=2):\n    os._exit(3)", "double"),
    "prints": (f"{RIGHT[:-24]}print('word ' * 300)\n    return 3", "wanted"),
    "stub": ("def double(x, times=2):\n    raise NotImplementedError", "Not attempted yet"),
    "empty": ("", "is empty"),
    "other name": ("def twice(x, times=2):\n    return x", "no function"),
    "None": ("def double(x, times=2):\n    x * times", "return"),
}


@SIZES
@pytest.mark.parametrize("name", HANDED_IN)
def test_whatever_is_handed_in_fits(graded: Callable[..., Report], name: str, width: int) -> None:
    """The headline and what is wrong are on the first screen, and there is no second one."""
    source, wanted = HANDED_IN[name]
    text = short_report(graded(source), Style(width=width), NEXT)
    assert rows_of(text, width) <= SCREEN
    assert text.startswith("double  ")
    assert wanted in " ".join(text.split())
    assert "Next: mend" in text


@SIZES
def test_what_took_too_long_fits(graded: Callable[..., Report], width: int) -> None:
    """So does an attempt that was ended."""
    loop = "def double(x, times=2):\n    while True: print('word')"
    report = graded(loop, limits=Limits(seconds=0.3))
    text = short_report(report, Style(width=width), NEXT)
    assert rows_of(text, width) <= SCREEN
    assert text.startswith("double  TIMED OUT")


@SIZES
def test_a_fault_of_ours_fits(width: int) -> None:
    """The one line to report is there, however long our own words are."""
    fault = Diagnosis("blame", "The grader failed: ZeroDivisionError. " * 60)
    report = Report("double", "p/" * 300 + "double.py", Outcome.GRADER_ERROR, (), (fault,))
    text = short_report(report, Style(width=width), "Please report the line above.")
    assert rows_of(text, width) <= SCREEN
    assert "THE GRADER'S FAULT" in text
    assert "ZeroDivisionError" in text
    assert "Please report" in text


@SIZES
def test_what_is_passed_takes_eight_lines(graded: Callable[..., Report], width: int) -> None:
    """What it printed among them, and what there is to look at."""
    chatty = RIGHT.replace("    return", "    print('hello', times)\n    return")
    step = "Next: write exercises/numbers/quadruple.py.\n\nSee it work: grader show double"
    text = short_report(graded(chatty), Style(width=width), step)
    assert rows_of(text, width) <= PASSED
    assert "hello" in text
    assert "grader show double" in text


def test_things_come_in_order(graded: Callable[..., Report]) -> None:
    """Verdict, cause, the smallest failing check, a count, what next."""
    text = short_report(graded(SQUARES), Style(), NEXT)
    parts = ["double  NOT YET", "You square.", "The smallest failing check: two numbers"]
    parts += ["yours", "checks passed. Failed: two numbers", "Next: mend", "--seed 1"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "passed    " not in text


def test_less_room_shows_less(graded: Callable[..., Report]) -> None:
    """Prints go first, then inputs, rows, and the explanation; never what is wrong."""
    source = RIGHT.replace("x.dtype.type(times)", "x.dtype.type(2)")
    report = graded(source.replace("    return", "    print('one\\ntwo\\nthree')\n    return"))
    texts = [short_report(report, Style(), NEXT, height) for height in range(40, 4, -1)]
    assert all(rows_of(text, 80) <= 40 - at for at, text in enumerate(texts[:30]))
    went = [
        max(at for at, text in enumerate(texts) if part in text)
        for part in ("three\n", "x = array", "What is `times` for?", "You always double.")
    ]
    assert went == sorted(went)
    assert went[-1] == len(texts) - 1


def test_a_crash_without_a_diagnosis_is_told_as_one(graded: Callable[..., Report]) -> None:
    """The error and the learner's own line are what is to be mended."""
    report = replace(graded("def double(x, times=2):\n    return x.nothing"), diagnosis=())
    text = short_report(report, Style(), NEXT)
    assert text.count("AttributeError") == 1
    assert re.search(r"AttributeError.*\n +exercises/numbers/double.py:2 in double\n", text)


def test_of_two_things_at_once_each_is_named(graded: Callable[..., Report]) -> None:
    """A list is cut point by point."""
    both = "Two things.\n- \n- You square.\n\n  " + "Word. " * 90 + "\n- You halve.\n\n  And more."
    report = replace(graded(SQUARES), diagnosis=(Diagnosis("mistake", both, "x.y", "double"),))
    text = short_report(report, Style(width=40), NEXT)
    assert "- You square.\n  - You halve.\n  More: --checks\n" in text


def test_a_crash_is_shown_below_the_mistake_that_is_named(graded: Callable[..., Report]) -> None:
    """The learner's own line is worth more than the count of what it cost."""
    crashed = graded("def double(x, times=2):\n    return x.nothing")
    named = Diagnosis("mistake", "You square.", "double.squares", "double")
    for width in (40, 80):
        text = short_report(replace(crashed, diagnosis=(named,)), Style(width=width), NEXT)
        assert "AttributeError" in text
        assert "double.py:2" in text


def test_hidden_checks_are_no_example(graded: Callable[..., Report]) -> None:
    """One that may be shown comes first, however late it stands."""
    report = graded(SQUARES)
    hidden = [check for check in report.checks if check.hidden]
    shown = [check for check in report.checks if not check.hidden]
    text = short_report(replace(report, checks=(*hidden, *shown)), Style())
    assert "The smallest failing check: two numbers" in text


def test_the_failing_checks_are_named_with_their_functions() -> None:
    """A few by name, and how many more there are."""
    checks = [
        CaseResult(f"check_{n}", "f" if n < 2 else "g", Outcome.FAILED, 0, 1, "wrong")
        for n in range(30)
    ]
    text = short_report(Report("double", "p", Outcome.FAILED, tuple(checks)), Style())
    assert "0 of 30 checks passed. Failed in f: check 0, check 1; in g: check 2, check 3" in text
    assert re.search(r"and\s+2\d\s+more", text)


def test_of_several_reports_only_what_is_to_be_mended_is_shown(
    graded: Callable[..., Report],
) -> None:
    """A line for what passed; what is next, and the seed, once for all."""
    right, wrong = graded(RIGHT), graded(SQUARES)
    assert "\n" not in in_passing(right, Style())
    assert "--seed" not in in_passing(wrong, Style())
    end = render_end([right, wrong], Style(), "Next: think.")
    assert end.count("double") == 1
    assert "1 of 2 exercises passed." in end
    assert end.count("--seed 1") == 1


def test_a_check_alone_says_the_cause_once(graded: Callable[..., Report]) -> None:
    """The first to fail has the diagnosis; each has its own inputs and values."""
    report = graded(SQUARES)
    first, second, *_ = (check for check in report.checks if not check.passed)
    texts = [short_check(report, first, Style(), True), short_check(report, second, Style(), False)]
    assert ["You square." in text for text in texts] == [True, False]
    assert all("yours" in text for text in texts)


def test_whatever_gives_way_comes_back_where_there_is_room() -> None:
    """A long block that went leaves its room to shorter ones that went before it."""
    short = [Form(("a", "b", "c")), Form(("a",), Loss.PRINTS)]
    long = [Form(("d",) * 9), Form((), Loss.EXAMPLE)]
    assert fitted([short, long], 5, 80) == "a\nb\nc"
    assert fitted([short, long], 11, 80) == "\n".join(["a", "", *"ddddddddd"])


def test_rows_are_counted_as_a_terminal_shows_them() -> None:
    """Long lines take several, wide letters two columns, colours none."""
    assert rows_of("a" * 81, 80) == 2
    assert rows_of("注" * 41, 80) == 2
    assert rows_of(f"\x1b[31m{'a' * 80}\x1b[0m\n", 80) == 2


def test_a_wide_table_keeps_yours_beside_wanted(graded: Callable[..., Report]) -> None:
    """It has fewer columns, and what is left out is counted."""
    report = graded(SQUARES)
    first, *_ = report.checks
    assert first.evidence
    wanted = np.linspace(0, 1e3, 60).reshape(10, 6) / 3
    found = first.evidence.difference._replace(first=(2, 0), wrong=wanted > 60)
    evidence = first.evidence._replace(yours=wanted + 1, wanted=wanted, difference=found)
    case = replace(first, evidence=evidence)
    text = short_report(replace(report, checks=(case,)), Style(), NEXT)
    assert re.search(r"yours at \[\d:\d, .*\] +wanted at", text)
    assert re.search(r"and \d more rows with wrong entries", text)
    assert "yours at [:, :]" not in render_report(report, Style())
