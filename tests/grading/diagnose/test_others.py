"""What other functions of a file leave behind is put down to nobody else's mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from grader.course.course import Course
from grader.grading.diagnose.alone import Others, without_others
from grader.grading.diagnose.explain import diagnose
from grader.grading.examiner import draw_paper
from grader.grading.grade import grade
from grader.grading.trials import Trial
from grader.learner.outside.sandbox import Sandbox
from grader.records import Answer, Limits, Outcome, Report, Returned, Stopped

TWO = '''"""Thrice and twice."""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(hints=["Add.", "Twice."])


@exercise.reference
def thrice(x):
    """Take it three times."""
    return x * 3.0


@exercise.case
def thrice_some(rng):
    return inputs(rng.normal(size=3))


@exercise.case(hidden=True)
def thrice_more(rng):
    return inputs(rng.normal(size=(3, 1, 1)))


@exercise.reference
def twice(x):
    """Take it twice."""
    return x * 2.0


@exercise.mistake
def takes_it_three_times(x):
    """You multiply by 3, not by 2."""
    return x * 3.0


@exercise.case
def nothing(rng):
    return inputs(np.zeros(3))


@exercise.case
def some(rng):
    return inputs(abs(rng.normal(size=3)))


@exercise.case
def more(rng):
    return inputs(abs(rng.normal(size=5)))


@exercise.case
def less(rng):
    return inputs(-abs(rng.normal(size=(2, 3))))


@exercise.case(hidden=True)
def of_three_axes(rng):
    return inputs(rng.normal(size=(2, 1, 3)))
'''
RIGHT = "Your `twice` is right by itself, and wrong when other functions of your file were called"
OTHER = "Your `twice` is not right by itself, and gives something else again when other functions"
NAMED = "You multiply by 3"

Answered = Callable[..., Report]


@pytest.fixture
def answered(tiny: Course, sandbox: Sandbox) -> Answered:
    """Return a function that grades a file whose `thrice` leaves something behind."""
    tiny.solution_path("quadruple").write_text(TWO)

    def answer(left: str, twice: str, thrice: str = "x * 3.0") -> Report:
        tiny.exercise_path("quadruple").write_text(
            "import numpy as np\nK, LEFT, F = 2.0, [], np.float64\n"
            f"def thrice(x):\n    global K, F\n    {left}\n    return {thrice}\n"
            f"def twice(x):\n    {twice}\n"
        )
        return grade(tiny, "quadruple", seed=1, limits=Limits(seconds=2), sandbox=sandbox)

    return answer


def said(report: Report, function: str = "twice") -> str:
    """Return what the diagnosis says of a function."""
    return " ".join(str(each.message) for each in report.diagnosis if each.function == function)


@pytest.mark.parametrize(
    ("left", "twice"),
    [
        ("K = 3.0", "return x * K"),
        ("K = 3.0", "return x * (K if x.ndim == 3 else 2.0)"),
        ("F = np.float32", "return (x * 2.0).astype(F)"),
        ("LEFT.append(1)", "return x * (2.0 + len(LEFT) * (x.size == 5))"),
        ("LEFT.append(1)", "\n    while LEFT: pass\n    return x * 2.0"),
        ("LEFT.append(1)", "return x * 2.0 / (not LEFT)"),
    ],
    ids=["after zeros", "in a hidden check", "a dtype", "in the third", "no end", "an exception"],
)
def test_what_is_right_by_itself_is_accused_of_nothing(
    answered: Answered, left: str, twice: str
) -> None:
    """Whichever of its checks are wrong, and in which way."""
    report = answered(left, twice)
    assert report.outcome is not Outcome.PASSED
    assert said(report).startswith(RIGHT)


@pytest.mark.parametrize(
    ("left", "twice"),
    [
        ("K = 3.0", "return abs(x) * K"),
        ("K = 3.0", "return x * K + (x.size == 6)"),
        ("K = 3.7", "return x * K + 0.123 * x ** 3"),
        ("K = 3.0", "return x * (K if x.size != 5 else 7.0)"),
    ],
)
def test_right_by_itself_is_said_of_what_is_right_in_every_check(
    answered: Answered, left: str, twice: str
) -> None:
    """What is wrong either way is told, and that it draws no numbers: no mistake is named."""
    words = said(answered(left, twice))
    assert words.startswith(OTHER)
    assert NAMED not in words and "draws numbers" not in words


def test_a_function_that_is_called_first_is_wrong_by_itself(answered: Answered) -> None:
    """But for its hidden checks, which are made after all others."""
    report = answered("pass", "LEFT.append(1); return x * 2.0", "x * (3.0 + len(LEFT))")
    assert "`thrice` is right by itself" in said(report, "thrice")
    report = answered("pass", "LEFT.append(1); return x * 2.0", "x * 4.0")
    assert "by itself" not in said(report, "thrice")


@pytest.mark.parametrize("left", ["pass", "K = 3.0", "LEFT.append(1)"])
def test_a_mistake_that_is_made_by_itself_is_named(answered: Answered, left: str) -> None:
    """Whatever others leave behind, where that changes nothing."""
    assert NAMED in said(answered(left, "return x * 3.0"))


def test_what_draws_numbers_is_told_as_before(answered: Answered) -> None:
    """Others have nothing to do with it."""
    draws = "return x * 2.0 + np.random.default_rng().random()"
    assert "draws numbers of its own" in said(answered("pass", draws))


@pytest.mark.parametrize("left", ["pass", "K = 3.0"])
def test_what_is_another_each_time_is_not_put_down_to_others(answered: Answered, left: str) -> None:
    """By itself it is the same in every process, and not the same again in one of them.

    So is what lies in memory that nobody filled, which calls of others move.
    """
    words = said(answered(left, "LEFT.append(1); return x * K + len(LEFT)"))
    assert "gives something else when it is called again" in words
    assert "`np.empty`" in words and "leave behind" not in words


def test_nothing_is_named_where_nobody_knows(answered: Answered, tiny: Course) -> None:
    """It cannot be asked when time is up; and what time ran out for is nobody's loop."""
    answered("pass", "return x * 3.0")
    paper = draw_paper(tiny, "quadruple", 1)
    answers: list[Answer] = [trial.wanted for trial in paper.trials]
    own = [n for n, trial in enumerate(paper.trials) if trial.case.function == "twice"]
    for n in own:
        thrice = paper.trials[n].wanted.value * 1.5  # type: ignore[union-attr, operator]
        answers[n] = Returned(thrice, paper.trials[n].inputs)
    pairs = [(paper.trials[n], answers[n]) for n in own]

    def too_late(function: str, trials: Sequence[Trial]) -> list[Answer]:
        return [Stopped(Outcome.SKIPPED, "")] * len(trials)

    def the_same(function: str, trials: Sequence[Trial]) -> list[Answer]:
        return [dict(zip(map(id, paper.trials), answers, strict=True))[id(t)] for t in trials]

    assert without_others("twice", pairs, too_late) is Others.UNKNOWN
    assert without_others("twice", pairs, the_same) is Others.THE_SAME
    late = [(trial, Stopped(Outcome.TIMED_OUT, "", (), is_late=True)) for trial, _ in pairs]
    assert without_others("twice", late, lambda _, trials: []) is Others.THE_SAME
    assert not diagnose(paper, answers, ask=too_late)
    (named,) = diagnose(paper, answers, ask=the_same)
    assert named.mistake == "quadruple.takes_it_three_times"
