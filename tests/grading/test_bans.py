"""What an exercise does without: found where the learner's own code calls it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.authoring.prove import prove
from grader.authoring.prove_packages import package_problems
from grader.authoring.releasable import require_proved
from grader.course.course import Course
from grader.errors import CourseError
from grader.grading.examiner import load_definition
from grader.learner.inside.bans import NotToBeUsedError, put_bans
from grader.records import Outcome, Report

RIGHT = "import numpy as np\ndef double(x, times=2):\n    if times < 0: raise ValueError\n"


def without(tiny: Course, *names: str) -> None:
    """Let the exercise be done without some functions."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text().replace("Exercise(hints", f"Exercise(without={names}, hints"))


@pytest.mark.parametrize(
    "body",
    [
        "    return np.multiply(x, x.dtype.type(times))",
        "    again = np.multiply\n    return again(x, x.dtype.type(times))",
        "    return next(map(np.multiply, [x], [x.dtype.type(times)]))",
        "    from numpy import multiply as m\n    return m(x, x.dtype.type(times))",
        "    return x * float(sum([times]))",
    ],
)
def test_a_call_is_found_whatever_it_is_called(
    tiny: Course, graded: Callable[..., Report], body: str
) -> None:
    """The source is not searched, so no name hides it and no comment is accused."""
    without(tiny, "numpy.multiply", "sum")
    report = graded(RIGHT + body)
    assert report.outcome is Outcome.CRASHED
    assert "is not to be used in this exercise" in str(report.checks[0].message)
    assert "line" in str(report.checks[0].message)


def test_what_others_call_is_let_through(tiny: Course, graded: Callable[..., Report]) -> None:
    """NumPy may use what a learner may not, and a word in a comment is no call."""
    without(tiny, "numpy.multiply", "sum", "len")
    body = "    # sum and np.multiply\n    np.stack([x, x])\n    return x * x.dtype.type(times)"
    assert graded(RIGHT + body).outcome is Outcome.PASSED


def test_what_is_not_there_cannot_be_done_without(tiny: Course) -> None:
    """A slip is told to the author."""
    without(tiny, "numpy.convovle")
    with pytest.raises(CourseError, match="there is no function numpy.convovle to do without"):
        load_definition(tiny, "double")


def test_what_cannot_be_imported_ends_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left alone; the others are put all the same."""
    monkeypatch.setattr(np, "convolve", np.convolve)  # and put back after the test
    put_bans(["scipie.signal.convolve", "numpy.convolve", "numpy.no_such"], {__file__})
    with pytest.raises(NotToBeUsedError, match=r"numpy\.convolve is not to be used"):
        np.convolve([1.0], [1.0])


def test_a_package_that_is_not_listed_is_told_with_its_line(tiny: Course) -> None:
    """Nobody else has it: neither to be imported, nor to be done without."""
    without(tiny, "click.echo")
    path = tiny.solution_path("double")
    text = path.read_text().replace("import numpy as np", "import click\nimport numpy as np", 1)
    path.write_text(text.replace("    return x * ", "    click.get_os_args\n    return x * ", 1))
    found = prove(tiny, "double").problems
    lines = [text.count("\n", 0, text.index(each)) + 1 for each in ("import click", "Exercise(w")]
    assert [each.where for each in found] == [f"solutions/numbers/double.py:{n}" for n in lines]
    assert all("`packages: [click]`" in each.what for each in found)
    listed = tiny._replace(packages=("click",))
    assert not [*package_problems(listed, load_definition(listed, "double"))]
    with pytest.raises(CourseError, match="this imports click"):
        require_proved(tiny)
