"""What a notebook was to hold and does not: which exercises, and what became of their cells."""

from __future__ import annotations

import re
from collections import defaultdict
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


class Whereabouts:
    """What became of the cells of exercises; each cell is looked through once, for all of them."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._code, self._texts = _ByName(notebook.cells), _ByName(notebook.texts)

    def why_absent(self, exercise: str, functions: Sequence[str]) -> str:
        """Return what became of the cells of an exercise of which there is nothing."""
        if self._notebook.has_run:
            return ""
        if retyped := [*islice(self.retyped_cells(exercise, functions), MAX_TOLD)]:
            return " ".join(retyped)
        for cell, _ in self._code.about(exercise, functions):
            return _became(cell, functions)
        return f"Write {listed([f'`{name}`' for name in functions])} in a cell of code."

    def retyped_cells(self, exercise: str, functions: Sequence[str]) -> Iterator[str]:
        """Say of each cell that was one of code for these functions, and is something else now."""
        missing = [name for name in functions if not self._code.defining[name]]
        for cell, held in self._texts.about(exercise, missing) if missing else ():
            kind = _KINDS.get(cell.kind, f"a cell of the kind {cell.kind[:40]!r}")
            was = f"holds `def {held}`" if held else f"is marked for {exercise}"
            yield f"{_begun(cell)} {was}, and is {kind}, not code. {_MENDED}."


class _ByName:
    """Cells, by the exercises that they are marked for and the functions that they define."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._marked: dict[str | None, list[int]] = defaultdict(list)
        self.defining: dict[str, list[int]] = defaultdict(list)
        for number, cell in enumerate(cells):
            self._marked[cell.exercise].append(number)
            for name in cell.defines:
                self.defining[name].append(number)

    def about(self, exercise: str, functions: Sequence[str]) -> Iterator[tuple[Cell, str]]:
        """Yield the cells of an exercise in order, each with the first function it defines."""
        held = dict.fromkeys(self._marked[exercise], "")
        for name in reversed(functions):
            held |= dict.fromkeys(self.defining[name], name)
        return ((self._cells[number], held[number]) for number in sorted(held))


def _became(cell: Cell, functions: Sequence[str]) -> str:
    begun, names = _begun(cell), listed([f"`{name}`" for name in functions])
    if magic := _MAGIC.match(cell.source):
        line = magic[1].strip()[:80]
        return f"{begun} begins with `{line}`, so all of it was left out. Take that line out."
    what = "holds something else now" if cell.source.strip() else "is empty"
    return f"{begun} was for it, and {what}. Write {names} there."


def _begun(cell: Cell) -> str:
    return cell.place.capitalize()
