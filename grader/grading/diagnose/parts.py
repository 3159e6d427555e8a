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

from grader.course.course import Course, load_definition
from grader.exercise.definition import Definition, Mistake
from grader.grading.diagnose.hypotheses import Hypothesis, listed, same_result
from grader.grading.diagnose.kept import BOTH, kept_suspects
from grader.grading.trials import TRUSTED, Paper, Trial, once_a_paper, perform
from grader.records import Answer, Value

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
    paper: Paper,
    function: str,
    course: Course | None,
    own: Sequence[Hypothesis],
    right: Sequence[Trial],
) -> Iterator[Hypothesis]:
    """Yield two mistakes at once: one of the function's `own` and one of a part, or of two parts.

    What does harm on a trial that the learner has `right` is no part of the explanation, and
    neither is what does none on any trial.
    """
    mistakes = zip(paper.definition.mistakes_of(function), own, strict=True)
    harmless = [(m.implementation, alone) for m, alone in mistakes if _does_no_harm(alone, right)]
    known = zip(
        parts_of(paper, function, course), part_mistakes(paper, function, course), strict=True
    )
    trials = paper.trials_of(function)
    parts = [
        (part, alone)
        for part, alone in known
        if _does_no_harm(alone, right) and not _does_no_harm(alone, trials)
    ]
    for index, (part, alone) in enumerate(parts):
        for implementation, mistake in harmless:
            run = _with(paper, function, part, implementation=implementation)
            yield _at_once((mistake, alone), run)
        for other, also in parts[:index]:
            if other.reference is not part.reference:
                yield _at_once((also, alone), _with(paper, function, other, part))


def in_own_words(
    found: Hypothesis, own: Sequence[Hypothesis], trials: Sequence[Trial]
) -> Hypothesis:
    """Speak of a part's mistake as one of the function's `own`, where they cannot be told apart.

    Whoever does not hand an argument on to a part did so here, and the part itself may be right.
    """
    both = tuple(
        next((each for each in own if each.is_like(one, trials)), one) for one in found.both
    )
    return found if both == found.both else _at_once(both, found.perform)


def _does_no_harm(hypothesis: Hypothesis, right: Sequence[Trial]) -> bool:
    return all(same_result(hypothesis.answer(t), t.wanted, t.inputs) for t in right)


def _at_once(both: tuple[Hypothesis, ...], run: Callable[[Trial], Answer]) -> Hypothesis:
    kind = "inherited" if any(each.part for each in both) else "mistake"
    name = BOTH.join(str(each.name) for each in both)
    told = listed("Two things at once.", (each.message for each in both))
    return Hypothesis(kind, name, told, run, both=both)


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
    piece = part.reference.__name__
    return f"Your `{function}` behaves as if its `{piece}` had this mistake: {part.mistake.message}"
