"""The manner in which a function is called, where its answer is not simply what it returns."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.errors import CourseError

Function = Callable[..., Any]
Manner = dict[str, Any]
# A script has its calls as arguments, whatever those of the class are.
_STEPS = inspect.Signature([inspect.Parameter("steps", inspect.Parameter.VAR_POSITIONAL)])


def make_manner(
    function: Function,
    where: str,
    *,
    changes: str = "",
    prints: bool = False,
    yields: int = 0,
    script: bool = False,
    functions: Sequence[str] = (),
    rng: str = "",
) -> Manner:
    """Return how a reference is to be called, as the learner's side is told.

    Raises
    ------
    CourseError
        It names an argument that the function does not have, or says two things at once.
    """
    script = script or inspect.isclass(function)
    if sum((bool(changes), prints, bool(yields), script)) > 1:
        raise CourseError(
            f"{function.__name__} has two answers: one of changes, prints, yields and a script",
            where=where,
            next="Make two references of it.",
        )
    names = [] if script else list(inspect.signature(function).parameters)
    for name in filter(None, (changes, rng, *functions)):
        if name not in names:
            raise CourseError(
                f"{function.__name__} has no argument {name}",
                where=where,
                next=f"It has: {', '.join(names) or 'none'}.",
            )
    manner: Manner = {"prints": True} if prints else {}
    manner |= _script_of(function) if script else {}
    manner |= {"yields": yields} if yields else {}
    manner |= {"changes": (changes, names.index(changes))} if changes else {}
    manner |= {"functions": [(n, names.index(n)) for n in functions]} if functions else {}
    manner |= {"rng": (rng, names.index(rng))} if rng else {}
    return manner


def _script_of(function: Function) -> Manner:
    """Return the manner of a script, with what of a class is called: all else are attributes."""
    if not inspect.isclass(function):
        return {"script": True}
    names = (name for name in dir(function) if not name.startswith("_"))
    methods = [name for name in names if callable(getattr(function, name))]
    return {"script": True, "methods": methods}


def set_manner(function: Function, manner: Mapping[str, Any]) -> None:
    """Let a function be called in a manner wherever our side calls it to answer."""
    if manner:
        function.__manner__ = dict(manner)  # type: ignore[attr-defined]
    if manner.get("script"):
        function.__signature__ = _STEPS  # type: ignore[attr-defined]


def manner_of(function: Function) -> Manner:
    """Return the manner in which a function is called; an empty one is the usual."""
    found: Manner = getattr(function, "__manner__", {})
    return found
