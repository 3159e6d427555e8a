"""A reference's own source, changed: a mistake is one piece of it replaced by another."""

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


class Source(NamedTuple):
    """The source of a function in two pieces, cut below the docstring, and its file.

    As many lines are above it as there are in the file, all of them empty, and so is that of the
    mark of a reference.
    """

    head: str
    body: str
    path: str

    @property
    def text(self) -> str:
        """All of it, line by line where it is in its file."""
        return self.head + self.body


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
    name, source = function.__name__, source_of(function)
    require_once(old, source.body, name, where)
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
    if essence(made) == _unedited(function):
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
    source = source_of(function)
    body = source.body
    for edit in sorted(edits, reverse=True):
        body = body[: edit.start] + edit.new + body[edit.end :]
    return made_of(source.head + body, function)


def are_apart(edits: Sequence[Edit]) -> bool:
    """Tell whether edits of one function can be made together."""
    ordered = sorted(edits)
    return all(one.end < other.start for one, other in pairwise(ordered))


def body_of(function: Function) -> str:
    """Return the text that edits of a function are counted in: its source below the docstring."""
    return source_of(function).body


def _trimmed(start: int, old: str, new: str) -> Edit:
    """Return an edit without what `old` and `new` begin and end with alike."""
    begin = len(commonprefix([old, new]))
    end = len(commonprefix([old[begin:][::-1], new[begin:][::-1]]))
    return Edit(start + begin, start + len(old) - end, new[begin : len(new) - end])


def require_once(old: str, body: str, name: str, where: str) -> None:
    """Raise `CourseError` where a piece does not stand in the body of a function exactly once."""
    count = body.count(old)
    if count != 1:
        raise CourseError(
            f"{old!r} stands {count} times in the body of {name}, not once",
            where=where,
            next="Copy it from below the docstring, with enough around it to be there once.",
        )


@lru_cache
def source_of(function: Function) -> Source:
    """Return the source of a reference, or of a function that it calls."""
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
        if ast.unparse(mark).partition("(")[0] == "exercise.reference":
            for line in range(mark.lineno - 1, mark.end_lineno or mark.lineno):
                lines[line] = "\n"
    return Source("\n" * above + "".join(lines[:cut]), "".join(lines[cut:]), code.co_filename)


@lru_cache
def _unedited(function: Function) -> tuple[object, ...]:
    """Return what a function does as it stands."""
    return essence(made_of(source_of(function).text, function))


def made_of(code: str | ast.Module, function: Function) -> Function:
    """Return the function that `code` makes in the place of another one.

    Raises
    ------
    SyntaxError
        It is no code, or more than one function.
    """
    plain = inspect.unwrap(function)
    made: dict[str, Function] = {}
    path = plain.__code__.co_filename
    exec(compile(code, path, "exec", dont_inherit=True), plain.__globals__, made)
    if len(made) > 1:
        raise SyntaxError("it goes on below the function")
    return made[function.__name__]


def essence(function: Function) -> tuple[object, ...]:
    """Return what a function does, whatever lines it is from; its defaults belong to that.

    Two are compared that were both made here: Python compiles a function otherwise where it sees
    the imports above it.
    """
    plain = inspect.unwrap(function)
    return (repr(plain.__defaults__), repr(plain.__kwdefaults__), *_essence(plain.__code__))


def _essence(code: CodeType) -> tuple[object, ...]:
    constants = [_essence(c) if isinstance(c, CodeType) else repr(c) for c in code.co_consts]
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, *constants
