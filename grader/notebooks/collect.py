"""Finds the answers in a notebook, and puts the source of each together from its cells.

An exercise's functions are taken from the cells that are marked for it or, where marks were lost,
from whichever cells define them; with them goes what they need, name by name, and nothing else. So
a trial or a plot that fails costs nothing, and neither does an answer to another exercise: what
leans on one imports it, as files do, and it is served from its own cells.
"""

from __future__ import annotations

import builtins
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
# What is there in a kernel though no cell gives it, and what does the same for an answer.
_OF_A_KERNEL = {
    "display": "display = lambda *shown, **_: print(*shown)",
    "__name__": '__name__ = "__main__"',
    "get_ipython": 'get_ipython = type("", (), {"config": {}, "__getattr__": lambda *_:'
    " lambda *_, **__: None})",
}
Charge = Callable[[int], object]
_MAX_LOOKED_AT = 50_000  # statements and names, for what stands beside one answer
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
    names = [*names]
    code, path = Code(course, notebook, names), notebook.path
    found = _answers(code, charge)
    beside = {
        name: each.submission._replace(path=f"{name} in {path}") for name, each in found.items()
    }
    about = code.about | found.keys()
    wanted = names or [name for name in course.exercises if name in about]
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


class _Answer:
    """The answer to one exercise: its functions, and what they need, wherever it stands."""

    def __init__(self, code: Code, exercise: str) -> None:
        self._code, self._exercise, self._roots = code, exercise, code.roots[exercise]
        self._own_cells = {root.cell for root in self._roots}
        self._asked = {name for root in self._roots for name in root.binds}
        last = len(code.cells) if code.notebook.has_run else max(self._own_cells, default=0)
        # Where another exercise begins: what a file has from there on is not for this one.
        after = code.root_cells[bisect_right(code.root_cells, last) :]
        self._end = after[0] if after else len(code.cells)
        earlier = [name for name in code.course.earlier(exercise) if name in code.roots]
        self._owners = {f: name for name in reversed(earlier) for f in code.functions[name]}
        self._imports = dict.fromkeys(code.future)
        self._lacks_names = False
        self._needs: dict[Statement, dict[str, Statement]] = {}
        self._imported = Counter[str]()  # how many statements were looked at, by the name they bind
        self._tried: set[Statement] = set()
        self._take(self._roots)
        self._take_besides()
        if self._lacks_names:  # they may come from an import of everything
            stars = code.binding["*"][: bisect_left(code.binding["*"], (self._end, 0), key=_ORDER)]
            self._needs |= {statement: {} for statement in stars if statement.is_at_hand}

    def _take(self, statements: Iterable[Statement]) -> None:
        """Take statements, with all that they need."""
        waiting = [*statements]
        while waiting:
            user = waiting.pop()
            if user not in self._needs:
                needs = ((name, self._find(name, user)) for name in sorted(user.needs))
                self._needs[user] = {name: found for name, found in needs if found}
                waiting += self._needs[user].values()
                waiting += [s for each in self._needs[user].items() for s in self._parts(*each)]

    def _parts(self, name: str, found: Statement) -> Iterator[Statement]:
        """Yield what else was imported of a package by then: `import xml.sax` binds `xml`, too."""
        if _is_of_a_package(found):
            able = self._code.binding[name]
            before = bisect_left(able, found.order, key=_ORDER)
            yield from filter(_is_of_a_package, able[self._imported[name] : before])
            self._imported[name] = max(before, self._imported[name])

    def _take_besides(self) -> None:
        """Take what else stands in the cells of the answer, and of its data, and touches these.

        Such a statement may change what the answer uses. What leads to a function asked for is a
        trial of it; what imports other than a file may, or needs a name that nothing here gives, is
        for the notebook: these are left. All are looked at anew whenever some are taken, so many.
        """
        self._left, cells, waiting = _MAX_LOOKED_AT, {*self._own_cells}, [*self._needs]
        while waiting and self._left >= 0:
            cells |= {s.cell for s in waiting if s.kind is Kind.OTHER or s.is_class}
            known = len(self._needs)
            every = [s for cell in sorted(cells) for s in self._code.in_cell[cell]]
            self._left -= len(every)
            for statement in every:
                if statement not in self._needs and self._is_beside(statement):
                    self._take([statement])
            waiting = [*islice(self._needs, known, None)]
            self._tried |= {*waiting}

    def _is_beside(self, statement: Statement) -> bool:
        """Tell whether a statement touches what the answer uses, and is no trial of it."""
        is_own = statement.cell in self._own_cells
        if statement.kind not in (Kind.OTHER, Kind.DEFINITION) or self._left < 0:
            return False
        names = statement.at_once if statement.is_definition else statement.needs
        self._left -= 1 + len(names)
        if statement.binds & self._asked or not (is_own or statement.may_be_indented):
            return False
        sets, seen = statement.sets & self._asked, {statement}
        touches, waiting = bool(sets), [(name, statement) for name in sorted(names - sets)]
        while waiting:
            name, user = waiting.pop()
            found = self._giving(name, user)
            if found is None or found in _OF_A_KERNEL.values():
                continue
            if not isinstance(found, Statement) or found in self._code.all_roots:
                return False
            is_data = found.kind is Kind.OTHER or found.is_class
            if is_data and found.order > statement.order:
                return False  # which gives anew what this one touches
            # What a function touches in another cell may be a trial of that function.
            touches |= found in self._needs and is_data and (is_own or user is statement)
            if found not in self._needs and found not in seen:
                is_import = found.kind is Kind.IMPORT
                if not (found.is_at_hand if is_import else is_own or found.may_be_indented):
                    return False
                if not found.is_of_a_file:
                    return False
                seen.add(found)
                self._left -= len(found.needs)
                waiting += [(each, found) for each in sorted(found.needs)]
        return touches and statement.is_of_a_file

    def collected(self) -> Collected:
        """Return the answer, put together."""
        code, path = self._code, self._code.notebook.path
        lines, places = [*self._imports], list[Origin]()
        for statement in self._in_order():
            place = f"{path}, {code.cells[statement.cell].place}"
            own = statement.lines
            is_tried = self._may_fail(statement) and statement.may_be_indented
            lines += ["try:"] if is_tried else []  # where it stands, a trial may fail
            places.append(Origin(len(lines) + 1, len(own), place, statement.first))
            lines += [f" {line}" for line in own] if is_tried else own
            lines += ["except (Exception, SystemExit):", " pass"] if is_tried else [""]
        unit, source = code.course.unit_of(self._exercise), "\n".join(lines).encode()
        used = {s.cell for s in self._needs} or code.marked(self._exercise)
        return Collected(
            Submission(self._exercise, unit, path, source, tuple(places)),
            tuple(code.cells[number].place for number in sorted(used)),
            tuple(code.notes(used)),
        )

    def _may_fail(self, statement: Statement) -> bool:
        """Tell whether a statement may be a trial: it stands beside, or changes something later."""
        is_later = statement.cell > max(self._own_cells, default=0)
        is_change = statement.kind is Kind.OTHER and statement.binds <= statement.at_once
        return statement in self._tried or (is_later and is_change)

    def _find(self, name: str, user: Statement) -> Statement | None:
        """Return what gives `name` its value for `user` here, or note where else it is from."""
        found = self._giving(name, user)
        if isinstance(found, Statement):
            return found
        self._lacks_names |= found == ""
        if found:
            self._imports[found] = None
        return None

    def _giving(self, name: str, user: Statement) -> Statement | str | None:
        """Return what gives `name` its value for `user`, or nothing where that is Python itself.

        What belongs to an earlier exercise is imported, unless it is a helper of the same name:
        then it is the line for that. It is empty where nothing here gives the name a value.
        """
        able = self._code.binding[name]
        # What is no definition ran at its place, with what had run before.
        end = (self._end, 0) if user.is_definition else user.order
        before = bisect_left(able, end, key=_ORDER)
        found = able[before - 1] if able else user  # where nothing is before, the last of all
        if not before and name in user.binds and not user.is_definition:
            return None  # it gives the value itself, or may
        if found is user:
            known = None if hasattr(builtins, name) or name in user.binds else ""
            return known if name in user.binds else _OF_A_KERNEL.get(name, known)
        if name in _OF_A_KERNEL and found.lines[0].startswith("from IPython"):
            return _OF_A_KERNEL[name]
        owner = self._owners.get(name)
        is_own = found.kind is Kind.IMPORT or found.cell in self._own_cells
        is_root = owner and found in self._code.roots[owner]
        is_answer = is_root and not self._code.is_elsewhere(name, self._exercise)
        if not owner or (is_own and not is_answer):
            return found
        module = f"exercises.{self._code.course.unit_of(owner)}.{owner}"
        return f"from {module} import {name}"

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


def _is_of_a_package(statement: Statement) -> bool:
    """Tell whether a statement imports a package, or a part of it, under the package's own name."""
    line = statement.lines[0]
    return statement.kind is Kind.IMPORT and line.startswith("import ") and " as " not in line
