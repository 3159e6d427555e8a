"""A mistake as an edit: its reference, with one piece of the source replaced by another."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from grader.errors import CourseError

Function = Callable[..., Any]


class _Source(NamedTuple):
    """The source of a function in two pieces, cut below the docstring, and where it stands."""

    head: str
    body: str
    path: str
    line: int


def edited(function: Function, old: str, new: str, where: str) -> Function:
    """Return `function` with `old`, which its body has exactly once, replaced by `new`.

    It keeps the line numbers of its file and finds names in the module of `function`, without
    being put there.

    Raises
    ------
    CourseError
        The edit, which stands at `where`, cannot be made, or changes nothing.
    """
    name, source = function.__name__, _source_of(function)
    _require_once(old, source.body, name, where)
    edit = f"with {new!r} in the place of {old!r}"
    try:
        tree = _parse(source, source.body.replace(old, new))
        code = compile(tree, source.path, "exec")
    except SyntaxError as error:
        raise CourseError(
            f"{name} does not compile {edit}: {error.msg}",
            where=where,
            next="Look at the lines as they would be, with brackets and indentation.",
        ) from error
    if ast.dump(tree) == ast.dump(_parse(source, source.body)):
        raise CourseError(
            f"{name} is the same code {edit}",
            where=where,
            next="Replace something by what people wrongly write there.",
        )
    made: dict[str, Function] = {}
    exec(code, inspect.unwrap(function).__globals__, made)
    return made[name]


def _require_once(old: str, body: str, name: str, where: str) -> None:
    count = body.count(old)
    if count != 1:
        raise CourseError(
            f"{old!r} stands {count} times in the body of {name}, not once",
            where=where,
            next="Copy it from below the docstring, with enough around it to be there once.",
        )


@lru_cache
def _source_of(function: Function) -> _Source:
    lines, line = inspect.getsourcelines(function)
    lines = textwrap.dedent("".join(lines)).splitlines(keepends=True)
    definition = ast.parse("".join(lines)).body[0]
    assert isinstance(definition, ast.FunctionDef)
    first = definition.body[0]
    has_docstring = ast.get_docstring(definition) is not None
    cut = first.end_lineno if has_docstring else first.lineno - 1
    path = inspect.unwrap(function).__code__.co_filename
    return _Source("".join(lines[:cut]), "".join(lines[cut:]), path, line)


def _parse(source: _Source, body: str) -> ast.Module:
    """Return a function with another body, as a module, without the mark of a reference."""
    tree = ast.parse(source.head + body)
    definition, *more = tree.body
    assert isinstance(definition, ast.FunctionDef)
    if more:
        raise SyntaxError("it goes on below the function")
    marks = definition.decorator_list
    definition.decorator_list = [d for d in marks if ast.unparse(d) != "exercise.reference"]
    return ast.increment_lineno(tree, source.line - 1)
