"""Where an author wrote no mistakes, versions with one slip are hypotheses."""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import Any

import numpy as np
import pytest

from grader.exercise import Exercise, inputs
from grader.exercise.definition import Definition
from grader.grading.diagnose import slips
from grader.grading.diagnose.slips import slips_of
from grader.records import Inputs, Raised, Returned
from tests.conftest import paper_of
from tests.grading.diagnose.test_beyond import explained


def centred(x: Any, gain: Any, bias: Any, eps: Any = 0.5) -> Any:
    """Centre, scale and shift.

    Returns
    -------
    centred : (..., n)
        Of the shape of x.
    """
    middle = x.mean(axis=-1, keepdims=True)
    return (x - middle) / (x.max() + eps) * gain + bias


def define(**mistakes: Callable[..., Any]) -> Definition:
    """Return a definition with some mistakes, or none."""
    exercise = Exercise(hints=["Centre."])
    exercise.reference(centred)

    @exercise.case
    def one_row(rng: np.random.Generator) -> Inputs:
        return inputs(rng.uniform(size=4), *rng.uniform(1, 2, size=(2, 4)))

    @exercise.case
    def with_eps(rng: np.random.Generator) -> Inputs:
        return inputs(rng.uniform(size=(3, 4)), *rng.uniform(1, 2, size=(2, 4)), eps=2.0)

    for mistake in mistakes.values():
        exercise.mistake(mistake)
    return exercise.define("centre", "unit", __file__, "lesson")


@pytest.mark.parametrize(
    ("attempt", "told"),
    [
        (
            lambda x, gain, bias, eps=0.5: centred(x, gain, 0 * bias, eps),
            "leaves out `+ bias`",
        ),
        (
            lambda x, gain, bias, eps=0.5: (
                (x - x.mean(axis=-1, keepdims=True)) / (x.min() + eps) * gain + bias
            ),
            "uses `min` where another one belongs",
        ),
        (
            lambda x, gain, bias, eps=0.5: centred(x, gain, bias, eps) - 2 * bias,
            "has `-` where another operator belongs",
        ),
        (
            lambda x, gain, bias, eps=0.5: (x - x.mean(axis=-1, keepdims=True)) * gain + bias,
            "leaves out a division",
        ),
    ],
)
def test_a_slip_is_told_in_general_words(attempt: Callable[..., Any], told: str) -> None:
    """What the wrong version does is said, and what the right one has is not."""
    (found,) = explained(define(), attempt)
    assert (
        str(found.message) == f"The results of your `centred` are those of a version that {told}."
    )
    assert found.mistake is None


def test_where_there_are_mistakes_their_author_has_the_word() -> None:
    """A definition that names mistakes says what it wants to be said."""

    def squares(x: Any, gain: Any, bias: Any, eps: Any = 0.5) -> Any:
        """You square."""
        return centred(x, gain, bias, eps) ** 2

    assert slips_of(paper_of(define(squares=squares), 1), "centred") == ()
    assert len(slips_of(paper_of(define(), 1), "centred")) > 20


def test_a_right_answer_has_no_slip() -> None:
    """A version that no check can tell from the reference explains nothing."""
    assert explained(define(), centred) == ()


def repeated(x: Any, times: Any = 3) -> Any:
    """Multiply.

    Returns
    -------
    repeated : (..., n)
        Of the shape of x.
    """
    return x * sum(repeat(1, times))


def test_a_slip_that_ends_in_no_loop_of_ours_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a number, `repeat` goes on for ever, in C; nobody waits for that again and again."""
    monkeypatch.setattr(slips, "SECONDS", 0.3)
    exercise = Exercise(hints=["Multiply."])
    exercise.reference(repeated)

    @exercise.case
    def one_row(rng: np.random.Generator) -> Inputs:
        return inputs(rng.uniform(size=4), 2)

    definition = exercise.define("repeat", "unit", __file__, "lesson")
    paper = paper_of(definition, 1)
    answers = [each.answer(paper.trials[0]) for each in slips_of(paper, "repeated")]
    raised = [each.type for each in answers if isinstance(each, Raised)]
    assert "EndlessError" in raised
    assert any(isinstance(each, Returned) for each in answers)
