"""A reference with a mistake in the place of one of its parts.

Solutions import the functions they build on. Putting a mistake of one of those in its place, while
the later reference runs, gives "an encoder block whose layer norm divides by n - 1" with nothing
written for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from grader.course import Course, load_definition
from grader.diagnose.hypothesis import Hypothesis
from grader.exercise import Definition
from grader.perform import TRUSTED, Paper, perform
from grader.records import Answer, Mistake, Trial, Value

Function = Callable[..., Value]
MAX_PAIRS = 400


class Part(NamedTuple):
    """A reference that another one calls, and one of its mistakes in its place."""

    exercise: str
    reference: Function
    mistake: Mistake

    @property
    def name(self) -> str:
        """The mistake's full name."""
        return f"{self.exercise}.{self.mistake.name}"


def part_mistakes(paper: Paper, function: str, course: Course | None) -> tuple[Hypothesis, ...]:
    """Return what a function would do if one part of it had one of that part's mistakes."""
    return tuple(
        Hypothesis(
            "inherited",
            part.name,
            _say_part(function, part),
            _with(paper, function, part),
            part.exercise,
        )
        for part in parts_of(paper, function, course)
    )


def pairs_of_mistakes(paper: Paper, function: str, course: Course | None) -> Iterator[Hypothesis]:
    """Yield two mistakes at once: one of the function and one of a part, or of two parts."""
    own = paper.definition.mistakes_of(function)
    parts = parts_of(paper, function, course)
    for mistake in own:
        for part in parts:
            first = f"{paper.definition.name}.{mistake.name}"
            told = f"Two things at once.\n- {mistake.message}\n- {_say_part(function, part)}"
            run = _with(paper, function, part, implementation=mistake.implementation)
            yield Hypothesis("inherited", f"{first} + {part.name}", told, run)
    for index, part in enumerate(parts):
        for other in parts[index + 1 :]:
            if other.reference is not part.reference:
                said = [_say_part(function, each) for each in (part, other)]
                told = f"Two things at once.\n- {said[0]}\n- {said[1]}"
                run = _with(paper, function, part, other)
                yield Hypothesis("inherited", f"{part.name} + {other.name}", told, run)


@lru_cache(maxsize=256)
def parts_of(paper: Paper, function: str, course: Course | None) -> tuple[Part, ...]:
    """Return the mistakes of every reference that a reference calls, the nearest exercise first."""
    known = _known_references(paper.definition, course)
    used: set[Function] = set()
    with ExitStack() as until_the_end:
        for reference in known:
            until_the_end.enter_context(replaced(reference, _noting(reference, used)))
        for trial in paper.trials_of(function):
            perform(paper.definition.references[function], trial.inputs)
    used.discard(paper.definition.references[function])
    return tuple(
        Part(definition.name, reference, mistake)
        for reference, definition in known.items()
        if reference in used
        for mistake in definition.mistakes_of(reference.__name__)
    )


@contextmanager
def replaced(reference: Function, stand_in: Function) -> Iterator[None]:
    """Put `stand_in` wherever a solution calls `reference`, but not where it does so itself."""
    places = _places(reference, len(_solutions()))

    def put(function: Function) -> None:
        for names, name in places:
            names[name] = function

    def stands_in(*args: Any, **kwargs: Any) -> Value:
        put(reference)  # a mistake may call the reference that it is a mistake of
        try:
            return stand_in(*args, **kwargs)
        finally:
            put(stands_in)

    with TRUSTED:
        put(stands_in)
        try:
            yield
        finally:
            put(reference)


@lru_cache(maxsize=1024)
def _places(reference: Function, solutions: int) -> list[tuple[dict[str, Any], str]]:
    """Return the names that stand for a reference in the solutions, so many as are loaded."""
    return [
        (vars(module), name)
        for module in _solutions()
        for name, value in list(vars(module).items())
        if value is reference
    ]


def _with(
    paper: Paper, function: str, *parts: Part, implementation: Function | None = None
) -> Callable[[Trial], Answer]:
    """Return what runs a function with parts of it replaced by mistakes."""
    runs = implementation or paper.definition.references[function]

    def run(trial: Trial) -> Answer:
        with ExitStack() as until_the_end:
            for part in parts:
                until_the_end.enter_context(replaced(part.reference, part.mistake.implementation))
            return perform(runs, trial.inputs)

    return run


def _known_references(definition: Definition, course: Course | None) -> dict[Function, Definition]:
    """Return the references of this exercise and of loaded earlier ones, nearest first."""
    definitions = [definition]
    for name in reversed(course.earlier(definition.name)) if course else ():
        if f"solutions.{course.unit_of(name)}.{name}" in sys.modules:  # type: ignore[union-attr]
            definitions.append(load_definition(course, name))  # type: ignore[arg-type]
    return {reference: d for d in definitions for reference in d.references.values()}


def _solutions() -> list[Any]:
    return [module for name, module in sys.modules.items() if name.startswith("solutions.")]


def _noting(reference: Function, used: set[Function]) -> Function:
    def noting(*args: Any, **kwargs: Any) -> Value:
        used.add(reference)
        return reference(*args, **kwargs)

    return noting


def _say_part(function: str, part: Part) -> str:
    whole, piece = (name.replace("_", " ") for name in (function, part.reference.__name__))
    return f"Your {whole} behaves as if its {piece} had this mistake: {part.mistake.message}"
