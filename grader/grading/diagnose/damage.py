"""The shape of the damage, where nothing explains it: what the failing checks have in common.

Read from which cases fail, by their tags, and from which entries of a result differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from grader.grading.checks import is_unwritten
from grader.grading.compare import Promised, Tolerance, dtype_difference
from grader.grading.diagnose.hypotheses import Aspect, Pair, same_result, sentence
from grader.grading.trials import Trial
from grader.records import Answer, Raised, Returned, Stopped, Value

# What it means when the cases with a tag fail and those without it pass.
_BY_TAG = {
    "mask": "without a mask and wrong with one",
    "empty_row": "unless a row may attend to nothing",
    "one_row": "unless one row of a mask serves all queries",
    "broadcast": "unless the mask has to be broadcast",
    "batch": "for one sequence and wrong with batch axes in front: count axes from the end",
    "oblong": "where the lengths are equal and wrong where they differ: which one is which?",
    "large": "for small numbers and wrong for large ones: does something overflow on the way?",
    "float32": "in float64 and wrong in float32: something loses, or needs, precision",
    "rounding": "unless numbers differ by little more than float32 can hold",
    "small": "unless the numbers are small",
    "infinite": "unless some entries are minus infinity",
    "long": "for short sequences and wrong for long ones",
    "negative_axis": "unless the axis is counted from the end",
    "option": "with the defaults and wrong with other options: is every argument used?",
    "edge": "but for the smallest inputs: none or one of something",
}
# The same of tags whose other cases may pass by luck: all cases that fail have it.
_ONLY = {
    "large": "where numbers are very large or very low",
    "small": "where numbers are small",
    "rounding": "where numbers differ by little more than float32 can hold",
    "infinite": "where some entries are minus infinity",
    "long": "for long sequences",
    "empty_row": "where a row may attend to nothing",
    "broadcast": "where the mask has to be broadcast",
}
# What lies along an axis, by its letter in the shape that a docstring promises.
_AXES = {
    "n": "positions",
    "n_query": "queries",
    "n_target": "positions",
    "n_key": "keys",
    "d": "features",
    "d_v": "features",
    "d_head": "features",
    "d_model": "features",
    "h": "heads",
    "V": "words of the vocabulary",
}


def describe_damage(function: str, pairs: Sequence[Pair], promised: Promised = ()) -> str | None:
    """Return one sentence or two on what the failing checks share, or None.

    `promised` are the names and symbolic shapes of the results, where the docstring gives them.
    """
    judged = [(pair, _is_right(pair)) for pair in pairs if not _is_unmade(pair)]
    failing = [pair for pair, right in judged if not right]
    passing = [pair for pair, right in judged if right]
    if not failing:
        return None
    spoken = f"Your `{function}`"
    if passing and (common := _common_tag(failing, passing)):
        return sentence(f"{spoken} is right {_BY_TAG[common]}")
    if passing and (common := _common_trait(failing, passing)):
        return sentence(f"{spoken} fails only {_ONLY[common]}")
    axes = promised[0][1] if len(promised) == 1 else ""
    findings = {_look(pair, axes) for pair in failing}
    shared = findings.pop() if len(findings) == 1 else None
    return sentence(f"{spoken} {shared}") if shared else None


def describe_side_effects(function: str, wrong: Sequence[Aspect], pairs: Sequence[Pair]) -> str:
    """Return a sentence on values that are right, but in the wrong dtype or at a caller's cost."""
    names = {aspect.name for aspect in wrong}
    spoken = f"The values are right, but your `{function}`"
    if names == {"inputs"}:
        return f"{spoken} changes the arrays that it is given, which belong to its caller."
    single = all(
        "float32" in trial.case.tags for trial, answer in pairs if _wrong_dtype(trial, answer)
    )
    if single:
        return f"{spoken} gives another dtype back than the float32 that it was given."
    return f"{spoken} gives another dtype back than it should."


def _wrong_dtype(trial: Trial, answer: Answer) -> bool:
    if not (isinstance(answer, Returned) and isinstance(trial.wanted, Returned)):
        return False
    return dtype_difference(answer.value, trial.wanted.value) is not None


def _is_right(pair: Pair) -> bool:
    trial, answer = pair
    return same_result(answer, trial.wanted, trial.inputs)


def _is_unmade(pair: Pair) -> bool:
    return isinstance(pair[1], Stopped) or is_unwritten(pair[1])


def _common_tag(failing: Sequence[Pair], passing: Sequence[Pair]) -> str | None:
    """Return the tag that every failing case has and no passing one, the most telling first."""
    everywhere = frozenset.intersection(*(trial.case.tags for trial, _ in failing))
    elsewhere = frozenset().union(*(trial.case.tags for trial, _ in passing))
    return next((tag for tag in _BY_TAG if tag in everywhere - elsewhere), None)


def _common_trait(failing: Sequence[Pair], passing: Sequence[Pair]) -> str | None:
    """Return a tag that all failing cases have, and most that have it fail."""
    for tag in _ONLY:
        harmed, spared = (sum(tag in t.case.tags for t, _ in group) for group in (failing, passing))
        if harmed == len(failing) and harmed > max(1, spared):
            return tag
    return None


def _look(pair: Pair, axes: str) -> str | None:
    """Return what is the matter with one answer, as the end of a sentence."""
    trial, answer = pair
    if not isinstance(trial.wanted, Returned):
        return f"does not raise {trial.wanted.type} where it should"
    if isinstance(answer, Raised):
        return None if answer.refused else f"fails with {answer.type} wherever it is wrong"
    if not isinstance(answer, Returned):
        return None
    yours, wanted = answer.value, trial.wanted.value
    if not isinstance(yours, np.ndarray) or not isinstance(wanted, np.ndarray):
        return _look_at_kind(yours, wanted)
    if yours.dtype.kind == "c" != wanted.dtype.kind:
        return "returns complex numbers"
    if yours.shape != wanted.shape:
        return _look_at_shape(yours, wanted)
    near = Tolerance.of(trial.inputs).near(yours.astype(float), wanted.astype(float))
    looks: Sequence[Callable[..., str | None]] = (_look_at_sums, _look_at_order)
    found = next((found for look in looks if (found := look(yours, wanted))), None)
    return found or _look_at_rows(near, axes)


def _look_at_kind(yours: Value, wanted: Value) -> str | None:
    if yours is None:
        return "returns nothing: is there a `return` at its end?"
    if isinstance(yours, (list, tuple)) and isinstance(wanted, np.ndarray):
        return f"returns a {type(yours).__name__} where an array is wanted"
    if isinstance(wanted, tuple) and not isinstance(yours, tuple):
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
    if yours.size > 3 and np.allclose(np.sort(yours, None), np.sort(wanted, None)):
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
            name = _AXES.get(letter, f"places of {place}")
            return f"is right at some {name} and wrong throughout at the others"
    return None


def _sums_to_one(array: Value, axis: int) -> bool:
    return array.dtype.kind == "f" and bool(np.allclose(array.sum(axis=axis), 1.0))
