"""A stub says what its exercise asks for, and nothing that is not so."""

from __future__ import annotations

import json

import pytest

from grader.authoring.stubs import stub_of, write_stub
from grader.course.course import CONTENTS, Course, read_course
from grader.notebooks.write import notebook_of

ROTATE = '''"""Rotate a list, and remember."""

from grader.exercise import Exercise, calls, inputs

exercise = Exercise(hints=["Think."], without=["numpy.roll", "sorted"])


@exercise.reference(changes="numbers")
def rotate(numbers):
    """Put the first last."""
    numbers.append(numbers.pop(0))


@exercise.case
def three(rng):
    return inputs([1, 2, 3])


@exercise.reference
class Pot:
    """A pot."""

    def __init__(self):
        self.fill = 0

    def pour(self, amount):
        """Pour an amount in."""
        self.fill += amount


@exercise.case
def twice(rng):
    return calls(("new",), ("pour", 2), ("fill",))
'''


@pytest.fixture
def other(tiny: Course) -> Course:
    """Return a course of another subject, with a package of its own."""
    (tiny.root / "solutions/numbers/rotate.py").write_text(ROTATE)
    (tiny.root / CONTENTS).write_text(
        "title: T\npackages: [click>=8]\n"
        "units:\n  numbers:\n    title: N\n    exercises: [rotate]\n"
    )
    course = read_course(tiny.root)
    write_stub(course, "rotate")
    return course


def test_what_is_asked_for_besides_the_docstrings_is_told(other: Course) -> None:
    """An argument that is to be changed, functions to do without, and attributes."""
    stub = stub_of(other, "rotate")
    assert "arguments as they came, but for `numbers` of rotate, which has to be changed" in stub
    assert "# Not to be used here, by any name: `numpy.roll`, `sorted`.\n" in stub
    assert "# Objects of Pot also have: `fill`.\n" in stub


def test_what_is_not_so_in_a_course_is_not_told(other: Course, tiny: Course) -> None:
    """Of batch axes, products of matrices, and imports of what nobody imports."""
    stub = stub_of(other, "rotate")
    assert "and imports from click and the standard library" in stub
    for words in ("batch axes", "matrix product", "Later exercises"):
        assert words not in stub
    first = stub_of(tiny, "double")
    assert "batch axes" in first and "Later exercises can import this one" in first
    assert "matrix product" not in first


def test_a_notebook_says_the_same(other: Course) -> None:
    """With the packages of its course, and no name by which an index knows some other grader."""
    cells = {
        c["id"]: "".join(c["source"]) for c in json.loads(notebook_of(other, ["rotate"]))["cells"]
    }
    assert "`click>=8`" in cells["title"] and "attention-course" not in cells["title"]
    assert "imports from click and the standard library" in cells["title"]
    assert "matrix product" not in cells["title"]
    for words in (
        "but for `numbers` of rotate",
        "`numpy.roll`, `sorted`",
        "Objects of Pot also have: `fill`",
    ):
        assert words in cells["rotate-stub"]
