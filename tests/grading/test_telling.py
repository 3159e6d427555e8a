"""Which functions may share a process: none that is given what another one has to answer."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from grader.exercise import inputs
from grader.exercise.definition import Case
from grader.grading.telling import tell_each_other
from grader.grading.trials import Paper, Trial
from grader.records import Inputs, Returned, Value


def paper_of(answers: dict[str, tuple[Inputs, Value]]) -> Paper:
    """Return a paper with a trial for each function."""
    trials = (
        Trial(Case(name, name, cast(Any, None), points=1.0), given, Returned(value, given))
        for name, (given, value) in answers.items()
    )
    return Paper(cast(Any, None), 0, tuple(trials))


NUMBERS = np.array([0.5, -1.25, 3.0, 7.5])


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (NUMBERS, NUMBERS),
        (NUMBERS, NUMBERS[::-1].reshape(2, 2)),
        (NUMBERS, {"weights": [NUMBERS]}),
        ([1, 5, 2], np.array([5, 2, 1])),
        (NUMBERS * 1j, NUMBERS * 1j),
        (2.75, 2.75),
        (np.float64(2.75), {"mean": 2.75}),
        ("ab", ["no", "ab"]),
        ({"ab"}, {"ab": 1}),
        (np.arange(8) > 2, np.arange(8) > 2),
    ],
)
def test_an_answer_among_anothers_inputs_tells(answer: Value, given: Value) -> None:
    """Whichever comes first, and whatever it stands in."""
    one, other = (inputs(1), answer), (inputs(given), 0)
    assert tell_each_other(paper_of({"one": one, "other": other}))
    assert tell_each_other(paper_of({"other": other, "one": one}))
    assert not tell_each_other(paper_of({"one": (inputs(given), answer)}))


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (NUMBERS, NUMBERS + 1),
        (np.ones(4), np.ones(4)),
        (3.0, 3.0),
        (True, np.array([True, False])),
        (None, None),
        ("a", "a"),
    ],
)
def test_what_anybody_may_guess_tells_nothing(answer: Value, given: Value) -> None:
    """Ones, a whole number, a letter: two cases have these by chance."""
    assert not tell_each_other(paper_of({"one": (inputs(1), answer), "other": (inputs(given), 0)}))
