"""Finds the answers in a notebook, and puts the source of each together from its cells.

An exercise's functions are taken from the cells that are marked for it or, where marks were lost,
from whichever cells define them; with them goes what they need, name by name, and nothing else. So
a trial or a plot that fails costs nothing, and neither does an answer to another exercise: what
leans on one imports it, as files do, and it is served from its own cells.
"""

from __future__ import annotations

import builtins
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from grader.authoring.stubs import reference_names
from grader.course.course import Course
from grader.errors import RefusedError
from grader.notebooks.absent import MAX_TOLD, expected_in, retyped_cells, why_absent
from grader.notebooks.reading import Notebook
from grader.notebooks.statements import Kind, Statement, statements_of, whole_cell
from grader.records import Submission

_ORDER = attrgetter("order")
Charge = Callable[[int], object]
MAX_STATEMENTS = 10_000
MAX_COLLECTED = 1_000_000  # bytes of all answers: what many lean on is in each of them


class Collected(NamedTuple):
    """An answer found in a notebook: the cells that it was taken from, and what to say of them."""

    submission: Submission
    cells: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The cells that it was taken from, as a person names them: not more than they read."""
        left_out = len(self.cells) - MAX_TOLD
        told = self.cells if left_out < 2 else (*self.cells[:MAX_TOLD], f"{left_out:,} others")
        *others, last = told or ("no cell",)
        return f"{', '.join(others)} and {last}" if others else last


def collect(
    course: Course, notebook: Notebook, names: Iterable[str] = (), charge: Charge = int
) -> list[Collected]:
    """Return the answers in a notebook: to the exercises named, or to all that it is about.

    Where it has nothing of one, the answer to that is empty, and says what became of its cells. The
    bytes of each are charged as it is made. Raises `RefusedError` where all together are very long.
    """
    code, path = _Code(course, notebook), notebook.path
    found = _answers(code, charge)
    beside = {
        name: each.submission._replace(path=f"{name} in {path}") for name, each in found.items()
    }
    about = code.about | found.keys()
    wanted = [*names] or [name for name in course.exercises if name in about]
    for name in wanted:
        nothing = Submission(name, course.unit_of(name), path, b"")
        found[name] = _explained(found.get(name, Collected(nothing)), code)
    chosen = [found[name] for name in wanted]
    return [each._replace(submission=each.submission._replace(beside=beside)) for each in chosen]


def _answers(code: _Code, charge: Charge) -> dict[str, Collected]:
    """Return every answer that is there; no more is looked up than stands in them."""
    found, left = dict[str, Collected](), MAX_COLLECTED
    for name in code.roots:
        found[name] = _Answer(code, name).collected()
        charge(size := len(found[name].submission.source))
        left -= size
        if left < 0:
            raise RefusedError(
                f"its answers, each with what it needs, hold more than {MAX_COLLECTED:,} bytes",
                where=code.notebook.path,
                next="An answer is a few lines: take out what is not part of any.",
            )
    return found


def _explained(answer: Collected, code: _Code) -> Collected:
    """Return an answer that says what is missing of it, as far as that can be seen in its cells."""
    exercise = answer.submission.exercise
    functions, notebook = code.functions[exercise], code.notebook
    if notebook.has_run:
        return answer
    if answer.submission.source.strip():
        retyped = islice(retyped_cells(notebook, exercise, functions), MAX_TOLD)
        return answer._replace(notes=(*answer.notes, *retyped))
    why = why_absent(notebook, exercise, functions)
    submission = answer.submission._replace(absence=why)
    return Collected(submission, notes=(why,) if why else ())


class _Code:
    """The statements of a notebook, by the names that they bind.

    `roots` are those that define the functions of an exercise, for each that has an answer here.
    """

    def __init__(self, course: Course, notebook: Notebook) -> None:
        self.course, self.notebook, self.cells = course, notebook, notebook.cells
        self.statements = statements = _statements(notebook)
        self._broken = [s for s in statements if s.kind is Kind.BROKEN]
        self.binding: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            for name in statement.binds if statement.kind is not Kind.BROKEN else ():
                self.binding[name].append(statement)
        first_lines = (s.lines[0] for s in statements)
        self.future = [line for line in first_lines if line.startswith("from __future__ ")]
        self.functions = {name: reference_names(course, name) for name in course.exercises}
        # The cells in which functions of each exercise are defined, written or not.
        self._defining = {
            name: {s.cell for f in functions for s in self.binding[f] if s.is_definition}
            for name, functions in self.functions.items()
        }
        self.about = {*expected_in(course, notebook)}
        roots = {name: self._roots(name) for name in course.exercises}
        self.roots = {name: found for name, found in roots.items() if found is not None}

    def marked(self, exercise: str) -> set[int]:
        """Return the numbers of the cells that are marked for an exercise, and not empty."""
        cells = enumerate(self.cells)
        return {n for n, cell in cells if cell.exercise == exercise and cell.source.strip()}

    def notes(self, cells: Collection[int]) -> Iterator[str]:
        """Say which lines of some cells were left out because they are for the notebook."""
        magics = [s for s in self.statements if s.kind is Kind.MAGIC and s.cell in cells]
        for statement in magics[:MAX_TOLD]:
            place = f"{self.cells[statement.cell].place}, line {statement.first}"
            line = statement.lines[0].strip()[:80]
            yield f"{place}: `{line}` is for a notebook alone, not Python, and was left out"
        if len(magics) > MAX_TOLD:
            yield f"so were {len(magics) - MAX_TOLD:,} other lines"

    def _roots(self, exercise: str) -> list[Statement] | None:
        functions, marked = self.functions[exercise], self.marked(exercise)
        found = [s for name in functions if (s := self._definition(name, exercise, marked))]
        # One function of several may be a helper that happens to bear its name; and where it is
        # known what the notebook is about, so may all be.
        if not marked and 2 * len(found) <= len(functions):
            return None
        is_about_others = self.about and exercise not in self.about
        if is_about_others and all(self._is_anothers(s, exercise) for s in found):
            return None
        if len(found) < len(functions):  # under another name, maybe: then that is worth telling
            there = (s for s in self.statements if s.cell in marked)
            found += [s for s in there if s.is_definition or s.kind is Kind.BROKEN]
        return list(dict.fromkeys(found))

    def defines(self, cell: int, exercise: str) -> bool:
        """Tell whether a function of an exercise is defined in a cell, written or not."""
        return cell in self._defining[exercise]

    def _is_anothers(self, statement: Statement, exercise: str) -> bool:
        """Tell whether a statement stands in a cell for another exercise."""
        if self.cells[statement.cell].exercise == exercise:
            return False
        return any(self.defines(statement.cell, n) for n in self.functions if n != exercise)

    def _is_a_helper(self, statement: Statement, exercise: str) -> bool:
        """Tell whether what bears a function's name is no answer, but part of another one.

        That is so for a lambda, say, in the cell of another exercise, unless this one has no other.
        """
        if statement.is_definition or not self._is_anothers(statement, exercise):
            return False
        elsewhere = self._defining[exercise] - {statement.cell}
        return exercise not in self.about or bool(elsewhere)

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
        able += [s for s in self._broken if function in s.binds]
        return max(able, key=worth, default=None)


def _statements(notebook: Notebook) -> list[Statement]:
    """Return the statements of all cells; after very many, what follows is left whole."""
    found: list[Statement] = []
    for number, source in enumerate(cell.source for cell in notebook.cells):
        is_enough = len(found) >= MAX_STATEMENTS
        found += [whole_cell(source, number)] if is_enough else statements_of(source, number)
    return found


class _Answer:
    """The answer to one exercise: its functions, and what they need, wherever it stands."""

    def __init__(self, code: _Code, exercise: str) -> None:
        self._code, self._exercise, self._roots = code, exercise, code.roots[exercise]
        self._own_cells = {root.cell for root in self._roots}
        others = {root.cell for roots in code.roots.values() for root in roots}
        last = len(code.cells) if code.notebook.has_run else max(self._own_cells, default=0)
        # Where another exercise begins: what a file has from there on is not for this one.
        self._end = min((cell for cell in others if cell > last), default=len(code.cells))
        earlier = [name for name in code.course.earlier(exercise) if name in code.roots]
        self._owners = {f: name for name in reversed(earlier) for f in code.functions[name]}
        self._imports = dict.fromkeys(code.future)
        self._lacks_names = False
        self._needs: dict[Statement, dict[str, Statement]] = {}
        waiting = [*self._roots]
        while waiting:
            user = waiting.pop()
            if user not in self._needs:
                needs = ((name, self._find(name, user)) for name in sorted(user.needs))
                self._needs[user] = {name: found for name, found in needs if found}
                waiting += self._needs[user].values()
        if self._lacks_names:  # they may come from an import of everything
            self._needs |= {statement: {} for statement in code.binding["*"]}

    def collected(self) -> Collected:
        """Return the answer, put together."""
        code, path = self._code, self._code.notebook.path
        lines, places = [*self._imports], [""] * len(self._imports)
        for statement in self._in_order():
            cell = code.cells[statement.cell].place
            lines += [*statement.lines, ""]
            numbers = range(statement.first, statement.first + len(statement.lines))
            places += [*(f"{path}, {cell}, line {number}" for number in numbers), ""]
        unit, source = code.course.unit_of(self._exercise), "\n".join(lines).encode()
        used = {s.cell for s in self._needs} or code.marked(self._exercise)
        return Collected(
            Submission(self._exercise, unit, path, source, tuple(places)),
            tuple(code.cells[number].place for number in sorted(used)),
            tuple(code.notes(used)),
        )

    def _find(self, name: str, user: Statement) -> Statement | None:
        """Return what gives `name` its value for `user`, if something here does.

        What belongs to an earlier exercise is imported, unless it is a helper of the same name.
        """
        able = self._code.binding[name]
        # What is no definition ran at its place, with what had run before.
        end = (self._end, 0) if user.is_definition else user.order
        before = bisect_left(able, end, key=_ORDER)
        found = able[before - 1] if able else user  # where nothing is before, the last of all
        if found is user:
            self._lacks_names |= not (hasattr(builtins, name) or name in user.binds)
            return None
        owner = self._owners.get(name)
        is_own = found.kind is Kind.IMPORT or found.cell in self._own_cells
        is_answer = owner and found in self._code.roots[owner] and not self._is_elsewhere(name)
        if not owner or (is_own and not is_answer):
            return found
        module = f"exercises.{self._code.course.unit_of(owner)}.{owner}"
        self._imports[f"from {module} import {name}"] = None
        return None

    def _is_elsewhere(self, function: str) -> bool:
        """Tell whether another cell was for a function of an earlier exercise: not one for both."""
        cells = {s.cell for s in self._code.binding[function] if s.is_definition}
        return any(not self._code.defines(cell, self._exercise) for cell in cells)

    def _in_order(self) -> Iterable[Statement]:
        """Return the statements in the order of the cells, save that nothing runs too early.

        What runs at once may call all that it leads to, so all of that comes before it.
        """
        placed: dict[Statement, None] = {}
        reached: set[Statement] = set()
        for statement in sorted(self._needs, key=_ORDER):
            waiting = [statement]
            if statement.is_definition:
                waiting = self._needed(statement, statement.at_once)
            while waiting:
                last = waiting[-1]
                if last in reached:
                    placed.setdefault(waiting.pop())
                else:
                    reached.add(last)
                    waiting += [s for s in self._needed(last, last.needs) if s not in reached]
            placed.setdefault(statement)
        return placed

    def _needed(self, statement: Statement, names: Iterable[str]) -> list[Statement]:
        """Return what gives some names their values for a statement, the last one first."""
        needs = self._needs[statement]
        return sorted((needs[name] for name in names if name in needs), key=_ORDER, reverse=True)
