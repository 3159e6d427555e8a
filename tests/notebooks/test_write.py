"""Notebooks out: valid, stable, without outputs, and a lesson that looks like one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from grader.course.course import Course, read_course
from grader.notebooks.write import notebook_of
from tests.conftest import ROOT, Ended

Grader = Callable[..., Ended]


@pytest.fixture(scope="module")
def whole() -> str:
    """Return the notebook of the whole course."""
    course = read_course(ROOT)
    return notebook_of(course, course.exercises)


@pytest.fixture(scope="module")
def long() -> str:
    """Return the notebook of two units."""
    course = read_course(ROOT)
    return notebook_of(course, course.exercises[:16])


def test_a_notebook_of_many_exercises_is_valid(long: str) -> None:
    """It is nbformat 4.5, with ids of its own for every cell, and nothing was run in it."""
    notebook = nbformat.reads(long, 4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)


def test_the_same_course_gives_the_same_bytes(course: Course) -> None:
    """A cell keeps its id, whichever exercises are around it."""
    text = notebook_of(course, ["softmax", "masking"])
    assert text == notebook_of(course, ["masking", "softmax"])
    cells = json.loads(notebook_of(course, ["masking"]))["cells"]
    ids = {cell["id"] for cell in cells}
    assert ids <= {cell["id"] for cell in json.loads(text)["cells"]}


def test_stubs_are_marked(course: Course) -> None:
    """The stub is tagged, and its metadata names the exercise."""
    cells = json.loads(notebook_of(course, ["softmax"]))["cells"]
    (stub,) = (cell for cell in cells if cell["id"] == "softmax-stub")
    assert stub["metadata"]["tags"] == ["exercise", "softmax"]
    assert stub["metadata"]["grader"] == {"exercise": "softmax", "role": "stub"}


def test_what_stands_above_is_not_imported(course: Course) -> None:
    """An earlier exercise is imported where it is elsewhere, and named where it is above."""
    alone = notebook_of(course, ["masking"])
    assert "from exercises.attention.softmax import softmax" in alone
    together = notebook_of(course, ["softmax", "masking"])
    assert "from exercises" not in together
    assert "# From your cells above: softmax." in together


@pytest.mark.wide
def test_every_formula_is_tex(course: Course, whole: str) -> None:
    """Most exercises have a formula, and no line that has TeX is shown as text as well."""
    cells = json.loads(whole)["cells"]
    lessons = {c["id"]: "".join(c["source"]) for c in cells if c["id"].endswith("-lesson")}
    assert len(lessons) == len(course.exercises)
    has_formula = [re.search(r"^\$\$\n\\begin", t, re.MULTILINE) for t in lessons.values()]
    assert sum(map(bool, has_formula)) > 0.7 * len(lessons)
    assert "exp(scores_i)" not in lessons["softmax-lesson"]
    assert "weights  (..., n)   each in [0, 1]" in lessons["softmax-lesson"]


def test_the_command(tiny: Course, grader: Grader, tmp_path: Path) -> None:
    """A unit is written; what is there is not overwritten; what is not there is said."""
    path = tmp_path / "numbers.ipynb"
    assert grader("export", "notebook", "--unit", "numbers", "-o", str(path)).code == 0
    assert '"quadruple-stub"' in path.read_text()
    ended = grader("export", "notebook", "double", "-o", str(path))
    assert ended.code == 2
    assert "--force" in ended.err
    assert grader("export", "notebook", "double", "--force", "-o", str(path)).code == 0
    assert '"quadruple-stub"' not in path.read_text()
    assert "There are: numbers." in grader("export", "notebook", "--unit", "nmbers", "-o", "x").err
