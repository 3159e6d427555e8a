"""An exercise whose code stayed with its author: its definition, from its answer key."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from grader.course.answer_key import Draw, read_key, read_values
from grader.errors import CourseError
from grader.exercise.definition import Case, Definition, Memory
from grader.exercise.pictures import Picture, View
from grader.records import Inputs, Value

ELSEWHERE = "Its author has it; what you need to grade your own work is all here."


class AnswerKey:
    """The key of an exercise: its stub, what was drawn for some seeds, the results of pictures."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.contents = read_key(path)

    @property
    def stub(self) -> str:
        """The stub of the exercise, as it was handed out."""
        return str(self.contents["stub"])

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that the exercise asks for."""
        return tuple(function["name"] for function in self.contents["functions"])

    def results(self, picture: str) -> list[Value]:
        """Return the reference's result for each view of a picture."""
        return [result for _, result in self._views(picture)]

    def views(self, picture: str) -> list[View]:
        """Return every view of a picture."""
        return [_view(*fields) for fields, _ in self._views(picture)]

    def draw(self, seed: int) -> Draw:
        """Return what was drawn for a seed, or for the one that stands in for it."""
        seeds = self.contents["seeds"]
        known = seeds[seed % len(seeds)]
        return Draw(known, self.path.with_name(f"{self.path.stem}.{known}.npz"))

    def definition(self, name: str, unit: str) -> Definition:
        """Return a definition that knows its checks, and can compute nothing."""
        contents = self.contents
        return Definition(
            name,
            unit,
            str(self.path),
            contents["lesson"],
            references={each["name"]: _described(each) for each in contents["functions"]},
            cases=tuple(map(_case, contents["cases"])),
            mistakes=(),
            hints=tuple(contents["hints"]),
            pictures=tuple(map(self._picture, contents["pictures"])),
            formulas=contents.get("formulas", {}),
            tags=contents.get("tags", {}),
        )

    def _picture(self, fields: dict[str, Any]) -> Picture:
        name = fields["name"]
        views = partial(self.views, name)
        return Picture(name, fields["function"], views, fields["told"], str(self.path))

    def _views(self, picture: str) -> list[Any]:
        thawer = read_values(self.path.with_name(f"{self.path.stem}.pictures.npz"))
        return [(thawer.thaw(view), thawer.thaw(result)) for view, result in thawer.index[picture]]


def _view(title: str, call: Any, *rest: Any) -> View:
    return View(title, Inputs(*call), *rest)


def _case(fields: dict[str, Any]) -> Case:
    return Case(
        fields["name"],
        fields["function"],
        _cannot_draw,
        fields["points"],
        raises=fields["raises"],
        tags=frozenset(fields["tags"]),
        memory=Memory(*fields["memory"]) if fields.get("memory") else None,
    )


def describe(function: Callable[..., Value]) -> dict[str, Any]:
    """Return what a key says of a function: its name, its docstring, its parameters."""
    parameters = [
        [p.name, p.kind.value, *([] if p.default is p.empty else [p.default])]
        for p in inspect.signature(function).parameters.values()
    ]
    doc = inspect.getdoc(function)
    return {"name": function.__name__, "doc": doc, "parameters": parameters}


def _described(fields: dict[str, Any]) -> Callable[..., Value]:
    """Return a function that has a name, a docstring and a signature, and no body."""

    def absent(*args: Value, **kwargs: Value) -> Value:
        what = f"the reference of {fields['name']} is not in this copy of the course"
        raise CourseError(what, next=ELSEWHERE)

    parameters = [
        inspect.Parameter(name, _KINDS[kind], default=default[0] if default else inspect._empty)
        for name, kind, *default in fields["parameters"]
    ]
    absent.__name__, absent.__doc__ = fields["name"], fields["doc"]
    absent.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return absent


_KINDS = list(inspect._ParameterKind)


def _cannot_draw(rng: object) -> Inputs:
    raise CourseError("this copy of the course draws no new inputs", next=ELSEWHERE)
