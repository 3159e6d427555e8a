"""What may have been done wrong, from the answer key of a released course.

There is no mistake to run, only what each one gave on the inputs that are kept.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.course.key_file import Suspect
from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.trials import Paper, Trial, once_a_paper
from grader.records import Answer

BOTH = " + "  # in the name of two mistakes at once


@once_a_paper
def kept_suspects(paper: Paper) -> dict[tuple[str, str], tuple[Hypothesis, ...]]:
    """Return what a key knows, by the function and the kind of diagnosis that it leads to."""
    assert paper.definition.key
    found: dict[tuple[str, str], tuple[Hypothesis, ...]] = {}
    for suspect in paper.definition.key.sheet(paper.seed).suspects:
        known = Hypothesis(
            suspect.kind, suspect.name, suspect.message, _recall(paper, suspect), suspect.part
        )
        place = suspect.function, "pair" if BOTH in (suspect.name or "") else suspect.kind
        found[place] = (*found.get(place, ()), known)
    return found


def _recall(paper: Paper, suspect: Suspect) -> Callable[[Trial], Answer]:
    trials = paper.trials_of(suspect.function)
    answers = {id(trial): a for trial, a in zip(trials, suspect.answers, strict=True)}
    return lambda trial: answers[id(trial)]
