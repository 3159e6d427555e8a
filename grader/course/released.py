"""An exercise whose code stayed with its author: its definition, from its answer key."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from grader.course.answer_key import Draw, read_key, read_values, undamaged
from grader.course.key_form import fits, inputs_of
from grader.errors import CourseError
from grader.exercise.definition import Case, Definition, Memory
from grader.exercise.manners import manner_of, set_manner
from grader.exercise.pictures import MAX_VIEWS, Picture, View, require_few
from grader.files import read_regular
from grader.records import Inputs, Value

MAX_CHECKS = 1_000_000  # bytes of code
# What a case need not say, and what it is then; old keys do not have it.
_OPTIONS = {"rtol": None, "atol": None, "check_dtype": True, "check_inputs": True}
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
        with undamaged(self.path):
            views = [_view(*fields) for fields, _ in self._views(picture)]
            require_few(views)
            return views

    def draw(self, seed: int) -> Draw:
        """Return what was drawn for a seed, or for the one that stands in for it."""
        seeds = self.contents["seeds"]
        known = seeds[seed % len(seeds)]
        return Draw(known, self.path.with_name(f"{self.path.stem}.{known}.npz"))

    def definition(self, name: str, unit: str) -> Definition:
        """Return a definition that knows its checks, and can compute nothing."""
        with undamaged(self.path):
            return self._definition(name, unit)

    def _definition(self, name: str, unit: str) -> Definition:
        contents = self.contents
        return Definition(
            name,
            unit,
            str(self.path),
            contents["lesson"],
            references={each["name"]: _described(each) for each in contents["functions"]},
            cases=tuple(self._checked(_case(each)) for each in contents["cases"]),
            mistakes=(),
            hints=tuple(contents["hints"]),
            pictures=tuple(map(self._picture, contents["pictures"])),
            formulas=contents.get("formulas", {}),
            tags=contents.get("tags", {}),
            without=tuple(contents.get("without", ())),
        )

    def _checked(self, case: Case) -> Case:
        """Return a case with the check of its author, which a key has as a file of its own."""
        name = self.contents.get("checks", {}).get(case.function)
        return replace(case, check=self._checks[name]) if name else case

    @cached_property
    def _checks(self) -> dict[str, Any]:
        path = self.path.with_name(f"{self.path.stem}.checks.py")
        names: dict[str, Any] = {}
        exec(compile(read_regular(path, MAX_CHECKS), str(path), "exec", dont_inherit=True), names)
        return names

    def _picture(self, fields: dict[str, Any]) -> Picture:
        name = fields["name"]
        views = partial(self.views, name)
        return Picture(name, fields["function"], views, fields["told"], str(self.path))

    def _views(self, picture: str) -> list[Any]:
        path = self.path.with_name(f"{self.path.stem}.pictures.npz")
        with undamaged(path):
            thawer = read_values(path)
            drawn = thawer.index[picture]
            if len(drawn) > MAX_VIEWS:  # each is unpacked
                raise ValueError(f"it has {len(drawn):,} views, and at most {MAX_VIEWS} are drawn")
            return [(thawer.thaw(view), thawer.thaw(result)) for view, result in drawn]


def _view(title: str, call: Any, *rest: Any) -> View:
    view = View(title, inputs_of(call), *rest)
    labels = [view.rows, view.columns, view.words]
    if not (
        fits([view.part, *labels], [tuple])
        and fits([*view.part], [(int, str)])
        and fits([title, view.function, *chain(*labels)], [str])
        and isinstance(view.products, bool)
    ):
        raise ValueError("it has a view that is none")
    return view


def _case(fields: dict[str, Any]) -> Case:
    case = Case(
        fields["name"],
        fields["function"],
        _cannot_draw,
        fields["points"],
        raises=fields["raises"],
        tags=frozenset(fields["tags"]),
        memory=Memory(*fields["memory"]) if fields.get("memory") else None,
    )
    return replace(case, **{name: fields[name] for name in _OPTIONS if name in fields})


def describe_case(case: Case) -> dict[str, Any]:
    """Return what a key says of a case; what is as usual is left out."""
    unusual = {name: getattr(case, name) for name in _OPTIONS}
    return {
        "name": case.name,
        "function": case.function,
        "points": case.points,
        "raises": case.raises,
        "tags": sorted(case.tags),
        **({"memory": case.memory} if case.memory else {}),
        **{name: value for name, value in unusual.items() if value != _OPTIONS[name]},
    }


def describe(function: Callable[..., Value]) -> dict[str, Any]:
    """Return what a key says of a function: its name, its docstring, its parameters."""
    parameters = [
        [p.name, p.kind.value, *([] if p.default is p.empty else [p.default])]
        for p in inspect.signature(function).parameters.values()
    ]
    doc = inspect.getdoc(function)
    described = {"name": function.__name__, "doc": doc, "parameters": parameters}
    return described | ({"manner": manner} if (manner := manner_of(function)) else {})


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
    set_manner(absent, fields.get("manner", {}))
    absent.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return absent


_KINDS = list(inspect._ParameterKind)


def _cannot_draw(rng: object) -> Inputs:
    raise CourseError("this copy of the course draws no new inputs", next=ELSEWHERE)
