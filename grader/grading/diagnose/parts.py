"""Mistakes run: a function's own, or a reference with a mistake in the place of a part of it.

Solutions import the functions they build on. Putting a mistake of one of those in its place, while
the later reference runs, gives "an encoder block whose layer norm divides by n - 1" with nothing
written for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.course.solutions import import_definition
from grader.exercise.definition import Definition, Mistake
from grader.grading.diagnose.hypotheses import BOTH, Hypothesis, listed, same_result
from grader.grading.trials import Paper, Trial, call_trusted, once_a_paper, replaced
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
def part_mistakes(paper: Paper, function: str, course: Course) -> tuple[Hypothesis, ...]:
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


@once_a_paper
def own_mistakes(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return the known mistakes of a function."""
    return tuple(
        Hypothesis(
            "mistake",
            f"{paper.definition.name}.{mistake.name}",
            mistake.message,
            partial(_run, mistake.implementation),
        )
        for mistake in paper.definition.mistakes_of(function)
    )


def _run(implementation: Function, trial: Trial) -> Answer:
    return call_trusted(implementation, trial.inputs)


def pairs_of_mistakes(
    paper: Paper, function: str, course: Course, right: Sequence[Trial]
) -> Iterator[Hypothesis]:
    """Yield two mistakes at once: one of the function's own and one of a part, or of two parts.

    What does harm on a trial that the learner has `right` is no part of the explanation, and
    neither is what does none on any trial.
    """
    own = own_mistakes(paper, function)
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
    return found if both == found.both else _at_once(both, found.run)


def _does_no_harm(hypothesis: Hypothesis, right: Sequence[Trial]) -> bool:
    return all(same_result(hypothesis.answer(t), t.wanted, t) for t in right)


def _at_once(both: tuple[Hypothesis, ...], run: Callable[[Trial], Answer]) -> Hypothesis:
    kind = "inherited" if any(each.part for each in both) else "mistake"
    name = BOTH.join(str(each.name) for each in both)
    message = listed("Two things at once.", (each.message for each in both))
    return Hypothesis(kind, name, message, run, both=both)


@once_a_paper
def parts_of(paper: Paper, function: str, course: Course) -> tuple[Part, ...]:
    """Return the mistakes of every reference that a reference calls, the nearest exercise first."""
    known = _known_references(paper.definition, course)
    used: set[Function] = set()
    with ExitStack() as until_the_end:
        for reference in known:
            until_the_end.enter_context(replaced(reference, _recording(reference, used)))
        for trial in paper.trials_of(function):
            call_trusted(paper.definition.references[function], trial.inputs)
    used.discard(paper.definition.references[function])
    return tuple(
        Part(definition.name, reference, mistake)
        for reference, definition in known.items()
        if reference in used
        for mistake in definition.mistakes_of(reference.__name__)
    )


def _with(
    paper: Paper, function: str, *parts: Part, implementation: Function | None = None
) -> Callable[[Trial], Answer]:
    """Return what runs a function with parts of it replaced by mistakes."""
    runs = implementation or paper.definition.references[function]

    def run(trial: Trial) -> Answer:
        with ExitStack() as until_the_end:
            for part in parts:
                until_the_end.enter_context(replaced(part.reference, part.mistake.implementation))
            return call_trusted(runs, trial.inputs)

    return run


def _known_references(definition: Definition, course: Course) -> dict[Function, Definition]:
    """Return the references of this exercise and of loaded earlier ones, nearest first."""
    definitions = [definition]
    for name in reversed(course.earlier(definition.name)):
        if f"solutions.{course.unit_of(name)}.{name}" in sys.modules:
            definitions.append(import_definition(course, name))
    return {reference: d for d in definitions for reference in d.references.values()}


def _recording(reference: Function, used: set[Function]) -> Function:
    def recording(*args: Any, **kwargs: Any) -> Value:
        used.add(reference)
        return reference(*args, **kwargs)

    return recording


def _say_part(function: str, part: Part) -> str:
    piece = part.reference.__name__
    return f"Your `{function}` behaves as if its `{piece}` had this mistake: {part.mistake.message}"
