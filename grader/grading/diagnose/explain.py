"""Results become a diagnosis: which known mistake, or what else, explains what was seen.

In order of trust: a mistake of the function itself, a mistake of a part that it is built from, the
right function of other inputs or with a changed output, two mistakes at once, and at last the shape
of the damage. What comes first is said, and nothing that might be something else is said as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, starmap
from types import MappingProxyType

from grader.exercise.docstrings import docstring_of
from grader.exercise.manners import manner_of
from grader.grading.checks import is_unwritten
from grader.grading.diagnose.alone import (
    Ask,
    Others,
    changes_by_itself,
    is_right_alone,
    say_kept,
    say_left,
    say_unsteady,
    without_others,
)
from grader.grading.diagnose.damage import (
    describe_crash,
    describe_damage,
    describe_side_effects,
)
from grader.grading.diagnose.evidence import Certainty
from grader.grading.diagnose.hypotheses import (
    KINDS,
    RESULT,
    Aspect,
    Hypothesis,
    Pair,
    listed,
    same_result,
    wrong_aspects,
)
from grader.grading.diagnose.relations import output_relations
from grader.grading.diagnose.say_several import say_found, tentative
from grader.grading.diagnose.searches import search
from grader.grading.diagnose.sketched import remembering
from grader.grading.diagnose.theories import Item
from grader.grading.memory import besides, is_silent, ran_out, ran_out_early
from grader.grading.telling import group_of
from grader.grading.tracebacks import Sources
from grader.grading.trials import Paper
from grader.records import Answer, Diagnosis, Missing, Raised, Returned, Stopped
from grader.records.text import Text

MAX_CANDIDATES = 3


def diagnose(
    paper: Paper,
    answers: Sequence[Answer],
    sources: Sources = MappingProxyType({}),
    ask: Ask | None = None,
) -> tuple[Diagnosis, ...]:
    """Return what explains the answers to each function's trials.

    An error is quoted with the learner's own line, from the `sources`. Where one known mistake does
    not explain it all, the learner's function may be asked more: `ask` calls it.
    """
    found: list[Diagnosis] = []
    for function in paper.definition.references:
        every = zip(paper.trials, answers, strict=True)
        pairs = [pair for pair in every if pair[0].case.function == function]
        others = _without_others(paper, function, pairs, ask)
        if others in (Others.RIGHT, Others.NOT_RIGHT):
            found.append(Diagnosis("damage", say_left(function, others), None, function))
            continue
        if others is Others.UNSTEADY:
            found.append(Diagnosis("damage", say_unsteady(function), None, function))
            continue
        # Nothing is named where that may be what others leave behind.
        known = others is Others.THE_SAME
        with remembering():
            found += _diagnose_function(paper, function, pairs, sources, ask, known)
    return tuple(found)


def _without_others(paper: Paper, function: str, pairs: Sequence[Pair], ask: Ask | None) -> Others:
    """Find out what a function answers by itself, where it shares a process with others.

    Before calls of the first one there are none of others, but for hidden ones, which come last.
    """
    has_begun = not all(is_unwritten(answer) for _, answer in pairs)
    if not ask or len(paper.definition.references) == 1 or not has_begun:
        return Others.THE_SAME
    after = [pair for pair in pairs if not group_of(paper, pair[0])]
    hidden = [pair for pair in after if pair[0].case.hidden]
    if function == paper.trials[0].case.function and not wrong_aspects(hidden):
        return Others.THE_SAME
    return without_others(function, after, ask)


def _diagnose_function(
    paper: Paper,
    function: str,
    pairs: Sequence[Pair],
    sources: Sources,
    ask: Ask | None,
    may_name: bool,
) -> list[Diagnosis]:
    wrong = wrong_aspects(pairs)
    if not wrong:
        return []
    stopped = [pair for pair in pairs if isinstance(pair[1], (Stopped, Missing))]
    may_name = may_name and all(starmap(is_silent, stopped))
    found = _of_results(paper, function, pairs, ask) if may_name else []
    if found:
        return found + [Diagnosis("damage", each, None, function) for each in _of_memory(pairs)]
    if stopped:
        crash = describe_crash(function, pairs, sources)
        return [Diagnosis("damage", crash, None, function)] if crash else []
    message = _describe(paper, function, wrong, pairs, sources)
    return [Diagnosis("damage", message, None, function)] if message else []


def _of_memory(pairs: Sequence[Pair]) -> list[str]:
    """Return what is said of checks that ran out of memory, where something else is wrong too."""
    out = [pair for pair in pairs if ran_out(*pair) and not ran_out_early(pair[1])]
    cases = [trial.case for trial, _ in out]
    return [besides(case.memory) for case in cases if case.memory and not case.hidden][:1]


def _of_results(
    paper: Paper, function: str, pairs: Sequence[Pair], ask: Ask | None
) -> list[Diagnosis]:
    """Return what explains results, if something does: one known mistake, or several at once."""
    wrong = wrong_aspects([pair for pair in pairs if not is_silent(*pair)])
    in_turn = pairs
    # What is wrong rules out the most, so it is compared first.
    pairs = sorted(pairs, key=lambda pair: same_result(pair[1], pair[0].wanted, pair[0]))
    named: list[Diagnosis] = []
    for hypotheses in _in_order_of_trust(paper, function, RESULT in wrong):
        if not wrong:
            return named
        fitting = _surest(hypotheses, pairs)
        named += _explanations(function, fitting, wrong, pairs)
        trials = [trial for trial, _ in pairs]
        explained = {aspect for each in fitting for aspect in each.about(trials)}
        wrong = tuple(aspect for aspect in wrong if aspect not in explained)
    if RESULT in wrong and ask:
        if is_right_alone(function, in_turn, ask):
            return [Diagnosis("damage", say_kept(function), None, function)]
        if changes_by_itself(function, pairs, ask):
            return [Diagnosis("damage", say_unsteady(function), None, function)]
    if RESULT in wrong and (several := _several(paper, function, pairs, ask)):
        return [several]
    return named


def _surest(hypotheses: Iterable[Hypothesis], pairs: Sequence[Pair]) -> list[Hypothesis]:
    """Return those that explain the answers; such as only may do so come as what they are.

    Of these, the ones whose errors have the learner's numbers as well leave no room for others.
    """
    certain = [(each, each.certainty(pairs)) for each in hypotheses]
    facts = [each for each, how in certain if how is Certainty.FACT]
    possible = [each for each, how in certain if how is Certainty.MAY_BE]
    to_the_number = [each for each in possible if each.raises_the_same(pairs)]
    return facts or [tentative(each) for each in to_the_number or possible]


def _several(
    paper: Paper, function: str, pairs: Sequence[Pair], ask: Ask | None
) -> Diagnosis | None:
    """Look for mistakes that explain the answers together, or some of them.

    What is long, for the sake of memory, would take long again and again, and shows nothing new.
    """
    items = [Item(trial, answer, True) for trial, answer in pairs if not trial.case.memory]
    if ask:
        probes = paper.examiner.probes(paper, function)
        made = zip(probes, ask(function, probes), strict=True)
        items += [Item(t, a, False) for t, a in made if isinstance(a, (Returned, Raised))]
    items.sort(key=lambda item: (item.trial.case.points > 0, item.is_check))
    known = paper.examiner.hypotheses
    suspects = [each for kind in KINDS for each in known(paper, function, kind)]
    suspects += output_relations(paper, function)
    suspects = [each for each in suspects if not each.is_endless]
    found = search(paper, function, items, suspects)
    return say_found(function, found) if found else None


def _describe(
    paper: Paper,
    function: str,
    wrong: Sequence[Aspect],
    pairs: Sequence[Pair],
    sources: Sources,
) -> str | Text | None:
    if RESULT in wrong:
        definition = paper.definition
        reference = definition.references[function]
        results, manner = docstring_of(reference).results, manner_of(reference)
        verb = "yields" if "yields" in manner else "gives" if manner else "returns"
        return describe_damage(function, pairs, definition.all_tags, results, sources, verb)
    return describe_side_effects(function, wrong, pairs)


def _in_order_of_trust(
    paper: Paper, function: str, values_are_wrong: bool
) -> Iterator[Iterable[Hypothesis]]:
    """Yield what may explain the answers."""
    known = paper.examiner.hypotheses
    yield known(paper, function, "mistake")
    yield known(paper, function, "inherited")
    if values_are_wrong:
        relations = known(paper, function, "relation"), output_relations(paper, function)
        yield chain(*relations)
        yield known(paper, function, "guess")
        yield known(paper, function, "slip")


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
        about_it = _nearest([each for each in fitting if aspect in each.about(trials)])
        # Slips in different places may have the same words.
        candidates = list({str(each.message): each for each in reversed(about_it)}.values())[::-1]
        if len(candidates) == 1:
            (only,) = candidates
            named.append(Diagnosis(only.kind, only.message, only.name, function))
        elif candidates:
            any_of = (each.message for each in candidates[:MAX_CANDIDATES])
            message = listed("Several things explain your results; it may be any of these.", any_of)
            named.append(Diagnosis(candidates[0].kind, message, None, function))
    return list(dict.fromkeys(named))
