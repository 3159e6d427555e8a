"""Notebooks out: valid, stable, without outputs, and a lesson that looks like one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from grader.course.course import Course, read_course
from grader.grading.examiner import load_definition
from grader.notebooks import write
from grader.notebooks.write import notebook_of
from grader.present.lesson_markdown import lesson_markdown
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


def typeset(course: Course, lesson: str, **formulas: str) -> str:
    """Return a lesson with these formulas as Markdown."""
    definition = load_definition(course, "double")
    return lesson_markdown(replace(definition, lesson=f"Double.\n\n{lesson}", formulas=formulas))


def test_tex_is_put_in_once(tiny: Course) -> None:
    """A formula that many lines begin with is shown as it stands there."""
    assert "\\beta" in typeset(tiny, "Text.\n\n    y\n\nMore.\n", y="\\beta")
    assert "\\beta" not in typeset(tiny, "Text.\n\n    y\n    y\n\nMore.\n", y="\\beta")


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        ("\\frac{a}{b} < c", "\\frac{a}{b} < c"),
        ("\\{ x \\}", "\\{ x \\}"),
        ("y\n\n# PASSED", "y # PASSED"),
        ("y $$ [here](x)", "y $ $ [here](x)"),
        ("<b>y</b> \x1b[31m \u202e", "< b>y< /b> \\x1b[31m \\u202e"),
    ],
)
def test_tex_is_one_line_of_tex(tiny: Course, tex: str, shown: str) -> None:
    """It ends nothing, begins no line or tag, and has no sign that nobody sees."""
    lesson = typeset(tiny, "Text.\n\n    y\n\nMore.\n", y=tex)
    assert f"$$\n\\begin{{gathered}}\n{shown}\n\\end{{gathered}}\n$$" in lesson


@pytest.mark.parametrize("tex", ["{ [here](x)", "} {", "\\}{"])
def test_tex_that_leaves_a_brace_open_is_not_put_in(tiny: Course, tex: str) -> None:
    """Markdown would read on behind it."""
    assert "$" not in typeset(tiny, "Text.\n\n    y\n\nMore.\n", y=tex)


@pytest.mark.parametrize(
    "tex",
    [
        "\\href{https://x.y}{y}",
        "\\class{btn}{y}",
        "\\def\\y{y}",
        "\\includegraphics{x.png}",
        "\\csname hr\\endcsname",
    ],
)
def test_tex_that_does_more_than_set_signs_is_not_put_in(tiny: Course, tex: str) -> None:
    """On a page it links, loads or defines; what only begins so is a formula."""
    assert "$" not in typeset(tiny, "Text.\n\n    y\n\nMore.\n", y=tex)
    assert "\\left" in typeset(tiny, "Text.\n\n    y\n\nMore.\n", y="\\left( y \\right)")


def test_notes_of_many_stubs_are_shown_as_they_stand(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What most stubs say is said once, above all of them, whatever Markdown would take it for."""
    stub = '"""Lesson."""\n\n# Use `no_loop` <b>here</b>.\n#\n# {}\n\n\ndef f(): pass\n'
    monkeypatch.setattr(write, "stub_of", lambda course, name: stub.format(f"Own of {name}."))
    cells = json.loads(notebook_of(tiny, tiny.exercises))["cells"]
    sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
    assert sources["title"].endswith("\n\nUse `no_loop` \\<b>here\\</b>.")
    assert sources["double-stub"].startswith("# Own of double.\n")


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
