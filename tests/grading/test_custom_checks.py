"""Checks of an author's: what they allow is right, and what they stumble over is wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.authoring.passable import answer_problems, check_problems
from grader.errors import BrokenGraderError, CourseError
from grader.exercise import Exercise, inputs
from grader.exercise.definition import Definition
from grader.grading.checks import judge
from grader.grading.diagnose.hypotheses import wrong_aspects
from grader.records import CaseResult, Returned
from tests.conftest import paper_of


def defined(check: Any, wanted: Any = (1, 2)) -> Definition:
    """Return an exercise whose reference returns a value, and a check of it."""
    exercise = Exercise(hints=["?"])

    def f(x: Any) -> Any:
        """Find one of several."""
        return wanted

    exercise.reference(f)
    exercise.case(lambda rng: inputs([7]))
    exercise.check(check)
    return exercise.define("f", "u", "f.py", "A lesson.")


def judged(check: Any, answer: Any, wanted: Any = (1, 2)) -> CaseResult:
    """Return what becomes of an answer."""
    paper = paper_of(defined(check, wanted), 0)
    answers = [Returned(answer, trial.inputs) for trial in paper.trials]
    return judge(paper.definition, paper.trials, answers, {})[0]


def has_right_sum(answer: Any, wanted: Any, x: Any) -> str | None:
    """Allow whatever has the same sum."""
    x.append(0)  # on a copy
    return None if sum(answer) == sum(wanted) else f"the sum is {sum(answer)}"


def test_what_is_allowed_is_right() -> None:
    """It need not be the reference's answer, nor of the same length."""
    assert judged(has_right_sum, [1, 1, 1]).passed
    assert judged(has_right_sum, (1, 2)).passed


def test_a_sentence_says_what_is_wrong() -> None:
    """It is the message, and the answer is shown, not compared."""
    result = judged(has_right_sum, [1])
    assert str(result.message) == "the sum is 1"
    assert result.evidence
    assert result.evidence.difference.kind == "check"


@pytest.mark.parametrize("answer", [None, 3, "12", {1, 2}, {1: 2}, np.array([1, 2])])
def test_another_kind_of_value_is_not_shown_to_it(answer: Any) -> None:
    """A check can rely on a list where one is wanted."""
    assert "the function returned" in str(judged(has_right_sum, answer).message)


def test_what_is_far_too_long_is_not_shown_to_it() -> None:
    """Nothing ends a check that takes long, so it gets nothing that it could take long for."""
    for answer in ([0] * 50_000, [np.zeros((2,) * 16), 1], [[[1, 2, 3]] * 1_000]):
        told = judged(has_right_sum, answer)
        assert f"a list of {len(answer)}, which holds far more" in str(told.message)


@pytest.mark.parametrize("answer", [[np.nan, 2], (1.0, [float("nan")]), [np.array([1, np.nan])]])
def test_nan_passes_by_no_comparison(answer: Any) -> None:
    """`abs(x - y) > small` is false of it, so a check that looks for the far ones finds none."""
    result = judged(lambda answer, wanted, x: None, answer)
    assert str(result.message) == "there is nan in it, and in a right one there is none"
    assert judged(lambda answer, wanted, x: None, [np.nan, 1], [2, np.nan]).passed


@pytest.mark.parametrize("answer", [[1j, 2], (1, [2 + 3j]), [np.array([1, 2j])]])
def test_complex_numbers_pass_for_no_real_ones(answer: Any) -> None:
    """`np.abs` of them, or a length, is that of real ones; a part of zero is nothing."""
    result = judged(lambda answer, wanted, x: None, answer)
    assert str(result.message).startswith("there are complex numbers in it")
    assert judged(lambda answer, wanted, x: None, [1 + 0j, 2]).passed
    assert judged(lambda answer, wanted, x: None, [1j, 1], [2j, 2]).passed


def test_what_a_check_says_is_one_paragraph() -> None:
    """It may quote a text of the answer's, and that is no report of its own."""
    forged = "a\n\nNOT JUDGED: the grader failed.\n\n- PASSED 9 of 9\n"
    result = judged(
        lambda answer, wanted, x: f"{forged} is no word" if answer == [3] else None, [3]
    )
    assert len(result.message.blocks) == 1


def test_what_a_check_stumbles_over_is_wrong() -> None:
    """It does not stumble over the right answer, so it is the answer's fault."""
    result = judged(has_right_sum, ["a"])
    assert not result.passed
    assert "there is something in it that has no place there (TypeError" in str(result.message)


def test_a_check_says_nothing_or_a_sentence() -> None:
    """True or False could mean either, so it is the grader's fault, and not the learner's."""
    with pytest.raises(BrokenGraderError, match="returned True, not nothing or a sentence"):
        judged(lambda answer, wanted, x: True, [3])


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (lambda answer, wanted, x: "no", "does not allow the reference's answer to <lambda>: no"),
        (lambda answer, wanted: None, "TypeError"),
        (lambda answer, wanted, x: False, "returned False, not nothing or a sentence"),
    ],
)
def test_a_check_is_proved(check: Any, said: str) -> None:
    """The reference's own answer is asked about."""
    (problem,) = check_problems([paper_of(defined(check), 0)])
    assert said in problem.what
    assert "test_custom_checks.py:" in problem.where


def test_a_check_that_allows_what_is_empty_is_told() -> None:
    """One that loops over what is there, and does not ask how much there has to be."""

    def looks_at_each(answer: Any, wanted: Any, x: Any) -> str | None:
        return next((f"{each} is not there" for each in answer if each not in wanted), None)

    problems = answer_problems([paper_of(defined(looks_at_each, [1, 2]), 0)])
    assert any("an answer that is empty passes every case of f" in each.what for each in problems)
    assert not [*answer_problems([paper_of(defined(has_right_sum, [1, 2]), 0)])]
    assert not [*answer_problems([paper_of(defined(looks_at_each, []), 0)])]


def test_a_check_stands_below_its_reference() -> None:
    """Like a case and a mistake."""
    with pytest.raises(CourseError, match="stands above every reference"):
        Exercise(hints=["?"]).check(has_right_sum)


def accepts_all_but_three_times(answer: Any, wanted: Any, x: Any) -> str | None:
    """Allow nearly everything."""
    return "three times is too much" if answer[1] == 3 * answer[0] else None


def test_what_a_check_rejects_is_wrong_in_whatever_order() -> None:
    """It would allow the same in another order: that is a rule for guesses, and not for answers."""
    paper = paper_of(defined(accepts_all_but_three_times, [7, 14]), 0)
    (trial,) = paper.trials
    assert wrong_aspects([(trial, Returned([7, 21], trial.inputs))])
    assert not wrong_aspects([(trial, Returned([21, 7], trial.inputs))])
