"""Memory as a check: who takes more than a call may is out of memory, and told why."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from grader.authoring.prove import prove
from grader.authoring.release import release
from grader.authoring.stubs import write_stub
from grader.course.course import Course, read_course
from grader.errors import CourseError
from grader.exercise import Exercise, inputs
from grader.grading.examiner import draw_paper
from grader.grading.grade import grade
from grader.grading.memory import LEAST_ROOM, MOST_LEAST, _spoken, call_of
from grader.learner.inside.measured import measured
from grader.learner.outside.answers import size_of
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.records import CaseResult, Outcome, Report

SUM_OF_PAIRS = '''"""The sum of all products of pairs."""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["What is the sum of a row of the table?", "It need not be made."])


@exercise.reference
def double(x):
    """Add up x_i x_j over all pairs.

    Returns
    -------
    total : ()
        One number.
    """
    return x.sum() * x.sum()


@exercise.case
def three_numbers(rng):
    return inputs(rng.normal(size=3))


@exercise.case(memory=(2**20, "a table of all pairs is 128 MB here, and none of it is needed"))
def four_thousand(rng):
    return inputs(np.ones(4000))


@exercise.mistake
def adds_without_multiplying(x):
    """You add up x, and not the products."""
    return x.sum()
'''
FRUGAL = "def double(x):\n    return (x @ x.reshape(-1, 1) * 0 + x.sum() * x.sum())[0]\n"
WASTEFUL = "def double(x):\n    return (x[:, None] * x).sum()\n"
tiers = pytest.mark.parametrize("tier", possible_tiers())


@pytest.fixture
def pairs(tiny: Course) -> Course:
    """Put an exercise with a check of memory in the place of the first one."""
    Path("solutions/numbers/double.py").write_text(SUM_OF_PAIRS)
    Path("solutions/numbers/quadruple.py").unlink()
    course_yaml = Path("course.yaml")
    course_yaml.write_text(course_yaml.read_text().replace(", quadruple]", "]"))
    course = read_course(Path.cwd())
    tiny.exercise_path("double").unlink()
    write_stub(course, "double")
    return course


def graded_in(course: Course, source: str, tier: str) -> Report:
    """Grade some source in a tier."""
    course.exercise_path("double").write_text(source)
    with Sandbox(tier) as sandbox:
        return grade(course, "double", sandbox=sandbox, seed=1)


def limited(report: Report) -> CaseResult:
    """Return the check that has a limit."""
    return next(check for check in report.checks if check.name == "four_thousand")


@tiers
def test_who_keeps_to_the_limit_passes(pairs: Course, tier: str) -> None:
    """The limit leaves room for NumPy, products of matrices and a module or two."""
    assert graded_in(pairs, "import random\n" + FRUGAL, tier).outcome is Outcome.PASSED


@tiers
def test_who_takes_more_is_told_what_the_check_allows(pairs: Course, tier: str) -> None:
    """Only the check with the limit is lost, and the words are the exercise's."""
    report = graded_in(pairs, WASTEFUL, tier)
    assert limited(report).outcome is Outcome.OUT_OF_MEMORY
    assert sum(not check.passed for check in report.checks) == 1
    told = render_report(report, Style(False))
    assert "OUT OF MEMORY" in told
    assert "This check allows 1 MiB: a table of all pairs is 128 MB here" in " ".join(told.split())


def test_a_mistake_is_named_beside_memory_that_runs_out(pairs: Course, sandbox: Sandbox) -> None:
    """What ran out returned nothing, so the other checks decide; memory is told as well."""
    source = "def double(x):\n    return (x[:, None] * x).sum() * 0 + x.sum()\n"
    pairs.exercise_path("double").write_text(source)
    named, memory = grade(pairs, "double", sandbox=sandbox, seed=1).diagnosis
    assert named.mistake == "double.adds_without_multiplying"
    assert "takes more memory than it may. A check allows 1 MiB: a table" in str(memory.message)


@tiers
def test_a_file_that_fills_memory_by_itself_loses_that_check(pairs: Course, tier: str) -> None:
    """Without the limit it can be loaded, so the other checks are made."""
    report = graded_in(pairs, "import numpy\nkept = numpy.ones(2**24)\n" + FRUGAL, tier)
    assert limited(report).outcome is Outcome.OUT_OF_MEMORY
    assert sum(not check.passed for check in report.checks) == 1
    told = " ".join(str(each.message) for each in report.diagnosis)
    assert "What stands outside of functions runs whenever the file is loaded." in told
    assert "Your `double`" not in told


def test_a_release_keeps_limits(pairs: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    """It says the same of the same answer."""
    release(pairs, tmp_path / "class", range(1))
    released = read_course(tmp_path / "class")
    for course in (pairs, released):
        course.exercise_path("double").write_text(WASTEFUL)
    one, other = (
        limited(grade(each, "double", sandbox=sandbox, seed=0)) for each in (pairs, released)
    )
    assert (one.outcome, one.message) == (other.outcome, other.message)


def test_a_limit_that_the_reference_keeps_to_is_proved(pairs: Course) -> None:
    """A check that has a limit is of use, though it fails the same mistakes as another."""
    assert not prove(pairs, "double").problems


def test_a_reference_beyond_its_own_limit_is_found(pairs: Course) -> None:
    """An author whose own function takes more is told where, and how much."""
    path = Path("solutions/numbers/double.py")
    path.write_text(path.read_text().replace("x.sum() * x.sum()", "(x[:, None] * x).sum()"))
    problems = prove(read_course(Path.cwd()), "double", seeds=[0]).problems
    assert any("the case four_thousand allows 1,048,576" in problem.what for problem in problems)


def test_a_limit_has_words() -> None:
    """A limit that is none, or says nothing, is refused where it stands."""
    exercise = Exercise()

    @exercise.reference
    def double(x: float) -> float:
        return 2 * x

    with pytest.raises(CourseError, match="is no limit with words"):
        exercise.case(memory=(2**20, " "))(lambda rng: inputs(1.0))


def test_where_the_system_holds_no_limit_python_measures() -> None:
    """The message says who measured."""
    with measured(2**20) as excess:
        kept = bytearray(2**21)
    message = excess()
    assert message and message["types"][0] == "MemoryError"
    assert "measured by Python" in message["message"]
    with measured(2**22) as excess:
        kept = bytearray(2**21)
    assert kept and excess() is None


@pytest.mark.parametrize(
    "what",
    [
        "np.zeros(8_000_000, np.float16)",
        "[np.zeros(900_000)] * 2",
        "tuple(np.zeros(1) for _ in range(4000))",
        "{number: {} for number in range(900)}",
    ],
)
def test_an_answer_far_larger_than_the_one_wanted_is_not_held(
    tiny: Course, sandbox: Sandbox, what: str
) -> None:
    """What crosses is bounded for one answer; of several as large, no more than one is there."""
    answer = tiny.root / "large.py"
    answer.write_text(f"import numpy as np\ndef double(x, times=2):\n    return {what}")
    tracemalloc.start()
    try:
        report = grade(tiny, "double", answer, sandbox=sandbox, seed=1)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert report.outcome is Outcome.FAILED
    assert "far larger than what is wanted" in str(report.checks[0].message)
    assert "not a value of this course" not in str(report.diagnosis)
    assert peak < 100 * 2**20


@pytest.mark.parametrize(
    ("size", "told"),
    [(2**20 - 1, "1,048,575 bytes"), (5 * 2**18, "1.25 MiB"), (1500 * 2**20, "1,500 MiB")],
)
def test_bytes_are_told_in_plain_numbers(size: int, told: str) -> None:
    """However many they are."""
    assert _spoken(size) == told


def test_very_many_answers_have_less_room_each(tiny: Course) -> None:
    """All are held until they are judged, and a right one fits however many there are."""
    trial = draw_paper(tiny, "double", 0).trials[0]
    alone, among = call_of(trial), call_of(trial, count=2_000)
    assert alone == call_of(trial, count=200)
    assert 4 * size_of((*trial.inputs, *trial.wanted)) < among.room < alone.room
    assert 2_000 * (among.room - alone.room + LEAST_ROOM) <= MOST_LEAST
