"""Answers that are others by themselves: after other calls, or whenever the same is asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from grader.grading.compare import leaves
from grader.grading.diagnose.hypotheses import Pair, same_result
from grader.grading.trials import Trial
from grader.records import Answer, Outcome, Returned, Stopped

Ask = Callable[[str, Sequence[Trial]], Sequence[Answer]]
MOST = 2  # checks that are made alone
MOST_ENTRIES = 100_000  # of an answer that is asked for once more
AGAIN = 5  # wrong answers that are asked for once more


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


def is_right_apart(function: str, pairs: Sequence[Pair], ask: Ask) -> bool:
    """Tell whether what fails goes right where no other function of the file was called before.

    Its first call has to be wrong, before which it was not called itself; and nothing may have been
    stopped, for that may be because others had used the time up.
    """
    shown = [(t, a) for t, a in pairs if not (t.case.hidden or t.case.memory)]
    failing = [trial for trial, answer in shown if not same_result(answer, trial.wanted, trial)]
    if not failing or failing[0] is not shown[0][0] or any(map(_ran_late, shown)):
        return False
    trials = failing[:MOST]
    again = zip(trials, ask(function, trials), strict=True)
    return all(same_result(answer, trial.wanted, trial) for trial, answer in again)


def _ran_late(pair: Pair) -> bool:
    answer = pair[1]
    return isinstance(answer, Stopped) and answer.outcome in (Outcome.TIMED_OUT, Outcome.SKIPPED)


def say_left(function: str) -> str:
    """Return a sentence on that."""
    return (
        f"Your `{function}` is right by itself, and wrong when other functions of your file were"
        " called before: what do they leave behind? Look at names outside of functions, at arrays"
        " and lists that they change, and at settings of NumPy's."
    )


def say_kept(function: str) -> str:
    """Return a sentence on that."""
    return (
        f"Your `{function}` is right when it is called once, and wrong after other calls: what does"
        " your code keep from one call to the next? Look at default values, attributes of classes"
        " and names outside of functions."
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
        " So it draws numbers of its own, or keeps something from one call to the next: all that it"
        " needs is in its arguments."
    )
