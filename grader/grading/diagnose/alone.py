"""Answers that are others by themselves: after other calls, or whenever the same is asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

import numpy as np

from grader.grading.checks import is_same
from grader.grading.compare import leaves
from grader.grading.diagnose.hypotheses import (
    ASPECTS,
    RESULT,
    Pair,
    same_result,
    wrong_aspects,
)
from grader.grading.runs import is_by_clock, was_skipped
from grader.grading.trials import Trial
from grader.records import Answer, Returned, Stopped

Ask = Callable[[str, Sequence[Trial]], Sequence[Answer]]
MOST_ENTRIES = 100_000  # of an answer that is asked for once more
AGAIN = 5  # wrong answers that are asked for once more
# No name is to be found that keeps what such an array has in it.
UNFILLED = "arrays that are read before they are filled (`np.empty`)"


class Others(Enum):
    """What becomes of a function's answers where other functions of its file are not called."""

    THE_SAME = "the same"
    RIGHT = "right"
    NOT_RIGHT = "others, and not all of them right"
    UNSTEADY = "others, and others again whenever the same is asked"
    UNKNOWN = "nobody knows"


def is_right_alone(function: str, pairs: Sequence[Pair], ask: Ask) -> bool:
    """Tell whether what fails goes right when the learner's function is called for that alone.

    The pairs are in the order in which the calls were made, the first of which has to be right.
    """
    made = [pair for pair in pairs if not pair[0].case.memory]
    failing = [trial for trial, answer in made if not same_result(answer, trial.wanted, trial)]
    shown = [pair for pair in made if not pair[0].case.hidden]
    if not failing or not shown or not same_result(shown[0][1], shown[0][0].wanted, shown[0][0]):
        return False
    return all(
        same_result(answer, trial.wanted, trial)
        for trial in failing
        for answer in ask(function, [trial])
    )


def without_others(function: str, pairs: Sequence[Pair], ask: Ask) -> Others:
    """Find out what a function answers where no other function of the file was called before.

    Its own calls are all made again, in their order. What it answers then may be put down to others
    only if it is the same every time.
    """
    made = [pair for pair in pairs if not (pair[0].case.memory or _came_too_late(pair[1]))]
    if not wrong_aspects(made):
        return Others.THE_SAME
    trials = [trial for trial, _ in made]
    alone = list(zip(trials, ask(function, trials), strict=True))
    both = list(zip(made, alone, strict=True))
    if any(_has_ended(new) and not _agree(old, new) for old, new in both):
        again = zip(trials, ask(function, trials), strict=True)
        if not all(map(_agree, alone, again)):
            return Others.THE_SAME if all(map(_has_ended, alone)) else Others.UNKNOWN
        if not wrong_aspects(alone):
            return Others.RIGHT
        is_unsteady = changes_by_itself(function, alone, ask)
        return Others.UNSTEADY if is_unsteady else Others.NOT_RIGHT
    is_known = all(_has_ended(new) or _agree(old, new) for old, new in both)
    return Others.THE_SAME if is_known else Others.UNKNOWN


def _agree(one: Pair, other: Pair) -> bool:
    """Tell whether two answers to a trial are the same, with their dtypes and what they change."""
    (trial, old), (_, new) = one, other
    besides = (aspect for aspect in ASPECTS if aspect is not RESULT)
    return is_same(trial, old, new) and all(aspect.agree(old, new, trial) for aspect in besides)


def _has_ended(pair: Pair) -> bool:
    """Tell whether a call was made, and was not ended for taking long."""
    return not is_by_clock(pair[1])


def _came_too_late(answer: Answer) -> bool:
    """Tell whether a call was not made, or ended since others had used the time up."""
    return was_skipped(answer) or (isinstance(answer, Stopped) and answer.is_late)


def say_left(function: str, found: Others) -> str:
    """Return a sentence on what others leave behind."""
    how = "is right by itself, and wrong"
    if found is not Others.RIGHT:
        how = "is not right by itself, and gives something else again"
    return (
        f"Your `{function}` {how} when other functions of your file were"
        " called before: what do they leave behind? Look at names outside of functions, at arrays"
        f" and lists that they change, at settings of NumPy's, and at {UNFILLED}."
    )


def say_kept(function: str) -> str:
    """Return a sentence on that."""
    return (
        f"Your `{function}` is right when it is called once, and wrong after other calls: what does"
        " your code keep from one call to the next? Look at default values, attributes of classes,"
        f" names outside of functions, and {UNFILLED}."
    )


def changes_by_itself(function: str, pairs: Sequence[Pair], ask: Ask) -> bool:
    """Tell whether a wrong answer is another one when the same is asked again, in another order."""
    wrong = [pair for pair in pairs if not same_result(pair[1], pair[0].wanted, pair[0])]
    may_ask = [(t, a) for t, a in wrong if not (t.case.hidden or t.case.memory)]
    asked = [(t, a) for t, a in may_ask if isinstance(a, Returned) and _is_small(a)][:AGAIN]
    twice = [*reversed(asked), *asked[:1]]
    answers = ask(function, [trial for trial, _ in twice]) if twice else []
    again = zip(twice, answers, strict=True)
    return any(isinstance(a, Returned) and not same_result(old, a, t) for (t, old), a in again)


def _is_small(answer: Returned) -> bool:
    """Tell whether an answer can be had several times over, and all of them kept."""
    return sum(np.size(leaf) for _, leaf in leaves(answer.value)) <= MOST_ENTRIES


def say_unsteady(function: str) -> str:
    """Return a sentence on that."""
    return (
        f"Your `{function}` gives something else when it is called again with the same arguments."
        " So it draws numbers of its own, keeps something from one call to the next, or has"
        f" {UNFILLED}: all that it needs is in its arguments."
    )
