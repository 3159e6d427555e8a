"""Earlier files that pass by themselves, and not together: which of them is named, and how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.course.course import Course, read_course
from grader.grading import sitting
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.records import Outcome, Report
from tests.conftest import DOUBLE, QUADRUPLE

Together = Callable[..., Report]

# Three exercises: `triple` does what `double` does, under another name.
HIDDEN = """

@exercise.case(hidden=True)
def seven(rng):
    return inputs(rng.normal(size=7))
"""
RIGHT = """
import numpy as np

def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    return x * x.dtype.type(times)
"""
TRIPLE = RIGHT.replace("double", "triple")
SETS = "np.seterr(all='raise')\n"
UNDERFLOWS = RIGHT.replace("return", "np.exp(np.float64(-1000))\n    return")
BUFFERED = """
import numpy as np

kept = {}

def double(x, times=2):
    if times < 0:
        raise ValueError("negative")
    result = x * x.dtype.type(times)
    buffer = kept.setdefault((x.shape, x.dtype), np.empty_like(result))
    buffer[...] = result
    return buffer
"""
BOTH = """
from exercises.numbers.double import double
from exercises.numbers.triple import triple

def quadruple(x):
    return RETURNED
"""
TWICE = "(double(x, 4) + double(x + 1, 4) - 4) / 2"


@pytest.fixture
def three(tiny: Course) -> Course:
    """Put another exercise between the two of the tiny course, and a hidden check behind them."""
    Path("solutions/numbers/triple.py").write_text(DOUBLE.replace("double", "triple"))
    Path("solutions/numbers/quadruple.py").write_text(QUADRUPLE + HIDDEN)
    yaml = Path("course.yaml")
    yaml.write_text(yaml.read_text().replace("[double,", "[double, triple,"))
    return read_course(Path.cwd())


@pytest.fixture
def together(three: Course, sandbox: Sandbox) -> Together:
    """Return a function that grades the last exercise beside the two before it."""

    def answer(returned: str, double: str = RIGHT, triple: str = TRIPLE) -> Report:
        three.exercise_path("double").write_text(double)
        three.exercise_path("triple").write_text(triple)
        three.exercise_path("quadruple").write_text(BOTH.replace("RETURNED", returned))
        for name in ("double", "triple"):
            assert grade(three, name, seed=1, sandbox=sandbox).outcome is Outcome.PASSED
        return grade(three, "quadruple", seed=1, sandbox=sandbox)

    return answer


def blamed(report: Report) -> str:
    """Return what is said of earlier exercises, where no point is lost by them."""
    assert report.outcome is Outcome.PASSED, report.checks
    (blame,) = report.diagnosis
    assert blame.kind == "blame"
    assert "you lose no points for it here" in str(blame.message)
    assert "does not work" not in str(blame.message)
    return str(blame.message)


def test_what_changes_the_settings_of_others_is_named(together: Together) -> None:
    """And not the file that does as it always did, in which the error comes up."""
    said = blamed(together("double(double(x))", UNDERFLOWS, TRIPLE + SETS))
    assert said.startswith(
        "No fault was found here, but exercises/numbers/triple.py, which passes by itself, changes"
    )


def test_what_hands_out_one_array_twice_is_named(together: Together) -> None:
    """The others can be spared, and this one cannot."""
    said = blamed(together(TWICE, BUFFERED))
    assert "double passes by itself, and not together with this: it, or this file, changes" in said
    assert "an array that is handed out twice" in said


def test_a_file_that_disturbs_others_is_not_told_that_they_do(together: Together) -> None:
    """It may be this one that sets what they see, and no other is called anything."""
    said = blamed(together("double(double(x))\n\nimport numpy as np\n" + SETS, UNDERFLOWS))
    assert "by itself, and not together with this: it, or this file, changes" in said


def test_where_several_meet_nobody_is_singled_out(three: Course, sandbox: Sandbox) -> None:
    """One calls the other, and either may be what is wrong with both."""
    through = RIGHT.replace("double", "triple").replace(
        "x * x.dtype.type(times)",
        "(double(x, times) + double(x + 1, times) - x.dtype.type(times)) / 2",
    )
    imports = "from exercises.numbers.double import double\n"
    three.exercise_path("double").write_text(BUFFERED)
    three.exercise_path("triple").write_text(imports + through)
    three.exercise_path("quadruple").write_text(BOTH.replace("RETURNED", "triple(x, 4)"))
    said = blamed(grade(three, "quadruple", seed=1, sandbox=sandbox))
    assert "double and triple pass by themselves, and not together with this: one of" in said


def test_which_ones_are_named_tells_nothing_of_hidden_checks(together: Together) -> None:
    """A file could be wrong or not by what is in them, and another one by something else."""
    wrong = RIGHT.replace("return x", "return (2 if len(x) == 7 else 1) * x")
    assert "double and triple pass by themselves" in blamed(together("double(double(x))", wrong))


def test_what_was_not_found_out_is_not_said(
    together: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without time to judge earlier files, none of them is called anything."""
    monkeypatch.setattr(sitting, "on_their_own_merit", lambda *_: {})
    said = blamed(together(TWICE, BUFFERED))
    assert "there was no time to find out in which of them" in said


def test_what_was_right_without_a_stand_in_stays_right(
    three: Course, sandbox: Sandbox, tmp_path: Path
) -> None:
    """A release has no answer for an unusual call, and the learner's own file has a right one."""
    path = three.solution_path("quadruple")
    calls_both = "return triple(triple(x)) if x.ndim > 1 else double(double(x))"
    text = path.read_text().replace("return double(double(x))", calls_both, 1)
    line = "from solutions.numbers.double import double\n"
    path.write_text(text.replace(line, f"{line}{line.replace('double', 'triple')}"))
    release(three, tmp_path / "released", [1])
    there = read_course(tmp_path / "released")
    there.exercise_path("double").write_text(RIGHT)
    there.exercise_path("triple").write_text(TRIPLE.replace("x *", "x +"))
    returned = "triple(triple(x)) if x.ndim > 1 else double(x * 3) / 3 * 2"
    there.exercise_path("quadruple").write_text(BOTH.replace("RETURNED", returned))
    report = grade(there, "quadruple", seed=1, sandbox=sandbox)
    assert report.outcome is Outcome.PASSED, report.checks
    assert "triple.py does not work yet. The reference stood in, so you lose no points" in str(
        report.diagnosis[0].message
    )


def test_where_nothing_stood_in_nobody_is_told_that_no_point_is_lost(
    three: Course, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Where a check could not be made, no sentence says that no point is lost by it."""
    release(three, tmp_path / "released", [1])
    there = read_course(tmp_path / "released")
    there.exercise_path("double").write_text(RIGHT.replace("x *", "x +"))
    there.exercise_path("triple").write_text(TRIPLE)
    returned = "double(double(x)) if x.ndim > 1 else double(x * 3) / 3 * 2"
    there.exercise_path("quadruple").write_text(BOTH.replace("RETURNED", returned))
    report = grade(there, "quadruple", seed=1, sandbox=sandbox)
    said = str(report.diagnosis[0].message)
    assert report.outcome is not Outcome.PASSED
    assert "double.py does not work yet. The reference stood in where it could" in said
    assert "lose no points" not in said
