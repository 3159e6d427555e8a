"""Which names a statement binds, for sure or perhaps, and which it needs."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Sequence, Set

from grader.syntax import symbols_of

# Scopes times names of one statement: of each scope, Python notes all names around it.
_MAX_SYMBOLS, _SHORTEST_SCOPE = 200_000, 4  # the latter in characters
_SCOPES = (
    *(ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    # From Python 3.12 on, so are the parameters of types.
    *(getattr(ast, name, ast.Lambda) for name in ("TypeAlias", "TypeVar", "TypeVarTuple")),
)
_OF_FUNCTIONS = (ast.Return, ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith)
_COMPOUND = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match),
    getattr(ast, "TryStar", ast.Try),
)


def names_of(node: ast.stmt, text: Sequence[str]) -> tuple[Set[str], ...]:
    """Return the names that a statement binds, needs, and needs at once, and those in `sets`."""
    # With an empty line below, as it will have in the answer: it may end with a backslash.
    source = "\n".join([*text, "", ""])
    _require_few_symbols(node, source)
    try:
        table = symbols_of(source)
    except SyntaxError:  # such as `await` outside of functions: a cell may, a module may not
        return ()
    symbols, changed = table.get_symbols(), set(_changed(node))
    binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    if isinstance(node, ast.AnnAssign) and node.value is None:  # it says a type, and gives nothing
        binds = set()
    if isinstance(node, _COMPOUND):  # what it may leave as it was, or change of what was there
        changed |= {name for inner in _statements_in(node) for name in _changed(inner)} - binds
        changed |= binds - _surely_bound([node]) - {*_counted(node)}
    at_once = changed | ({s.get_name() for s in symbols if s.is_referenced()} - {*_counted(node)})
    later = _from_outside(table.get_children())
    return binds | changed, at_once | later, at_once, set(_changed(node, ast.Attribute))


def is_of_a_function(nodes: Sequence[ast.AST]) -> bool:
    """Tell whether something stands outside of functions that may stand in them alone.

    Python itself would say so only while it makes code of it, which from a kilobyte may take
    gigabytes: each `finally` is written twice, and once more for each way out.
    """
    waiting = [*nodes]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _OF_FUNCTIONS) or getattr(node, "is_async", False):
            return True
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            waiting += [*node.decorator_list, node.args]
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return False


def _require_few_symbols(node: ast.stmt, source: str) -> None:
    """Raise ValueError where to tell a statement's names apart would take much memory or time."""
    names = len({*re.findall(r"[\w\x80-\U0010ffff]+", source)})
    if names * len(source) // _SHORTEST_SCOPE > _MAX_SYMBOLS:
        scopes = sum(isinstance(inner, _SCOPES) for inner in ast.walk(node))
        if names * scopes > _MAX_SYMBOLS:
            raise ValueError("too many names in too many scopes")


def _from_outside(tables: Sequence[symtable.SymbolTable]) -> set[str]:
    """Return the names that scopes, and those within them, take from outside of all."""
    found, waiting = set[str](), [*tables]
    while waiting:
        table = waiting.pop()
        found |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        waiting += table.get_children()
    return found


def _counted(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a loop gives their values, before anything in it needs them."""
    if isinstance(node, (ast.For, ast.AsyncFor)):
        before = {inner.id for inner in ast.walk(node.iter) if isinstance(inner, ast.Name)}
        yield from {*_stored(node.target)} - before


def _surely_bound(nodes: Sequence[ast.stmt]) -> set[str]:
    """Return the names that statements give values, whichever way they take."""
    found = set[str]()
    for node in nodes:
        if isinstance(node, ast.If):
            found |= _surely_bound(node.body) & _surely_bound(node.orelse)
        elif isinstance(node, ast.Try):
            ways = [_surely_bound([*node.body, *node.orelse])]
            ways += [_surely_bound(handler.body) for handler in node.handlers]
            found |= set.intersection(*ways) | _surely_bound(node.finalbody)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            # What is within may be left half-way: contextlib.suppress does that.
            found |= {*_stored(*(item.optional_vars for item in node.items if item.optional_vars))}
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value:
            found |= {*_stored(*getattr(node, "targets", ()), getattr(node, "target", node))}
    return found


def _statements_in(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statements that a compound one is made of, but for those of functions in it."""
    waiting: list[ast.AST] = [node]
    while waiting:
        inner = waiting.pop()
        if not isinstance(inner, (ast.expr, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            waiting += ast.iter_child_nodes(inner)
            if isinstance(inner, ast.stmt):
                yield inner


def _stored(*nodes: ast.AST) -> Iterator[str]:
    """Yield the names that are given values in some expressions."""
    for inner in (each for node in nodes for each in ast.walk(node)):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id


def _changed(
    node: ast.stmt, part: type[ast.Subscript | ast.Attribute] = ast.Subscript
) -> Iterator[str]:
    """Yield the names of what is changed, such as a table that gets an entry: it was there before.

    That counts as giving the name a new value, but where the `part` that is set is an attribute.
    """
    waiting = [*getattr(node, "targets", ()), getattr(node, "target", None)]
    while waiting:
        inner = target = waiting.pop()
        waiting += getattr(target, "elts", ())
        while isinstance(inner, (ast.Subscript, ast.Attribute)) and isinstance(inner, part):
            inner = inner.value
        is_there = inner is not target or isinstance(node, ast.AugAssign)
        if is_there and isinstance(inner, ast.Name):
            yield inner.id
