"""The definition of an exercise whose code stayed with its author, from its answer key."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from grader.course.key_file import Sheet, read_arrays, read_key
from grader.course.key_values import Thawer
from grader.errors import CourseError
from grader.exercise.definition import Case, Definition
from grader.exercise.panels import Picture, View
from grader.records import Inputs, Value

ELSEWHERE = "Its author has it; what you need to grade your own work is all here."


class Key:
    """An answer key: the stub, and a sheet for every seed that answers are kept for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.contents = read_key(path)

    @property
    def stub(self) -> str:
        """The stub of the exercise, as it was handed out."""
        return str(self.contents["stub"])

    def kept_views(self, picture: str) -> list[Any]:
        """Return the fields of every view of a picture."""
        thawer = self._pictures()
        return [_view(thawer.thaw(fields)) for fields, _ in thawer.index[picture]]

    def drawn(self, picture: str) -> list[Value]:
        """Return the reference's result for each view of a picture."""
        thawer = self._pictures()
        return [thawer.thaw(result) for _, result in thawer.index[picture]]

    def _pictures(self) -> Thawer:
        return read_arrays(self.path.with_name(f"{self.path.stem}.pictures.npz"))

    def sheet(self, seed: int) -> Sheet:
        """Return what is kept for a seed, or for the one that stands in for it."""
        seeds = self.contents["seeds"]
        kept = seeds[seed % len(seeds)]
        return Sheet(kept, self.path.with_name(f"{self.path.stem}.{kept}.npz"))


def definition_of(key: Key, name: str, unit: str) -> Definition:
    """Return a definition that knows its checks and their answers, and can compute nothing."""
    contents = key.contents
    references = {each["name"]: _described(each) for each in contents["functions"]}
    cases = tuple(
        Case(
            each["name"],
            each["function"],
            _cannot_draw,
            each["points"],
            raises=each["raises"],
            tags=frozenset(each["tags"]),
        )
        for each in contents["cases"]
    )
    hints, lesson = tuple(contents["hints"]), contents["lesson"]
    pictures = tuple(_pictures(key))
    shown = (hints, pictures, key, contents.get("formulas", {}), contents.get("tags", {}))
    return Definition(name, unit, str(key.path), lesson, references, cases, (), *shown)


def _pictures(key: Key) -> Iterator[Picture]:
    for told in key.contents["pictures"]:
        views = partial(_views, key, told["name"])
        yield Picture(told["name"], told["function"], views, told["told"], str(key.path))


def _views(key: Key, picture: str) -> list[View]:
    return [View(title, inputs, *rest) for title, inputs, *rest in key.kept_views(picture)]


def _view(fields: Any) -> Any:
    title, (args, kwargs), *rest = fields
    return title, Inputs(args, kwargs), *rest


def describe(function: Callable[..., Value]) -> dict[str, Any]:
    """Return what is told of a function in a key: its name, its docstring, its parameters."""
    parameters = [
        [p.name, p.kind.value, *([] if p.default is p.empty else [p.default])]
        for p in inspect.signature(function).parameters.values()
    ]
    doc = inspect.getdoc(function)
    return {"name": function.__name__, "doc": doc, "parameters": parameters}


def _described(told: dict[str, Any]) -> Callable[..., Value]:
    """Return a function that has a name, a docstring and a signature, and no body."""

    def absent(*args: Value, **kwargs: Value) -> Value:
        what = f"the reference of {told['name']} is not in this copy of the course"
        raise CourseError(what, next=ELSEWHERE)

    parameters = [
        inspect.Parameter(name, _KINDS[kind], default=default[0] if default else inspect._empty)
        for name, kind, *default in told["parameters"]
    ]
    absent.__name__, absent.__doc__ = told["name"], told["doc"]
    absent.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return absent


_KINDS = list(inspect._ParameterKind)


def _cannot_draw(rng: object) -> Inputs:
    raise CourseError("this copy of the course draws no new inputs", next=ELSEWHERE)
