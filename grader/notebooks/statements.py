"""Takes cells apart into statements, and says of each which names it binds and which it needs."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from grader.exercise.unwritten import is_unwritten
from grader.grading.tracebacks import is_for_a_notebook
from grader.notebooks.bound_names import is_of_a_function, names_of
from grader.syntax import tree_of

# Cell magics whose cell is Python all the same; in all others it is something else, or leaves
# nothing behind, as in that of %%timeit.
_AROUND_PYTHON = frozenset({"grade", "time", "capture", "prun", "debug"})
# A cell that has more was not written by hand, and is left whole.
_MAX_STATEMENTS = 2000
_MAX_CELL = 100_000  # characters
_MAX_BRACES = 2_000  # of a cell: what an f-string puts in is slow to parse, up to Python 3.11
_BOUND = re.compile(r"^(?:async +)?(?:def|class) +(\w+)|^(\w+) *=(?!=)", re.MULTILINE)


_PROMPT = re.compile(r"^(?:(?:>>>|\.\.\.)(?: |$)|In \[\d+\]: ?|\s*\.{3,}: ?)")


class Kind(Enum):
    """What a statement is."""

    DEFINITION = "a function or a class"
    STUB = "a function that is not written yet"
    IMPORT = "an import of one name"
    OTHER = "anything else"
    MAGIC = "a line that only a notebook understands"
    BROKEN = "a whole cell that does not parse"


@dataclass(frozen=True, eq=False)
class Statement:
    """One statement outside of functions.

    `order` is the number of its cell, and its own in there; `lines` is its text, which begins in
    line `first` of the cell. `needs` are the names that it takes from outside, sooner or later, and
    `at_once` those of them that have to be there before it can run; of those in `sets` it sets an
    attribute.
    """

    order: tuple[int, int]
    first: int
    lines: Sequence[str]
    kind: Kind
    binds: Set[str] = frozenset()
    needs: Set[str] = frozenset()
    at_once: Set[str] = frozenset()
    sets: Set[str] = frozenset()

    @property
    def cell(self) -> int:
        """The number of its cell, from 0."""
        return self.order[0]

    @property
    def is_definition(self) -> bool:
        """Whether most of it runs when it is called, not where it stands."""
        return self.kind in (Kind.DEFINITION, Kind.STUB)

    @property
    def is_class(self) -> bool:
        """Whether it is a class: data as well, whose attributes may be set."""
        return self.kind is Kind.DEFINITION and self.lines[0].startswith("class ")

    @property
    def is_at_hand(self) -> bool:
        """Whether an import is of what a file may use as well: Python's, NumPy, or exercises."""
        module = self.lines[0].split()[1].partition(".")[0]
        return module in ("numpy", "exercises") or module in sys.stdlib_module_names

    @cached_property
    def may_be_indented(self) -> bool:
        """Whether its lines may be moved to the right: they are Python, and end no text."""
        if any(line.endswith("\\") or is_for_a_notebook(line) for line in self.lines):
            return False
        return not any(sign in line for line in self.lines for sign in ('"""', "'''"))

    @cached_property
    def is_of_a_file(self) -> bool:
        """Whether a file may have it, as it may no `await` or `return` outside of functions."""
        try:
            return not is_of_a_function(_parse("\n".join([*self.lines, "pass"])))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False


def statements_of(source: str, cell: int) -> list[Statement]:
    """Return what the cell of this number consists of."""
    if len(source) > _MAX_CELL or source.count("{") > _MAX_BRACES:
        return [whole_cell(source, cell)]
    lines = _as_typed(source.split("\n"))
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    magic = re.match(r"\s*%%(\w*)", lines[first])
    around = []
    if magic:
        if magic[1] != "grade":  # that one is ours, and nothing to speak of
            around = [Statement((cell, 0), first + 1, [lines[first]], Kind.MAGIC)]
        if magic[1] not in _AROUND_PYTHON:
            return around
        lines[first] = ""
    # A line of a string or of an expression may look like a magic, too: so not at the first try.
    for read in (list, _without_magics):
        try:
            return around + list(_statements(read(lines), lines, cell))
        except SyntaxError:
            continue
        except (ValueError, RecursionError, MemoryError):
            break
    return [*around, whole_cell("\n".join(lines), cell)]


def whole_cell(source: str, cell: int) -> Statement:
    """Return a cell that is not taken apart, with the names that it seems to bind."""
    binds = {match[1] or match[2] for match in _BOUND.finditer(source)}
    return Statement((cell, 0), 1, source.split("\n"), Kind.BROKEN, binds)


def _as_typed(lines: Sequence[str]) -> list[str]:
    """Return lines as a kernel takes them: without the prompts or the indent of the first one."""
    first = next((line for line in lines if line.strip()), "")
    if _PROMPT.match(first):
        return [_PROMPT.sub("", line) for line in lines]
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines]


def _without_magics(lines: Sequence[str]) -> list[str]:
    """Return lines with `pass` in the place of those for IPython; what goes on below is blank.

    A line of a string may look like one, and stays: no statement stands there.
    """
    python, goes_on = list[str](), False
    for line in lines:
        is_magic = goes_on or is_for_a_notebook(line)
        indent = line[: len(line) - len(line.lstrip())]
        python.append(("" if goes_on else f"{indent}pass") if is_magic else line)
        goes_on = is_magic and line.endswith("\\")
    every = (each for node in _parse("\n".join(python)) for each in ast.walk(node))
    passes, is_magic = {each.lineno for each in every if isinstance(each, ast.Pass)}, False
    for number, (line, instead) in enumerate(zip(lines, python, strict=True)):
        if line != instead:
            is_magic = number + 1 in passes if instead else is_magic
            python[number] = instead if is_magic else line
    return python


def _statements(python: Sequence[str], lines: Sequence[str], cell: int) -> Iterator[Statement]:
    """Yield the statements of `python`, which are `lines` without the magics.

    Of an import there is one statement for each name, for not all of them may be needed.
    """
    nodes = _parse("\n".join(python))
    spans = [_span(node) for node in nodes]
    count = Counter(number for span in spans for number in {*span})
    for index, (node, (first, last)) in enumerate(zip(nodes, spans, strict=True)):
        order, own, text = (cell, index), lines[first - 1 : last], python[first - 1 : last]
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for name, line in _imported(node):
                yield Statement(order, first, [line], Kind.IMPORT, {name})
            continue
        if text != own and _kind(node) is Kind.OTHER:  # in a definition it is named as wrong
            for number, (line, instead) in enumerate(zip(own, text, strict=True), first):
                if instead != line and instead:
                    yield Statement(order, number, [line], Kind.MAGIC)
            own = text
            if isinstance(node, ast.Pass):
                continue
        if count[first] > 1 or count[last] > 1:  # another statement is on its lines
            own = text = ast.unparse(node).split("\n")
        yield Statement(order, first, own, _kind(node), *names_of(node, text))


def _parse(python: str) -> list[ast.stmt]:
    body = tree_of(python, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT).body
    if len(body) > _MAX_STATEMENTS:
        raise ValueError("too many statements")
    return body


def _span(node: ast.stmt) -> tuple[int, int]:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return first, node.end_lineno or first


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield each name that an import binds, with a line that imports it alone."""
    start = "import "
    if isinstance(node, ast.ImportFrom):
        start = f"from {'.' * node.level}{node.module or ''} import "
    if len(start) * len(node.names) > _MAX_CELL:
        raise ValueError("each of very many names would have a very long line")
    for alias in node.names:
        given = f"{alias.name} as {alias.asname}" if alias.asname else alias.name
        yield (alias.asname or alias.name).split(".")[0], start + given


def _kind(node: ast.stmt) -> Kind:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return Kind.OTHER
    body = node.body[ast.get_docstring(node) is not None :]
    is_stub = len(body) == 1 and is_unwritten(body[0])
    return Kind.STUB if is_stub else Kind.DEFINITION
