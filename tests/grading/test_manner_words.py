"""What is wrong with a call is told in the words of what was called, and the call is shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from grader.course.course import CONTENTS, Course, read_course
from grader.exercise import inputs
from grader.grading.checks import answer_difference
from grader.grading.examiner import load_definition
from grader.grading.grade import grade
from grader.grading.manner_words import in_manner
from grader.grading.tolerance import Tolerance
from grader.learner.outside.sandbox import Sandbox
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.present.values_python import render_values
from grader.records import Returned
from tests.conftest import Ended

POT = '''"""A pot, a list, a print and a row of numbers."""

from grader.exercise import Exercise, calls, inputs

exercise = Exercise(hints=["Think."])


@exercise.reference
class Pot:
    """A pot."""

    def __init__(self, fill=0):
        self.fill = fill

    def take(self, amount):
        """Take an amount; raise ValueError where there is less."""
        if amount > self.fill:
            raise ValueError("too much")
        self.fill -= amount
        return self.fill


@exercise.case
def some(rng):
    return calls(("new", 7), ("take", 2), ("fill",))


@exercise.case(raises=ValueError)
def too_much(rng):
    return calls(("new", 7), ("take", 8))


@exercise.reference(changes="x")
def empty(x):
    """Leave the first."""
    del x[1:]


@exercise.case
def three(rng):
    return inputs([1, 2, 3])


@exercise.reference(prints=True)
def greet(name):
    """Greet."""
    print("hello", name)


@exercise.case
def ada(rng):
    return inputs("Ada")


@exercise.reference(yields=3)
def twos():
    """Yield twos."""
    while True:
        yield 2


@exercise.case
def three_twos(rng):
    return inputs()
'''
RIGHT = {
    "Pot": "class Pot:\n    def __init__(self, fill=0): self.fill = fill\n"
    "    def take(self, amount):\n        if amount > self.fill: raise ValueError\n"
    "        self.fill -= amount\n        return self.fill\n",
    "empty": "def empty(x): del x[1:]\n",
    "greet": "def greet(name): print('hello', name)\n",
    "twos": "def twos():\n    while True: yield 2\n",
}
LENDS = RIGHT["Pot"].replace("if amount > self.fill: raise ValueError", "")


@pytest.fixture
def pots(tiny: Course) -> Course:
    """Return a course with one exercise, in which all that is called is no plain call."""
    (tiny.root / "solutions/numbers/pot.py").write_text(POT)
    (tiny.root / CONTENTS).write_text(
        "title: T\nunits:\n  numbers:\n    title: N\n    exercises: [pot]\n"
    )
    return read_course(tiny.root)


@pytest.mark.parametrize(
    ("function", "source", "said"),
    [
        ("Pot", RIGHT["Pot"].replace("-=", "+="), "take(2): yours 9, wanted 5"),
        ("Pot", LENDS, "none of the calls raised; wanted a ValueError"),
        ("empty", "def empty(x): x.clear()", "x is a list of 0 afterwards, wanted a list of 1"),
        ("greet", "def greet(name): return 'hello ' + name", "nothing was printed; what is only"),
        ("twos", "def twos(): yield 2", "it yielded 1 of the first 3 values"),
        ("twos", "def twos(): print(2)", "it returned nothing and has no `yield`"),
        ("twos", "def twos(): return 2", "it returned one int and has no `yield`"),
    ],
)
def test_a_difference_is_told_of_what_was_called(
    pots: Course, sandbox: Sandbox, function: str, source: str, said: str
) -> None:
    """And not of a result that no function returned."""
    path = pots.root / "answer.py"
    path.write_text("\n".join((RIGHT | {function: source + "\n"}).values()))
    report = grade(pots, "pot", path, sandbox=sandbox, seed=1)
    assert [c.name for c in report.checks if said in str(c.message)]


def test_a_generator_that_raises_its_end_is_told_the_line(pots: Course, sandbox: Sandbox) -> None:
    """Python makes another exception of it, which passed through no line."""
    path = pots.root / "answer.py"
    source = "def twos():\n    yield 2\n    raise StopIteration\n"
    path.write_text("\n".join((RIGHT | {"twos": source}).values()))
    report = grade(pots, "pot", path, sandbox=sandbox, seed=1)
    (check,) = (c for c in report.checks if not c.passed)
    assert "RuntimeError, line 14" in str(check.message)
    assert "raise StopIteration" in str(check.message)


def test_the_calls_of_a_wanted_exception_are_shown_everywhere(
    pots: Course, sandbox: Sandbox, grader: Callable[..., Ended]
) -> None:
    """In a whole report, as values, and as lines to paste."""
    path = pots.root / "answer.py"
    path.write_text("\n".join((RIGHT | {"Pot": LENDS}).values()))
    report = grade(pots, "pot", path, sandbox=sandbox, seed=1)
    for text in (render_report(report, Style()), render_values(report)):
        assert "new(7)" in text and "take(8)" in text
    pasted = grader("grade", "pot", "--file", str(path), "--case", "too_much")
    assert "made = Pot(7)\n" in pasted.out and "made.take(8)" in pasted.out


ODD = [5, -1.5, "", "a", None, True, np.zeros(3), np.float64(2), [], [[1]], (), {}, {"a": 1}, {1}]


@pytest.mark.parametrize("number", range(4))
def test_whatever_comes_back_is_told(pots: Course, number: int) -> None:
    """A process that was taken over answers with what no call of that manner can give."""
    references = [*load_definition(pots, "pot").references.values()]
    wanted = [[None, 5, 5], [1], "hello Ada\n", [2, 2, 2]][number]
    given = inputs(("new", 7), ("take", 2), ("fill",))
    for value in ODD:
        answer = Returned(value, given)
        found = answer_difference(answer, Returned(wanted, given), Tolerance())
        assert found and in_manner(found, answer, references[number], given).message
