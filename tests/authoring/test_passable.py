"""Proved means passable: a reference passes as an answer, and what does nothing does not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.passable import answer_problems, border_problems, value_problems
from grader.authoring.prove_cases import case_problems
from grader.course.course import Course, read_course
from grader.errors import BrokenGraderError
from grader.grading.examiner import draw_paper
from grader.learner.inside.behaviour import perform
from grader.learner.outside.sandbox import Sandbox
from tests.conftest import Ended

CONTENTS = "title: T\nunits:\n  u:\n    title: U\n    exercises: [thing]\n"
DEFINITION = '''"""A thing to do."""

import datetime
import random
from decimal import Decimal
from pathlib import Path

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["Think."])


@exercise.reference
def thing(x):
    """Do it.

    Returns
    -------
    done : object
        What came of it.
    """
    {body}


@exercise.case
def usual(rng):
    return inputs({drawn})
'''


def thing(folder: Path, body: str, drawn: str = "rng.normal(size=3)") -> Course:
    """Write a course with one exercise."""
    (folder / "course.yaml").write_text(CONTENTS)
    path = folder / "solutions/u/thing.py"
    path.parent.mkdir(parents=True)
    path.write_text(DEFINITION.replace("{body}", body).replace("{drawn}", drawn))
    return read_course(folder)


def told(course: Course, sandbox: Sandbox | None = None) -> list[str]:
    """Return what keeps the exercise from being passed."""
    papers = [draw_paper(course, "thing", seed) for seed in range(2)]
    problems = [*value_problems(papers)]
    if not problems:
        problems = [*case_problems(papers), *answer_problems(papers)]
    if sandbox:
        problems += border_problems(course, papers, [sandbox])
    return list(dict.fromkeys(str(problem) for problem in problems))


@pytest.mark.parametrize(
    ("body", "drawn", "said"),
    [
        ("return Decimal(1)", "1", "the reference returns a Decimal, and no learner's answer can"),
        ("return datetime.date(2000, 1, 1)", "1", "returns a date, and no"),
        ("return x.astype(str)", "rng.normal(size=2)", "returns an array of <U32, and no"),
        ("return x.astype(object)", "rng.normal(size=2)", "returns an array of object, and no"),
        ("return {Decimal(1): 2}", "1", "returns a dict or a set with a Decimal in the place of a"),
        ("return 1", "Decimal(2)", "the case usual gives a Decimal, and no"),
        ("return 1", "rng", '; give a seed for a generator, and say @exercise.reference(rng="'),
        ("return 1", "len", "; give a function by its name, and say @exercise.reference(func"),
        ("return 1", "range(3)", "the case usual gives a range (make a list of it"),
    ],
)
def test_what_cannot_cross_is_refused(tmp_path: Path, body: str, drawn: str, said: str) -> None:
    """In one sentence, at its line, with what can."""
    (problem,) = told(thing(tmp_path, body, drawn))
    assert said in problem
    assert "thing.py:" in problem
    assert "lists, tuples, sets and dicts" in problem


@pytest.mark.parametrize(
    ("body", "drawn", "much"),
    [
        ("return 1", "{f'word{n}': n for n in range(12_000)}", "10,000 parts"),
        ("return [*x, *x]", "[*range(6_000)]", "10,000 parts"),
        ("return 1", "'a' * 100_001", "100,000 characters of text"),
        ("return x", "np.zeros(2**20 + 1)", "16,777,216 bytes of arrays"),
    ],
)
def test_a_case_is_not_too_large_to_come_back(
    tmp_path: Path, body: str, drawn: str, much: str
) -> None:
    """A right answer brings its inputs back with it: that is the course's matter, told at once."""
    course = thing(tmp_path, body, drawn)
    with pytest.raises(BrokenGraderError) as fault:
        told(course)
    assert fault.value.what == f"the case usual, with its right answer, has more than {much}"
    assert str(fault.value.where).endswith("thing.py:27")
    assert "not your code" in str(fault.value.next)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return x", "an answer that only returns `x` passes every case of thing"),
        ("return (x,)", "an answer that only returns its arguments passes every case"),
        ("return None", "an answer that does nothing (`pass`) passes every case"),
        (
            "x.sort()",
            "thing changed `x` of its caller, for which a right answer would lose a point",
        ),
        ("x.sort()", "an answer that does nothing (`pass`) passes every case of thing"),
    ],
)
def test_what_does_nothing_does_not_pass(tmp_path: Path, body: str, said: str) -> None:
    """`pass`, the identity and the inputs returned are no answers."""
    assert any(said in problem for problem in told(thing(tmp_path, body)))


def test_a_reference_that_prints_nothing_does_not_do(tmp_path: Path) -> None:
    """Where what is printed is the answer, `pass` prints as little."""
    course = thing(tmp_path, "return [1, 2]")
    path = course.solution_path("thing")
    path.write_text(
        path.read_text().replace("exercise.reference", "exercise.reference(prints=True)")
    )
    (problem,) = told(course)
    assert "an answer that does nothing (`pass`) passes every case of thing" in problem


def test_a_wider_type_is_told_unless_it_is_promised(tmp_path: Path) -> None:
    """A stub asks for float32 where that was given, so a docstring has to say otherwise."""
    wide = "return x.astype(np.float64) * 2"
    course = thing(tmp_path, wide, "rng.normal(size=2).astype(np.float32)")
    (problem,) = told(course)
    assert "returns float64 for float32, where the stub asks for the type that was given" in problem


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (
            "np.random.normal(size=2)",
            "draws other inputs for the same seed: take all that is random",
        ),
        ("random.random()", "draws other inputs for the same seed"),
        ("Path('course.yaml').read_text()", "it has to work in any folder"),
    ],
)
def test_a_case_draws_from_rng_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: str, said: str
) -> None:
    """The same seed gives the same inputs, and no file of the author's is needed."""
    course = thing(tmp_path, "return 7", drawn)
    monkeypatch.chdir(tmp_path)
    assert any(said in problem and "thing.py:" in problem for problem in told(course))


def test_a_reference_is_handed_in(tmp_path: Path, sandbox: Sandbox) -> None:
    """What works here and nowhere else is told with the check and the tier."""
    course = thing(tmp_path, "return globals()['inputs'](3).args[0]")
    (problem,) = told(course, sandbox)
    assert "the reference, handed in as an answer, does not pass usual: KeyError" in problem
    assert f"(tier {sandbox.tier})" in problem


def test_a_reference_with_helpers_and_constants_passes(tmp_path: Path, sandbox: Sandbox) -> None:
    """All that it uses of its file goes along."""
    course = thing(tmp_path, "return _more(x) + ONE")
    path = course.solution_path("thing")
    helper = "TWO: int = 2\nONE = TWO - 1\n\n\ndef _more(x):\n    return np.floor(x) * TWO\n\n\n"
    path.write_text(path.read_text().replace("@exercise.reference", f"{helper}@exercise.reference"))
    assert told(course, sandbox) == []


def test_hidden_cases_alone_are_no_exercise(tmp_path: Path) -> None:
    """Nobody would see what fails, and a release would have nothing to check."""
    course = thing(tmp_path, "return x * 2")
    path = course.solution_path("thing")
    path.write_text(path.read_text().replace("@exercise.case", "@exercise.case(hidden=True)"))
    (problem,) = told(course)
    assert "all cases of thing are hidden" in problem


BROKEN = {
    "return 1 / 0": "the reference fails on the case usual: ZeroDivisionError",
    "return 1\n\n\nprint(nowhere)": "NameError: name 'nowhere' is not defined",
    "return (": "this definition does not compile",
}


@pytest.mark.parametrize("body", BROKEN)
def test_one_broken_definition_does_not_stop_the_others(
    tiny: Course, grader: Callable[..., Ended], body: str
) -> None:
    """It is told with its line, to its author, and the rest is proved."""
    contents = (tiny.root / "course.yaml").read_text().replace("[double,", "[thing, double,")
    (tiny.root / "course.yaml").write_text(contents)
    path = tiny.root / "solutions/numbers/thing.py"
    path.write_text(DEFINITION.replace("{body}", body).replace("{drawn}", "1"))
    ended = grader("prove", "thing", "quadruple")
    assert ended.code == 2
    assert "quadruple: proved" in ended.out
    assert BROKEN[body] in ended.err
    assert "thing.py:" in ended.err
    assert "report" not in ended.err


def test_what_an_author_may_have_missed_is_warned_of(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """No mistakes at all, and one that raises everywhere: neither is a fault for certain."""
    path = tiny.solution_path("quadruple")
    source = path.read_text()
    path.write_text(source[: source.index("@exercise.mistake")])
    assert "warning: solutions/numbers/quadruple.py:" in (printed := grader("prove").out)
    assert "quadruple has no mistakes: whoever gets it wrong is told no more than where" in printed
    sys.modules.pop("solutions")  # as in a process of its own, they are read again
    path.write_text(source.replace("return double(x)\n", "raise ValueError('too hot')\n"))
    assert "raises ValueError in every case: is it meant to?" in grader("prove", "quadruple").out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("return np.duoble(x)", "raises in every case: AttributeError: module 'numpy' has no"),
        ("return duoble(x)", "does not run: name 'duoble' is not defined"),
        ("def", "has another signature than quadruple: too many positional arguments"),
    ],
)
def test_a_mistake_is_no_slip_of_its_author(
    tiny: Course, grader: Callable[..., Ended], line: str, said: str
) -> None:
    """What cannot be called, or names what is nowhere, is nobody's answer."""
    path = tiny.solution_path("quadruple")
    source = path.read_text().replace("from grader", "import numpy as np\nfrom grader", 1)
    if line == "def":
        source = source.replace("def doubles_once(x)", "def doubles_once()").replace(
            "    return double(x)\n", "    return 1\n"
        )
    path.write_text(source.replace("    return double(x)\n", f"    {line}\n"))
    ended = grader("prove", "quadruple")
    assert ended.code == 1
    assert f"the mistake doubles_once {said}" in ended.out


@pytest.mark.parametrize("where", ["hint", "message"])
def test_no_text_gives_the_solution_away(
    tiny: Course, grader: Callable[..., Ended], where: str
) -> None:
    """However it is spaced, and however short the whole of it is."""
    path = tiny.solution_path("quadruple")
    old = {"hint": "Double the double.", "message": "You double once."}[where]
    path.write_text(path.read_text().replace(old, f"{old} Write `double( double(x) )`."))
    assert "gives a line of quadruple away: double(double(x))" in grader("prove", "quadruple").out


def test_a_reference_yields_what_is_asked_for(tmp_path: Path) -> None:
    """In one case at least; what is no generator hands out nothing one by one."""
    course = thing(tmp_path, "yield from x[:2]\n    return", "[1, 2, 3, 4]")
    path = course.solution_path("thing")
    path.write_text(
        path.read_text().replace("@exercise.reference", "@exercise.reference(yields=3)")
    )
    assert any("yields 2 values at most: yields=3 asks" in each for each in told(course))
    with pytest.raises(TypeError, match="it returned one list and has no `yield`"):
        perform(lambda: [1, 2, 3], [], {}, {"yields": 3})
