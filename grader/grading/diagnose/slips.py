"""Slips in a reference's own source as hypotheses, where its author wrote no mistakes.

Nobody has seen what they come to: one may take memory for ever, or be for hours in a loop of C.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import partial

from grader.exercise.bounded import Bounded, EndlessError
from grader.exercise.mutants import mutants_of
from grader.grading.diagnose.hypotheses import Hypothesis, sentence
from grader.grading.trials import Paper, Trial, call_trusted, once_a_paper
from grader.records import Answer, Inputs, Raised

SECONDS = 5.0  # for one call: what is counted in steps takes some tenths of one
MAX_LOST = 2  # calls that ended their process, before no more are made


@once_a_paper
def slips_of(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return versions of a function with one slip, each told without what should be there."""
    if paper.definition.mistakes_of(function):
        return ()
    opening = f"The results of your `{function}` are those of a version that"
    mutants = [mutant for mutant in mutants_of(paper.definition, function) if mutant.told]
    versions = _Versions(paper, [mutant.implementation for mutant in mutants])
    return tuple(
        Hypothesis(
            "relation",
            None,
            sentence(f"{opening} {mutant.told}"),
            partial(versions.call, number),
        )
        for number, mutant in enumerate(mutants)
    )


class _Versions:
    """Calls versions of a function in a process that may be lost."""

    def __init__(self, paper: Paper, versions: Sequence[Bounded]) -> None:
        self._process = paper.processes.new(partial(_call, versions))
        self._lost = 0

    def call(self, number: int, trial: Trial) -> Answer:
        """Return what a version makes of a trial; where it was lost, that it does not end."""
        if self._lost < MAX_LOST:
            try:
                answer: Answer = self._process.ask((number, trial.inputs), SECONDS)
                return answer
            except (TimeoutError, MemoryError):
                self._lost += 1
        return _raised(EndlessError("it does not end, or needs more than there is"))


def _call(versions: Sequence[Bounded], request: tuple[int, Inputs]) -> Answer:
    number, inputs = request
    answer = call_trusted(versions[number], inputs)
    try:
        pickle.dumps(answer)
    except MemoryError:
        raise
    except Exception as error:  # it returns what is no value at all
        return _raised(error)
    return answer


def _raised(error: Exception) -> Raised:
    return Raised(type(error).__name__, ("Exception",), str(error))
