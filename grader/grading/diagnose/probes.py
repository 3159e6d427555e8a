"""Probes: calls that are no checks, made of the checks' own by switching features off.

Where something failed, the learner's functions are called on these as well. Most of several
mistakes are alone on some probe, so each can be recognised there. They cost no points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import chain, combinations, zip_longest
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from grader.exercise.definition import Case
from grader.exercise.manners import manner_of
from grader.grading.compare import leaves
from grader.grading.diagnose.features import (
    Arguments,
    Feature,
    centred,
    features_of,
    one_position,
    parts_of,
    scaled,
    switches_of,
)
from grader.grading.trials import Paper, Trial, bind
from grader.records import Answer, Inputs, Returned, Value

MOST = 48  # probes of one function
MOST_BASES = 4
MOST_PARTS, MOST_BYTES = 1_000, 1_000_000  # of the arguments of one
LARGER, SMALLER = 64.0, 1 / 64


class Variation(NamedTuple):
    """A call made of another one: how many features are left in it, in words, and its arguments."""

    features: int
    words: str
    arguments: Arguments


def probes_of(
    paper: Paper, function: str, answer: Callable[[Inputs], Answer | None]
) -> tuple[Trial, ...]:
    """Return the probes of a function with the right answers, the plainest first.

    Those that the reference does not `answer` with finite numbers are left out.
    """
    found: list[Trial] = []
    judged = _judged_as(paper.trials_of(function))
    for _, words, arguments in drawn_probes(paper, function):
        inputs = Inputs((), arguments)
        wanted = answer(inputs)
        if isinstance(wanted, Returned) and _is_finite(wanted.value):
            case = Case(words, function, lambda _, inputs=inputs: inputs, points=0.0, **judged)
            found.append(Trial(case, inputs, wanted))
    return tuple(found)


def _judged_as(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return how near an answer must be, and what is checked besides, as in the first check."""
    names = ("rtol", "atol", "check_dtype", "check_inputs", "check")
    return {name: getattr(trials[0].case, name) for name in names}


def checksum(function: str, inputs: Inputs) -> int:
    """Return a number that a probe is known by; two functions may be given the same inputs."""
    return crc32(_fingerprint({function: inputs.kwargs}))


def drawn_probes(paper: Paper, function: str) -> list[Variation]:
    """Return the inputs of all probes, none of them twice, the plainest first; none of a script."""
    reference = paper.definition.references[function]
    if manner_of(reference).get("script"):  # whose calls have no features
        return []
    made = [_variations(reference, arguments) for arguments in _bases(paper, function)]
    known: dict[bytes, Variation] = {}
    # In turns, so that every base has its say where there are too many.
    for variation in filter(None, chain.from_iterable(zip_longest(*made))):
        known.setdefault(sha256(_fingerprint(variation.arguments)).digest(), variation)
        if len(known) == MOST:
            break
    return sorted(known.values(), key=lambda each: each.features)


def _bases(paper: Paper, function: str) -> list[Arguments]:
    """Return the arguments of few checks that have all features and all tags between them."""
    reference = paper.definition.references[function]
    having: list[tuple[frozenset[str], Arguments]] = []
    for trial in paper.trials_of(function):
        # What is held to its memory is large, and would make a release of large probes.
        if trial.case.hidden or trial.case.raises or trial.case.memory:
            continue
        arguments = bind(reference, trial.inputs)
        if parts_of(arguments) <= MOST_PARTS and len(_fingerprint(arguments)) <= MOST_BYTES:
            names = frozenset(each.name for each in features_of(reference, arguments))
            having.append((trial.case.tags | names, arguments))
    chosen: list[Arguments] = []
    covered: frozenset[str] = frozenset()
    while having and len(chosen) < MOST_BASES:
        names, arguments = max(having, key=lambda each: len(each[0] - covered))
        if chosen and not names - covered:
            break
        chosen.append(arguments)
        covered |= names
    return chosen


def _variations(reference: Callable[..., Value], arguments: Arguments) -> Iterator[Variation]:
    features = features_of(reference, arguments)
    plain, many = _without(arguments, features), len(features)
    yield Variation(0, "nothing but the plainest", plain)
    yield Variation(0, "larger numbers", scaled(reference, plain, LARGER))
    yield Variation(0, "smaller numbers", scaled(reference, plain, SMALLER))
    yield Variation(0, "one position", one_position(reference, plain))
    switches = switches_of(plain)
    for count in range(len(switches), 0, -1):
        for off in combinations(switches, count):
            yield Variation(-count, _named(off), _without(plain, off))
    yield Variation(0, "centred numbers", centred(reference, plain))
    alone = {}
    for feature in features:
        alone[feature] = _without(arguments, [each for each in features if each is not feature])
        yield Variation(1, f"{feature.name} alone", alone[feature])
    for feature in features:
        yield Variation(many - 1, f"all but {feature.name}", feature.remove(arguments))
    yield Variation(many, "larger numbers", scaled(reference, arguments, LARGER))
    for switch in switches_of(arguments):
        yield Variation(many, switch.name, switch.remove(arguments))
        for feature in features:
            words = f"{feature.name} alone, {switch.name}"
            yield Variation(1, words, switch.remove(alone[feature]))


def _named(features: Sequence[Feature]) -> str:
    return ", ".join(feature.name for feature in features)


def _without(arguments: Arguments, features: Sequence[Feature]) -> Arguments:
    for feature in features:
        arguments = feature.remove(arguments)
    return arguments


def _is_finite(value: Value) -> bool:
    arrays = (np.asarray(leaf) for _, leaf in leaves(value))
    return all(a.dtype.kind not in "fc" or bool(np.isfinite(a).all()) for a in arrays)


def _fingerprint(arguments: Arguments) -> bytes:
    parts = []
    for path, leaf in leaves(arguments):
        if isinstance(leaf, np.ndarray):
            parts += [f"{path}{leaf.shape}{leaf.dtype}".encode(), leaf.tobytes()]
        else:
            is_set = isinstance(leaf, (set, frozenset))
            spelled = sorted(map(repr, leaf)) if is_set else repr(leaf)  # whatever the process
            parts.append(f"{path}{spelled}".encode())
    return b"|".join(parts)
