"""Answers of somebody else: what whoever grades has written is never served to a stranger."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest

from grader.notebooks.collect import collect
from grader.notebooks.reading import read_notebook
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.records import Outcome, Report
from tests.attacks.arena import HONEST, TIERS, Arena, graded, inspect

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="attacks Linux")

DOUBLE = HONEST.replace("FUNCTION", "double").replace("TIMES", "2")
QUADRUPLE = HONEST.replace("FUNCTION", "quadruple").replace("TIMES", "4")
# In the folder of whoever grades both are solved, and each file would answer the other one too.
SOLVED = DOUBLE + QUADRUPLE

OF_ITSELF = {
    "takes its name out": """
import sys
del sys.modules["exercises.numbers.double"]
from exercises.numbers.double import double
""",
    "is loaded again": """
import importlib, sys
own = sys.modules.pop("exercises.numbers.double")
double = importlib.import_module("exercises.numbers.double").double
""",
    "imports a later one": "from exercises.numbers.quadruple import double",
    "hides a later one": """
import importlib
double = vars(importlib.import_module(".quadruple", "exercises.numbers"))["double"]
""",
    "asks by itself": """
import sys
names = {}
for module in ("double", "quadruple"):
    question = {"kind": "import", "module": f"exercises.numbers.{module}"}
    exec((sys.meta_path[0]._channel.ask(question) or {"source": ""})["source"], names)
double = names["double"]
""",
    "asks a spec": """
import importlib.util, sys
del sys.modules["exercises.numbers.double"]
spec = importlib.util.find_spec("exercises.numbers.double")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
double = module.double
""",
}
OF_AN_EARLIER_ONE = {
    "imports a helper": "from exercises.numbers.double import quadruple",
    "looks for it": """
import exercises.numbers.double as earlier
quadruple = vars(earlier)["quadruple"]
""",
    "asks by itself": """
import sys
question = {"kind": "import", "module": "exercises.numbers.double"}
names = {}
exec(sys.meta_path[0]._channel.ask(question)["source"], names)
quadruple = names["quadruple"]
""",
    "asks the reference for more": """
import sys
def quadruple(x):
    module = "exercises.numbers.double"
    call = {"kind": "call", "module": module, "function": "quadruple", "args": (x,), "kwargs": {}}
    return (sys.meta_path[0]._channel.ask(call) or {"value": None})["value"]
""",
    "asks its own reference": """
import sys
def quadruple(x):
    module = "exercises.numbers.quadruple"
    call = {"kind": "call", "module": module, "function": "quadruple", "args": (x,), "kwargs": {}}
    return (sys.meta_path[0]._channel.ask(call) or {"value": None})["value"]
""",
}
LEANS = """
from exercises.numbers.double import double

def quadruple(x):
    return double(double(x))
"""


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """Return each of this machine's tiers."""
    return str(request.param)


def solved(arena: Arena) -> None:
    """Solve both exercises in the folder of whoever grades."""
    for name in arena.course.exercises:
        arena.course.exercise_path(name).write_text(SOLVED)


def handed_in(arena: Arena, source: str, exercise: str, tier: str) -> Report:
    """Grade a stranger's file, which lies in a folder of its own."""
    folder = arena.marker / "stranger"
    folder.mkdir(exist_ok=True)
    path = folder / f"{exercise}.py"
    path.write_text(source)
    return graded(arena.course, path, tier, exercise)


@pytest.mark.parametrize("source", OF_ITSELF.values(), ids=OF_ITSELF)
def test_its_own_exercise_is_not_served_to_it(arena: Arena, tier: str, source: str) -> None:
    """Nor is a later one, where whoever grades has solved both."""
    solved(arena)
    inspect(handed_in(arena, source, "double", tier))


@pytest.mark.parametrize("source", OF_ITSELF.values(), ids=OF_ITSELF)
def test_a_later_exercise_of_ones_own_is_not_served(arena: Arena, tier: str, source: str) -> None:
    """What one wrote oneself answers no earlier exercise either."""
    solved(arena)
    arena.course.exercise_path("double").write_text(source)
    inspect(graded(arena.course, arena.course.exercise_path("double"), tier))


@pytest.mark.parametrize("source", OF_AN_EARLIER_ONE.values(), ids=OF_AN_EARLIER_ONE)
def test_an_earlier_exercise_is_not_that_of_whoever_grades(
    arena: Arena, tier: str, source: str
) -> None:
    """In its place stands the reference, which has the functions that are asked for alone."""
    solved(arena)
    inspect(handed_in(arena, source, "quadruple", tier))


def test_the_cells_of_a_notebook_lean_on_nothing_of_whoever_grades(arena: Arena, tier: str) -> None:
    """As with a file: the helper that lies in the grader's own folder is not there."""
    solved(arena)
    source = "import exercises.numbers.double as earlier\n" + (
        "def quadruple(x):\n    return vars(earlier)['quadruple'](x)\n"
    )
    cells = [nbformat.v4.new_code_cell(source)]
    path = arena.marker / "answers.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    (found,) = collect(arena.course, read_notebook(arena.course, path), ["quadruple"])
    path.unlink()
    inspect(graded(arena.course, found.submission, tier, "quadruple"))


@pytest.mark.parametrize("layout", ["", "numbers"], ids=["flat", "units"])
def test_what_the_same_person_handed_in_is_taken_along(
    arena: Arena, tier: str, layout: str
) -> None:
    """The report says where it was taken from; one that is wrong is named, and costs nothing."""
    folder = arena.marker / "stranger" / layout
    folder.mkdir(parents=True)
    (folder / "quadruple.py").write_text(LEANS)
    (folder / "double.py").write_text(DOUBLE)
    report = graded(arena.course, folder / "quadruple.py", tier, "quadruple")
    assert report.outcome is Outcome.PASSED
    assert (report.diagnosis, report.imports) == ((), (f"double from {folder / 'double.py'}",))
    (folder / "double.py").write_text(DOUBLE.replace("x * times", "x + times"))
    report = graded(arena.course, folder / "quadruple.py", tier, "quadruple")
    assert report.outcome is Outcome.PASSED
    assert f"{folder / 'double.py'} does not work yet" in str(report.diagnosis[-1].message)


def test_the_reference_stands_in_for_what_did_not_come_along(arena: Arena, tier: str) -> None:
    """However broken the file of whoever grades may be, and the report says so."""
    arena.course.exercise_path("double").write_text("raise SystemExit")
    report = handed_in(arena, LEANS, "quadruple", tier)
    assert report.outcome is Outcome.PASSED
    assert report.imports == ("double from the reference",)
    assert "Imported: double from the reference" in render_report(report, Style())


def test_a_path_of_the_own_folder_is_ones_own(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is spelled, the file in its place goes with the others in theirs."""
    solved(arena)
    path = arena.course.exercise_path("quadruple")
    path.write_text(LEANS)
    monkeypatch.chdir(path.parent)
    for spelled in (path, Path("quadruple.py")):
        report = graded(arena.course, spelled, TIERS[0], "quadruple")
        assert (report.outcome, report.imports) == (Outcome.PASSED, ())
