"""A mistake as an edit: its reference, with one piece of the source replaced by another."""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from os.path import commonprefix
from types import CodeType
from typing import Any, NamedTuple

from grader.errors import CourseError

Function = Callable[..., Any]


class _Source(NamedTuple):
    """The source of a function in two pieces, cut below the docstring, and its file.

    As many lines are above it as there are in the file, all of them empty, and so is that of the
    mark of a reference.
    """

    head: str
    body: str
    path: str


class Edit(NamedTuple):
    """One replacement in the body of a function: `new` stands where `start` to `end` was."""

    start: int
    end: int
    new: str


def edit_of(function: Function, old: str, new: str, where: str) -> Edit:
    """Return the edit that puts `new` in the place of `old`, which the body has exactly once.

    Raises
    ------
    CourseError
        The edit, which stands at `where`, cannot be made, or changes nothing.
    """
    name, source = function.__name__, _source_of(function)
    _require_once(old, source.body, name, where)
    edit = _trimmed(source.body.index(old), old, new)
    words = f"with {new!r} in the place of {old!r}"
    try:
        made = edited(function, edit)
    except SyntaxError as error:
        raise CourseError(
            f"{name} does not compile {words}: {error.msg}",
            where=where,
            next="Look at the lines as they would be, with brackets and indentation.",
        ) from error
    if _essence(made.__code__) == _essence(inspect.unwrap(function).__code__):
        raise CourseError(
            f"{name} is the same code {words}",
            where=where,
            next="Replace something by what people wrongly write there.",
        )
    return edit


@lru_cache(maxsize=4096)
def edited(function: Function, *edits: Edit) -> Function:
    """Return `function` with some edits made in its body, none of which meets another.

    It keeps the line numbers of its file and finds names in the module of `function`, without
    being put there.

    Raises
    ------
    SyntaxError
        What comes of it is no function.
    """
    source = _source_of(function)
    body = source.body
    for edit in sorted(edits, reverse=True):
        body = body[: edit.start] + edit.new + body[edit.end :]
    return _made_of(source, body, function)


def are_apart(edits: Sequence[Edit]) -> bool:
    """Tell whether edits of one function can be made together."""
    ordered = sorted(edits)
    return all(one.end <= other.start for one, other in pairwise(ordered))


def body_of(function: Function) -> str:
    """Return the text that edits of a function are counted in: its source below the docstring."""
    return _source_of(function).body


def _trimmed(start: int, old: str, new: str) -> Edit:
    """Return an edit without what `old` and `new` begin and end with alike."""
    begin = len(commonprefix([old, new]))
    end = len(commonprefix([old[begin:][::-1], new[begin:][::-1]]))
    return Edit(start + begin, start + len(old) - end, new[begin : len(new) - end])


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
    code = inspect.unwrap(function).__code__
    linecache.checkcache(code.co_filename)
    above = code.co_firstlineno - 1
    block = inspect.getblock(linecache.getlines(code.co_filename)[above:])
    lines = textwrap.dedent("".join(block)).splitlines(keepends=True)
    definition = ast.parse("".join(lines)).body[0]
    assert isinstance(definition, ast.FunctionDef)
    first = definition.body[0]
    has_docstring = ast.get_docstring(definition) is not None
    cut = first.end_lineno if has_docstring else first.lineno - 1
    for mark in definition.decorator_list:
        if ast.unparse(mark) == "exercise.reference":
            lines[mark.lineno - 1] = "\n"
    return _Source("\n" * above + "".join(lines[:cut]), "".join(lines[cut:]), code.co_filename)


def _made_of(source: _Source, body: str, function: Function) -> Function:
    """Return a function like another one, but with this body."""
    code = compile(source.head + body, source.path, "exec", dont_inherit=True)
    made: dict[str, Function] = {}
    exec(code, inspect.unwrap(function).__globals__, made)
    if len(made) > 1:
        raise SyntaxError("it goes on below the function")
    return made[function.__name__]


def _essence(code: CodeType) -> tuple[object, ...]:
    """Return what code does, whatever lines it is from."""
    constants = [_essence(c) if isinstance(c, CodeType) else repr(c) for c in code.co_consts]
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, *constants
