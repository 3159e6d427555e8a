"""Which functions may share a process: none that is given what another one has to answer."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import numpy as np
import pytest

from grader.exercise import inputs
from grader.exercise.definition import Case
from grader.grading import telling
from grader.grading.telling import group_of, tell_each_other, telling_calls
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
        (NUMBERS, np.stack([NUMBERS + 1, NUMBERS])),
        (NUMBERS, np.stack([np.stack([NUMBERS, NUMBERS + 1])] * 2)),
        ([1, 5, 2], np.array([[1, 5, 2], [0, 0, 1]])),
        (np.arange(8) > 2, np.stack([np.arange(8) > 3, np.arange(8) > 2])),
        (np.arange(8) > 2, (np.arange(8) > 2) * 1.0),
        (1e-60, [1e-60]),
        (1e300, np.array([1e300, 1.0])),
        (["a", "b", "c"], ["a", "b", "c"]),
        ({"a": 0, "b": 1, "c": 2}, ["a", "b", "c"]),
        ([(0, 2), (2, 5), (5, 9)], np.array([[0, 2], [2, 5], [5, 9]])),
        (np.arange(10).reshape(2, 5), [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]),
        ([[3, 1, 4], [1, 5, 9, 2], [6]], [3, 1, 4, 1, 5, 9, 2, 6]),
        (np.arange(3, 12), np.array([*range(3, 12), 0, 0, 0])),
        (np.arange(3, 12), np.stack([np.arange(3, 12), np.arange(9) * 7], axis=1)),
        (NUMBERS / 7, NUMBERS[1:3] / 7),
        (NUMBERS / 7, np.stack([NUMBERS, NUMBERS / 7], axis=-1)),
        (NUMBERS / 7, [0, "a", float(NUMBERS[2] / 7)]),
        (NUMBERS / 7, (NUMBERS / 7).astype(np.float32)),
        (np.float32(NUMBERS / 7), np.float64(np.float32(NUMBERS / 7))),
        ([np.ones(3), {"mean": 2.75}], np.array([1.0, 2.75])),
        (1j * NUMBERS / 7, [1j * NUMBERS[0] / 7]),
        (np.arange(16).reshape(2, 8) * 3, np.arange(24, 48, 3)),
        (np.array([-0.0, 1.0, 2.0]), np.array([[0.0, 1.0, 2.0], [0.0, 0.0, 1.0]])),
        (123457, 123457),
        (np.int64(123457), [1, 2, 123457]),
        (np.array([1, 2, 123457]), 123457.0),
        (2**70, [2**70, 1]),
        ("a secret", "it is a secret, is it"),
        (["ab", "cd"], ["cd"]),
        (b"ab", b"ab"),
        ([np.array([3, 1, 4, 1]), np.array([5, 9, 2, 6])], np.array([3, 1, 4, 1, 5, 9, 2, 6])),
        (np.arange(9) % 4, np.stack([np.arange(9) % 4, NUMBERS[0] * np.arange(9)], axis=1)),
        (np.arange(9) / 8, np.stack([np.arange(9) / 8, np.arange(9) / 7], axis=1)),
        (np.stack([np.arange(9) / 8, np.arange(9) / 7], axis=1), np.arange(9) / 8),
        ({"k", "e", "y"}, ["e", "k", "y"]),
        ("letters", [*"letters"]),
        ([*"letters"], "letters"),
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
        (7, 7),
        (99, np.array([5, 99])),
        (0.5, [0.5, 0.1]),
        (np.array([0.5, 1.0, 7.0]), np.array([[0.5, 1.0], [7.0, 2.0]])),
        (np.eye(3), np.eye(4)),
        ("no", "there is none"),
        ({"key": NUMBERS}, {"key": NUMBERS + 1}),
        (3.0, [np.zeros(0)]),
        ([np.zeros(0)], np.zeros(3)),
        (3.0, [10**400, 7]),
        ([[10**400, 2], [1]], [5]),
        (np.tri(4, dtype=bool), np.stack([np.tri(4, dtype=bool).T] * 2)),
    ],
)
def test_what_anybody_may_guess_tells_nothing(answer: Value, given: Value) -> None:
    """Ones, a small whole number, a letter: two cases have these by chance."""
    assert not tell_each_other(paper_of({"one": (inputs(1), answer), "other": (inputs(given), 0)}))


def test_what_a_call_is_given_itself_tells_nothing() -> None:
    """Numbers and names that are handed on are there already, whoever else has them."""
    own = {"weights": NUMBERS / 7, "scale": 123457}
    answer = {"weights": NUMBERS[1:] / 7, "scale": 123457}
    one, other = (inputs(own), answer), (inputs({"weights": NUMBERS / 7}), 0)
    assert not tell_each_other(paper_of({"one": one, "other": other}))


def calls_of(*calls: tuple[Value, Value]) -> Paper:
    """Return a paper with calls of one function: what each is given, and what it answers."""
    trials = (
        Trial(Case(f"c{n}", "f", cast(Any, None), points=1.0), given, Returned(answer, given))
        for n, (given, answer) in enumerate((inputs(given), answer) for given, answer in calls)
    )
    return Paper(cast(Any, None), 0, tuple(trials))


@pytest.mark.parametrize(
    "answer", [NUMBERS / 7, NUMBERS, 2.75, 123457, "ab", {"mean": 2.75}, np.arange(9) > 4]
)
def test_a_call_that_holds_another_ones_answer_is_made_apart(answer: Value) -> None:
    """Of the same function: a way back is the way there, and a series has each step twice."""
    paper = calls_of((1, 2), (3, answer), ([4, answer], 5))
    assert telling_calls(paper) == {("f", "c2")}
    assert [group_of(paper, trial) for trial in paper.trials] == ["", "", "f c2"]
    there_and_back = calls_of((NUMBERS + 9, answer), (answer, NUMBERS + 9))
    assert telling_calls(there_and_back) >= {("f", "c1")}


@pytest.mark.parametrize("given", [NUMBERS / 7, NUMBERS, 123457, "ab", np.arange(9) > 4])
def test_functions_that_change_nothing_are_called_together(given: Value) -> None:
    """What is given back as it is, is no secret, whoever else is given it."""
    assert not telling_calls(calls_of((given, given), ([given, 1], given), (given, 2)))


def test_where_nobody_can_look_through_all_every_call_is_apart() -> None:
    """Numbers are looked up one by one, which takes some thirty times their memory."""
    many = paper_of({"one": (inputs(np.zeros(1_000_001)), 1), "other": (inputs(1), 2)})
    few = paper_of({"one": (inputs(np.zeros(99)), 1), "other": (inputs(1), 2)})
    assert [group_of(many, trial) for trial in many.trials] == ["one one", "other other"]
    assert [group_of(few, trial) for trial in few.trials] == ["", ""]


class NeverSummed(Counter[int]):
    """Counts that may be added to, and not be copied to have others added."""

    def __add__(self, _: Counter[int]) -> Counter[int]:
        raise AssertionError("a sum of counters copies all that was counted before, every time")


def test_what_is_given_is_counted_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vocabulary of thousands of words may be an input: time is as its length, no square."""
    monkeypatch.setattr(telling, "Counter", NeverSummed)
    ids, split = np.arange(9) % 4, {"a": [0, 1, 2], "b": [3, 0, 1], "c": [2, 3, 0]}
    assert tell_each_other(paper_of({"one": (inputs(1), ids), "other": (inputs(split), 0)}))
    fewer = {"a": [0, 1, 2], "b": [2, 0, 1], "c": [2, 1, 0]}
    assert not tell_each_other(paper_of({"one": (inputs(1), ids), "other": (inputs(fewer), 0)}))
