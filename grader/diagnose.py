"""Results and known mistakes become a diagnosis: which mistake explains what was seen.

An implementation shows itself in three aspects: what it returns or raises, the dtypes of that,
and which inputs it changes. A mistake is about the aspects in which it differs from the reference
on some case. It explains a learner's results when it agrees with them on every case, in the
values and in every aspect that it is about. A mistake that cannot be told from the reference on
the cases tried explains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from grader.compare import Tolerance, dtype_difference, modified
from grader.exercise import Definition
from grader.judge import answer_difference
from grader.perform import perform
from grader.records import Answer, Diagnosis, Inputs, Mistake, Returned, Trial

Pair = tuple[Trial, Answer]


class Aspect(NamedTuple):
    """One way in which two answers to the same inputs may agree."""

    name: str
    agree: Callable[[Answer, Answer, Inputs], bool]


def _same_result(one: Answer, other: Answer, inputs: Inputs) -> bool:
    return answer_difference(one, other, Tolerance.of(inputs)) is None


def _same_dtype(one: Answer, other: Answer, inputs: Inputs) -> bool:
    if isinstance(one, Returned) and isinstance(other, Returned):
        return dtype_difference(one.value, other.value) is None
    return True


def _same_changes(one: Answer, other: Answer, inputs: Inputs) -> bool:
    if isinstance(one, Returned) and isinstance(other, Returned):
        return modified(inputs, one.after) == modified(inputs, other.after)
    return True


RESULT = Aspect("result", _same_result)
ASPECTS = (RESULT, Aspect("dtype", _same_dtype), Aspect("inputs", _same_changes))


class Behaviour(NamedTuple):
    """What a mistake does on every trial, and the aspects in which that is wrong."""

    mistake: Mistake
    answers: tuple[Answer, ...]
    about: tuple[Aspect, ...]

    def explains(self, pairs: Sequence[Pair]) -> bool:
        """Tell whether a learner's answers are this mistake's on every trial."""
        aspects = self.about if RESULT in self.about else (RESULT, *self.about)
        return bool(self.about) and all(
            aspect.agree(theirs, mine, trial.inputs)
            for (trial, theirs), mine in zip(pairs, self.answers, strict=True)
            for aspect in aspects
        )


def behave(mistake: Mistake, trials: Sequence[Trial]) -> Behaviour:
    """Run a mistake on every trial of its function and see in what it differs."""
    answers = tuple(perform(mistake.implementation, trial.inputs) for trial in trials)
    about = tuple(aspect for aspect in ASPECTS if not _right_in(aspect, trials, answers))
    return Behaviour(mistake, answers, about)


def _right_in(aspect: Aspect, trials: Sequence[Trial], answers: Sequence[Answer]) -> bool:
    return all(
        aspect.agree(answer, trial.wanted, trial.inputs)
        for trial, answer in zip(trials, answers, strict=True)
    )


def diagnose(
    definition: Definition,
    trials: Sequence[Trial],
    answers: Sequence[Answer],
    known: Mapping[str, Behaviour] | None = None,
) -> tuple[Diagnosis, ...]:
    """Name the mistakes of each function that explain the answers to its trials.

    `known` are all behaviours on these trials, by the names of their mistakes. Without it, each
    mistake is run on one trial first, which rules most of them out.
    """
    found: list[Diagnosis] = []
    for function in definition.references:
        pairs = [p for p in zip(trials, answers, strict=True) if p[0].case.function == function]
        own = [trial for trial, _ in pairs]
        wrong = [a for a in ASPECTS if not _right_in(a, own, [answer for _, answer in pairs])]
        if not wrong:
            continue
        mistakes = definition.mistakes_of(function)
        if known:
            behaviours = [known[mistake.name] for mistake in mistakes]
        else:
            telling = _first_wrong(pairs)
            behaviours = [behave(m, own) for m in mistakes if _answers_alike(m, telling)]
        fitting = [behaviour for behaviour in behaviours if behaviour.explains(pairs)]
        found += _explanations(definition, function, fitting, wrong)
    return tuple(found)


def _first_wrong(pairs: Sequence[Pair]) -> Pair:
    """Return the first pair of which the answer's values are wrong, or the first of all."""
    wrong = (p for p in pairs if not _same_result(p[1], p[0].wanted, p[0].inputs))
    return next(wrong, pairs[0])


def _answers_alike(mistake: Mistake, pair: Pair) -> bool:
    """Tell whether a mistake gives the values that the learner gave, on one trial."""
    trial, theirs = pair
    return _same_result(theirs, perform(mistake.implementation, trial.inputs), trial.inputs)


def _explanations(
    definition: Definition,
    function: str,
    fitting: Sequence[Behaviour],
    wrong: Sequence[Aspect],
) -> list[Diagnosis]:
    """Name at most one mistake for each wrong aspect; several that fit are only candidates."""
    named: list[Diagnosis] = []
    for aspect in wrong:
        candidates = [b.mistake for b in fitting if aspect in b.about]
        if len(candidates) == 1:
            mistake = candidates[0]
            name = f"{definition.name}.{mistake.name}"
            named.append(Diagnosis("mistake", mistake.message, name, function))
        elif candidates:
            listed = "\n".join(f"- {mistake.message}" for mistake in candidates)
            told = f"Your results fit several known mistakes; it may be any of these.\n{listed}"
            named.append(Diagnosis("mistake", told, None, function))
    return list(dict.fromkeys(named))
