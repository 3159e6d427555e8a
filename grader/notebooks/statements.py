"""Takes cells apart into statements, and says of each which names it binds and which it needs."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grader.exercise.stub_text import UNWRITTEN
from grader.grading.tracebacks import NOTEBOOK_LINE
from grader.notebooks.reading import Cell

# Cell magics whose cell is Python all the same; in all others it is something else.
_AROUND_PYTHON = frozenset({"grade", "time", "timeit", "capture", "prun", "debug"})
_MAX_MAGICS = 50
_MAX_STATEMENTS = 2000  # of one cell; what a cell of more than these is, a person did not write
_BEGINNING = re.compile(r"^(?:async +)?(?:def|class) +(\w+)|^(\w+) *=(?!=)", re.MULTILINE)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, eq=False)
class Statement:
    """One statement outside of functions, or a whole cell that does not parse (`is_broken`).

    `needs` are the names that it takes from outside, sooner or later; `at_once` those of them that
    have to be there before it can run. `lines` is its text, which begins in line `first` of the
    cell numbered `cell`.
    """

    cell: int
    first: int
    lines: tuple[str, ...]
    binds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    at_once: frozenset[str] = frozenset()
    is_definition: bool = False
    is_unwritten: bool = False
    is_broken: bool = False

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands in the notebook."""
        return self.cell, self.first


@dataclass(frozen=True)
class Parsed:
    """A cell as statements, and the lines of it that are for a notebook alone."""

    cell: Cell
    statements: tuple[Statement, ...] = ()
    magics: dict[int, str] = field(default_factory=dict)


def parse_cell(cell: Cell, number: int) -> Parsed:
    """Return what a cell consists of."""
    raw = cell.source.split("\n")
    plain, magics = list(raw), dict[int, str]()
    first = next((n for n, line in enumerate(raw, start=1) if line.strip()), 1)
    if raw[first - 1].lstrip().startswith("%%"):
        magic = raw[first - 1].strip()[2:].split(maxsplit=1)
        if not magic or magic[0] not in _AROUND_PYTHON:
            return Parsed(cell, magics={first: raw[first - 1]})
        raw[first - 1] = plain[first - 1] = ""
        if magic[0] != "grade":
            magics[first] = cell.source.split("\n")[first - 1]
    tree = _tree(plain, magics)
    if tree is None or len(tree.body) > _MAX_STATEMENTS:
        broken = Statement(number, 1, tuple(raw), _names_at_a_glance(raw), is_broken=True)
        return Parsed(cell, (broken,), magics)
    statements = [s for node in tree.body for s in _statements(node, number, raw, plain)]
    return Parsed(cell, tuple(statements), magics)


def _tree(lines: list[str], magics: dict[int, str]) -> ast.Module | None:
    """Return the tree of a cell, with what is for a notebook alone taken out of `lines`."""
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    for _ in range(_MAX_MAGICS):
        try:
            tree = compile("\n".join(lines), "cell", "exec", flags, dont_inherit=True)
        except SyntaxError as error:
            number = error.lineno or 0
            line = lines[number - 1] if 1 <= number <= len(lines) else ""
            if not NOTEBOOK_LINE.match(line):
                return None
            magics[number] = line
            lines[number - 1] = line[: len(line) - len(line.lstrip())] + "pass"
        except (ValueError, RecursionError, MemoryError):
            return None
        else:
            assert isinstance(tree, ast.Module)
            return tree
    return None


def _names_at_a_glance(lines: Sequence[str]) -> frozenset[str]:
    found = _BEGINNING.finditer("\n".join(lines))
    return frozenset(match[1] or match[2] for match in found)


def _statements(
    node: ast.stmt, cell: int, raw: Sequence[str], plain: Sequence[str]
) -> Iterator[Statement]:
    """Yield a statement; an import of several names as several, for not all may be needed."""
    if isinstance(node, _IMPORTS):
        for alias in node.names:
            alone = ast.Import([alias])
            if isinstance(node, ast.ImportFrom):
                alone = ast.ImportFrom(node.module, [alias], node.level)  # type: ignore[assignment]
            name = (alias.asname or alias.name).split(".")[0]
            yield Statement(cell, node.lineno, (ast.unparse(alone),), frozenset({name}))
        return
    first, last = _span(node)
    text = "\n".join(plain[first - 1 : last])
    lines = tuple(raw[first - 1 : last])
    if not _stands_alone(text):
        text = ast.unparse(node)
        lines = tuple(text.split("\n"))
    binds, needs, at_once = _names(text)
    is_definition = isinstance(node, _DEFINITIONS)
    unwritten = isinstance(node, ast.FunctionDef) and _is_unwritten(node)
    yield Statement(cell, first, lines, binds, needs, at_once, is_definition, unwritten)


def _span(node: ast.stmt) -> tuple[int, int]:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return first, node.end_lineno or node.lineno


def _stands_alone(text: str) -> bool:
    """Tell whether the lines of a statement hold nothing else."""
    try:
        return len(ast.parse(text).body) == 1
    except (SyntaxError, ValueError):
        return False


def _names(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the names that a statement binds, needs, and needs at once; none if it is no module's.

    Setting an entry of a thing counts as binding its name anew.
    """
    try:
        table = symtable.symtable(text, "cell", "exec")
    except (
        SyntaxError,
        ValueError,
        RecursionError,
        MemoryError,
    ):  # such as `await` outside of functions
        return frozenset(), frozenset(), frozenset()
    symbols = table.get_symbols()
    binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    at_once = {s.get_name() for s in symbols if s.is_referenced()}
    later = {name for child in table.get_children() for name in _taken_from_outside(child)}
    changed = set(_changed(ast.parse(text)))
    at_once |= changed
    return frozenset(binds | changed), frozenset(at_once | later), frozenset(at_once)


def _taken_from_outside(table: symtable.SymbolTable) -> Iterator[str]:
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for child in table.get_children():
        yield from _taken_from_outside(child)


def _changed(tree: ast.Module) -> Iterator[str]:
    """Yield the names of things that are changed where they are, and so were there before."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AugAssign) else targets
        for target in targets:
            inner: ast.expr = target
            while isinstance(inner, ast.Subscript):
                inner = inner.value
            is_there = inner is not target or isinstance(node, ast.AugAssign)
            if is_there and isinstance(inner, ast.Name):
                yield inner.id


def _is_unwritten(function: ast.FunctionDef) -> bool:
    """Tell whether a function is the stub still."""
    rest = function.body[ast.get_docstring(function) is not None :]
    return len(rest) == 1 and ast.unparse(rest[0]).startswith(UNWRITTEN)
