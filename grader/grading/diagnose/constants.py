"""Mistakes that need no author: another constant, another size under a root, an option not used.

They are found in the reference's signature and source: a parameter that is a small number, minus
infinity, a large base, the size of an axis. Each is tried in the function itself and in its parts.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import NamedTuple

from grader.exercise.docstrings import docstring_of
from grader.exercise.edits import Edit, body_of
from grader.grading.diagnose.composed import Put, around_inputs
from grader.records import Value

Function = Callable[..., Value]
Arguments = dict[str, Value]

SMALL = (0.0, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)
LARGE = (100.0, 1e3, 1e4, 1e5, 1e6, 512.0)
LOW = (-1e2, -1e3, -1e4, -1e5, -1e6, -1e8, -1e9, -1e10, -1e12, -1e15, -1e20, -1e30)
ROOTS = ("np.sqrt", "math.sqrt")
SMALLEST_BASE = 1000  # from here on a number is a base, and not a factor


class Guess(NamedTuple):
    """Something that may be otherwise in one reference: in words, and how to put it there."""

    words: str
    put: Put


def guesses(reference: Function) -> Iterator[Guess]:
    """Yield what may be otherwise in a reference; the words follow "behaves as if"."""
    yield from _fixed(reference)
    yield from _dropped(reference)
    yield from _written_otherwise(reference)


def _fixed(reference: Function) -> Iterator[Guess]:
    """Yield numbers that a parameter may be fixed at, whatever it is given."""
    for name, parameter in inspect.signature(reference).parameters.items():
        default = parameter.default
        if not isinstance(default, float):
            continue
        for value in SMALL if default < 1 else LARGE:
            words = f"`{name}` were always {value:g}"
            yield Guess(words, Put(reference, around=_fixing(reference, name, value)))


def _fixing(reference: Function, name: str, value: float) -> Callable[[Function], Function]:
    return around_inputs(reference, lambda arguments: arguments | {name: value})


def _dropped(reference: Function) -> Iterator[Guess]:
    """Yield options that may not be used; a number's default is among those it is fixed at."""
    for name, parameter in inspect.signature(reference).parameters.items():
        default = parameter.default
        if default is not parameter.empty and not isinstance(default, float):
            words = f"`{name}` were never given"
            yield Guess(words, Put(reference, around=_dropping(reference, name)))


def _dropping(reference: Function, name: str) -> Callable[[Function], Function]:
    def drop(arguments: Arguments) -> Arguments | None:
        rest = {other: value for other, value in arguments.items() if other != name}
        return None if len(rest) == len(arguments) else rest

    return around_inputs(reference, drop)


def _written_otherwise(reference: Function) -> Iterator[Guess]:
    """Yield other constants and sizes for those in the source."""
    body = body_of(reference)
    for node in ast.walk(ast.parse(_as_function(body))):
        place = _place(body, node)
        if place is None:
            continue
        for words, new in _otherwise(reference, node):
            yield Guess(words, Put(reference, edit=Edit(*place, new)))


def _as_function(body: str) -> str:
    return f"def f():\n{body}"


def _place(body: str, node: ast.AST) -> tuple[int, int] | None:
    """Return where in a body the text of an expression is."""
    if not isinstance(node, ast.expr) or node.end_lineno is None or node.end_col_offset is None:
        return None
    lines = body.splitlines(keepends=True)

    def offset(line: int, column: int) -> int:
        before = lines[line - 2].encode()[:column].decode()
        return sum(map(len, lines[: line - 2])) + len(before)

    start = offset(node.lineno, node.col_offset)
    return start, offset(node.end_lineno, node.end_col_offset)


def _otherwise(reference: Function, node: ast.AST) -> Iterator[tuple[str, str]]:
    source = ast.unparse(node)
    if source == "-np.inf":
        for value in LOW:
            yield f"{value:g} stood in the place of minus infinity", f"({value!r})"
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        if node.value >= SMALLEST_BASE:
            for value in LARGE:
                if value != node.value:
                    yield f"{value:g} stood where {node.value:g} does", repr(value)
    elif isinstance(node, ast.BinOp) and source.endswith("** 0.5"):
        yield from _other_sizes(reference, node.left, source)
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ROOTS:
        yield from _other_sizes(reference, node.args[0], source)


def _other_sizes(reference: Function, node: ast.expr, source: str) -> Iterator[tuple[str, str]]:
    """Yield roots of other sizes, where there is a root of the size of an axis."""
    size = ast.unparse(node)
    if not size.endswith("]") or ".shape[" not in size:
        return
    sizes = docstring_of(reference).sizes
    names = {f"{where.parameter}.shape[{where.axis}]": symbol for symbol, where in sizes.items()}
    here = names.get(size, "it")
    for other, symbol in names.items():
        if other != size:
            yield (
                f"the root of `{symbol}` stood where that of `{here}` does",
                source.replace(size, other),
            )
    for name, parameter in inspect.signature(reference).parameters.items():
        if name.startswith("num_") and parameter.default is parameter.empty:
            yield (
                f"the root of `{name}` stood where that of `{here}` does",
                source.replace(size, name),
            )
    yield f"the root of `{here}` were rounded down to a whole number", f"int({source})"
