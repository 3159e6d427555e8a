"""Whatever an answer returns, `grader show` draws the reference's and says what is with yours."""

from __future__ import annotations

import sys

import pytest

from grader.course.course import Course
from tests.attacks.bounds import bounded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches memory as Linux tells it")

PICTURES = '''

@exercise.picture
def ramps():
    """Lines, and what is in a part of a result."""
    return [view("up", inputs(np.arange(3.0))), view("down", inputs(-np.arange(6.0).reshape(2, 3)))]
'''
RESULTS = [
    "'text'",
    "None",
    "[[1.0], [2.0, 3.0]]",
    "np.array(['a', 'b', 'c'])",
    "np.zeros((2, 3, 4, 5))",
    "np.zeros((200_000, 3))",
    "np.full(x.shape, -1.7e308)",
    "np.full(x.shape, 1.7e308) * np.array([1, np.nan, -1])",
    "x + 1j",
    "np.zeros(15_000_000, dtype=bool)",
    "np.float64(3)",
    "{'a': x}",
    "(x, 'text')",
    "x.astype(np.int8)",
    "10**300",
]


@pytest.mark.parametrize("result", RESULTS)
def test_odd_results_are_told_or_drawn(tiny: Course, result: str) -> None:
    """As text and as a PNG; the reference's picture is there in any case."""
    source = tiny.solution_path("double").read_text()
    source = source.replace("import Exercise, inputs", "import Exercise, inputs, view") + PICTURES
    tiny.solution_path("double").write_text(source)
    answer = f"import numpy as np\ndef double(x, times=2):\n    return {result}\n"
    tiny.exercise_path("double").write_text(answer)
    (ended,) = bounded(tiny.root, ["show", "double", "--png", "x.png"])
    assert ended.code == 0, ended
    assert "reference: up" in ended.out and len(ended.out) < 20_000
    assert (tiny.root / "x.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "result", ["x, 'text'", "[[1.0], [2.0, 3.0]]", "np.zeros((2, 2, 2, 2))", "None", "x * 1.7e308"]
)
def test_odd_references_are_the_courses_fault(tiny: Course, result: str) -> None:
    """What cannot be drawn of a reference is one sentence that names the definition."""
    source = tiny.solution_path("double").read_text()
    source = source.replace("import Exercise, inputs", "import Exercise, inputs, view") + PICTURES
    changed = source.replace("return x * x.dtype.type(times)", f"return {result}")
    tiny.solution_path("double").write_text(changed)
    (ended,) = bounded(tiny.root, ["show", "double", "--png", "x.png"])
    assert ended.code == 0 or "the picture ramps cannot be drawn" in ended.err
    assert ended.code == 0 or "double.py" in ended.err
