"""What is said of a file as a whole: that it is something else than an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.authoring.stubs import stub_of
from grader.course.course import Course
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.present.report_html import report_html
from grader.present.report_json import reports_json
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.records import Outcome, Report, Submission

Graded = Callable[..., Report]
QUADRUPLE = "def quadruple(x):\n    return 4 * x\n"
RIGHT = (
    "    if times < 0:\n        raise ValueError('negative')\n    return x * x.dtype.type(times)\n"
)


def said(report: Report) -> list[str]:
    """Return all that is said of a file."""
    return [" ".join(str(each.message).split()) for each in report.diagnosis if not each.function]


@pytest.mark.parametrize("before", ["", "from exercises.numbers.double import double\n", "f(:\n"])
def test_an_answer_to_another_exercise_is_recognised(graded: Graded, before: str) -> None:
    """It is said what it answers and how to grade that, whether or not the file loads."""
    assert said(graded(before + QUADRUPLE)) == [
        "exercises/numbers/double.py defines quadruple: it answers quadruple, not double."
        " To grade it as that: `grader grade quadruple --file exercises/numbers/double.py`"
    ]


def test_a_path_with_a_space_can_be_typed(tiny: Course, sandbox: Sandbox) -> None:
    """The command that is named works as it stands."""
    path = tiny.root / "my answer.py"
    path.write_text(QUADRUPLE)
    [message] = said(grade(tiny, "double", path, sandbox=sandbox))
    assert message.endswith("`grader grade quadruple --file 'my answer.py'`")


def test_cells_are_told_what_they_answer(tiny: Course, sandbox: Sandbox) -> None:
    """A notebook is graded otherwise, so no command is named that would not do."""
    cells = Submission("double", "numbers", "n.ipynb", QUADRUPLE.encode())
    [message] = said(grade(tiny, "double", cells, sandbox=sandbox))
    assert message == "n.ipynb defines quadruple: it answers quadruple, not double."


def test_the_stub_of_another_exercise_is_recognised(tiny: Course, graded: Graded) -> None:
    """There is nothing in it to be graded elsewhere: what is needed is the right stub."""
    assert said(graded(stub_of(tiny, "quadruple"))) == [
        "exercises/numbers/double.py is the stub of quadruple."
        " `grader reset double` writes that of double again."
    ]


def test_a_slip_beside_a_helper_is_no_other_answer(graded: Graded) -> None:
    """The helper bears another exercise's name, and what is asked for is nearly there."""
    assert said(graded(f"{QUADRUPLE}def doubel(x, times=2):\n    return x\n")) == [
        "exercises/numbers/double.py has no function called double. It defines quadruple, doubel:"
        " is it one of these, renamed?"
    ]


def test_an_own_function_makes_it_an_answer(graded: Graded) -> None:
    """A file that has a function of this exercise is not taken for that of another."""
    report = graded(f"{QUADRUPLE}def double(x, times=2):\n    return quadruple(x) / 2\n")
    assert not any("answers" in message for message in said(report))


@pytest.mark.parametrize(
    "bound",
    [
        "double: object = lambda x, times=2: 0",
        "if True:\n    def double(x, times=2):\n        return 0",
        "double, *_ = [lambda x, times=2: 0]",
        "globals()['double'] = lambda x, times=2: 0",
    ],
)
def test_however_an_own_function_is_bound_it_makes_it_an_answer(graded: Graded, bound: str) -> None:
    """What is called for it is there."""
    assert not any("answers" in each for each in said(graded(f"{QUADRUPLE}{bound}\n")))


@pytest.mark.parametrize(
    "bound", ["double: object = len", "if True:\n    def double(x, times=2):\n        return 0"]
)
def test_an_own_function_is_seen_in_a_file_that_does_not_load(graded: Graded, bound: str) -> None:
    """Nothing is called then, so it is looked for in the lines."""
    assert not any("answers" in each for each in said(graded(f"{QUADRUPLE}{bound}\n1 / 0\n")))


@pytest.mark.parametrize(
    "source",
    [
        f"def f(x, times, unused):\n{RIGHT}from functools import partial\n"
        "double = lambda x, times=2: f(x, times, None)\n",
        f"def f(unused, x, times=2):\n{RIGHT}from functools import partial\n"
        "double = partial(f, None)\n",
        f"class F:\n  def __call__(self, x, times=2):\n{RIGHT}double = F()\n",
    ],
)
def test_whatever_can_be_called_is_graded(graded: Graded, source: str) -> None:
    """A lambda, a partial and an object that can be called are as good as a function."""
    assert graded(source).outcome is Outcome.PASSED


def test_a_class_is_no_function(graded: Graded) -> None:
    """It is said that it is one, where, and what to write instead."""
    source = "\n\nclass double:\n    def __init__(self, x, times=2):\n        self.x = x * times\n"
    assert said(graded(source)) == [
        "exercises/numbers/double.py:3: `double` is a class, and calling a class makes an object."
        " A function is wanted here: write `def double(x, times=2):` in its place."
    ]


@pytest.mark.parametrize("outer", ["class Numbers:", "def main():", "if __name__ == '__main__':"])
def test_a_function_inside_of_something_is_found(graded: Graded, outer: str) -> None:
    """It is there, and nobody can call it: its line is named."""
    [message] = said(graded(f"{outer}\n    def double(x, times=2):\n        return 2 * x\n"))
    assert message.startswith("exercises/numbers/double.py:2: `double` is defined inside of")
    assert message.endswith("Move it to the left margin.")


def test_a_function_whose_name_is_given_away_is_found(graded: Graded) -> None:
    """A trial that overwrites the function is named, with its line."""
    source = "def double(x, times=2):\n    return 2 * x\n\ndouble = double(3)\n"
    [message] = said(graded(source))
    assert message == (
        "exercises/numbers/double.py:4: `double` is something that cannot be called,"
        " from this line on. Give it another name here."
    )


OUTSIDE = "What stands outside of functions"


@pytest.mark.parametrize(
    "source",
    [
        "def double(x:\n",
        "def double(x):\n\tx = 1\n        return x\n",
        "x = " + "(" * 300 + ")" * 300,
        "def f(n):\n    return f(n)\nf(1)\n",
        "import nowhere\n",
        "@nothing\ndef double(x): pass\n",
        "def double(x, times=nothing): pass\n",
        "class A(nothing): pass\n",
        "exit()\n",
    ],
)
def test_nothing_is_said_of_trials_where_they_are_not_the_matter(
    graded: Graded, source: str
) -> None:
    """What belongs outside of functions, or fails anywhere, is not to be moved."""
    report = graded(source)
    assert report.outcome is Outcome.CRASHED
    assert OUTSIDE not in said(report)[0]


@pytest.mark.parametrize("source", ["print(nothing)\n", "x = 1 / 0\n", "assert 1 == 2\n"])
def test_a_trial_has_a_place(graded: Graded, source: str) -> None:
    """Where something that is tried out fails, it is said where to put it."""
    assert OUTSIDE in said(graded(source))[0]


def test_tabs_and_spaces_are_told_in_pythons_words(graded: Graded) -> None:
    """With the line where they meet."""
    [message] = said(graded("def double(x):\n\tx = 1\n        return x\n"))
    assert "TabError, line 3: inconsistent use of tabs and spaces in indentation" in message
    assert "double.py:3" in message


@pytest.mark.parametrize("call", ["exit()", "quit()", "import sys; sys.exit()"])
def test_an_end_is_told_as_one(graded: Graded, call: str) -> None:
    """`exit` is there as in everybody's Python, and ends what it is called in."""
    [message] = said(graded(f"def double(x): pass\n{call}\n"))
    assert "`" in message and "so take it out" in message
    assert "double.py:2" in message


def test_the_usual_names_are_there(graded: Graded) -> None:
    """`help` and what the prompt of Python greets with are no mistake."""
    names = "help, license, copyright, credits\n"
    assert graded(f"{names}def double(x, times=2):\n{RIGHT}").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("name", "visible"),
    [
        ("x\nPASSED.py", "x\\x0aPASSED.py"),
        ("x\r\x1b[2J.py", "x\\x0d\\x1b[2J.py"),
        ("x\u202eyp.py", "x\\u202eyp.py"),
        ("x\u2028y.py", "x\\u2028y.py"),
    ],
)
def test_a_name_stays_in_its_line(tiny: Course, sandbox: Sandbox, name: str, visible: str) -> None:
    """Whatever is in a file's name, reports show it in one line, and as what it is."""
    path = tiny.root / name
    path.write_text("def double(x, times=2):\n    return x.nothing\n", "utf-8")
    report = grade(tiny, "double", path, sandbox=sandbox)
    assert report.path == visible and f"{visible}:2" in str(report.checks[0].message)
    for form in render_report(report, Style()), report_html(report), reports_json([report]):
        assert name not in form
        assert not any(line.strip().startswith("PASSED") for line in form.splitlines())


@pytest.mark.parametrize("quotes", ["'''", '"""'])
@pytest.mark.parametrize("older", ["def double(x):\n    return x\n", "class double:\n    pass\n"])
def test_what_stands_in_a_text_is_no_code(graded: Graded, quotes: str, older: str) -> None:
    """Such as an older attempt; a comment that has quotes does not begin a text."""
    text = f"# don't {quotes}\n{quotes}\n{older}{quotes}\nother = 'don\\'t'\n"
    assert said(graded(f"{text}def dubble(x, times=2):\n{RIGHT}")) == [
        "exercises/numbers/double.py has no function called double. It defines dubble: is it one of"
        " these, renamed?"
    ]


def test_what_a_file_has_is_said_where_checks_are_hidden(
    untouched: Course, sandbox: Sandbox
) -> None:
    """Of those nothing is told, and of the others it is."""
    source = b"def soft_max(scores, axis=-1):\n    return scores\n"
    answer = Submission("softmax", "attention", "softmax.py", source)
    assert said(grade(untouched, "softmax", answer, sandbox=sandbox, seed=1)) == [
        "softmax.py has no function called softmax. It defines soft_max: is it one of these,"
        " renamed?"
    ]
