"""All that an author imports: `Exercise` gathers a definition from what is decorated with it.

A definition reads from top to bottom like a chapter: a reference, then the cases that check it and
the mistakes people make in it, then the next reference. A case or a mistake belongs to the
reference above it, so nothing is named twice. A case returns `inputs`, a picture some `view`s.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, overload

from grader.errors import CourseError
from grader.exercise import given
from grader.exercise.bounded import bounded_like
from grader.exercise.definition import (
    Case,
    Definition,
    Equivalent,
    Memory,
    Mistake,
    Wrong,
    place_of,
)
from grader.exercise.edits import edit_of, edited
from grader.exercise.manners import make_manner, set_manner
from grader.exercise.pictures import Picture
from grader.records import Value

Function = TypeVar("Function", bound=Callable[..., Any])
MAX_WORDS = 6  # of a message, in a name that is made of it


class Exercise:
    """Gathers the references, cases, mistakes, pictures and hints of one definition.

    `formulas` is TeX for lines of the lesson, each named by how it begins. `tags` are tags of its
    own for cases (see `grader.exercise.tags`), each with what follows "Your `f` is right" where
    the cases that have it fail and the others pass. A right answer may be off by `rtol` times what
    is wanted plus `atol`. The dtype of results has a check of its own, and so has that inputs are
    left alone, unless `check_dtype` or `check_inputs` is False. Functions that it is to be done
    `without`, such as "numpy.convolve", raise where a learner's code calls them.
    """

    def __init__(
        self,
        hints: Sequence[str] = (),
        formulas: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
        rtol: float | None = None,
        atol: float | None = None,
        check_dtype: bool = True,
        check_inputs: bool = True,
        without: Sequence[str] = (),
    ) -> None:
        where = given.line_of_caller()
        given.require_numbers(where, rtol=rtol, atol=atol)
        self._hints = given.texts(hints, "hints", where)
        self._formulas, self._tags = formulas or {}, tags or {}
        self._rtol, self._atol = rtol, atol
        self._besides = check_dtype, check_inputs
        self._without = given.texts(without, "without", where)
        self._references: dict[str, Callable[..., Value]] = {}
        self._checks: dict[str, Callable[..., str | None]] = {}
        self._cases: list[Case] = []
        self._mistakes: list[Mistake] = []
        self._equivalents: list[Equivalent] = []
        self._pictures: list[Picture] = []
        self._unexplained: list[str] = []  # the places of edits that have no message yet

    @overload
    def reference(self, function: Function) -> Function: ...

    @overload
    def reference(self, **manner: Any) -> Callable[[Function], Function]: ...

    def reference(
        self, function: Function | None = None, **manner: Any
    ) -> Function | Callable[[Function], Function]:
        """Take a function or a class as the right answer; its name and signature are the learner's.

        Its answer is what it returns, or what one of these says: `changes="x"` (what the argument
        is afterwards), `prints=True` (what it prints), `yields=5` (so many values of a generator),
        `script=True` (several calls in a row; a class is always asked so, see `calls`). Arguments
        that are `functions=["f"]` are given by name, and `rng="rng"` is one that is made of a seed.
        """

        def register(function: Function) -> Function:
            self._references[function.__name__] = function
            where = place_of(function)
            given.require_known(make_manner, [*manner], where)
            set_manner(function, make_manner(function, where, **manner))
            return function

        return register(function) if function else register

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
        rtol: float | None = None,
        atol: float | None = None,
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
        rtol: float | None = None,
        atol: float | None = None,
        memory: tuple[int, str] | None = None,
    ) -> Function | Callable[[Function], Function]:
        """Check the reference above on the inputs that `draw(rng)` returns.

        A `hidden` case counts, but learners read no more than its name. `raises` is the exception
        that the reference, and so a right answer, must raise. `tags` say what the case tries
        beyond the plain call. `rtol` and `atol` are how far a right answer may be off, by the
        magnitude wanted and by itself; what is not given is the exercise's. `memory` are the bytes
        that a call may have allocated at one time, its result included, and what to tell whoever
        takes more, as a sentence without its end.
        """

        def register(draw: Function) -> Function:
            name, where = draw.__name__, place_of(draw)
            function = self._reference_above(name, where)
            _refuse_twice(name, where, self._cases)
            expected = given.exception_name(raises, where)
            given.require_numbers(where, points=points, rtol=rtol, atol=atol)
            near = (self._rtol if rtol is None else rtol, self._atol if atol is None else atol)
            own = frozenset(given.texts(tags, "tags", where))
            details = (points, hidden, expected, where, own, *near, *self._besides)
            bound = Memory(*pair) if (pair := given.memory_pair(memory, where)) else None
            self._cases.append(Case(name, function, draw, *details, memory=bound))
            return draw

        if draw is not None:
            given.require_function(draw, "case", given.line_of_caller())
        return register(draw) if draw else register

    def check(self, judge: Function) -> Function:
        """Let `judge(answer, wanted, ...)` say whether an answer to the reference above is right.

        It is asked of answers that are not the reference's, with that, and the arguments as the
        reference gets them. It returns nothing, or a sentence that says what is wrong.
        """
        self._checks[self._reference_above(judge.__name__, place_of(judge))] = judge
        return judge

    def mistake(self, implementation: Function) -> Function:
        """Take a wrong `implementation` of the reference above; its docstring is the message."""
        name, message = implementation.__name__, inspect.getdoc(implementation) or ""

        def make(reference: Callable[..., Value]) -> Wrong:
            return Wrong(bounded_like(reference, implementation))

        self._add_mistake(name, message, place_of(implementation), make)
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
        where = given.line_of_caller()
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
        where = given.line_of_caller()
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
        definition = Definition(
            name,
            unit,
            path,
            lesson,
            dict(self._references),
            tuple(replace(case, check=self._checks.get(case.function)) for case in self._cases),
            tuple(self._mistakes),
            self._hints,
            tuple(self._pictures),
            formulas=dict(self._formulas),
            tags=dict(self._tags),
            without=self._without,
            equivalents=tuple(self._equivalents),
        )
        definition.require_known_bans()
        return definition

    def _add_edit(self, name: str, message: str, where: str, old: str, new: str) -> None:
        def make(reference: Callable[..., Value]) -> Wrong:
            edit = edit_of(reference, old, new, where)
            return Wrong(bounded_like(reference, edited(reference, edit)), edit)

        self._add_mistake(name, message, where, make)

    def _add_mistake(
        self, name: str, message: str, where: str, make: Callable[[Callable[..., Value]], Wrong]
    ) -> None:
        """Take a mistake, that is made of the reference above, once it is needed."""
        function = self._reference_above(name, where)
        _refuse_twice(name, where, self._mistakes)
        made = partial(make, self._references[function])
        self._mistakes.append(Mistake(name, function, made, message, where))

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
