"""All that an author imports: `Exercise` gathers a definition from what is decorated with it.

A definition reads from top to bottom like a chapter: a reference, then the cases that check it and
the mistakes people make in it, then the next reference. A case or a mistake belongs to the
reference above it, so nothing is named twice. A case returns `inputs`, a picture some `view`s.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, overload

from grader.errors import CourseError
from grader.exercise.definition import Case, Definition, Mistake, where
from grader.exercise.panels import Picture, View
from grader.records import Inputs, Value

Function = TypeVar("Function", bound=Callable[..., Any])


def inputs(*args: Value, **kwargs: Value) -> Inputs:
    """Return the arguments of one call: required ones by position, optional ones by keyword."""
    return Inputs(args, kwargs)


def view(
    title: str,
    call: Inputs,
    of: str = "",
    part: Sequence[int] = (),
    products: bool = False,
    rows: Sequence[object] = (),
    columns: Sequence[object] = (),
) -> View:
    """Return a call whose result is drawn: a table as a heat map, a row of numbers as bars.

    Parameters
    ----------
    title : str
        What tells this view from the others beside it.
    call : Inputs
        The arguments, the same ones every time.
    of : str
        The function to call, where it is another than the reference above.
    part : sequence of int
        The indices that lead to what is drawn, where that is not the whole result.
    products : bool
        Draw the dot products between the rows instead of the rows.
    rows, columns : sequence
        Labels; a row of numbers is labelled by `columns`.
    """
    labels = tuple(map(str, rows)), tuple(map(str, columns))
    return View(title, call, of, tuple(part), products, *labels)


class Exercise:
    """Gathers the references, cases, mistakes, pictures and hints of one definition.

    `formulas` is TeX for lines of the lesson, each named by how it begins.
    """

    def __init__(
        self, hints: Sequence[str] = (), formulas: Mapping[str, str] | None = None
    ) -> None:
        self._hints, self._formulas = tuple(hints), dict(formulas or {})
        self._references: dict[str, Callable[..., Value]] = {}
        self._cases: list[Case] = []
        self._mistakes: list[Mistake] = []
        self._pictures: list[Picture] = []

    def reference(self, function: Function) -> Function:
        """Take `function` as the right answer; its name and signature are the learner's too."""
        self._references[function.__name__] = function
        return function

    @overload
    def case(self, draw: Function) -> Function: ...

    @overload
    def case(
        self,
        *,
        points: float = 1.0,
        hidden: bool = False,
        raises: type[Exception] | None = None,
        tags: Sequence[str] = (),
    ) -> Callable[[Function], Function]: ...

    def case(
        self,
        draw: Function | None = None,
        *,
        points: float = 1.0,
        hidden: bool = False,
        raises: type[Exception] | None = None,
        tags: Sequence[str] = (),
    ) -> Function | Callable[[Function], Function]:
        """Check the reference above on the inputs that `draw(rng)` returns.

        A `hidden` case counts, but only its name is told. `raises` is the exception that the
        reference, and so a right answer, must raise. `tags` (see `grader.tags.TAGS`) say what
        the case tries beyond the plain call.
        """

        def register(draw: Function) -> Function:
            function = self._reference_above(draw)
            self._refuse_twice(draw, [case.name for case in self._cases])
            expected = raises.__name__ if raises else None
            details = (points, hidden, expected, where(draw), frozenset(tags))
            self._cases.append(Case(draw.__name__, function, draw, *details))
            return draw

        return register(draw) if draw else register

    def mistake(self, implementation: Function) -> Function:
        """Take a wrong `implementation` of the reference above; its docstring is the message."""
        function = self._reference_above(implementation)
        self._refuse_twice(implementation, [mistake.name for mistake in self._mistakes])
        message = inspect.getdoc(implementation) or ""
        if not message:
            raise CourseError(
                f"the mistake {implementation.__name__} has no docstring",
                where=where(implementation),
                next="Its docstring is what a learner who made the mistake is told.",
            )
        self._mistakes.append(
            Mistake(
                implementation.__name__, function, implementation, message, where(implementation)
            )
        )
        return implementation

    def picture(self, draw: Function) -> Function:
        """Show what the reference above makes of the views that `draw()` returns.

        The docstring is what a learner reads beside it: what there is to see.
        """
        function = self._reference_above(draw)
        self._refuse_twice(draw, [picture.name for picture in self._pictures])
        told = inspect.getdoc(draw) or ""
        if not told:
            raise CourseError(
                f"the picture {draw.__name__} has no docstring",
                where=where(draw),
                next="Its docstring tells a learner what there is to see in it.",
            )
        self._pictures.append(Picture(draw.__name__, function, draw, told, where(draw)))
        return draw

    def define(self, name: str, unit: str, path: str, lesson: str) -> Definition:
        """Return the finished definition; raise `CourseError` where it lacks something."""
        return Definition(
            name,
            unit,
            path,
            lesson,
            dict(self._references),
            tuple(self._cases),
            tuple(self._mistakes),
            self._hints,
            tuple(self._pictures),
            formulas=self._formulas,
        )

    def _reference_above(self, function: Callable[..., Any]) -> str:
        if not self._references:
            raise CourseError(
                f"{function.__name__} stands above every reference",
                where=where(function),
                next="Move it below the @exercise.reference that it belongs to.",
            )
        return next(reversed(self._references))

    def _refuse_twice(self, function: Callable[..., Any], names: Sequence[str]) -> None:
        if function.__name__ in names:
            raise CourseError(
                f"the name {function.__name__} is used twice",
                where=where(function),
                next="Give it a name of its own: names are what a learner reads.",
            )
