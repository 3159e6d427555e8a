"""Finds the answers in a notebook, and puts the source of each together from its cells.

An exercise's functions are taken from the cells that are marked for it or, where marks were lost,
from whichever cells define them; with them goes what they need, name by name, and nothing else. So
a trial or a plot that fails costs nothing, and neither does an answer to another exercise: what
leans on one imports it, as files do, and it is served from its own cells.
"""

from __future__ import annotations

import builtins
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from grader.authoring.stubs import reference_names
from grader.course.course import Course
from grader.errors import RefusedError
from grader.notebooks.reading import Notebook
from grader.notebooks.statements import Parsed, Statement, parse_cell
from grader.records import Submission

MAX_STATEMENTS = 10_000


class Collected(NamedTuple):
    """An answer found in a notebook: the cells that it was taken from, and what to say of them."""

    submission: Submission
    cells: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def where(self) -> str:
        """The cells that it was taken from, as a person names them."""
        *others, last = self.cells or ("no cell",)
        return f"{', '.join(others)} and {last}" if others else last


def collect(course: Course, notebook: Notebook, names: Iterable[str] = ()) -> list[Collected]:
    """Return the answers in a notebook: to the exercises named, or to all of which it has some.

    Where it has nothing of an exercise that is named, the answer to that is empty.
    """
    desk = Desk(course, notebook)
    found = {name: desk.answer(name) for name in desk.found}
    nothing = {
        name: Collected(Submission(name, course.unit_of(name), notebook.path, b""), (), ())
        for name in names
    }
    chosen = [(nothing | found)[name] for name in names or found]
    beside = {
        name: each.submission._replace(path=f"{name} in {notebook.path}")
        for name, each in found.items()
    }
    return [each._replace(submission=each.submission._replace(beside=beside)) for each in chosen]


class Desk:
    """A notebook taken apart, on which answers are put together."""

    def __init__(self, course: Course, notebook: Notebook) -> None:
        self._course, self._notebook = course, notebook
        self._cells = list(_parsed(notebook))
        self._statements = [s for parsed in self._cells for s in parsed.statements]
        self._binding: dict[str, list[Statement]] = {}
        for statement in self._statements:
            for name in statement.binds:
                self._binding.setdefault(name, []).append(statement)
        self._functions = {name: reference_names(course, name) for name in course.exercises}

    @cached_property
    def found(self) -> list[str]:
        """The exercises of which there is something."""
        marked = {cell.exercise for cell in self._notebook.cells if cell.source.strip()}
        return [
            name
            for name, functions in self._functions.items()
            # One function of several may be a helper that happens to bear its name.
            if name in marked or 2 * len(self._defined(name)) > len(functions)
        ]

    @cached_property
    def roots(self) -> dict[str, list[Statement]]:
        """The statements that define the functions of each exercise."""
        chosen = {}
        for name, functions in self._functions.items():
            found = self._defined(name)
            if len(found) < len(functions):  # under another name, maybe: then that is worth telling
                found += [s for s in self._marked(name) if s.is_definition or s.is_broken]
            chosen[name] = list(dict.fromkeys(found))
        return chosen

    def answer(self, name: str) -> Collected:
        """Put the answer to an exercise together."""
        sheet = Sheet(self, name)
        for root in self.roots[name]:
            sheet.take(root)
        lines, places = [*sheet.head], [""] * len(sheet.head)
        cells = self._notebook.cells
        for statement in sheet.ordered():
            where = cells[statement.cell].place
            lines += [*statement.lines, ""]
            numbers = range(statement.first, statement.first + len(statement.lines))
            places += [f"{self._notebook.path}, {where}, line {n}" for n in numbers] + [""]
        marked = {n for n, cell in enumerate(cells) if cell.exercise == name}
        used = sorted({statement.cell for statement in sheet.taken} or marked)
        source = "\n".join(lines).encode()
        path, unit = self._notebook.path, self._course.unit_of(name)
        return Collected(
            Submission(name, unit, path, source, tuple(places)),
            tuple(cells[number].place for number in used),
            tuple(note for n in used for note in _notes(self._cells[n], sheet.taken_from(n))),
        )

    def resolve(self, name: str, user: Statement, exercise: str) -> Statement | None:
        """Return the statement that gives `name` its value for `user`."""
        able = [s for s in self._binding.get(name, ()) if not s.is_broken]
        if not able or able == [user]:
            return None
        if not user.is_definition:  # it ran at its place, with what had run before
            before = bisect_left(able, user.order, key=attrgetter("order"))
        elif self._notebook.has_run:
            before = len(able)
        else:
            before = bisect_left(able, (self._horizon(exercise), 0), key=attrgetter("order"))
        found = able[before - 1] if before else able[-1]
        return None if found is user else found

    def exercise_of(self, name: str, statement: Statement, exercise: str) -> str | None:
        """Return the earlier exercise that `name` is a function of, if it is not a private one."""
        own_cells = {root.cell for root in self.roots[exercise]}
        for other in self._course.earlier(exercise):
            if name in self._functions[other] and other in self.found:
                is_private = statement.cell in own_cells and statement not in self.roots[other]
                return None if is_private or _is_import(statement) else other
        return None

    def module(self, exercise: str) -> str:
        """Return what an exercise is imported as."""
        return f"exercises.{self._course.unit_of(exercise)}.{exercise}"

    def future(self) -> list[str]:
        """Return the imports that change how all cells are read."""
        first = [s.lines[0] for s in self._statements if s.lines]
        return list(dict.fromkeys(x for x in first if x.startswith("from __future__ import")))

    def stars(self) -> list[Statement]:
        """Return the imports of nobody knows which names."""
        return [s for s in self._statements if "*" in s.binds]

    def _defined(self, exercise: str) -> list[Statement]:
        """Return what defines the functions of an exercise, as far as something does."""
        found = [self._definition(exercise, name) for name in self._functions[exercise]]
        return [statement for statement in found if statement]

    def _definition(self, exercise: str, function: str) -> Statement | None:
        """Choose among the statements that define a function of an exercise.

        In a kernel the last one counts. In a file, what is written goes before a stub, a cell that
        is marked before one that is not, and one that can be read before one that cannot.
        """
        able = [s for s in self._binding.get(function, ()) if not _is_import(s)]
        if self._notebook.has_run:
            return able[-1] if able else None
        marks = [cell.exercise for cell in self._notebook.cells]

        def worth(s: Statement) -> tuple[bool, bool, bool, tuple[int, int]]:
            return not s.is_unwritten, marks[s.cell] == exercise, not s.is_broken, s.order

        return max(able, key=worth, default=None)

    def _marked(self, exercise: str) -> Iterator[Statement]:
        cells = self._notebook.cells
        return (s for s in self._statements if cells[s.cell].exercise == exercise)

    def _horizon(self, exercise: str) -> int:
        """Return the cell in which the next exercise begins: what stands there is not for this."""
        last = max((root.cell for root in self.roots[exercise]), default=0)
        begins = {root.cell for name in self.found for root in self.roots[name]}
        return min((cell for cell in begins if cell > last), default=len(self._cells))


class Sheet:
    """What has been taken so far for one exercise."""

    def __init__(self, desk: Desk, exercise: str) -> None:
        self._desk, self._exercise = desk, exercise
        self.head = desk.future()
        self.taken: set[Statement] = set()
        self._names: dict[tuple[Statement, str], Statement] = {}

    def take(self, statement: Statement) -> None:
        """Take a statement, and whatever it needs."""
        waiting = [statement]
        while waiting:
            user = waiting.pop()
            if user in self.taken:
                continue
            self.taken.add(user)
            for name in sorted(user.needs):
                waiting += self._take_name(name, user)

    def taken_from(self, cell: int) -> list[Statement]:
        """Return what was taken from one cell."""
        return [statement for statement in self.taken if statement.cell == cell]

    def ordered(self) -> list[Statement]:
        """Return what was taken in the order of the cells, save that nothing runs too early."""
        ordered: dict[Statement, None] = {}
        as_they_stand = sorted(self.taken, key=attrgetter("order"))
        try:
            for statement in as_they_stand:
                self._put(statement, ordered, set(), not statement.is_definition)
        except RecursionError:  # a chain of a thousand helpers, each defined above the next
            return as_they_stand
        return list(ordered)

    def _take_name(self, name: str, user: Statement) -> list[Statement]:
        found = self._desk.resolve(name, user, self._exercise)
        if found is None:
            unknown = not hasattr(builtins, name) and name not in user.binds
            return self._desk.stars() if unknown else []
        if other := self._desk.exercise_of(name, found, self._exercise):
            line = f"from {self._desk.module(other)} import {name}"
            self.head += [] if line in self.head else [line]
            return []
        self._names[user, name] = found
        return [found]

    def _put(
        self, statement: Statement, ordered: dict[Statement, None], seen: set[Statement], deep: bool
    ) -> None:
        """Put a statement behind all that has to be there when it runs."""
        if statement in ordered or statement in seen:
            return
        seen.add(statement)
        for name in sorted(statement.needs if deep else statement.at_once):
            needed = self._names.get((statement, name))
            if needed:
                self._put(needed, ordered, seen, deep or not needed.is_definition)
        ordered[statement] = None


def _parsed(notebook: Notebook) -> Iterator[Parsed]:
    count = 0
    for number, cell in enumerate(notebook.cells):
        parsed = parse_cell(cell, number)
        count += len(parsed.statements)
        if count > MAX_STATEMENTS:
            raise RefusedError(
                f"its cells hold more than {MAX_STATEMENTS:,} statements",
                where=notebook.path,
                next="Take out data and generated text.",
            )
        yield parsed


def _is_import(statement: Statement) -> bool:
    return statement.lines[0].startswith(("import ", "from "))


def _notes(parsed: Parsed, taken: Iterable[Statement]) -> Iterator[str]:
    """Say which lines for the notebook alone stand in a cell that is `taken`, and were left out."""
    spans = [range(s.first, s.first + len(s.lines)) for s in taken]
    for number, line in parsed.magics.items():
        if not any(number in span for span in spans):
            told = f"`{line.strip()[:80]}` is for a notebook alone, not Python, and was left out"
            yield f"{parsed.cell.place}, line {number}: {told}"
