"""Mistakes run: a function's own, or a reference with a mistake in the place of a part of it.

Solutions import the functions they build on. Putting a mistake of one of those in its place, while
the later reference runs, gives "an encoder block whose layer norm divides by n - 1" with nothing
written for it.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.course.solutions import import_definition
from grader.exercise.bounded import Bounded
from grader.exercise.definition import Definition, Mistake
from grader.grading.diagnose.composed import Put, calling, compose
from grader.grading.diagnose.constants import guesses
from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.trials import Paper, Trial, call_trusted, once_a_paper, replaced
from grader.grading.trusted import TRUSTED
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
    found = []
    for part in parts_of(paper, function, course):
        runs = Bounded(paper.definition.references[function])
        words, put = _say_part(function, part), _put(part.reference, part.mistake)
        run = _with(runs, part)
        found.append(
            Hypothesis("inherited", part.name, words, run, part.exercise, put=put, bound=runs)
        )
    return tuple(found)


@once_a_paper
def own_mistakes(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return the known mistakes of a function."""
    return tuple(
        Hypothesis(
            "mistake",
            f"{paper.definition.name}.{mistake.name}",
            mistake.message,
            _in_turn(paper, function, mistake.implementation),
            put=_put(paper.definition.references[function], mistake),
        )
        for mistake in paper.definition.mistakes_of(function)
    )


def _put(reference: Function, mistake: Mistake) -> Put:
    if mistake.edit:
        return Put(reference, edit=mistake.edit)
    code = getattr(inspect.unwrap(mistake.implementation), "__code__", None)  # a class has none
    names = code.co_names if code else ()
    if reference.__name__ in names:
        return Put(reference, around=calling(reference, mistake.implementation))
    return Put(reference, implementation=mistake.implementation)


def _in_turn(paper: Paper, function: str, implementation: Function) -> Callable[[Trial], Answer]:
    """Return what answers trials as a learner's file would.

    Where something is kept between calls, they are made in the same order, and as many processes.
    """
    answers: dict[int, Answer] = {}

    def run(trial: Trial) -> Answer:
        if not (isinstance(implementation, Bounded) and implementation.keeps):
            return call_trusted(implementation, trial.inputs)
        with TRUSTED:
            for calls in [] if answers else _processes(paper.trials_of(function)):
                implementation.renew()
                for each in calls:
                    answers[id(each)] = call_trusted(implementation, each.inputs)
            if id(trial) in answers:
                return answers[id(trial)]
            implementation.renew()
            return call_trusted(implementation, trial.inputs)

    return run


def _processes(trials: Sequence[Trial]) -> list[list[Trial]]:
    """Return which trials share a process of a learner's, as in `grader.learner.outside.run`."""
    together = [t for t in trials if not t.case.memory]
    shared = [[t for t in together if t.case.hidden is hidden] for hidden in (False, True)]
    return [*shared, *([t] for t in trials if t.case.memory)]


@once_a_paper
def guessed(paper: Paper, function: str, course: Course) -> tuple[Hypothesis, ...]:
    """Return what may be otherwise in a function or in a part of it, without an author."""
    reference = paper.definition.references[function]
    found = []
    for each, definition in {reference: None, **called_by(paper, function, course)}.items():
        piece = f"in its `{each.__name__}` " if definition else ""
        for guess in guesses(each):
            run = compose(reference, [guess.put])
            assert run is not None
            message = f"Your `{function}` behaves as if {piece}{guess.words}."
            part = definition.name if definition else ""
            found.append(Hypothesis("relation", None, message, run, part, put=guess.put))
    return tuple(found)


@once_a_paper
def parts_of(paper: Paper, function: str, course: Course) -> tuple[Part, ...]:
    """Return the mistakes of every reference that a reference calls, the nearest exercise first."""
    called = called_by(paper, function, course)
    return tuple(
        Part(definition.name, reference, mistake)
        for reference, definition in called.items()
        for mistake in definition.mistakes_of(reference.__name__)
    )


@once_a_paper
def called_by(paper: Paper, function: str, course: Course) -> dict[Function, Definition]:
    """Return the references that a reference calls, the nearest exercise first."""
    known = known_references(paper.definition, course)
    used: set[Function] = set()
    with ExitStack() as until_the_end:
        for reference in known:
            until_the_end.enter_context(replaced(reference, _recording(reference, used)))
        for trial in paper.trials_of(function):
            call_trusted(paper.definition.references[function], trial.inputs)
    used.discard(paper.definition.references[function])
    return {reference: definition for reference, definition in known.items() if reference in used}


def _with(runs: Bounded, part: Part) -> Callable[[Trial], Answer]:
    """Return what runs a function with a mistake in the place of a part of it."""

    def run(trial: Trial) -> Answer:
        with replaced(part.reference, part.mistake.implementation):
            return call_trusted(runs, trial.inputs)

    return run


def known_references(definition: Definition, course: Course) -> dict[Function, Definition]:
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
