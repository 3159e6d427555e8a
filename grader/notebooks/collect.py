"""Finds the answers in a notebook, and puts the source of each together from its cells.

An exercise's functions are taken from the cells that are marked for it or, where marks were lost,
from whichever cells define them; with them goes what they need, name by name, and nothing else. So
a trial or a plot that fails costs nothing, and neither does an answer to another exercise: what
leans on one imports it, as files do, and it is served from its own cells.
"""

from __future__ import annotations

import builtins
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from grader.course.course import Course
from grader.errors import RefusedError
from grader.notebooks.absent import MAX_TOLD
from grader.notebooks.named_code import Code
from grader.notebooks.reading import Notebook
from grader.notebooks.statements import Kind, Statement
from grader.records import Origin, Submission

_ORDER = attrgetter("order")
Charge = Callable[[int], object]
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
    code, path = Code(course, notebook), notebook.path
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


def _answers(code: Code, charge: Charge) -> dict[str, Collected]:
    """Return every answer that is there; no more is looked up than stands in them."""
    found, left = dict[str, Collected](), MAX_COLLECTED
    for name in code.roots:
        found[name] = _Answer(code, name).collected()
        submission = found[name].submission
        charge(len(submission.source))
        left -= submission.weight
        if left < 0:
            raise RefusedError(
                f"its answers, each with what it needs, hold more than {MAX_COLLECTED:,} bytes",
                where=code.notebook.path,
                next="An answer is a few lines: take out what is not part of any.",
            )
    return found


def _explained(answer: Collected, code: Code) -> Collected:
    """Return an answer that says what is missing of it, as far as that can be seen in its cells."""
    exercise = answer.submission.exercise
    functions = code.functions[exercise]
    if code.notebook.has_run:
        return answer
    if answer.submission.source.strip():
        retyped = islice(code.whereabouts.retyped_cells(exercise, functions), MAX_TOLD)
        return answer._replace(notes=(*answer.notes, *retyped))
    why = code.whereabouts.why_absent(exercise, functions)
    submission = answer.submission._replace(absence=why)
    return Collected(submission, notes=(why,) if why else ())


class _Needs(NamedTuple):
    """What gives the names that a statement needs their values: to run, and to be called later."""

    at_once: Mapping[str, Statement] = {}
    later: Mapping[str, Statement] = {}


class _Answer:
    """The answer to one exercise: its functions, and what they need, wherever it stands."""

    def __init__(self, code: Code, exercise: str) -> None:
        self._code, self._exercise, self._roots = code, exercise, code.roots[exercise]
        self._own_cells = {root.cell for root in self._roots}
        last = len(code.cells) if code.notebook.has_run else max(self._own_cells, default=0)
        # Where another exercise begins: what a file has from there on is not for this one.
        after = code.root_cells[bisect_right(code.root_cells, last) :]
        self._end = after[0] if after else len(code.cells)
        earlier = [name for name in code.course.earlier(exercise) if name in code.roots]
        self._owners = {f: name for name in reversed(earlier) for f in code.functions[name]}
        self._imports = dict.fromkeys(code.future)
        self._lacking: set[Statement] = set()
        self._needs: dict[Statement, _Needs] = {}
        self._surely: set[Statement] = set()  # the others may be trials
        modules = code.changes.of_modules
        self._settings = {s: None for cell in sorted(self._own_cells) for s in modules[cell]}
        self._take()
        if self._lacking:  # names, which may come from an import of everything
            self._needs |= {statement: _Needs() for statement in code.binding["*"]}
            self._surely |= {*code.binding["*"]} if self._lacking & self._surely else set()

    def collected(self) -> Collected:
        """Return the answer, put together."""
        code, path = self._code, self._code.notebook.path
        lines, places = [*self._imports], list[Origin]()
        for statement in self._in_order():
            place = f"{path}, {code.cells[statement.cell].place}"
            before, own, after = _in_full(statement, self._is_tried(statement))
            lines += before
            places.append(Origin(len(lines) + 1, len(own), place, statement.first))
            lines += [*own, *after, ""]
        unit, source = code.course.unit_of(self._exercise), "\n".join(lines).encode()
        used = {s.cell for s in self._needs} or code.marked(self._exercise)
        return Collected(
            Submission(self._exercise, unit, path, source, tuple(places)),
            tuple(code.cells[number].place for number in sorted(used)),
            tuple(code.notes(used)),
        )

    def _take(self) -> None:
        """Take the functions asked for, with all that they need and what changes that."""
        waiting = [("", root, True) for root in self._roots]
        waiting += [each for root in self._roots for each in self._changes_of(root)]
        waiting += [("", each, False) for each in self._settings]
        bridged = set[tuple[str, Statement]]()
        while waiting:
            name, found, is_sure = waiting.pop()
            needs = self._needs.get(found)
            if is_sure and name and not self._is_sure(found, name):
                # What it may change is needed all the same, as it was before.
                is_sure, needs = False, needs or self._needs_of(found)
                if name in needs.at_once and (name, found) not in bridged:
                    bridged.add((name, found))
                    waiting.append((name, needs.at_once[name], True))
            if found in self._surely or (found in self._needs and not is_sure):
                continue
            self._needs[found] = needs = needs or self._needs_of(found)
            if is_sure:
                self._surely.add(found)
            for some in needs:
                waiting += [(each, giving, is_sure) for each, giving in some.items()]

    def _changes_of(self, root: Statement) -> Iterator[tuple[str, Statement, bool]]:
        """Yield what changes a function that is asked for, after it was defined."""
        for name in sorted(root.binds):
            able = self._code.changes.giving[name]
            for change in islice(able, bisect_right(able, root.order, key=_ORDER), None):
                if name in change.binds or change.order >= (self._end, 0):
                    break
                yield name, change, True

    def _is_sure(self, found: Statement, name: str) -> bool:
        """Tell whether a statement surely gives a name its value, or changes what it stands for.

        What a kernel was given may have failed there.
        """
        is_known = found.cell in self._own_cells or not self._code.notebook.has_run
        return name in found.binds or (is_known and name in found.effects.changes)

    def _is_tried(self, statement: Statement) -> bool:
        """Tell whether a statement may fail and cost nothing, for it may be a trial.

        In the cell of the answer, that is one that sets up a module: it may be for plots.
        """
        is_of_modules = statement in self._settings or statement.kind is Kind.IMPORT
        is_own = statement.cell in self._own_cells and not is_of_modules
        return not is_own and statement not in self._surely

    def _needs_of(self, user: Statement) -> _Needs:
        """Return what gives the names that a statement needs their values.

        What runs at once ran at its place, with what had run before; what a function does later
        finds what is there in the end.
        """
        changed = self._code.changes.of(user)
        names = user.at_once | changed | (frozenset() if user.is_definition else user.later)
        at_once = {name: self._find(name, user, user.order) for name in sorted(names)}
        later = dict[str, Statement | None]()
        if user.is_definition:
            later = {name: self._find(name, user, (self._end, 0)) for name in sorted(user.later)}
        for name, found in later.items():  # the same import may stand in many cells
            first = at_once.get(name)
            if first and found and found.kind is Kind.IMPORT and first.lines == found.lines:
                at_once[name] = found
        return _Needs(*({n: s for n, s in some.items() if s} for some in (at_once, later)))

    def _find(self, name: str, user: Statement, end: tuple[int, int]) -> Statement | None:
        """Return what gives `name` its value for `user` before `end`, if something here does.

        What belongs to an earlier exercise is imported, unless it is a helper of the same name.
        """
        able = self._code.changes.giving[name]
        before = bisect_left(able, end, key=_ORDER)
        found = able[before - 1] if before else user
        if not before and name in user.at_once | user.later:  # the last of all
            found = (self._code.binding[name] or [user])[-1]
        if found is user:
            if not (hasattr(builtins, name) or name in user.binds):
                self._lacking.add(user)
            return None
        owner = self._owners.get(name)
        is_own = found.kind is Kind.IMPORT or found.cell in self._own_cells
        is_root = owner and found in self._code.roots[owner]
        is_answer = is_root and not self._code.is_elsewhere(name, self._exercise)
        if not owner or (is_own and not is_answer):
            return found
        module = f"exercises.{self._code.course.unit_of(owner)}.{owner}"
        self._imports[f"from {module} import {name}"] = None
        return None

    def _in_order(self) -> Iterable[Statement]:
        """Return the statements in the order of the cells, save that nothing runs too early.

        What runs at once may call all that it leads to, so something of all that comes before it.
        """
        placed: dict[Statement, None] = {}
        reached: set[Statement] = set()
        given: set[str] = set()
        for statement in sorted(self._needs, key=_ORDER):
            waiting = [statement]
            if statement.is_definition:
                waiting = _last_first(self._needs[statement].at_once.values())
            while waiting:
                last = waiting[-1]
                if last in reached:
                    placed.setdefault(waiting.pop())
                    given |= last.binds
                else:
                    reached.add(last)
                    needs = self._needs[last]
                    later = (s for name, s in needs.later.items() if name not in given)
                    needed = _last_first({*needs.at_once.values(), *later})
                    waiting += [s for s in needed if s not in reached]
            placed.setdefault(statement)
            given |= statement.binds
        return placed


def _last_first(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=_ORDER, reverse=True)


def _in_full(statement: Statement, is_tried: bool) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of a statement, and those before and after it where it may fail."""
    if not is_tried:
        return [], [*statement.lines], []
    lines = [
        line if n in statement.in_strings else f" {line}" for n, line in enumerate(statement.lines)
    ]
    # The empty line is for one that ends with a backslash.
    return ["try:"], lines, ["", "except Exception:", "    pass"]
