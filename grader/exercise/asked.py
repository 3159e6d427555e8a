"""What an exercise is about, as its source has it: arrays, floats, and what a call could change.

The source is read and not run: a stub is written for a definition that is only half written, too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# The entry of a result or a parameter, with the shape of an array: `labels : of int, (n,)`.
_ARRAY = re.compile(r"^[ \t]*\w+ : ([^(\n]*)\([^()\n]*\)(.*)$", re.MULTILINE)
# One of several arrays without their shapes: `grads : dict of arrays`.
_ARRAYS = re.compile(r"^[ \t]*\w+ : (?:dict|list|tuple) of arrays\b", re.MULTILINE)
_NEST = re.compile(r"\b(lists?|sets?|dicts?|tuples?|frozensets?)\b")
_SECTION = re.compile(r"^(?:Returns|Yields)\n-", re.MULTILINE)
_WHOLE = re.compile(r"\b(ints?|integers?|bools?|booleans?)\b")
_CHANGEABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS = {"list", "dict", "set", "sorted", "tolist"}


class Asked(NamedTuple):
    """What an exercise is about: whether there are arrays, and what is asked besides the values."""

    arrays: bool
    floats: bool  # arrays of them come back, in the type that was given
    untouched: bool  # what can be changed is to be left as it came


def asked_of(
    tree: ast.Module,
    references: Sequence[ast.FunctionDef | ast.ClassDef],
    functions: Sequence[ast.AST],
) -> Asked:
    """Return what a definition asks for; `functions` are its references and their helpers."""
    texts = [ast.get_docstring(each) or "" for each in references]
    entries = [entry for text in texts for entry in _ARRAY.findall(text)]
    shapes = [(before, after) for before, after in entries if not _NEST.search(before)]
    uses_numpy = any(isinstance(n, ast.Name) and n.id == "np" for n in _nodes(functions))
    arrays = bool(shapes) or uses_numpy or any(map(_ARRAYS.search, texts))
    returned = [part for text in texts for part in _SECTION.split(text, maxsplit=1)[1:]]
    results = map(_ARRAY.findall, returned)
    floats = any(map(_ARRAYS.search, returned)) or any(
        not (_NEST.search(before) or _WHOLE.search(before + after))
        for found in results
        for before, after in found
    )
    changeable = arrays or any(map(_makes_something_changeable, _nodes(_cases(tree))))
    return Asked(
        arrays,
        floats and not _is_switched_off(tree, "check_dtype"),
        changeable and not _is_switched_off(tree, "check_inputs"),
    )


def _nodes(trees: Sequence[ast.AST]) -> Iterator[ast.AST]:
    return (node for tree in trees for node in ast.walk(tree))


def _cases(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions that draw inputs."""
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(mark).startswith("exercise.case") for mark in node.decorator_list)
    ]


def _makes_something_changeable(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return name in _MAKERS
    return isinstance(node, _CHANGEABLE) and not _is_of_a_decorator(node)


def _is_of_a_decorator(node: ast.AST) -> bool:
    """Tell whether this is a list of tags, such as cases have."""
    items = getattr(node, "elts", None)
    return isinstance(node, ast.List) and bool(items) and all(map(_is_text, items or ()))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_switched_off(tree: ast.Module, option: str) -> bool:
    """Tell whether `Exercise(...)` is made without a check."""
    return any(
        keyword.arg == option
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Exercise"
        for keyword in node.keywords
    )
