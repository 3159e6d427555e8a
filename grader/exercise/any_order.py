"""A check for answers whose parts may stand in any order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def in_any_order(
    answer: Sequence[Any], wanted: Sequence[Any], rtol: float = 1e-6, atol: float = 1e-8
) -> str | None:
    """Say what an answer has that is not wanted, or lacks; nothing where only the order differs.

    Parameters
    ----------
    answer, wanted : (n, ...)
        Lists, tuples or arrays. Numbers and rows of numbers, complex ones too, are alike within
        `rtol` of the wanted one and `atol`; whatever else is there has to be equal.
    """
    left = list(wanted)
    for item in answer:
        place = next((k for k, each in enumerate(left) if _alike(item, each, rtol, atol)), None)
        if place is None:
            return f"{item} is not wanted, or not as often"
        del left[place]
    return f"{left[0]} is missing" if left else None


def _alike(one: Any, other: Any, rtol: float, atol: float) -> bool:
    if not all(np.asarray(each).dtype.kind in "iufc" for each in (one, other)):
        return bool(one == other)
    if np.shape(one) != np.shape(other):
        return False
    difference = np.abs(np.subtract(one, other))
    return bool(np.all(difference <= atol + rtol * np.abs(other)))
