"""Results become a diagnosis: which known mistake, or what else, explains what was seen.

In order of trust: a mistake of the function itself, a mistake of a part that it is built from, the
right function of other inputs or with a changed output, two mistakes at once, and at last the shape
of the damage. What comes first is said, and nothing that might be something else is said as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from types import MappingProxyType

from grader.exercise.docstrings import docstring_of
from grader.grading.diagnose.damage import (
    describe_crash,
    describe_damage,
    describe_side_effects,
)
from grader.grading.diagnose.hypotheses import (
    RESULT,
    Aspect,
    Hypothesis,
    Pair,
    listed,
    same_result,
    wrong_aspects,
)
from grader.grading.diagnose.parts import in_own_words
from grader.grading.diagnose.relations import output_relations
from grader.grading.tracebacks import Sources
from grader.grading.trials import Paper
from grader.records import Answer, Diagnosis, Missing, Stopped
from grader.records.text import Text

MAX_CANDIDATES = 3
MAX_RIGHT = 2  # trials that are asked whether a mistake can have a part in it
MAX_PAIRS = 3500  # that are tried: the slowest takes a second


def diagnose(
    paper: Paper, answers: Sequence[Answer], sources: Sources = MappingProxyType({})
) -> tuple[Diagnosis, ...]:
    """Return what explains the answers to each function's trials.

    An error is quoted with the learner's own line, from the `sources`.
    """
    found: list[Diagnosis] = []
    for function in paper.definition.references:
        every = zip(paper.trials, answers, strict=True)
        pairs = [pair for pair in every if pair[0].case.function == function]
        found += _diagnose_function(paper, function, pairs, sources)
    return tuple(found)


def _diagnose_function(
    paper: Paper, function: str, pairs: Sequence[Pair], sources: Sources
) -> list[Diagnosis]:
    wrong = wrong_aspects(pairs)
    if not wrong:
        return []
    if any(isinstance(answer, (Stopped, Missing)) for _, answer in pairs):
        crash = describe_crash(function, pairs, sources)
        return [Diagnosis("damage", crash, None, function)] if crash else []
    # What is wrong rules out the most, so it is compared first.
    pairs = sorted(pairs, key=lambda pair: same_result(pair[1], pair[0].wanted, pair[0]))
    named: list[Diagnosis] = []
    own = tuple(paper.examiner.hypotheses(paper, function, "mistake"))
    trials = [trial for trial, _ in pairs]
    for hypotheses, most in _in_order_of_trust(paper, function, RESULT in wrong, pairs):
        found = islice((each for each in hypotheses if each.explains(pairs)), most)
        fitting = [in_own_words(each, own, trials) for each in found]
        named += _explanations(function, fitting, wrong, pairs)
        explained = {aspect for each in fitting for aspect in each.about(trials)}
        wrong = tuple(aspect for aspect in wrong if aspect not in explained)
        if not wrong:
            return named
    message = _describe(paper, function, wrong, pairs, sources)
    if message and not named:
        return [Diagnosis("damage", message, None, function)]
    return named


def _describe(
    paper: Paper,
    function: str,
    wrong: Sequence[Aspect],
    pairs: Sequence[Pair],
    sources: Sources,
) -> str | Text | None:
    if RESULT in wrong:
        definition = paper.definition
        results = docstring_of(definition.references[function]).results
        return describe_damage(function, pairs, definition.all_tags, results, sources)
    return describe_side_effects(function, wrong, pairs)


def _in_order_of_trust(
    paper: Paper, function: str, values_are_wrong: bool, pairs: Sequence[Pair]
) -> Iterator[tuple[Iterable[Hypothesis], int | None]]:
    """Yield what may explain the answers, and how many of them to look for."""
    known = paper.examiner.hypotheses
    yield known(paper, function, "mistake"), None
    yield known(paper, function, "inherited"), None
    if not values_are_wrong:
        return
    yield chain(known(paper, function, "relation"), output_relations(paper, function)), None
    right = [t for t, answer in pairs if same_result(answer, t.wanted, t)]
    # One pair is enough: others that fit are the same two, deeper down.
    yield islice(known(paper, function, "pair", right[:MAX_RIGHT]), MAX_PAIRS), 1


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
            message = listed("Several things explain your results; it may be any of these.", any_of)
            named.append(Diagnosis(candidates[0].kind, message, None, function))
    return list(dict.fromkeys(named))
