"""Results become a diagnosis: which known mistake, or what else, explains what was seen.

In order of trust: a mistake of the function itself, a mistake of a part that it is built from, the
right function of other inputs or with a changed output, two mistakes at once, and at last the shape
of the damage. What comes first is said, and nothing that might be something else is said as a fact.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from grader.course.course import Course
from grader.exercise.docstrings import promised_results
from grader.grading.diagnose.damage import describe_damage, describe_side_effects
from grader.grading.diagnose.hypotheses import (
    RESULT,
    Aspect,
    Hypothesis,
    Pair,
    listed,
    same_result,
    wrong_aspects,
)
from grader.grading.diagnose.kept import kept_suspects
from grader.grading.diagnose.parts import in_own_words, pairs_of_mistakes, part_mistakes
from grader.grading.diagnose.relations import input_relations, output_relations
from grader.grading.trials import Paper, Trial, once_a_paper, perform
from grader.records import Answer, Diagnosis, Missing, Stopped

MAX_CANDIDATES = 3
MAX_RIGHT = 2  # trials that are asked whether a mistake can have a part in it
PAIR_SECONDS = 0.4


def diagnose(
    paper: Paper, answers: Sequence[Answer], course: Course | None = None
) -> tuple[Diagnosis, ...]:
    """Return what explains the answers to each function's trials.

    With the `course`, mistakes of earlier exercises are known as well.
    """
    found: list[Diagnosis] = []
    for function in paper.definition.references:
        every = zip(paper.trials, answers, strict=True)
        pairs = [pair for pair in every if pair[0].case.function == function]
        found += _diagnose_function(paper, function, pairs, course)
    return tuple(found)


def _diagnose_function(
    paper: Paper, function: str, pairs: Sequence[Pair], course: Course | None
) -> list[Diagnosis]:
    wrong = wrong_aspects(pairs)
    if not wrong or any(isinstance(answer, (Stopped, Missing)) for _, answer in pairs):
        return []
    # What is wrong rules out the most, so it is compared first.
    pairs = sorted(pairs, key=lambda pair: same_result(pair[1], pair[0].wanted, pair[0].inputs))
    named: list[Diagnosis] = []
    own, trials = own_mistakes(paper, function), [trial for trial, _ in pairs]
    for hypotheses, most in _in_order_of_trust(paper, function, course, RESULT in wrong, pairs):
        found = islice((each for each in hypotheses if each.explains(pairs)), most)
        fitting = [in_own_words(each, own, trials) for each in found]
        named += _explanations(function, fitting, wrong, pairs)
        explained = {aspect for each in fitting for aspect in each.about(trials)}
        wrong = tuple(aspect for aspect in wrong if aspect not in explained)
        if not wrong:
            return named
    told = _describe(paper, function, wrong, pairs)
    return [*named, Diagnosis("damage", told, None, function)] if told and not named else named


def _describe(
    paper: Paper, function: str, wrong: Sequence[Aspect], pairs: Sequence[Pair]
) -> str | None:
    if RESULT in wrong:
        return describe_damage(
            function, pairs, promised_results(paper.definition.references[function])
        )
    return describe_side_effects(function, wrong, pairs)


def _in_order_of_trust(
    paper: Paper,
    function: str,
    course: Course | None,
    values_are_wrong: bool,
    pairs: Sequence[Pair],
) -> Iterator[tuple[Iterable[Hypothesis], int | None]]:
    """Yield what may explain the answers, and how many of them to look for."""
    yield own_mistakes(paper, function), None
    yield part_mistakes(paper, function, course), None
    if not values_are_wrong:
        return
    yield known_relations(paper, function), None
    right = [t for t, answer in pairs if same_result(answer, t.wanted, t.inputs)]
    # One pair is enough: others that fit are the same two, deeper down.
    yield _in_time(_pairs(paper, function, course, right[:MAX_RIGHT])), 1


def _pairs(
    paper: Paper, function: str, course: Course | None, right: Sequence[Trial]
) -> Iterable[Hypothesis]:
    if paper.definition.key:
        return kept_suspects(paper).get((function, "pair"), ())
    return pairs_of_mistakes(paper, function, course, own_mistakes(paper, function), right)


def _in_time(hypotheses: Iterable[Hypothesis]) -> Iterator[Hypothesis]:
    """Yield hypotheses as long as a learner may be kept waiting for them."""
    deadline = time.monotonic() + PAIR_SECONDS
    return takewhile(lambda _: time.monotonic() < deadline, hypotheses)


@once_a_paper
def own_mistakes(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return the known mistakes of a function."""
    if paper.definition.key:
        return kept_suspects(paper).get((function, "mistake"), ())
    return tuple(
        Hypothesis(
            "mistake",
            f"{paper.definition.name}.{mistake.name}",
            mistake.message,
            lambda trial, run=mistake.implementation: perform(run, trial.inputs),  # type: ignore[misc]
        )
        for mistake in paper.definition.mistakes_of(function)
    )


@once_a_paper
def known_relations(paper: Paper, function: str) -> tuple[Hypothesis, ...]:
    """Return what a function may have computed instead."""
    if paper.definition.key:
        on_other_inputs = kept_suspects(paper).get((function, "relation"), ())
        return (*on_other_inputs, *output_relations(paper, function))
    return (*input_relations(paper, function), *output_relations(paper, function))


def _nearest(fitting: list[Hypothesis]) -> list[Hypothesis]:
    """Of mistakes in several parts keep the first part's: the others are the same, deeper down."""
    if not fitting or fitting[0].kind != "inherited":
        return fitting
    return [each for each in fitting if each.part == fitting[0].part]


def _explanations(
    function: str,
    fitting: Sequence[Hypothesis],
    wrong: Sequence[Aspect],
    pairs: Sequence[Pair],
) -> list[Diagnosis]:
    """Name at most one for each wrong aspect; several that fit are only candidates."""
    trials = [trial for trial, _ in pairs]
    named: list[Diagnosis] = []
    for aspect in wrong:
        candidates = _nearest([each for each in fitting if aspect in each.about(trials)])
        if len(candidates) == 1:
            (only,) = candidates
            named.append(Diagnosis(only.kind, only.message, only.name, function))
        elif candidates:
            any_of = (each.message for each in candidates[:MAX_CANDIDATES])
            told = listed("Several things explain your results; it may be any of these.", any_of)
            named.append(Diagnosis(candidates[0].kind, told, None, function))
    return list(dict.fromkeys(named))
