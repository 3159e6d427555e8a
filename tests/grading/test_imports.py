"""Imports that fail: what a learner meant, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.course.course import Course
from grader.grading.imports import Import, read_import
from grader.records import Outcome, Report

Graded = Callable[..., Report]
USUAL = "from exercises.numbers.double import double"


def said(report: Report) -> str:
    """Return the first thing that is said of a file."""
    return " ".join(str(report.diagnosis[0].message).split())


@pytest.mark.parametrize(
    ("statement", "module", "names"),
    [
        ("import numpy as np", "numpy", ()),
        ("    from a.b import c as d, e  # f", "a.b", ("c", "e")),
        ("from a import (\n    b,\n    c as d,\n)", "a", ("b", "c")),
        ("from .a import b", ".a", ("b",)),
        ("from a import *", "a", ("*",)),
        ("from a import b, c, b, b", "a", ("b", "c")),
    ],
)
def test_an_import_is_read(statement: str, module: str, names: tuple[str, ...]) -> None:
    """The module and the names in it, as they are called there."""
    assert read_import(statement) == Import(module, names)


@pytest.mark.parametrize("statement", ["x = 1", "important = 2", "raise ImportError", ""])
def test_other_statements_are_no_import(statement: str) -> None:
    """Whatever else fails is not read as one."""
    assert read_import(statement) is None


@pytest.mark.parametrize(
    "line",
    [
        USUAL,
        "from exercises.numbers.double import (\n    double,\n)",
        "from double import double",
        "import double",
        "from .double import double",
        "from numpy import twice, double as d",
        "from scipy.special import double",
        "from torch.nn.functional import double",
    ],
)
def test_what_is_to_be_defined_is_not_imported(graded: Graded, line: str) -> None:
    """From the file itself, or from a library: it is to be written here."""
    report = graded(f"import numpy as np\n{line}\n")
    assert "define `double`: take the import out, and write it here" in said(report)
    assert "double.py:2" in said(report)


@pytest.mark.parametrize(
    "line",
    [
        "from double import double",
        "import double",
        "from numbers.double import double",
        "from exercises.double import double",
        "from exercises.numbers.duoble import double",
        "from solutions.numbers.double import double",
    ],
)
def test_the_way_to_an_exercise_is_said(graded: Graded, line: str) -> None:
    """However its path is written, the right one is named."""
    assert f"imported with `{USUAL}`" in said(graded(line, "quadruple"))


def test_what_is_not_imported_is_named(graded: Graded) -> None:
    """A function of an earlier exercise that is used and not imported; a later one is unknown."""
    report = graded("def quadruple(x):\n    return double(double(x))\n", "quadruple")
    assert f"`{USUAL}` is missing at the top of the file" in str(report.checks[0].message)
    report = graded("def double(x, times=2):\n    return quadruple(x) / 2\n")
    assert "is missing" not in str(report.checks[0].message)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("from helpers import f", "exercises/numbers/helpers.py"),
        ("import helpers", "helpers.py"),
        ("from exercises.numbers.helpers import f", "exercises/numbers/helpers.py"),
        ("import exercises.numbers.helpers", "exercises/numbers/helpers.py"),
    ],
)
def test_a_helper_is_not_taken_along(tiny: Course, graded: Graded, line: str, place: str) -> None:
    """A file of the learner's own, beside the answer or in the course, is named as such."""
    (tiny.root / place).write_text("f = abs\n")
    report = graded(f"{line}\n")
    assert "`helpers.py` is not an exercise" in said(report)
    assert "put what you need of it into this file" in said(report)


def test_an_exercise_is_no_helper(graded: Graded) -> None:
    """A name that an exercise does not have is told in Python's words alone."""
    report = graded("from exercises.numbers.double import nothing\n", "quadruple")
    assert "cannot import name 'nothing'" in said(report)
    assert "is not an exercise" not in said(report)


def test_a_helper_from_nowhere_is_not_either(graded: Graded) -> None:
    """Where no such file is found, what is there is said, without a guess."""
    report = graded("def double(x, times=2):\n    import utils\n")
    message = str(report.checks[0].message)
    assert "this course's exercises are all that is taken along" in message
    assert "utils.py" not in message


def test_a_broken_definition_keeps_nobody_from_an_answer(tiny: Course, graded: Graded) -> None:
    """What another exercise asks for is only looked up to help."""
    tiny.solution_path("quadruple").write_text("def (:")
    assert graded("def quadruple(x):\n    return 4 * x\n").outcome is Outcome.FAILED
