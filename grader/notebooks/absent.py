"""What a notebook was to hold and does not: which exercises, and what became of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from grader.course.course import Course
from grader.notebooks.reading import Cell, Notebook
from grader.records.text import listed

_CALLED = re.compile(r"""\bgrader\.(?:check|show)\(\s*["'](\w+)["']|^[ \t]*%%grade +(\w+)""", re.M)
_MAGIC = re.compile(r"\s*(%%\w+.*)")
MAX_TOLD = 10  # cells, or lines that were left out
_KINDS = {"markdown": "Markdown", "raw": "raw text"}
_MENDED = "Make it a cell of code again"


def expected_in(course: Course, notebook: Notebook) -> list[str]:
    """Return the exercises that a notebook was written for or speaks of, in the course's order."""
    cells = (*notebook.cells, *notebook.texts)
    named = {cell.exercise for cell in cells} | notebook.listed
    for cell in notebook.cells:
        named |= {name for pair in _CALLED.findall(cell.source) for name in pair}
    return [name for name in course.exercises if name in named]


def why_absent(notebook: Notebook, exercise: str, functions: Sequence[str]) -> str:
    """Return what became of the cells of an exercise of which there is nothing."""
    if notebook.has_run:
        return ""
    if retyped := [*islice(retyped_cells(notebook, exercise, functions), MAX_TOLD)]:
        return " ".join(retyped)
    for cell in notebook.cells:
        if cell.exercise == exercise or {*cell.defines} & {*functions}:
            return _became(cell, functions)
    return f"Write {listed([f'`{name}`' for name in functions])} in a cell of code."


def retyped_cells(notebook: Notebook, exercise: str, functions: Sequence[str]) -> Iterator[str]:
    """Say of each cell that was one of code for these functions, and is something else now."""
    in_code = {name for cell in notebook.cells for name in cell.defines}
    missing = {name for name in functions if name not in in_code}
    for cell in notebook.texts:
        held = [name for name in cell.defines if name in missing]
        kind = _KINDS.get(cell.kind, f"a cell of the kind {cell.kind[:40]!r}")
        if held:
            yield f"{_begun(cell)} holds `def {held[0]}`, and is {kind}, not code. {_MENDED}."
        elif cell.exercise == exercise and missing:
            yield f"{_begun(cell)} is marked for {exercise}, and is {kind}, not code. {_MENDED}."


def _became(cell: Cell, functions: Sequence[str]) -> str:
    begun, names = _begun(cell), listed([f"`{name}`" for name in functions])
    if magic := _MAGIC.match(cell.source):
        line = magic[1].strip()[:80]
        return f"{begun} begins with `{line}`, so all of it was left out. Take that line out."
    what = "holds something else now" if cell.source.strip() else "is empty"
    return f"{begun} was for it, and {what}. Write {names} there."


def _begun(cell: Cell) -> str:
    return cell.place.capitalize()
