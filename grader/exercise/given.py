"""What an author gives is looked at where it is given: a slip is told in words, with its line."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from typing import Any

from grader.errors import CourseError


def line_of_caller() -> str:
    """Return where an author calls the method that asks."""
    caller = sys._getframe(2)
    return f"{caller.f_code.co_filename}:{caller.f_lineno}"


def texts(given: Any, name: str, where: str) -> tuple[str, ...]:
    """Return a list of texts as a tuple; a single text would be taken letter by letter."""
    if isinstance(given, str):
        raise CourseError(
            f"{name} is one text, and is to be a list of texts",
            where=where,
            next=f"Put it in brackets: {name}=[{given!r}]",
        )
    return tuple(given)


def exception_name(given: Any, where: str) -> str | None:
    """Return the name of the exception that a case wants raised, if it wants one."""
    if given is None or (inspect.isclass(given) and issubclass(given, Exception)):
        return given.__name__ if given else None
    name = given if isinstance(given, str) and given.isidentifier() else "ValueError"
    raise CourseError(
        f"raises is {given!r}, which is no exception",
        where=where,
        next=f"Give the exception itself: raises={name}",
    )


def require_numbers(where: str, **given: Any) -> None:
    """Raise where something is given that is to be a number, and is none."""
    for name, value in given.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise CourseError(
                f"{name} is {value!r}, which is no number",
                where=where,
                next=f"Give it as one, without quotation marks: {name}=1e-3",
            )


def memory_pair(given: Any, where: str) -> tuple[int, str] | None:
    """Return the bytes of a case's memory with the words for whoever takes more, if it has any."""
    if given is None or (isinstance(given, tuple) and [*map(type, given)] == [int, str]):
        return given
    raise CourseError(
        f"memory is {given!r}, and is to be bytes with words",
        where=where,
        next="Give what to tell whoever takes more as well: memory=(2**26, "
        '"only one block of scores is needed at a time").',
    )


def require_function(given: Any, mark: str, where: str) -> None:
    """Raise where a decorator is given something else than the function below it."""
    if not callable(given):
        raise CourseError(
            f"@exercise.{mark} is given {given!r}, and takes the function below it",
            where=where,
            next=f"Write @exercise.{mark} alone, or give what you mean by its name.",
        )


def require_known(function: Callable[..., Any], given: Sequence[str], where: str) -> None:
    """Raise where a manner is given that `function` does not know."""
    known = [
        name
        for name, each in inspect.signature(function).parameters.items()
        if each.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    if unknown := [name for name in given if name not in known]:
        raise CourseError(
            f"@exercise.reference knows no {unknown[0]}",
            where=where,
            next=f"There are: {', '.join(known)}.",
        )
