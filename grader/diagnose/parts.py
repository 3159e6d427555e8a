"""A reference with a mistake in the place of one of its parts.

Solutions import the functions they build on. Putting a mistake of one of those in its place, while
the later reference runs, gives "an encoder block whose layer norm divides by n - 1" with nothing
written for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from grader.course import Course, load_definition
from grader.diagnose.hypothesis import Hypothesis, same_result
from grader.diagnose.kept import BOTH, kept_suspects
from grader.exercise import Definition
from grader.perform import TRUSTED, Paper, once_a_paper, perform
from grader.records import Answer, Mistake, Trial, Value

Function = Callable[..., Value]


class Part(NamedTuple):
    """A reference that another one calls, and one of its mistakes in its place."""

    exercise: str
    reference: Function
    mistake: Mistake

    @property
    def name(self) -> str:
        """The mistake's full name."""
        return f"{self.exercise}.{self.mistake.name}"


@once_a_paper
def part_mistakes(paper: Paper, function: str, course: Course | None) -> tuple[Hypothesis, ...]:
    """Return what a function would do if one part of it had one of that part's mistakes."""
    if paper.definition.key:
        return kept_suspects(paper).get((function, "inherited"), ())
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


def pairs_of_mistakes(
    paper: Paper, function: str, course: Course | None, right: Sequence[Trial]
) -> Iterator[Hypothesis]:
    """Yield two mistakes at once: one of the function and one of a part, or of two parts.

    What does harm on a trial that the learner has `right` is no part of the explanation, and
    neither is what does none on any trial.
    """
    own = [m for m in paper.definition.mistakes_of(function) if _is_harmless(m, right)]
    known = zip(
        parts_of(paper, function, course), part_mistakes(paper, function, course), strict=True
    )
    trials = paper.trials_of(function)
    parts = [
        part
        for part, alone in known
        if _does_no_harm(alone, right) and not _does_no_harm(alone, trials)
    ]
    for index, part in enumerate(parts):
        for mistake in own:
            yield _own_and_part(paper, function, mistake, part)
        for other in parts[:index]:
            if other.reference is not part.reference:
                yield _two_parts(paper, function, other, part)


def _is_harmless(mistake: Mistake, right: Sequence[Trial]) -> bool:
    return all(
        same_result(perform(mistake.implementation, trial.inputs), trial.wanted, trial.inputs)
        for trial in right
    )


def _does_no_harm(hypothesis: Hypothesis, right: Sequence[Trial]) -> bool:
    return all(same_result(hypothesis.answer(t), t.wanted, t.inputs) for t in right)


def _own_and_part(paper: Paper, function: str, mistake: Mistake, part: Part) -> Hypothesis:
    name = f"{paper.definition.name}.{mistake.name}{BOTH}{part.name}"
    told = f"Two things at once.\n- {mistake.message}\n- {_say_part(function, part)}"
    run = _with(paper, function, part, implementation=mistake.implementation)
    return Hypothesis("inherited", name, told, run)


def _two_parts(paper: Paper, function: str, one: Part, other: Part) -> Hypothesis:
    said = "\n".join(f"- {_say_part(function, part)}" for part in (one, other))
    run = _with(paper, function, one, other)
    return Hypothesis(
        "inherited", f"{one.name}{BOTH}{other.name}", f"Two things at once.\n{said}", run
    )


@once_a_paper
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
    places = _places(reference, len(sys.modules))

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
def _places(reference: Function, modules: int) -> list[tuple[dict[str, Any], str]]:
    """Return the names that stand for a reference in the solutions, with so many modules loaded."""
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
