"""Naming a mistake: only when it explains everything, and never when it might be another."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from grader.course.course import Course
from grader.exercise import Exercise, inputs
from grader.exercise.definition import Definition, Mistake
from grader.grading.diagnose.explain import diagnose
from grader.grading.diagnose.parts import own_mistakes
from grader.grading.examiner import load_definition
from grader.grading.trials import call_trusted
from grader.records import Answer, Diagnosis, Inputs, Value
from tests.conftest import paper_of


def diagnosed(definition: Definition, function: Callable[..., Value]) -> tuple[Diagnosis, ...]:
    """Return the diagnosis of an implementation of the definition's only function."""
    paper = paper_of(definition, 1)
    answers: list[Answer] = [call_trusted(function, trial.inputs) for trial in paper.trials]
    return diagnose(paper, answers)


def roots(*mistakes: Callable[..., Value]) -> Definition:
    """Return an exercise about square roots with the given mistakes."""
    exercise = Exercise(hints=["Ask Heron."])

    @exercise.reference
    def root(x: Value) -> Value:
        return np.sqrt(x)

    @exercise.case
    def positive(rng: np.random.Generator) -> Inputs:
        return inputs(1 + rng.random(3))

    for mistake in mistakes:
        exercise.mistake(mistake)
    return exercise.define("root", "unit", "path", "lesson")


def halves(x: Value) -> Value:
    """You halve."""
    return x / 2


def halves_too(x: Value) -> Value:
    """You multiply by a half."""
    return x * 0.5


def forgets_negative_numbers(x: Value) -> Value:
    """You take the root of the absolute value."""
    return np.sqrt(np.abs(x))


def loses_the_last(x: Value) -> Value:
    """You lose the last number: it becomes nan."""
    return np.append(np.sqrt(x[:-1]), np.nan)


def test_a_mistake_that_explains_everything_is_named() -> None:
    """One mistake fits, one is said, as a fact."""
    (named,) = diagnosed(roots(halves), lambda x: x / 2)
    assert named == Diagnosis("mistake", "You halve.", "root.halves", "root")


def test_two_mistakes_that_fit_are_candidates() -> None:
    """Neither of two is a fact when both explain it."""
    (told,) = diagnosed(roots(halves, halves_too), lambda x: x / 2)
    assert told.mistake is None
    assert "- You halve.\n- You multiply by a half." in str(told.message)


def test_a_mistake_that_cannot_be_told_from_the_reference_is_never_named() -> None:
    """On positive numbers the absolute value changes nothing, so nobody is accused of it."""
    definition = roots(forgets_negative_numbers)
    assert diagnosed(definition, np.sqrt) == ()
    (other,) = diagnosed(definition, lambda x: x)
    assert (other.kind, other.mistake) == ("relation", None)
    paper = paper_of(definition, 1)
    (mistake,) = own_mistakes(paper, "root")
    assert mistake.about(paper.trials) == ()


def test_nan_in_the_same_place_is_the_same_result() -> None:
    """Mistakes that produce nan can be recognised by it."""
    (named,) = diagnosed(
        roots(loses_the_last), lambda x: np.where(np.arange(len(x)) == 2, np.nan, np.sqrt(x))
    )
    assert named.mistake == "root.loses_the_last"


def test_what_a_mistake_leaves_unexplained_is_said(course: Course) -> None:
    """A mistake that explains some checks and spoils none is told, with how many are left."""
    definition = load_definition(course, "softmax")
    by_name: dict[str, Mistake] = {mistake.name: mistake for mistake in definition.mistakes}
    whole = by_name["normalises_the_whole_array"].implementation
    last = by_name["always_takes_the_last_axis"].implementation

    def mixed(scores: Value, axis: int = -1) -> Value:
        return whole(scores) if axis == -1 else last(scores, axis)

    (told,) = diagnosed(definition, mixed)
    assert told.mistake == "softmax.normalises_the_whole_array"
    assert re.search(r"\d of the \d+ failing checks are not explained", str(told.message))


def doubled_in_little_memory() -> Definition:
    """Return an exercise of which one of two checks allows little memory."""
    exercise = Exercise(hints=["What is twice as much?"])
    exercise.reference(doubles)

    @exercise.case
    def three_numbers(rng: np.random.Generator) -> Inputs:
        return inputs(1 + rng.random(3))

    @exercise.case(memory=(2**20, "a result is small"))
    def many_numbers(rng: np.random.Generator) -> Inputs:
        return inputs(1 + rng.random(9))

    exercise.mistake(halves)
    return exercise.define("double", "unit", "path", "lesson")


def doubles(x: Value) -> Value:
    """Return twice as much."""
    return x * 2


def runs_out_of_memory(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    """Return a function that takes too much memory for more than three numbers."""

    def wasteful(x: Value) -> Value:
        if len(x) > 3:
            raise MemoryError("Unable to allocate")
        return function(x)

    return wasteful


def test_a_call_that_ran_out_of_memory_says_nothing_against_a_mistake() -> None:
    """What it would have returned nobody knows; the other checks say what is wrong."""
    named, besides = diagnosed(doubled_in_little_memory(), runs_out_of_memory(halves))
    assert named.mistake == "double.halves"
    assert str(besides.message).startswith("It also takes more memory than it may.")


def test_a_call_that_ran_out_of_memory_says_nothing_for_a_mistake() -> None:
    """Where all else is right, no mistake is named."""
    (told,) = diagnosed(doubled_in_little_memory(), runs_out_of_memory(doubles))
    assert told.kind == "damage"


def test_a_mistake_that_one_trial_rules_out_runs_once() -> None:
    """Most mistakes of a large exercise cost a single call."""
    calls: list[Value] = []

    def squares(x: Value) -> Value:
        """You square."""
        calls.append(x)
        return x * x

    exercise = Exercise(hints=["Ask Heron."])
    exercise.reference(halves_too)
    for number in range(3):
        draw = lambda rng: inputs(1 + rng.random(3))  # noqa: E731
        draw.__name__ = f"case_{number}"
        exercise.case(draw)
    exercise.mistake(squares)
    definition = exercise.define("half", "unit", "path", "lesson")
    (told,) = diagnosed(definition, lambda x: x)
    assert str(told.message) == "Your `halves_too` gives twice the right result."
    assert len(calls) == 1
