"""Mutants: a reference made again and again, each time with one slip in its source.

Functions of the same file that a reference calls, and that are no references themselves, are a
part of it, so slips are made in them as well.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

from grader.exercise.bounded import Bounded
from grader.exercise.definition import Definition
from grader.exercise.edits import Function, Source, essence, made_of, source_of
from grader.exercise.manners import manner_of
from grader.exercise.mutants.expressions import slips_in
from grader.exercise.mutants.slip import Place, Scope, Slip

LONG = 60  # characters of a piece of source; what is longer is cut short
# What is said to people, or to whoever reads, is not computed with.
_LEFT_ALONE = (ast.Raise, ast.JoinedStr)


@dataclass(frozen=True)
class Mutant:
    """A version of a reference with one slip: where, and in `words` that go on "a version".

    `told` goes on "a version that", for a learner: it does not give away what should be there. It
    is empty where there is nothing to say. The `original` is the reference itself or a helper of
    it; its source was changed from character `start` to `end`.
    """

    function: str
    implementation: Bounded
    original: Function
    essence: tuple[object, ...]
    words: str
    told: str
    start: int
    end: int

    @property
    def source(self) -> Source:
        """Where what was changed comes from."""
        return source_of(self.original)

    @property
    def line(self) -> int:
        """The line of the slip in its file."""
        return self.source.text.count("\n", 0, self.start) + 1

    @property
    def where(self) -> str:
        """The place of the slip, as `file:line`."""
        return f"{self.source.path}:{self.line}"


class Slot(NamedTuple):
    """A place in a tree: the list or the node that holds what is there, and under which key."""

    holder: Any
    key: Any

    @property
    def node(self) -> ast.AST:
        """What stands there."""
        found: ast.AST = self._names()[self.key]
        return found

    def put(self, node: ast.AST) -> None:
        """Put something else there."""
        self._names()[self.key] = node

    def _names(self) -> Any:
        return self.holder if isinstance(self.holder, list) else vars(self.holder)


def mutants_of(definition: Definition, function: str) -> Iterator[Mutant]:
    """Yield all mutants of a reference, in the order of its source, always the same ones.

    What compiles to the same code as the reference or as an earlier one is left out. There are none
    of a class, or of a function that is called in a manner of its own.
    """
    if manner_of(definition.references[function]):
        return
    reference, *helpers = own_functions(definition, function)
    for original in (reference, *helpers):
        seen = {essence(made_of(source_of(original).text, original))}
        for slip, made in _versions(original, definition):
            if (what := essence(made)) in seen:
                continue
            seen.add(what)
            whole = made if original is reference else _with(reference, helpers, made)
            words, start, end = _described(slip, source_of(original))
            yield Mutant(function, Bounded(whole), original, what, words, slip.told, start, end)


def own_functions(definition: Definition, function: str) -> list[Function]:
    """Return a reference and the functions of its file that it needs and that are none."""
    references = set(map(inspect.unwrap, definition.references.values()))
    found = [definition.references[function]]
    waiting = [inspect.unwrap(found[0])]
    while waiting:
        asking = waiting.pop()
        for name in _names_in(asking.__code__):
            other = asking.__globals__.get(name)
            is_plain = isinstance(other, FunctionType) and other.__module__ == asking.__module__
            if is_plain and other not in references and other not in found:
                found.append(other)
                waiting.append(other)
    return found


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def _with(reference: Function, helpers: list[Function], changed: Function) -> Function:
    """Return a reference that calls a changed helper, in a copy of its module's names."""
    plain = inspect.unwrap(reference)
    names = dict(plain.__globals__)
    for each in (plain, *helpers):
        again = changed if each.__name__ == changed.__name__ else each
        names[each.__name__] = _moved(again, names)
    moved: Function = names[plain.__name__]
    return moved


def _moved(function: Function, names: dict[str, Any]) -> Function:
    code, defaults = function.__code__, function.__defaults__
    moved = FunctionType(code, names, function.__name__, defaults, function.__closure__)
    moved.__kwdefaults__ = function.__kwdefaults__
    return moved


def _versions(function: Function, definition: Definition) -> Iterator[tuple[Slip, Function]]:
    """Yield a function with each slip; the tree is put right again before the next."""
    plain = inspect.unwrap(function)
    tree = ast.parse(source_of(function).text)
    (node,) = tree.body
    assert isinstance(node, ast.FunctionDef)
    scope = _scope(node, plain, definition)
    for slot in _slots_of(node):
        right = slot.node
        for slip in slips_in(right, scope):
            slot.put(_placed(slip.node, right))
            try:
                made = made_of(tree, function)
            except Exception:  # no code at all, or a default that cannot be computed
                continue
            finally:
                slot.put(right)
            yield slip, made


def _placed(node: ast.AST, right: ast.AST) -> ast.AST:
    """Return a node with a line; one that stands in the source keeps its own."""
    return ast.fix_missing_locations(
        node if hasattr(node, "lineno") else ast.copy_location(node, right)
    )


def _scope(node: ast.FunctionDef, function: Function, definition: Definition) -> Scope:
    names = function.__globals__
    begins = {each.arg: 0 for each in ast.walk(node.args) if isinstance(each, ast.arg)}
    known = frozenset(begins) if function.__name__ in definition.references else frozenset()
    loaded: dict[str, None] = {}
    strings: dict[str, None] = {}
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            begins.setdefault(each.id, each.lineno)
        elif isinstance(each, ast.Name) and isinstance(names.get(each.id), FunctionType):
            loaded[each.id] = None
    for slot in _slots_of(node):
        if isinstance(slot.node, ast.Constant) and isinstance(slot.node.value, str):
            strings[slot.node.value] = None
    others = {name: tuple(other for other in loaded if other != name) for name in loaded}
    modules = frozenset(name for name, value in names.items() if isinstance(value, ModuleType))
    return Scope(known, begins, others, modules, tuple(strings))


def _slots_of(node: ast.FunctionDef) -> Iterator[Slot]:
    """Yield the slots of what a function computes: its defaults and its body, no docstring."""
    for name in ("defaults", "kw_defaults"):
        holder = getattr(node.args, name)
        for at, value in enumerate(holder):
            if value is not None:
                yield from _slots(Slot(holder, at))
    for at in range(ast.get_docstring(node) is not None, len(node.body)):
        yield from _slots(Slot(node.body, at))


def _slots(slot: Slot) -> Iterator[Slot]:
    """Yield a slot and those below it."""
    yield slot
    if isinstance(slot.node, _LEFT_ALONE) or _is_number(slot.node):
        return
    for key, value in list(ast.iter_fields(slot.node)):
        if isinstance(value, list):
            for at, each in enumerate(value):
                if isinstance(each, ast.AST):
                    yield from _slots(Slot(value, at))
        elif isinstance(value, ast.AST):
            yield from _slots(Slot(slot.node, key))


def _is_number(node: ast.AST) -> bool:
    """Tell whether it is a number with its minus, of which the digits are no slot of their own."""
    is_minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    return is_minus and isinstance(node.operand, ast.Constant)  # type: ignore[attr-defined]


def _described(slip: Slip, source: Source) -> tuple[str, int, int]:
    """Return a slip in words, and from where to where it is in the source."""
    start, end = (_offset(source.text, place) for place in (slip.start, slip.end))
    start += len(source.text[start:end]) - len(source.text[start:end].lstrip(") \t\n"))
    old = source.text[start:end].rstrip("( \t\n")
    words = f"with `{_short(slip.new)}` in the place of `{_short(old)}`"
    if not slip.new:
        words = f"without `{_short(old)}`"
    return words, start, start + len(old)


def _offset(text: str, place: Place) -> int:
    """Return how many characters are before a place."""
    line, column = place
    above = text.splitlines(keepends=True)[: line - 1]
    rest = text[sum(map(len, above)) :]
    return len(text) - len(rest) + len(rest.encode()[:column].decode())


def _short(piece: str) -> str:
    """Return a piece of source in one line, and not a long one."""
    line = " ".join(piece.split())
    return line if len(line) <= LONG else f"{line[: LONG // 2]} … {line[-LONG // 2 :]}"
