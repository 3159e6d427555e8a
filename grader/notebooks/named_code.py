"""The statements of a notebook, by the names that they bind, and which of them are asked for."""

from __future__ import annotations
import __future__

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from grader.authoring.stubs import reference_names
from grader.course.course import Course
from grader.notebooks.absent import MAX_TOLD, Whereabouts, expected_in
from grader.notebooks.reading import Notebook
from grader.notebooks.statements import Kind, Statement, statements_of, whole_cell

MAX_STATEMENTS = 10_000
# What Python does not know there is an error in the cell that has it, and nowhere else.
_FUTURE = re.compile(rf"from __future__ import (?:{'|'.join(__future__.all_feature_names)})\b")


class Code:
    """The statements of a notebook, by the names that they bind.

    `roots` are those that define the functions of an exercise, for each that has an answer here.
    What stands there is no helper of another exercise's where the one of its name is `asked` for.
    """

    def __init__(self, course: Course, notebook: Notebook, asked: Collection[str] = ()) -> None:
        self._asked = frozenset(asked)
        self.course, self.notebook, self.cells = course, notebook, notebook.cells
        statements = _statements(notebook)
        self._magics = [s for s in statements if s.kind is Kind.MAGIC]
        self.in_cell: dict[int, list[Statement]] = defaultdict(list)
        self.binding: dict[str, list[Statement]] = defaultdict(list)
        self._broken: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            self.in_cell[statement.cell].append(statement)
            binding = self._broken if statement.kind is Kind.BROKEN else self.binding
            for name in statement.binds:
                binding[name].append(statement)
        imports = (s.lines[0] for s in statements if s.kind is Kind.IMPORT)
        self.future = [line for line in imports if _FUTURE.match(line)]
        self._marked: dict[str, set[int]] = defaultdict(set)
        for number, cell in enumerate(notebook.cells):
            if cell.exercise and cell.source.strip():
                self._marked[cell.exercise].add(number)
        self.functions = {name: reference_names(course, name) for name in course.exercises}
        # The cells in which each function is defined, written or not, and those of each exercise.
        self._defining = {
            f: {s.cell for s in self.binding[f] if s.is_definition}
            for functions in self.functions.values()
            for f in functions
        }
        self._cells_of = {
            name: {cell for f in functions for cell in self._defining[f]}
            for name, functions in self.functions.items()
        }
        self._exercises_in = Counter(cell for cells in self._cells_of.values() for cell in cells)
        self.about, self.whereabouts = {*expected_in(course, notebook)}, Whereabouts(notebook)
        roots = {name: self._roots(name) for name in course.exercises}
        self.roots = {name: found for name, found in roots.items() if found is not None}
        self.all_roots = {s for found in self.roots.values() for s in found}
        self.root_cells = sorted({s.cell for s in self.all_roots})
        self._elsewhere: dict[tuple[str, str], bool] = {}

    def marked(self, exercise: str) -> set[int]:
        """Return the numbers of the cells that are marked for an exercise, and not empty."""
        return self._marked[exercise]

    def notes(self, cells: Collection[int]) -> Iterator[str]:
        """Say which lines of some cells were left out because they are for the notebook."""
        magics = [s for s in self._magics if s.cell in cells]
        for statement in magics[:MAX_TOLD]:
            place = f"{self.cells[statement.cell].place}, line {statement.first}"
            line = statement.lines[0].strip()[:80]
            yield f"{place}: `{line}` is for a notebook alone, not Python, and was left out"
        if len(magics) > MAX_TOLD:
            yield f"so were {len(magics) - MAX_TOLD:,} other lines"

    def _roots(self, exercise: str) -> dict[Statement, None] | None:
        functions, marked = self.functions[exercise], self.marked(exercise)
        found = [s for name in functions if (s := self._definition(name, exercise, marked))]
        # One function of several may be a helper that happens to bear its name; and where it is
        # known what the notebook is about, so may all be.
        if not marked and 2 * len(found) <= len(functions):
            return None
        is_about_others = self.about and exercise not in self.about | self._asked
        if is_about_others and all(self._is_anothers(s, exercise) for s in found):
            return None
        if len(found) < len(functions):  # under another name, maybe: then that is worth telling
            there = (s for cell in sorted(marked) for s in self.in_cell[cell])
            found += [s for s in there if s.is_definition or s.kind is Kind.BROKEN]
        return dict.fromkeys(found)

    def is_elsewhere(self, function: str, exercise: str) -> bool:
        """Tell whether a function is defined in a cell that defines none of an exercise.

        Then that cell was for another one, and not for both. Asked of each use of the function, so
        it is looked up once.
        """
        asked = function, exercise
        if asked not in self._elsewhere:
            self._elsewhere[asked] = not self._defining[function] <= self._cells_of[exercise]
        return self._elsewhere[asked]

    def _is_anothers(self, statement: Statement, exercise: str) -> bool:
        """Tell whether a statement stands in a cell for another exercise."""
        if self.cells[statement.cell].exercise == exercise:
            return False
        is_own = statement.cell in self._cells_of[exercise]
        return self._exercises_in[statement.cell] > is_own

    def _is_a_helper(self, statement: Statement, exercise: str) -> bool:
        """Tell whether what bears a function's name is no answer, but part of another one.

        That is so for a lambda, say, in the cell of another exercise, unless this one has no other.
        """
        if statement.is_definition or not self._is_anothers(statement, exercise):
            return False
        own = self._cells_of[exercise]
        return exercise not in self.about | self._asked or len(own) > (statement.cell in own)

    def _definition(
        self, function: str, exercise: str, marked: Collection[int]
    ) -> Statement | None:
        """Choose among the statements that define a function.

        In a kernel the last one counts. In a file, what is written goes before a stub, a cell that
        is marked before one that is not, and one that can be read before one that cannot.
        """

        def worth(s: Statement) -> tuple[object, ...]:
            quality = (s.kind is not Kind.STUB, s.cell in marked, s.kind is not Kind.BROKEN)
            return (s.order,) if self.notebook.has_run else (*quality, s.order)

        able = [s for s in self.binding[function] if s.kind is not Kind.IMPORT]
        able = [s for s in able if not self._is_a_helper(s, exercise)]
        if not (self.notebook.has_run and able):  # what a kernel could not read, it has not run
            able += self._broken[function]
        return max(able, key=worth, default=None)


def _statements(notebook: Notebook) -> list[Statement]:
    """Return the statements of all cells; after very many, what follows is left whole."""
    found: list[Statement] = []
    for number, source in enumerate(cell.source for cell in notebook.cells):
        is_enough = len(found) >= MAX_STATEMENTS
        found += [whole_cell(source, number)] if is_enough else statements_of(source, number)
    return found
