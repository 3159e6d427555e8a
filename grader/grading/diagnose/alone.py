"""Checks that go right by themselves, and wrong after others: something is kept between calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.grading.diagnose.hypotheses import Pair, same_result
from grader.grading.trials import Trial
from grader.records import Answer, Returned

Ask = Callable[[str, Sequence[Trial]], Sequence[Answer]]
MOST = 2  # checks that are made again


def is_right_alone(function: str, pairs: Sequence[Pair], ask: Ask) -> bool:
    """Tell whether what fails goes right when the learner's function is called for that alone.

    The pairs are in the order in which the calls were made, the first of which has to be right.
    """
    shared = [pair for pair in pairs if not (pair[0].case.hidden or pair[0].case.memory)]
    failing = [trial for trial, answer in shared if not same_result(answer, trial.wanted, trial)]
    failing = [trial for trial in failing if isinstance(trial.wanted, Returned)]
    if not failing or not same_result(shared[0][1], shared[0][0].wanted, shared[0][0]):
        return False
    return all(
        same_result(answer, trial.wanted, trial)
        for trial in failing[:MOST]
        for answer in ask(function, [trial])
    )


def say_kept(function: str) -> str:
    """Return a sentence on that."""
    return (
        f"Your `{function}` is right when it is called once, and wrong after other calls: what does"
        " your code keep from one call to the next? Look at default values, attributes of classes"
        " and names outside of functions."
    )
