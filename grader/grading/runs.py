"""What runs of one submission came to, held beside each other; and where only time was short."""

from __future__ import annotations

from collections.abc import Sequence

from grader.grading.checks import is_same, is_same_end, is_unwritten
from grader.grading.trials import Paper
from grader.records import Answer, CaseResult, Outcome, Run, Stopped

# How a call ends that had no time: it says nothing of what is right.
_BY_CLOCK = {Outcome.TIMED_OUT, Outcome.SKIPPED}


def differ(paper: Paper, one: Run, other: Run) -> bool:
    """Tell whether two runs came to something else, in outcomes or in what was answered."""
    failures = one.load_failure, other.load_failure
    if any(failures):
        return not is_same_end(*failures)
    answers = zip(paper.trials, one.answers, other.answers, strict=True)
    return not all(is_same(trial, *pair) for trial, *pair in answers)


def differ_by_time(paper: Paper, first: Run, other: Run) -> bool:
    """Tell whether one run came to something else only where its time ran out."""
    if first.load_failure:
        return is_by_clock(first.load_failure)
    answers = zip(paper.trials, first.answers, other.answers, strict=True)
    return all(is_by_clock(old) or is_same(trial, old, new) for trial, old, new in answers)


def lacked_time_alone(run: Run, checks: Sequence[CaseResult]) -> bool:
    """Tell whether nothing is wrong in a run that does not pass but that calls had no time."""
    if run.load_failure:
        return is_by_clock(run.load_failure)
    failing = {check.outcome for check in checks if not check.passed}
    is_begun = not any(map(is_unwritten, run.answers))
    return is_begun and any(map(is_by_clock, run.answers)) and failing <= _BY_CLOCK


def is_by_clock(answer: Answer) -> bool:
    """Tell whether a call was ended for taking long, or was not made."""
    return isinstance(answer, Stopped) and answer.outcome in _BY_CLOCK


def was_skipped(answer: Answer) -> bool:
    """Tell whether a call was not made."""
    return isinstance(answer, Stopped) and answer.outcome is Outcome.SKIPPED
