"""A slip: what stands for a moment in the place of a piece of source, and what to call it.

What is `new` is for the author, who owns the source. `told` is for a learner: it goes on "a version
that ...", and speaks of the wrong version only; of the right one it names no more than a term which
is left out, and that only where it is made of what a learner has in the signature. Where there is
nothing to say, it is empty.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Place = tuple[int, int]  # a line, and how many bytes of it are before


@dataclass(frozen=True)
class Scope:
    """What a function's source names, for one name to be taken for another.

    `parameters` are those that a learner knows. `begins` has the line from which on a parameter or
    a local name is there, and `others` the functions that may be taken for one. `modules` and
    `strings` are all that there are.
    """

    parameters: frozenset[str]
    begins: Mapping[str, int]
    others: Mapping[str, tuple[str, ...]]
    modules: frozenset[str]
    strings: tuple[str, ...]


class Slip(NamedTuple):
    """One slip: what stands there then, from where to where, and what to call it."""

    node: ast.AST
    start: Place
    end: Place
    new: str
    told: str = ""


def start_of(node: Any) -> Place:
    """Return where a node begins."""
    return node.lineno, node.col_offset


def end_of(node: Any) -> Place:
    """Return where a node ends."""
    return node.end_lineno, node.end_col_offset


def written(node: ast.AST) -> str:
    """Return the source of a node, its strings in double quotes where that is possible."""
    text = ast.unparse(node)
    return text if '"' in text else text.replace("'", '"')


def instead(old: ast.AST, new: ast.AST, told: str = "") -> Slip:
    """Return the slip of writing one node for another."""
    return Slip(new, start_of(old), end_of(old), written(new), told)


def changed(node: Any, **fields: Any) -> Any:
    """Return a node like another one with other fields."""
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def is_told(node: ast.AST, scope: Scope) -> bool:
    """Tell whether an expression says no more than what a learner has in the signature."""
    plain = (ast.Name, ast.Constant, ast.Subscript, ast.UnaryOp, ast.unaryop, ast.expr_context)
    return all(
        isinstance(each, plain) and (not isinstance(each, ast.Name) or each.id in scope.parameters)
        for each in ast.walk(node)
    )
