"""The shape of the damage, where nothing explains it: what the failing checks have in common.

Read from which cases fail, by their tags, and from which entries of a result differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import numpy as np

from grader.exercise.tags import AXES, Tag
from grader.grading.checks import is_unwritten
from grader.grading.compare import Promised, dtype_difference
from grader.grading.diagnose.digits import lost_digits
from grader.grading.diagnose.hypotheses import Aspect, Pair, same_result, sentence
from grader.grading.memory import ran_out, ran_out_early
from grader.grading.tracebacks import (
    OUTSIDE_OF_FUNCTIONS,
    Sources,
    cause_of,
    say_raised_once,
    say_stopped,
)
from grader.grading.trials import Trial
from grader.grading.value_words import plain
from grader.records import Answer, Outcome, Raised, Returned, Stopped, Unusable, Value
from grader.records.text import Text, parse


def describe_crash(function: str, pairs: Sequence[Pair], sources: Sources) -> Text | None:
    """Return what happens in every failing check, if that is the same in the same line."""
    failing = [pair for pair in pairs if not _is_unmade(pair) and not _is_right(pair)]
    failing = [pair for pair in failing if not pair[0].case.hidden]  # of these nothing is said
    if all(isinstance(trial.wanted, Raised) for trial, _ in failing):
        return None  # of the wrong type is no crash
    if len({_cause(answer, sources) for _, answer in failing}) != 1:
        return None
    match failing[0][1]:
        case Raised() as raised:
            return say_raised_once(raised, sources)
        case Stopped(outcome) as stopped:
            is_slow = outcome is Outcome.TIMED_OUT
            opening = f"Your `{function}` takes too long: " if is_slow else f"In `{function}`: "
            return say_stopped(stopped, sources).after(opening)
    return None


def _cause(answer: Answer, sources: Sources) -> object:
    """Return what caused an answer; one that has no line is caused by what it says."""
    known = cause_of(answer, sources)
    match answer:
        case Raised(type=kind, message=message) | Stopped(outcome=kind, message=message):
            return known or (kind, message)
    return None


def describe_damage(
    function: str,
    pairs: Sequence[Pair],
    tags: Mapping[str, Tag],
    results: Promised = (),
    sources: Sources = MappingProxyType({}),
    gives: str = "returns",
) -> str | Text | None:
    """Return what the failing checks share, if they do: an error, or what else is the matter.

    `tags` are those that a case may have, the most telling first, and `results` the names and
    symbolic shapes of the results, where the docstring gives them. What is an answer the function
    `gives`: it may yield it.
    """
    tried = [(pair, _is_right(pair)) for pair in pairs if not _is_unmade(pair)]
    failing = [pair for pair, right in tried if not right]
    passing = [pair for pair, right in tried if right]
    if not failing:
        return None
    if digits := _shared(failing, _look_at_digits):
        return sentence(f"Your `{function}` {digits}")
    shared = _shared_tag(failing, passing, tags) if passing else None
    where = sentence(f"Your `{function}` {shared}") if shared else ""
    if any(ran_out(*pair) and ran_out_early(pair[1]) for pair in failing):
        where = OUTSIDE_OF_FUNCTIONS
    if crash := describe_crash(function, pairs, sources):
        return Text(crash.groups + parse(where).groups)
    if where:
        return where
    if what := _mostly_unusable(failing):
        return sentence(f"Your `{function}` {gives} {what}, which is not a value of this course")
    axes = results[0][1] if len(results) == 1 else ""
    look = _shared(failing, partial(_look, axes=axes))
    return sentence(f"Your `{function}` {look}") if look else None


def _shared(failing: Sequence[Pair], look_at: Callable[[Pair], str | None]) -> str | None:
    """Return what is the matter with every failing answer that is shown, if it is the same.

    A hidden check's answer may be made to look like something for the sake of its inputs.
    """
    looks = {look_at(pair) for pair in failing if not pair[0].case.hidden}
    return looks.pop() if len(looks) == 1 else None


def _look_at_digits(pair: Pair) -> str | None:
    trial, answer = pair
    if not (isinstance(answer, Returned) and isinstance(trial.wanted, Returned)):
        return None
    yours, wanted = (
        value if isinstance(value, tuple) else (value,)
        for value in (answer.value, trial.wanted.value)
    )
    both = [each for each in zip(yours, wanted, strict=False) if _are_arrays(*each)]
    looks = {lost_digits(*each) for each in both}
    return looks.pop() if len(looks) == 1 and len(yours) == len(wanted) == len(both) else None


def _are_arrays(yours: Value, wanted: Value) -> bool:
    return isinstance(yours, np.ndarray) and isinstance(wanted, np.ndarray)


def describe_side_effects(function: str, wrong: Sequence[Aspect], pairs: Sequence[Pair]) -> str:
    """Return a sentence on values that are right, but in the wrong dtype or at a caller's cost."""
    begin = f"The values are right, but your `{function}`"
    if {aspect.name for aspect in wrong} == {"inputs"}:
        return f"{begin} changes what it is given, which belongs to its caller."
    single = all(
        "float32" in trial.case.tags for trial, answer in pairs if _wrong_dtype(trial, answer)
    )
    if single:
        return f"{begin} gives another dtype back than the float32 that it was given."
    return f"{begin} gives another dtype back than it should."


def _wrong_dtype(trial: Trial, answer: Answer) -> bool:
    if not (isinstance(answer, Returned) and isinstance(trial.wanted, Returned)):
        return False
    return dtype_difference(answer.value, trial.wanted.value) is not None


def _is_right(pair: Pair) -> bool:
    trial, answer = pair
    return same_result(answer, trial.wanted, trial)


def _is_unmade(pair: Pair) -> bool:
    answer = pair[1]
    is_skipped = isinstance(answer, Stopped) and answer.outcome is Outcome.SKIPPED
    return is_skipped or is_unwritten(answer)


def _mostly_unusable(failing: Sequence[Pair]) -> str:
    """Return what most of some answers are that could not come back at all, if it is the same."""
    shown = [answer for trial, answer in failing if not trial.case.hidden]
    unusable = [a for a in shown if isinstance(a, Unusable) and not a.too_large]
    found = [answer.description for answer in unusable]
    is_one = len(set(found)) == 1 and 2 * len(found) > len(shown)
    return found[0] if is_one else ""


def _shared_tag(
    failing: Sequence[Pair], passing: Sequence[Pair], tags: Mapping[str, Tag]
) -> str | None:
    """Return the end of a sentence on the tag that tells failing cases from passing ones."""
    everywhere = frozenset.intersection(*(trial.case.tags for trial, _ in failing))
    elsewhere = frozenset().union(*(trial.case.tags for trial, _ in passing))
    shared = [name for name in tags if name in everywhere]
    for name in shared:
        if name not in elsewhere and tags[name].right:
            return f"is right {tags[name].right}"
    for name in shared:
        spared = sum(name in trial.case.tags for trial, _ in passing)
        if tags[name].fails and len(failing) > max(1, spared):
            return f"fails only {tags[name].fails}"
    return None


def _look(pair: Pair, axes: str) -> str | None:
    """Return what is the matter with one answer, as the end of a sentence."""
    trial, answer = pair
    if not isinstance(trial.wanted, Returned):
        return f"does not raise {trial.wanted.type} where it should"
    if not isinstance(answer, Returned):
        return None
    yours, wanted = plain(answer.value), plain(trial.wanted.value)
    if not isinstance(yours, np.ndarray) or not isinstance(wanted, np.ndarray):
        return _look_at_kind(yours, wanted)
    if yours.dtype.kind == "c" != wanted.dtype.kind:
        return "returns complex numbers"
    if yours.shape != wanted.shape:
        return _look_at_shape(yours, wanted)
    near = trial.tolerance.near(_wide(yours), _wide(wanted))
    found = _look_at_sums(yours, wanted) or _look_at_order(yours[~near], wanted[~near])
    return found or _look_at_rows(near, axes)


def _wide(array: Value) -> Value:
    return array.astype(complex if array.dtype.kind == "c" else float)


def _look_at_kind(yours: Value, wanted: Value) -> str | None:
    if yours is None:
        return "returns nothing: is there a `return` at its end?"
    nests = (list, tuple, dict, set, frozenset)
    if isinstance(yours, nests) and isinstance(wanted, np.ndarray):
        return f"returns a {type(yours).__name__} where an array is wanted"
    if isinstance(wanted, tuple) and not isinstance(yours, (tuple, list)):
        return f"returns one result where {len(wanted)} are wanted"
    if isinstance(wanted, np.ndarray) and not isinstance(yours, np.ndarray):
        return "returns a single value where an array is wanted"
    return None


def _look_at_shape(yours: Value, wanted: Value) -> str | None:
    if yours.size == wanted.size and np.allclose(yours.ravel(), wanted.ravel(), equal_nan=True):
        return "holds the right numbers in the right order, in another shape"
    if sorted(yours.shape) == sorted(wanted.shape):
        return "has its axes in another order"
    return None


def _look_at_sums(yours: Value, wanted: Value) -> str | None:
    """Weights that sum to one, but along another axis."""
    if yours.ndim < 2 or not _sums_to_one(wanted, -1) or _sums_to_one(yours, -1):
        return None
    axis = next((axis for axis in range(yours.ndim) if _sums_to_one(yours, axis)), None)
    if axis is None:
        return None
    return f"sums to one along axis {axis}; wanted along the last"


def _look_at_order(yours: Value, wanted: Value) -> str | None:
    """Numbers that are all there, but not in their places; few of them may be an accident."""
    is_permuted = np.allclose(np.sort(yours, None), np.sort(wanted, None), rtol=1e-9, atol=0)
    if is_permuted and len(np.unique(_wide(wanted).round(9))) > 3:
        return "holds the right numbers at other places: moved, or reshaped without a transpose"
    return None


def _look_at_rows(near: Value, axes: str) -> str | None:
    """Find places along an axis that are right throughout while the others are not."""
    if near.ndim < 2 or not near.any():
        return None
    letters = re.findall(r"\w+", axes)
    for axis, place in ((-2, "the last axis but one"), (-1, "the last axis")):
        letter = letters[axis] if len(letters) >= -axis else ""
        others = tuple(a for a in range(near.ndim) if a != near.ndim + axis)
        right = near.all(axis=others)
        if right.any() and not right.all() and not near.any(axis=others)[~right].any():
            name = AXES.get(letter, f"places of {place}")
            return f"is right at some {name} and wrong throughout at the others"
    return None


def _sums_to_one(array: Value, axis: int) -> bool:
    return array.dtype.kind == "f" and bool(np.allclose(array.sum(axis=axis), 1.0))
