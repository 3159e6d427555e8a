"""Proves that a mistake runs: that it is a wrong answer, and not a slip of its author's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.authoring.proof import Problem
from grader.exercise.bounded import EndlessError
from grader.exercise.definition import Mistake
from grader.grading.trials import Paper, all_arguments, call_trusted
from grader.records import Answer, Raised, Returned

_SLIPS = ("NameError", "AttributeError", "ImportError")  # of somebody who writes in a hurry


def never_runs(paper: Paper, mistake: Mistake, answers: Sequence[Answer]) -> str | None:
    """Say that a mistake uses a name that is nowhere, or cannot be called as the reference is."""
    pairs = zip(paper.trials, answers, strict=True)
    own = [(trial, answer) for trial, answer in pairs if trial.case.function == mistake.function]
    raised = [answer for _, answer in own if isinstance(answer, Raised)]
    unknown = next((answer for answer in raised if answer.type == "NameError"), None)
    if unknown:
        return f" does not run: {unknown.message}"
    where_values_are = [answer for t, answer in own if isinstance(t.wanted, Returned)]
    if not all(isinstance(answer, Raised) for answer in where_values_are) or not raised:
        return None
    try:
        for trial, _ in own:
            all_arguments(mistake.implementation, trial.inputs)
    except TypeError as error:
        return f" has another signature than {mistake.function}: {error}"
    if set(raised[0].types) & {*_SLIPS}:
        return f" raises in every case: {raised[0].type}: {raised[0].message}"
    return None


def raising_mistakes(paper: Paper) -> Iterator[Problem]:
    """Find mistakes that raise in every case: people do write such code, or it is a slip."""
    for mistake in paper.definition.mistakes:
        trials = [t for t in paper.trials_of(mistake.function) if isinstance(t.wanted, Returned)]
        answers = [call_trusted(mistake.implementation, trial.inputs) for trial in trials]
        raised = [answer for answer in answers if isinstance(answer, Raised)]
        if raised and len(raised) == len(answers) and raised[0].type != EndlessError.__name__:
            kinds = " or ".join(dict.fromkeys(answer.type for answer in raised))
            what = f"the mistake {mistake.name} raises {kinds} in every case: is it meant to?"
            yield Problem(mistake.where, what)
