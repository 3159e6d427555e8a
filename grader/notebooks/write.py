"""Writes exercises as a notebook: lesson, stub, check and hints, a few cells for each.

The same course gives the same bytes: ids come from names, and there are no outputs.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.authoring.stubs import stub_code, stub_of
from grader.course.course import Course
from grader.exercise.definition import Definition
from grader.exercise.stub_notes import split_notes
from grader.grading.examiner import load_definition
from grader.present.lesson_markdown import hints_markdown, lesson_markdown
from grader.present.prose_markdown import prose_markdown, words_markdown

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_BEGIN = """\
# {title}

Run the cell below first; {needed} in the Python of this notebook. Then, for each
exercise: read, write what the stub asks for, run its cell, and run the check below it. A check runs
your code in a process of its own and sees what you have run so far, nothing else. Write as many
cells of your own as you like, and keep the names of the functions.{notes}"""


def notebook_of(course: Course, names: Sequence[str]) -> str:
    """Return a notebook of some exercises, in the order of the course, as nbformat 4.5."""
    ordered = [name for name in course.exercises if name in names]
    common = _common_notes(course, ordered)
    cells = [_begin(course, ordered, common), _code("begin", "%load_ext grader", ["setup"])]
    for number, name in enumerate(ordered):
        cells += _exercise(course, load_definition(course, name), ordered[:number], common)
    metadata = {
        "grader": {"exercises": ordered},
        "kernelspec": _KERNEL,
        "language_info": {"name": "python"},
    }
    notebook = new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def _begin(course: Course, names: Sequence[str], common: Collection[str]) -> Any:
    units = {course.unit_of(name) for name in names}
    title = course.title
    if len(units) == 1:
        title = next(unit.title for unit in course.units if unit.name in units)
    needed = " and ".join(["the grader of this course", *(f"`{p}`" for p in course.packages)])
    needed = f"{needed} {'have' if course.packages else 'has'} to be installed"
    told = [*common, *split_notes(stub_of(course, course.exercises[0])).reading]
    notes = "".join(f"\n\n{words_markdown(note)}" for note in told)
    text = _BEGIN.format(title=prose_markdown(title), needed=needed, notes=notes)
    return _markdown("title", text)


def _common_notes(course: Course, names: Sequence[str]) -> Collection[str]:
    """Return what is asked for in most exercises of a notebook: others say it themselves.

    They are looked up in it, and come in the order in which they first stand.
    """
    said = Counter(note for name in names for note in split_notes(stub_of(course, name)).particular)
    return dict.fromkeys(note for note, number in said.items() if 2 * number > len(names) > 1)


def _exercise(
    course: Course, definition: Definition, above: Sequence[str], common: Collection[str]
) -> Iterator[Any]:
    name = definition.name
    yield _markdown(f"{name}-lesson", lesson_markdown(definition))
    mark = {"grader": {"exercise": name, "role": "stub"}}
    yield _code(f"{name}-stub", _stub(course, name, above, common), ["exercise", name], **mark)
    yield _code(f"{name}-check", f'import grader\n\ngrader.check("{name}")', ["check"])
    if definition.pictures:
        yield _code(f"{name}-show", f'grader.show("{name}")', ["show"])
    yield _markdown(f"{name}-hints", hints_markdown(definition))


def _stub(course: Course, name: str, above: Sequence[str], common: Collection[str]) -> str:
    """Return the stub; what stands above in this notebook is there already, and only named."""
    whole, code = stub_code(course, name), stub_code(course, name, above)
    imports = re.compile(r"^from exercises\.\S+ import (.+)$", re.MULTILINE)
    left_out = [n for n in imports.findall(whole) if n not in imports.findall(code)]
    own = split_notes(stub_of(course, name)).particular
    notes = [note for note in own if note not in common]
    notes += [f"From your cells above: {', '.join(left_out)}."] if left_out else []
    return "\n".join([*(textwrap.fill(f"# {n}", 100, subsequent_indent="# ") for n in notes), code])


def _markdown(role: str, source: str) -> Any:
    return new_markdown_cell(source, id=_id(role))


def _code(role: str, source: str, tags: Sequence[str], **metadata: Any) -> Any:
    return new_code_cell(source, id=_id(role), metadata={"tags": list(tags), **metadata})


def _id(role: str) -> str:
    """Return the id of a cell: at most 64 characters, of those that nbformat allows."""
    plain_role = re.sub(r"[^a-zA-Z0-9_-]", "-", role)
    if plain_role == role and len(role) <= 64:
        return role
    return f"{plain_role[:47]}-{hashlib.sha256(role.encode()).hexdigest()[:16]}"
