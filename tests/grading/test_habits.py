"""Habits from elsewhere: each has its sentence where it shows, and nothing is said elsewhere."""

from __future__ import annotations

import contextlib
import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.authoring.prove import prove
from grader.authoring.release import release
from grader.classroom.platforms.assignment import Assignment
from grader.classroom.platforms.autograder_zip import autograder_zip
from grader.course.course import Course, read_course
from grader.errors import CourseError
from grader.grading import advice
from grader.grading.habits import _BUILT_IN, _read, _with_packages, advice_for, read_habits
from grader.records import Outcome, Raised, Report
from tests.conftest import ROOT

Graded = Callable[..., Report]

# For every habit, a line that fails on it.
EXAMPLES = {
    "dim": "x.sum(dim=-1)",
    "keepdim": "np.mean(x, axis=-1, keepdim=True)",
    "unbiased": "x.var(axis=-1, unbiased=False)",
    "diagonal": "np.tril(m, diagonal=1)",
    "device": "np.exp(x, device='cpu')",
    "view": "x.view(2, 12)",
    "transpose-two-axes": "x.transpose(-2, -1)",
    "transpose-moves-nothing": "m @ m.transpose(-2, -1)",
    "transpose-function": "np.transpose(x, 1, 2)",
    "permute": "x.permute(0, 2, 1)",
    "unsqueeze": "x.unsqueeze(1)",
    "size": "n = x.size(-1)",
    "shape": "n = x.shape(-1)",
    "dim-method": "x.dim()",
    "numel": "x.numel()",
    "t": "m.t()",
    "expand": "m.expand(2, 3, 4)",
    "repeat": "m.repeat(1, 2, 1)",
    "range-of-shape": "range(x.shape)",
    "sizes-as-arguments": "np.ones(3, 3)",
    "tuple-of-sizes": "np.random.randn((2, 3))",
    "arrays-as-arguments": "np.concatenate(x, x)",
    "masked-fill": "x.masked_fill(x > 0, -1e9)",
    "mask-is-numbers": "x[x]",
    "not-of-numbers": "~x",
    "one-minus-mask": "(x > 0) - (x > 1)",
    "float": "x.float()",
    "tensor": "np.tensor([1.0])",
    "leave-out": "x.detach()",
    "divides-whole-numbers": "i /= 2",
    "clone": "x.clone()",
    "clamp": "x.clamp(min=0)",
    "matmul": "x.matmul(m)",
    "mm": "np.bmm(x, x)",
    "cat": "np.cat([x, x])",
    "softmax": "np.softmax(x, -1)",
    "relu": "np.relu(x)",
    "norm": "np.norm(x)",
    "pow": "x.pow(2)",
    "random": "np.randn(2, 3)",
    "tensorflow-names": "np.reduce_sum(x)",
    "method-that-is-a-function": "x.exp()",
    "values": "x.max(-1).values",
    "append": "x.append(1)",
    "list-product": "[[1.0]] @ [[1.0]]",
    "list-index": "[[1.0]][:, 0]",
    "list-method": "[[1.0]].shape",
    "own-sum": "sum(x, axis=-1)",
    "own-max": "max(m)",
    "truth-value": "m > 0 and m < 1",
    "if-array": "1 if m > 0 else 0",
    "math-of-an-array": "math.exp(m)",
    "star": "s = m * m.T",
    "matrix": "np.matrix(x)",
    "caret": "x ^ 2",
    "dotted-operator": "x .* x",
    "bare-names": "zeros((2, 3))",
    "get-ipython": "get_ipython().run_line_magic('matplotlib', 'inline')",
    "true-and-false": "keepdims = true",
    "numpy": "numpy.exp(x)",
    "torch-names": "torch.exp(x)",
    "standard-library": "functools.reduce(x)",
    "typing": "Optional[int]",
    "torch": "import torch.nn.functional as F",
    "module": "math(x)",
    "not-there": "import nowhere",
    "keys-of-a-dict": "[key**2 for key in {'w': m}]",
    "exit": "sys.exit(1)",
    "breakpoint": "raise BdbQuit",
    "input": "n = input('n? ')",
}


def raised_by(line: str) -> Raised:
    """Return what the line raises, as it would come from a learner's process."""
    import math
    import sys
    from bdb import BdbQuit

    m = np.arange(6.0).reshape(2, 3)
    names = {"np": np, "math": math, "sys": sys, "BdbQuit": BdbQuit, "m": m}
    names |= {"x": np.arange(24.0).reshape(2, 3, 4), "i": np.arange(6)}
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a learner's process shows them, and goes on
            exec(line, names)
    except BaseException as error:  # some of them end Python
        kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
        return Raised(type(error).__name__, tuple(kinds), str(error))
    raise AssertionError(f"nothing is wrong with {line!r}")


def without_torch(line: str) -> Raised:
    """Return what an import of PyTorch raises where there is none, as for a learner."""
    kinds = ("ModuleNotFoundError", "ImportError", "Exception")
    return Raised("ModuleNotFoundError", kinds, "No module named 'torch'")


@pytest.mark.parametrize("name", _read(_BUILT_IN))
def test_every_habit_is_found_where_it_fails(
    course: Course, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own sentence comes, before that of any other habit, and nothing is left to fill in."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    line = EXAMPLES[name]
    raised = without_torch(line) if name == "torch" else raised_by(line)
    found = _read(_BUILT_IN)[name]
    habit = found and _with_packages(found, "NumPy")
    said = advice_for(raised, f"    {line}", read_habits(course))
    assert habit and said == habit.advice_for(raised, line) != ""
    assert "{" not in said and not said.endswith(".")


@pytest.mark.parametrize(
    "line",
    [
        "x.reshape(5, 5)",
        "x + m[:, None]",
        "m.sum(axis=-1) + x[0] * m.T",
        "q = m - m * m.T",
        "undefined",
        "x.nothing",
        "raise ValueError('masked_fill, dim, .view( and torch')",
        "{}['torch']",
    ],
)
def test_nothing_is_said_of_other_mistakes(course: Course, line: str) -> None:
    """A line that fails for another reason is accused of no habit."""
    assert not advice_for(raised_by(line), line, read_habits(course))


@pytest.mark.parametrize("comment", ["  # and not m, .view( or torch", "  # don't, and never"])
def test_a_comment_has_no_habits(course: Course, comment: str) -> None:
    """What it speaks of is not what failed; a text with a # in it is no comment."""
    for line in ("if m > 0: pass", "if (m > 0) if '#' else m: pass"):
        raised, habits = raised_by(line), read_habits(course)
        assert advice_for(raised, line, habits) == advice_for(raised, line + comment, habits) != ""


def test_a_product_that_does_not_fit_either_way_is_no_habit(course: Course) -> None:
    """Of MATLAB's `*` nothing is said unless the shapes are those of a matrix product."""
    raised = raised_by("m * np.ones((4, 3))")
    assert not advice_for(raised, "m * other", read_habits(course))


def test_the_sentence_follows_pythons_own(graded: Graded) -> None:
    """A learner reads what Python says, then what the habit means here, then their line."""
    report = graded("import numpy as np\ndef double(x, times=2):\n    return x.sum(dim=-1)\n")
    message = str(next(c.message for c in report.checks if c.outcome is Outcome.CRASHED))
    first, place, line = message.split("\n")
    assert first.startswith("TypeError, line ")
    assert first.endswith("'dim'. PyTorch's `dim` is `axis` here, so `dim=-1` becomes `axis=-1`")
    assert "double.py:3" in place and "x.sum(dim=-1)" in line


def test_only_what_fails_is_looked_at(graded: Graded) -> None:
    """A habit in a line that works, or never runs, is nobody's business."""
    source = (
        "def double(x, times=2):\n    if times > 99:\n        x.unsqueeze(0)\n    return x.nothing"
    )
    report = graded(source)
    assert not any("expand_dims" in str(check.message) for check in report.checks)


def test_no_habit_is_read_where_nothing_crashed(
    graded: Graded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right answer and a wrong value wait for no file; what is to raise is no crash."""

    def never(course: Course) -> None:
        raise AssertionError("the habits were read")

    monkeypatch.setattr(advice, "read_habits", never)
    refuses = "    if times < 0:\n        raise ValueError\n"
    assert graded(f"def double(x, times=2):\n{refuses}    return x * x.dtype.type(times)\n").points
    assert graded(f"def double(x, times=2):\n{refuses}    return x * 3\n").outcome is Outcome.FAILED


def test_a_course_adds_its_own(tiny: Course, graded: Graded) -> None:
    """Its habits are asked first, replace those of their name, and `null` takes one out."""
    tiny.habits_path.write_text(
        "double:\n  raises: [KeyError, NameError]\n  message: name '(?P<name>twice)'\n"
        "  say: There is no `{name}` here, {unknown}\n"
        "dim:\n  raises: TypeError\n  message: \"'dim'\"\n  say: Our own words\nkeepdim: null\n"
    )

    def said(body: str) -> str:
        return str(graded(f"def double(x, times=2):\n    return {body}\n").checks[0].message)

    assert "There is no `twice` here, {unknown}" in said("twice(x)")
    assert "Our own words" in said("x.sum(dim=0)") and "PyTorch" not in said("x.sum(dim=0)")
    assert "keepdims" not in said("x.sum(keepdim=True)")
    assert "expand_dims" in said("x.unsqueeze(0)")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a\n", "not a table"),
        ("a: [\n", "flow"),
        ("a: 3\n", "the habit a "),
        ("a: {raises: E}\n", "say"),
        ("a: {say: s, message: m}\n", "`raises` and `say`"),
        ("a: {raises: E, say: s, massage: m}\n", "massage"),
        ("a: {raises: E, say: s, line: '('}\n", "unterminated"),
        ("a: {raises: E, say: [3]}\n", "to be text"),
        ("a: {raises: E, say: s, line: (?i)a}\n", "more than a pattern may have"),
        ("a: {raises: E, say: s, line: '(a)\\1'}\n", "more than a pattern may have"),
        (f"a: {{raises: E, say: s, line: {'a' * 501}}}\n", "at most 500"),
        (f"a: {{raises: {['E'] * 21}, say: s}}\n", "at most 20 names"),
        ("a: {raises: E, say: s, search: m}\n", "no 'search'"),
    ],
)
def test_what_makes_no_sense_is_refused(tiny: Course, text: str, why: str) -> None:
    """An author learns which habit it is, and what one consists of."""
    tiny.habits_path.write_text(text)
    with pytest.raises(CourseError, match=why) as refused:
        read_habits(tiny)
    assert str(refused.value.where).startswith(str(tiny.habits_path))
    assert "`raises`" in str(refused.value.next)


def test_every_example_is_of_a_habit() -> None:
    """No example is left over from a habit that is gone."""
    assert EXAMPLES.keys() == _read(_BUILT_IN).keys()
    assert _BUILT_IN.is_relative_to(ROOT) or _BUILT_IN.is_file()


def test_habits_go_where_the_course_goes(tiny: Course, tmp_path: Path) -> None:
    """A release and an autograder have them; one that makes no sense goes nowhere."""
    tiny.habits_path.write_text("own: {raises: KeyError, say: Our own words}\n")
    release(tiny, tmp_path / "released", [0])
    assert read_habits(read_course(tmp_path / "released"))[0].say == "Our own words"
    packed = autograder_zip(tiny, Assignment(("double",)))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("course/habits.yaml") == tiny.habits_path.read_bytes()
    tiny.habits_path.write_text("own: 3\n")
    with pytest.raises(CourseError, match="the habit own"):
        release(tiny, tmp_path / "again", [0])
    with pytest.raises(CourseError, match="the habit own"):
        prove(tiny, "double", [0])
