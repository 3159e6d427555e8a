"""All that an author imports: `Exercise` gathers a definition from what is decorated with it.

A definition reads from top to bottom like a chapter: a reference, then the cases that check it and
the mistakes people make in it, then the next reference. A case or a mistake belongs to the
reference above it, so nothing is named twice. A case returns `inputs`, a picture some `view`s.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, overload

from grader.errors import CourseError
from grader.exercise.bounded import Bounded
from grader.exercise.definition import Case, Definition, Equivalent, Memory, Mistake, place_of
from grader.exercise.edits import Edit, edit_of, edited
from grader.exercise.pictures import Picture, View
from grader.records import Inputs, Value

Function = TypeVar("Function", bound=Callable[..., Any])
MAX_WORDS = 6  # of a message, in a name that is made of it


def inputs(*args: Value, **kwargs: Value) -> Inputs:
    """Return the arguments of one call: required ones by position, optional ones by keyword."""
    return Inputs(args, kwargs)


def result_of(function: Callable[..., Value], *args: Value, part: int) -> Value:
    """Return, for an argument, a part of what another function of the exercise returns.

    That is the learner's own function where the learner's is called.
    """
    place = {"result of": function.__name__, "in": function.__module__}
    return place | {"args": args, "part": part}  # as grader/learner/inside/chained.py reads it


def counting(call: Inputs, part: int, most: int) -> Inputs:
    """Return a call of whose result one part is not compared: it may hold so many arrays."""
    return call._replace(own=(part, most))


def view(
    title: str,
    call: Inputs,
    of: str = "",
    part: Sequence[int | str] = (),
    products: bool = False,
    rows: Sequence[object] = (),
    columns: Sequence[object] = (),
    words: Sequence[str] = (),
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
    part : sequence of int or str
        The indices that lead to what is drawn, where that is not the whole result.
    products : bool
        Draw the dot products between the rows instead of the rows.
    rows, columns : sequence
        Labels; a row of numbers is labelled by `columns`.
    words : sequence of str
        What each id is written as, where the result is a row of ids.
    """
    labels = tuple(map(str, rows)), tuple(map(str, columns))
    return View(title, call, of, tuple(part), products, *labels, tuple(words))


class Exercise:
    """Gathers the references, cases, mistakes, pictures and hints of one definition.

    `formulas` is TeX for lines of the lesson, each named by how it begins. `tags` are tags of its
    own for cases (see `grader.exercise.tags`), each with what follows "Your `f` is right" where
    the cases that have it fail and the others pass.
    """

    def __init__(
        self,
        hints: Sequence[str] = (),
        formulas: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self._hints, self._formulas, self._tags = tuple(hints), formulas or {}, tags or {}
        self._references: dict[str, Callable[..., Value]] = {}
        self._cases: list[Case] = []
        self._mistakes: list[Mistake] = []
        self._equivalents: list[Equivalent] = []
        self._pictures: list[Picture] = []
        self._unexplained: list[str] = []  # the places of edits that have no message yet

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
        memory: tuple[int, str] | None = None,
    ) -> Callable[[Function], Function]: ...

    def case(
        self,
        draw: Function | None = None,
        *,
        points: float = 1.0,
        hidden: bool = False,
        raises: type[Exception] | None = None,
        tags: Sequence[str] = (),
        memory: tuple[int, str] | None = None,
    ) -> Function | Callable[[Function], Function]:
        """Check the reference above on the inputs that `draw(rng)` returns.

        A `hidden` case counts, but learners read no more than its name. `raises` is the exception
        that the reference, and so a right answer, must raise. `tags` say what the case tries
        beyond the plain call. `memory` are the bytes that a call may have allocated at one time,
        its result included, and what to tell whoever takes more, as a sentence without its end.
        """

        def register(draw: Function) -> Function:
            name, where = draw.__name__, place_of(draw)
            function = self._reference_above(name, where)
            _refuse_twice(name, where, self._cases)
            expected = raises.__name__ if raises else None
            bound = Memory(*memory) if memory else None
            details = (points, hidden, expected, where, frozenset(tags), bound)
            self._cases.append(Case(name, function, draw, *details))
            return draw

        return register(draw) if draw else register

    def mistake(self, implementation: Function) -> Function:
        """Take a wrong `implementation` of the reference above; its docstring is the message."""
        message = inspect.getdoc(implementation) or ""
        self._add_mistake(
            implementation.__name__, message, place_of(implementation), implementation
        )
        return implementation

    @overload
    def edit(self, old: str, new: str) -> Callable[[Function], Function]: ...

    @overload
    def edit(self, old: str, new: str, message: str, name: str = "") -> None: ...

    def edit(
        self, old: str, new: str, message: str | None = None, name: str = ""
    ) -> Callable[[Function], Function] | None:
        """Take the reference above, with `old` in its body replaced by `new`, as a mistake.

        The body has `old` once. As a decorator, this takes the name and the docstring of the
        function below, and nothing else of it. With a `message`, no function is needed, and
        without a `name` the first words of the message make one.
        """
        caller = sys._getframe(1)
        where = f"{caller.f_code.co_filename}:{caller.f_lineno}"
        if message is not None:
            message = inspect.cleandoc(message)
            self._add_edit(name or _first_words(message), message, where, old, new)
            return None
        self._unexplained.append(where)

        def register(described: Function) -> Function:
            self._unexplained.remove(where)
            message = inspect.getdoc(described) or ""
            self._add_edit(described.__name__, message, where, old, new)
            return described

        return register

    def equivalent(self, old: str, new: str | None, why: str) -> None:
        """Say that the reference above does the same with `new` for `old`, and why.

        `grader prove --mutants` takes out what is equal in effect. Where `new` is None, no change
        within `old` makes a difference.
        """
        caller = sys._getframe(1)
        where = f"{caller.f_code.co_filename}:{caller.f_lineno}"
        function = self._reference_above("this equivalent", where)
        self._equivalents.append(Equivalent(function, old, new, why, where))

    def picture(self, draw: Function) -> Function:
        """Show what the reference above makes of the views that `draw()` returns.

        The docstring is what a learner reads beside it: what there is to see.
        """
        name, where, caption = draw.__name__, place_of(draw), inspect.getdoc(draw) or ""
        function = self._reference_above(name, where)
        _refuse_twice(name, where, self._pictures)
        if not caption:
            raise CourseError(
                f"the picture {name} has no docstring",
                where=where,
                next="Its docstring tells a learner what there is to see in it.",
            )
        self._pictures.append(Picture(name, function, draw, caption, where))
        return draw

    def define(self, name: str, unit: str, path: str, lesson: str) -> Definition:
        """Return the finished definition; raise `CourseError` where it lacks something."""
        if self._unexplained:
            raise CourseError(
                "this edit has no message",
                where=self._unexplained[0],
                next="Put it above a function with a docstring, or give the message behind the two"
                " pieces of text: a learner who made the mistake reads it.",
            )
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
            formulas=dict(self._formulas),
            tags=dict(self._tags),
            equivalents=tuple(self._equivalents),
        )

    def _add_edit(self, name: str, message: str, where: str, old: str, new: str) -> None:
        reference = self._references[self._reference_above(name, where)]
        edit = edit_of(reference, old, new, where)
        self._add_mistake(name, message, where, edited(reference, edit), edit)

    def _add_mistake(
        self,
        name: str,
        message: str,
        where: str,
        implementation: Callable[..., Value],
        edit: Edit | None = None,
    ) -> None:
        function = self._reference_above(name, where)
        _refuse_twice(name, where, self._mistakes)
        bounded = Bounded(implementation)
        self._mistakes.append(Mistake(name, function, bounded, message, where, edit))

    def _reference_above(self, name: str, where: str) -> str:
        if not self._references:
            raise CourseError(
                f"{name} stands above every reference",
                where=where,
                next="Move it below the @exercise.reference that it belongs to.",
            )
        return next(reversed(self._references))


def _refuse_twice(name: str, where: str, taken: Sequence[Case | Mistake | Picture]) -> None:
    if any(name == each.name for each in taken):
        raise CourseError(
            f"the name {name} is used twice",
            where=where,
            next="Give it a name of its own: names are what a learner reads.",
        )


def _first_words(message: str) -> str:
    """Return a name made of the first sentence of a message."""
    sentence = re.split(r"[.?!](?:\s|$)", message.lower(), maxsplit=1)[0]
    return "_".join(re.findall(r"\w+", sentence)[:MAX_WORDS])
