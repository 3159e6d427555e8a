"""Says of code what it changes where it runs, as far as that can be seen in it.

What is changed is known by its name: it gets an attribute or an entry, a method of it is called
that is known to change, or it is handed to a call whose value nobody takes. What only shows or
checks something changes nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import TypeGuard

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
# Methods of lists, dicts, sets, deques and arrays that change them, whatever becomes of the value.
_CHANGING = re.compile(
    r"(add|append|extend)(left)?|clear|discard|fill|insert|itemset|move_to_end|partition"
    r"|pop(item|left)?|put|register|remove|resize|reverse|rotate|set(default|field|flags)|sort"
    r"|((symmetric_)?difference_|intersection_)?update"
)
_SETS_ATTRIBUTE = frozenset({"setattr", "delattr"})
_SHOWS = re.compile(
    r"(?:^|_)(?:p?print|show|plot|draw|display|assert|tests?|check|verify|timeit|help|dump"
    r"|save(?:z|txt|fig)?)(?:_|[A-Z]|$)"
)
_SHOWING = frozenset({"plt", "ax", "axes", "fig", "sns", "grader", "unittest", "doctest", "input"})
_OF_A_MODULE = re.compile(r"set|seed$|filter|simplefilter|register|add_")
_DEEPEST = 20  # attributes, entries and calls behind one name


@dataclass(frozen=True)
class Effects:
    """What running some code may change.

    `changes` are names of what it surely changes; `handed` are pairs of a function that is called
    for what it does, not for its value, and the name of something that it is handed, and `used` are
    such pairs of calls whose value is taken. A function with a dot is a method, and is handed what
    it is called on. `calls` are all functions that are called, for these may change more, and
    `acts` those of them that are called for what they do. `sets` are names of which an
    attribute is set, or that are told something as `np.seterr(...)` is: they may be modules.
    """

    changes: Set[str] = frozenset()
    handed: Set[tuple[str, str]] = frozenset()
    used: Set[tuple[str, str]] = frozenset()
    calls: Set[str] = frozenset()
    acts: Set[str] = frozenset()
    sets: Set[str] = frozenset()


NOTHING = Effects()


@dataclass(frozen=True)
class Called:
    """What a call of a function may change: by name, and whether what it was handed, too."""

    name: str
    effects: Effects
    changes_arguments: bool


def effects_of(node: ast.stmt) -> Effects:
    """Return what a statement may change as it runs, not when what it defines is called."""
    found = _Found(is_inside=False)
    found.look_through([node])
    return found.effects()


def functions_in(node: ast.stmt) -> Iterator[Called]:
    """Yield the functions that a statement defines, and the classes: what calls of them change."""
    for inner in _at_once(node):
        if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield _called(inner.name, [inner])
        elif isinstance(inner, ast.ClassDef):
            yield _called(inner.name, [f for f in inner.body if isinstance(f, _FUNCTIONS)])
        elif isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Lambda):
            for target in inner.targets:
                if isinstance(target, ast.Name):
                    yield _called(target.id, [inner.value])


def _called(name: str, functions: Iterable[Function]) -> Called:
    found, own, given = _Found(is_inside=True), set[str](), set[str]()
    for function in functions:
        body = function.body
        found.look_through(body if isinstance(body, list) else [body])
        for inner in ast.walk(function):
            if isinstance(inner, ast.arg):
                given.add(inner.arg)
            elif _is_stored(inner):
                own.add(inner.id)
    effects = found.effects()
    own -= found.declared
    touched = effects.changes | {name for _, name in effects.handed}
    outside = Effects(
        frozenset((effects.changes | (found.declared & found.stored)) - own - given),
        frozenset(pair for pair in effects.handed if pair[1] not in own | given),
        frozenset(pair for pair in effects.used if pair[1] not in own | given),
        effects.calls,
    )
    return Called(name, outside, not given.isdisjoint(touched))


class _Found:
    """What was found of effects in some code; `is_inside` is for code inside of functions."""

    def __init__(self, is_inside: bool) -> None:
        self._is_inside = is_inside
        self._changes, self._handed = set[str](), set[tuple[str, str]]()
        self._used = set[tuple[str, str]]()
        self._calls, self._acts, self._sets = set[str](), set[str](), set[str]()
        self.declared, self.stored = set[str](), set[str]()  # as global; given a value

    def effects(self) -> Effects:
        """Return what was found so far."""
        calls, acts = self._calls | self._acts, self._acts
        return Effects(self._changes, self._handed, self._used, calls, acts, self._sets)

    def look_through(self, nodes: Iterable[ast.AST]) -> None:
        """Add what some code changes."""
        waiting = [*nodes]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Assert) or (isinstance(node, ast.Expr) and _shows(node.value)):
                continue
            self._look_at(node)
            waiting += ast.iter_child_nodes(node) if self._is_inside else _run_with(node)

    def _look_at(self, node: ast.AST) -> None:
        """Add what one part of a statement changes by itself."""
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            self._changes |= _names_behind(node)
            self._sets |= _names_behind(node)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            self._changes.add(node.target.id)
        elif isinstance(node, ast.Global):
            self.declared |= {*node.names}
        elif _is_stored(node):
            self.stored.add(node.id)
        elif isinstance(node, ast.Call):
            self._add_call(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            self._add_effective(node.value)
        for decorator in getattr(node, "decorator_list", ()):
            self._add_decorator(decorator)
        if isinstance(node, ast.ClassDef):  # a class may be told of those that are made of it
            self._acts |= {base.id for base in node.bases if isinstance(base, ast.Name)}

    def _add_call(self, call: ast.Call) -> None:
        name = _last_name(call.func)
        self._calls.add(name)
        self._used |= _handed(call)
        if isinstance(call.func, ast.Attribute) and _CHANGING.fullmatch(name):
            self._changes |= _names_behind(call.func.value)
        elif name in _SETS_ATTRIBUTE and call.args:
            self._changes |= _names_behind(call.args[0])

    def _add_effective(self, call: ast.Call) -> None:
        """Add a call whose value nobody takes: it is there for what it does."""
        self._handed |= _handed(call)
        self._acts.add(_last_name(call.func))
        if isinstance(call.func, ast.Attribute) and _OF_A_MODULE.match(call.func.attr):
            self._sets |= _names_behind(call.func.value)

    def _add_decorator(self, decorator: ast.expr) -> None:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        self._acts.add(_last_name(function))
        if isinstance(function, ast.Attribute):
            self._changes |= _names_behind(function.value)


def _at_once(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a statement that run where it stands, itself first."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting += _run_with(inner)


def _run_with(node: ast.AST) -> Iterable[ast.AST]:
    """Return the parts of a node that run as it does: of a function, all but its body."""
    if not isinstance(node, _FUNCTIONS):
        return ast.iter_child_nodes(node)
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return [*decorators, node.args]


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _handed(call: ast.Call) -> set[tuple[str, str]]:
    """Return what a call is handed, and what it is called on, each with its function."""
    name, function = _last_name(call.func), call.func
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    things = (value for value in values if not isinstance(value, ast.Call))
    pairs = {(name, each) for value in things for each in _names_behind(value)}
    if isinstance(function, ast.Attribute):
        pairs |= {(f".{name}", each) for each in _names_behind(function.value)}
    return pairs


def _shows(value: ast.expr) -> bool:
    """Tell whether an expression by itself only shows or checks something, by its name."""
    if not isinstance(value, ast.Call):
        return False
    behind = _names_behind(value.func, of_calls=False)
    return bool(_SHOWS.search(_last_name(value.func)) or behind & _SHOWING)


def _last_name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _names_behind(node: ast.AST, *, of_calls: bool = True) -> set[str]:
    """Return the name of which a node is a part: `a` of `a.b[0].c`, and of `vars(a)`."""
    for _ in range(_DEEPEST):
        if isinstance(node, ast.Name):
            return {node.id}
        if isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
            node = node.value
        elif isinstance(node, ast.Call) and (isinstance(node.func, ast.Attribute) or not of_calls):
            node = node.func
        elif isinstance(node, ast.Call) and node.args:
            node = node.args[0]
        else:
            break
    return set()
