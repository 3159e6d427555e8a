"""What is kept between calls: a mistake is run as a learner's file is, and told by its results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from grader.exercise import Exercise, calls, inputs
from grader.exercise.definition import Definition
from grader.grading.diagnose.explain import diagnose
from grader.grading.trials import Paper, Trial, call_trusted
from grader.records import Answer, Inputs
from tests.conftest import paper_of

SEEN: list[int] = []
COUNT = 0


def squares(numbers: list[int]) -> list[int]:
    """Square numbers."""
    return [n * n for n in numbers]


def keeps_a_default(numbers: list[int], kept: list[int] = []) -> list[int]:  # noqa: B006
    """You keep the list."""
    kept += squares(numbers)
    return list(kept)


def keeps_a_name(numbers: list[int]) -> list[int]:
    """You keep the list in the file."""
    SEEN.extend(squares(numbers))
    return list(SEEN)


def counts_calls(numbers: list[int]) -> list[int]:
    """You add how often you were called."""
    global COUNT
    COUNT += 1
    return [n * n + COUNT - 1 for n in numbers]


class Log:
    """A log."""

    def __init__(self) -> None:
        self.lines: list[int] = []

    def write(self, line: int) -> list[int]:
        """Write a line."""
        self.lines.append(line)
        return self.lines


class SharesLines(Log):
    """All your logs have the same lines."""

    everybody: list[int] = []  # noqa: RUF012

    def __init__(self) -> None:
        self.lines = self.everybody


def defined(reference: Callable[..., Any], mistake: Callable[..., Any]) -> Definition:
    """Return an exercise with two visible cases and a hidden one."""
    exercise = Exercise(hints=["?"])
    exercise.reference(reference)

    def given(*numbers: int) -> Inputs:
        steps = [("write", n) for n in numbers]
        return calls(("new",), *steps) if reference is Log else inputs(list(numbers))

    @exercise.case
    def first(rng: Any) -> Inputs:
        return given(2, 3, 4)

    @exercise.case
    def second(rng: Any) -> Inputs:
        return given(5, 6)

    @exercise.case(hidden=True)
    def third(rng: Any) -> Inputs:
        return given(7)

    exercise.mistake(mistake)
    return exercise.define("e", "u", "e.py", "A lesson.")


@pytest.mark.parametrize(
    ("reference", "mistake", "second"),
    [
        (squares, keeps_a_default, [4, 9, 16, 25, 36]),
        (squares, keeps_a_name, [4, 9, 16, 25, 36]),
        (squares, counts_calls, [26, 37]),
        (Log, SharesLines, [None, [2, 3, 4, 5], [2, 3, 4, 5, 6]]),
    ],
)
def test_a_mistake_that_keeps_something_is_recognised_on_every_paper(
    reference: Any, mistake: Any, second: Any
) -> None:
    """It begins as a learner's file does: with nothing, once for what is shown and what is not."""
    definition = defined(reference, mistake)
    for seed in range(3):
        paper = paper_of(definition, seed)
        call_trusted(definition.mistakes[0].implementation, paper.trials[0].inputs)  # by anybody
        answers = [trial.wanted for trial in paper.trials]
        answers[1] = answers[1]._replace(value=second)  # type: ignore[call-arg]
        (found,) = diagnose(paper, answers)
        assert found.mistake == f"e.{mistake.__name__}"


def told(paper: Paper, answers: Sequence[Answer], alone: Sequence[Answer]) -> str:
    """Return what is said of answers, where each check by itself gets another one."""
    of = dict(zip(map(id, paper.trials), alone, strict=True))

    def ask(_: str, trials: Sequence[Trial]) -> list[Answer]:
        return [of.get(id(trial), trial.wanted) for trial in trials]

    return " ".join(str(each.message) for each in diagnose(paper, answers, ask=ask))


def test_what_is_right_alone_is_told() -> None:
    """Where no mistake is known: but not where it is wrong alone, or wrong from the first call."""
    paper = paper_of(defined(squares, keeps_a_default), 1)
    right: list[Any] = [trial.wanted for trial in paper.trials]
    wrong = [each._replace(value=[1.5, 2.5]) for each in right]
    later = [right[0], wrong[1], right[2]]
    assert "what does your code keep" in told(paper, later, right)
    assert "what does your code keep" not in told(paper, later, later)
    assert "what does your code keep" not in told(paper, wrong, right)


def test_right_when_called_once_is_said_of_every_check_that_fails() -> None:
    """Of many, the last may be wrong by itself: then something else is the matter as well."""
    exercise = Exercise(hints=["?"])
    exercise.reference(squares)
    for n in range(6):
        exercise.case(hidden=n == 5)(named(f"case_{n}", n))
    paper = paper_of(exercise.define("e", "u", "e.py", "A lesson."), 1)
    right: list[Any] = [trial.wanted for trial in paper.trials]
    wrong = [each._replace(value=[1.5, 2.5]) for each in right]
    later = [right[0], *wrong[1:]]
    assert "what does your code keep" in told(paper, later, right)
    for n in range(1, 6):
        assert "what does your code keep" not in told(
            paper, later, [*right[:n], wrong[n], *right[n + 1 :]]
        )


def named(name: str, n: int) -> Callable[[Any], Inputs]:
    """Return a case of a name."""

    def case(rng: Any) -> Inputs:
        return inputs([n, n + 1])

    case.__name__ = name
    return case
