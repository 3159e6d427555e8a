"""Says of a statement with others in it which names those bind before they use them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Set
from typing import NamedTuple

_COMPOUND = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.If, ast.Try, ast.Match)
_ALSO = getattr(ast, "TryStar", ast.Try)


class Flow(NamedTuple):
    """Of the names that are bound: which by all ways through, and which are used before that.

    A loop is taken to run, and what is tried to succeed.
    """

    surely: Set[str]
    used_first: Set[str]


def flow_of(node: ast.stmt, binds: Set[str]) -> Flow:
    """Return when a statement that binds some names does so."""
    if not binds or not isinstance(node, (*_COMPOUND, _ALSO)):
        return Flow(binds, binds)
    flow = _Flow(binds)
    try:
        return Flow(flow.through([node]), flow.used_first)
    except RecursionError:  # hundreds of branches
        return Flow(binds, binds)


class _Flow:
    def __init__(self, binds: Set[str]) -> None:
        self._names = binds
        self._bound, self.used_first = set[str](), set[str]()

    def through(self, statements: Iterable[ast.stmt]) -> set[str]:
        """Go through statements one by one; return the names that were not bound before."""
        added = set[str]()
        for statement in statements:
            added |= self._through(statement)
        return added

    def _through(self, node: ast.stmt) -> set[str]:
        if isinstance(node, ast.If):
            self._use(node.test)
            both = self._in_branch(node.body) & self._in_branch(node.orelse)
            self._bound |= both
            return both
        if isinstance(node, ast.Match):
            self._use(node.subject, *(case.guard for case in node.cases))
            for case in node.cases:
                self._in_branch(case.body)
            return set()
        if isinstance(node, (ast.Try, _ALSO)):
            added = self.through(node.body)
            for handler in node.handlers:
                self._use(handler.type)
                self._in_branch(handler.body)
            return added | self.through([*node.orelse, *node.finalbody])
        return self._through_one_way(node)

    def _through_one_way(self, node: ast.stmt) -> set[str]:
        if isinstance(node, (ast.For, ast.AsyncFor)):
            self._use(node.iter)
            return self._bind(node.target) | self.through([*node.body, *node.orelse])
        if isinstance(node, ast.While):
            self._use(node.test)
            return self.through([*node.body, *node.orelse])
        if isinstance(node, (ast.With, ast.AsyncWith)):
            added = set[str]()
            for item in node.items:
                self._use(item.context_expr)
                added |= self._bind(item.optional_vars)
            return added | self.through(node.body)
        self._use(node)
        return self._bind(node)

    def _in_branch(self, statements: Iterable[ast.stmt]) -> set[str]:
        added = self.through(statements)
        self._bound -= added
        return added

    def _use(self, *nodes: ast.AST | None) -> None:
        for node in (inner for outer in nodes if outer for inner in ast.walk(outer)):
            name = node.target if isinstance(node, ast.AugAssign) else node
            is_used = name is not node or not isinstance(getattr(node, "ctx", None), ast.Store)
            if is_used and isinstance(name, ast.Name):
                self.used_first |= ({name.id} & self._names) - self._bound

    def _bind(self, node: ast.AST | None) -> set[str]:
        found = set[str]()
        for inner in ast.walk(node) if node else ():
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                found.add(inner.id)
            elif isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.add(inner.name)
            elif isinstance(inner, ast.alias):
                found.add((inner.asname or inner.name).split(".")[0])
        added = (found & self._names) - self._bound
        self._bound |= added
        return added
