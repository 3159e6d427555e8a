"""A report as text: words, rounded numbers, 80 columns, and no colour where none is wanted."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from grader.grading.compare import leaves
from grader.present.arrays import beside, describe_argument, grid
from grader.present.report_html import report_html
from grader.present.report_outline import rows_of
from grader.present.report_text import render_report, render_summary
from grader.present.short_report_text import short_report
from grader.present.style import Style, points
from grader.present.values_python import literal
from grader.present.watch_text import render_foot
from grader.records import CaseResult, Diagnosis, Difference, Evidence, Outcome, Report
from grader.terminal.commands.common import style_of

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("no")
    return x * x.dtype.type(times)
"""
WRONG = "def double(x, times=2):\n    print('\\x1b[31mhello')\n    return x - times"


def evidence(yours: np.ndarray, wanted: np.ndarray, first: tuple[int, ...]) -> Evidence:
    """Return a failing case with nothing but its values."""
    wrong = ~((yours == wanted) | np.isnan(yours) & np.isnan(wanted))
    return Evidence("f", {}, yours, wanted, Difference("values", "", (), first, wrong))


def evidence_of(function: str) -> Evidence:
    """Return a failing case of a function."""
    return evidence(np.ones(1), np.zeros(1), (0,))._replace(function=function)


def test_a_failing_report_shows_one_case_to_work_by_hand(graded: Callable[..., Report]) -> None:
    """Verdict, checks, inputs, yours beside wanted, and what to do next are there."""
    text = render_report(graded(WRONG), Style(), "Next: think.")
    assert text.startswith("double  NOT YET")
    assert "  WRONG     two numbers" in text
    assert "The smallest failing check: two numbers" in text
    assert re.search(r"x = \[-?\d\.\d  -?\d\.\d\], float64\n", text)
    assert re.search(r"yours +wanted\n", text)
    assert "Next: think." in text
    assert "--seed 1" in text


@pytest.mark.parametrize("width", [40, 80])
def test_forty_columns_suffice(graded: Callable[..., Report], width: int) -> None:
    """No line is wider than the terminal; names are wrapped."""
    text = render_report(graded(WRONG), Style(width=width), "Next: " + "word " * 40)
    assert max(map(len, text.splitlines())) <= width
    assert all(check in text for check in ("two numbers", "three times", "keeps the dtype"))


def test_what_a_learner_prints_cannot_drive_the_terminal(graded: Callable[..., Report]) -> None:
    """Control characters are made visible."""
    text = render_report(graded(WRONG), Style())
    assert "\x1b" not in text
    assert "\\x1b[31mhello" in text


def test_colour_adds_nothing_but_colour(graded: Callable[..., Report]) -> None:
    """Without its escape codes a coloured report is the plain one."""
    report = graded(WRONG)
    coloured = render_report(report, Style(colour=True))
    assert coloured != render_report(report, Style())
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render_report(report, Style())


def test_a_message_is_told_once(graded: Callable[..., Report]) -> None:
    """Two checks in a row with one cause do not say it twice."""
    text = render_report(graded("def double(x, times=2):\n    x + x"), Style())
    assert "  WRONG     three times                0 / 1  as above\n" in text


def test_a_whole_report_says_what_there_is_on_every_function() -> None:
    """In short, one thing is to be mended first; whole, nothing is left out."""
    checks = tuple(CaseResult("c", name, Outcome.FAILED, 0, 1, "wrong") for name in ("f", "g"))
    found = tuple(Diagnosis("mistake", f"You slip in {n}.", n, n) for n in ("f", "g"))
    report = Report("e", "e.py", Outcome.FAILED, checks, found)
    short, whole = short_report(report, Style()), render_report(report, Style())
    assert "There is something to say on `g`, too." in short and "slip in g" not in short
    assert "In `g`: You slip in g." in whole and "Mend that first" not in whole


def test_what_a_diagnosis_explains_is_shown_once(graded: Callable[..., Report]) -> None:
    """Where the mistake is named, the checks that fail by it need one example, not eight."""
    squares = RIGHT.replace("x.dtype.type(times)", "x.dtype.type(times) * x")
    text = render_report(graded(squares), Style())
    assert "You square." in text
    assert text.count("entries differ") == 1


def test_a_shape_is_told_although_the_mistake_is_named(graded: Callable[..., Report]) -> None:
    """It is a clue of its own; a line that stands there already is not written again."""
    report = graded(RIGHT.replace("x.dtype.type(times)", "x.dtype.type(times) * x"))
    first = report.checks[0]
    assert first.evidence
    shape = Difference("shape", "the shape is (2, 1)")
    shaped = replace(
        first, message=shape.message, evidence=first.evidence._replace(difference=shape)
    )
    text = render_report(replace(report, checks=(first, shaped, shaped)), Style())
    assert text.count(shape.message) == 1
    assert text.count("as above") == 1


def test_above_is_only_what_stands_there(graded: Callable[..., Report]) -> None:
    """A message that the named mistake made needless is not referred to."""
    report = graded(RIGHT.replace("x.dtype.type(times)", "x.dtype.type(times) * x"))
    first, *_ = report.checks
    other = replace(first, message="another number")
    report = replace(report, checks=(first, other, other, first))
    rows = next(iter(rows_of(report).values()))
    assert [bool(row.message) for row in rows] == [True, False, False, False]
    assert [row.is_above for row in rows] == [False, False, False, True]


def test_a_notebook_says_what_the_terminal_says(graded: Callable[..., Report]) -> None:
    """The same diagnosis, checks and failing case, as HTML that is well formed."""
    report = graded(WRONG.replace("return x - times", "raise ValueError('`<b>` & co')"))
    report = replace(report, path="a<b>\u202e.py")
    html = report_html(report, "Next: `think`.")
    root = ElementTree.fromstring(re.sub(r"<(br|col)\b([^>]*)>|&nbsp;", "", html))
    shown, text = "".join(root.itertext()), render_report(report, Style(width=1000))
    assert "a<b>\\u202e.py" in shown
    assert "a<b>\\u202e.py" in text
    assert shown.count("as above") == text.count("as above") > 0
    assert all(check.name.replace("_", " ") in shown for check in report.checks)
    assert "ValueError, line 3: `<b>` & co" in shown
    assert "<code>think</code>" in html


def test_a_general_word_on_dtypes_gives_way_to_the_cause(graded: Callable[..., Report]) -> None:
    """Where the mistake is named, only the fact is told."""
    check = CaseResult("keeps", "double", Outcome.FAILED, 0, 1, "It is. Often so.", brief="It is.")
    named = Diagnosis("mistake", "You square.", "double.squares", "double")
    report = replace(graded(WRONG), checks=(check,), diagnosis=())
    assert "Often so." in render_report(report, Style())
    assert "Often so." not in render_report(replace(report, diagnosis=(named,)), Style())


def test_what_is_spoken_of_has_a_name(graded: Callable[..., Report]) -> None:
    """With several functions, the one to mend is named, and what is wrong beside it."""
    checks = [
        CaseResult(name, name, Outcome.FAILED, 0, 1, "wrong", evidence=evidence_of(name))
        for name in ("first", "second")
    ]
    named = Diagnosis("mistake", "You halve.", "x.halves", "second")
    report = replace(graded(WRONG), checks=tuple(checks), diagnosis=(named,))
    text = render_report(report, Style())
    assert "In `second`: You halve." in text
    assert "`first` is wrong too, in a way that is not recognised." in text
    assert "The smallest failing check: second" in text


def test_values_can_be_pasted() -> None:
    """What is shown as Python is, read by Python, the very value."""
    value = {
        "one": [np.array([[1 / 3, np.nan], [-np.inf, 1e300]]), np.float32(2) * np.ones(3, "f4")],
        "two": (np.zeros((0, 3)), np.arange(2000), np.array([True]), 3, "text", {}),
    }
    read = eval(literal(value), {"np": np})
    for (path, mine), (other, theirs) in zip(leaves(read), leaves(value), strict=True):
        assert path == other
        np.testing.assert_array_equal(mine, theirs, strict=isinstance(theirs, np.ndarray))


def test_a_summary_has_a_line_for_each() -> None:
    """Several reports end in a table and a sum."""
    reports = [Report(name, "p", Outcome.CRASHED, ()) for name in ("a", "bcd")]
    lines = render_summary(reports, Style()).splitlines()
    assert lines[0].split() == ["a", "0", "of", "0", "CRASHED"]
    assert lines[-1] == "0 of 2 exercises passed."


def test_wrong_entries_are_marked() -> None:
    """Each entry that differs has a star, and the others have none."""
    yours, wanted = np.array([[1.0, 2.0], [3.0, 4.5]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    assert beside(evidence(yours, wanted, (1, 1)), 80) == [
        "yours        wanted",
        "1.0  2.0     1.0  2.0",
        "3.0  4.5*    3.0  4.0",
    ]


def test_numbers_that_differ_look_different() -> None:
    """Digits are added until a difference can be seen."""
    one = np.array([1.0, 1 / 3])
    lines = beside(evidence(one + [0, 1e-6], one, (1,)), 80)
    left, right = lines[1].split("*")
    assert left.split()[1] != right.split()[1]


def test_a_large_array_is_cut_around_the_first_difference() -> None:
    """Of an array that does not fit, the part that matters is shown, and which it is."""
    wanted = np.zeros((2, 20, 30))
    yours = wanted.copy()
    yours[1, 10, 29] = 1
    lines = beside(evidence(yours, wanted, (1, 10, 29)), 100)
    assert lines[0].startswith("yours at [1, 10:16, 24:30]")
    assert len(lines) == 7
    assert sum("*" in line for line in lines) == 1


@pytest.mark.parametrize(
    "returned",
    [
        "np.array([])",
        "np.zeros((0, 3))",
        "np.zeros((2, 0))",
        "np.array(1.0)",
        "x.astype(complex) * 1j",
        "x.astype(np.float16) * 3",
        "x * np.inf",
        "x + 1e300",
        "x[None, None] * 1e-300",
        "np.arange(4, dtype=np.uint8)",
        "[x, [x]]",
        "{'a': x}",
        "'text'",
        "b'bytes'",
        "x > 0",
        "True",
    ],
)
def test_whatever_comes_back_can_be_shown(graded: Callable[..., Report], returned: str) -> None:
    """No value that a learner can return fails the report or makes it wider than 80 columns."""
    source = f"import numpy as np\ndef double(x, times=2):\n    return {returned}"
    report = graded(source)
    assert report.outcome in (Outcome.FAILED, Outcome.CRASHED)
    text = render_report(report, Style())
    assert max(map(len, text.splitlines())) <= 80


def test_odd_values_have_a_face() -> None:
    """Booleans, integers, nan and infinity are readable."""
    assert grid(np.array([[True, False]])) == ["T  F"]
    assert grid(np.array([[1, 20]])) == [" 1  20"]
    assert grid(np.array([[np.nan, np.inf, -1e9]])) == ["       nan         inf  -1.000e+09"]


def test_values_that_do_not_line_up_are_shown_apart() -> None:
    """Of a wrong shape, both are shown, three axes slice by slice."""
    shape = Difference("shape", "")
    lines = beside(Evidence("f", {}, np.ones(2), np.zeros((2, 1, 2)), shape), 80)
    assert lines == [
        "yours = [1  1], float64",
        "wanted = array of shape (2, 1, 2), float64",
        "    [0, ...]:",
        "    0  0",
        "    [1, ...]:",
        "    0  0",
    ]


def test_arguments_are_shown_as_far_as_they_fit() -> None:
    """Small arrays are shown whole, larger ones by their shape, dicts by their parts."""
    assert describe_argument("n", 3) == ["n = 3"]
    small = describe_argument("x", np.array([1.5]))
    assert small == ["x = [1.5], float64"]
    assert describe_argument("x", np.zeros((9, 9))) == ["x = array of shape (9, 9), float64"]
    params = {"norm": {"gain": np.ones(2), "bias": np.ones(2)}, "w": np.zeros((2, 3))}
    assert describe_argument("params", params) == [
        "params = dict of",
        "    norm:",
        "        gain bias (2,)",
        "    w (2, 3)",
    ]
    blocks = [{"norm": {"gain": np.ones(2)}}] * 2
    assert describe_argument("blocks", blocks) == [
        "blocks = list of 2, each a dict of",
        "    norm:",
        "        gain (2,)",
    ]
    odd = describe_argument("params", {"decoder": [], "encoder": [{"w": np.ones(1)}, {}]})
    assert odd == [
        "params = dict of",
        "    decoder: an empty list",
        "    encoder: list of 2, each a dict of",
        "        [0]:",
        "            w (1,)",
        "        [1]:",
    ]


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (0.5, "0.5"), (1 / 3, "0.33"), (10, "10")])
def test_points_have_no_needless_decimals(value: float, text: str) -> None:
    """Whole points are whole numbers."""
    assert points(value) == text


def test_the_keys_of_watch_fit_a_narrow_terminal() -> None:
    """They are told in one line, or in as many as it takes."""
    assert render_foot(Style()).count("\n") == 0
    lines = render_foot(Style(width=40)).splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[-1].endswith("q quit")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets none, nor a terminal whose user has set NO_COLOR, nor a dumb one."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert style_of(Terminal()).colour
    assert not style_of(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not style_of(Terminal()).colour
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not style_of(Terminal()).colour
