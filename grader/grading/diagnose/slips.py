"""Slips in a reference's own source as hypotheses, where its author wrote no mistakes."""

from __future__ import annotations

from functools import partial

from grader.exercise.bounded import Bounded
from grader.exercise.mutants import mutants_of
from grader.grading.diagnose.hypotheses import Hypothesis, sentence
from grader.grading.trials import Paper, Trial, call_trusted, once_a_paper
from grader.records import Answer


@once_a_paper
def slips_of(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return versions of a function with one slip, each told without what should be there."""
    if paper.definition.mistakes_of(function):
        return ()
    opening = f"The results of your `{function}` are those of a version that"
    return tuple(
        Hypothesis(
            "relation",
            None,
            sentence(f"{opening} {mutant.told}"),
            partial(_run, mutant.implementation),
        )
        for mutant in mutants_of(paper.definition, function)
        if mutant.told
    )


def _run(version: Bounded, trial: Trial) -> Answer:
    return call_trusted(version, trial.inputs)
