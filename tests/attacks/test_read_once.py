"""A file that changes while it is graded: all that is said of it is of the text that was read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.grading import of_the_file
from grader.learner.outside import submission
from grader.records import Report, Submission
from tests.attacks.arena import TIERS, Arena, graded
from tests.attacks.test_hidden_checks import shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="attacks Linux")

# Each is read with FIRST in the line to look at, and lies there with SECOND from then on.
READ = {
    "raises": "def double(x, times=2):\n    raise ValueError('x')  # FIRST",
    "is no Python": "def double(x, times=2):\n    return x +  # FIRST",
    "is undefined": "y = nonsense  # FIRST\ndef double(x, times=2):\n    return x",
    "has no end": "def double(x, times=2):\n    while True:  # FIRST\n        pass",
    "prints a traceback": """
import traceback
def double(x, times=2):
    try:
        x.nonsense  # FIRST
    except AttributeError:
        traceback.print_exc()
    return x
""",
    "has Python print it": """
import sys
def double(x, times=2):
    try:
        x.nonsense  # FIRST
    except AttributeError:
        sys.excepthook(*sys.exc_info())
    return x
""",
    "fails while it is taken away": """
class Fails:
    def __del__(self):
        self.nonsense  # FIRST

def double(x, times=2):
    Fails()
    return x
""",
    "warns": """
import warnings
def double(x, times=2):
    warnings.warn("FIRST")  # FIRST
    return x
""",
    "asks for its lines": """
import linecache
def double(x, times=2):
    linecache.checkcache()
    print(linecache.getlines(__file__))
    return x  # FIRST
""",
    "asks for its source": """
import inspect
def double(x, times=2):
    print(inspect.getsource(double))
    return x  # FIRST
""",
}
LEANS = "from exercises.numbers.double import double\ndef quadruple(x): return double(double(x))"


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """Return each of this machine's tiers."""
    return str(request.param)


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every file change as soon as it was read."""
    read = submission._read

    def read_and_change(course: Course, exercise: str, path: Path) -> Submission:
        found = read(course, exercise, path)
        text = path.read_text("utf-8")
        path.write_text(text.replace("FIRST", "SECOND"), "utf-8")
        return found

    monkeypatch.setattr(submission, "_read", read_and_change)


def said_of_the_first(report: Report) -> None:
    """Complain of a report that quotes what was never graded."""
    assert "FIRST" in shown(report)
    assert "SECOND" not in shown(report)


@pytest.mark.parametrize("source", READ.values(), ids=READ)
@pytest.mark.parametrize("place", ["in the course", "elsewhere"])
def test_no_line_is_read_again(
    arena: Arena, tier: str, source: str, place: str, changes: None
) -> None:
    """Nor is it by Python itself, where it prints a traceback."""
    path = arena.course.exercise_path("double")
    if place == "elsewhere":
        path = arena.marker / "double.py"
    path.write_text(source)
    said_of_the_first(graded(arena.course, path, tier, seconds=1))


def test_an_exercise_that_is_imported_is_quoted_as_it_was_read(
    arena: Arena, tier: str, changes: None
) -> None:
    """Its line in the traceback is the one that ran, wherever both lie."""
    for folder in (arena.marker, arena.course.exercise_path("double").parent):
        (folder / "quadruple.py").write_text(LEANS)
        (folder / "double.py").write_text(READ["is undefined"])
        report = graded(arena.course, folder / "quadruple.py", tier, "quadruple")
        assert "SECOND" not in shown(report)


def test_what_is_read_is_read_once(arena: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first byte to the report, a file in the course is opened one time."""
    path = arena.course.exercise_path("double")
    path.write_text(READ["raises"])
    opened: list[str] = []
    read = submission.read_regular
    monkeypatch.setattr(
        submission, "read_regular", lambda *given: opened.append(str(given[1])) or read(*given)
    )
    graded(arena.course, path, TIERS[0])
    assert opened == [str(path)]
    assert of_the_file.read_submission is submission.read_submission
