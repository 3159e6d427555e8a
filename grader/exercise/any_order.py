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
    kinds = {np.asarray(each).dtype.kind for each in (one, other)}
    if not kinds <= set("iufc"):
        return bool(one == other) and ("b" not in kinds or len(kinds) == 1)  # 1 is not True
    if np.shape(one) != np.shape(other):
        return False
    if kinds <= set("iu"):  # whole numbers are exact, and have no end in Python
        return bool(np.all(np.asarray(one, object) == np.asarray(other, object)))
    wide = complex if "c" in kinds else float  # in a narrow type a difference would be lost
    near, far = np.asarray(one, wide), np.asarray(other, wide)
    return bool(np.all(np.abs(near - far) <= atol + rtol * np.abs(far)))
