"""Right numbers that have lost digits: rounded, cut to whole ones, or of another float type."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
MOST_DIGITS = 8  # after the point, that something may be rounded to
NARROW = {"float16": (np.float16, 5e-3), "float32": (np.float32, 1e-5)}


def lost_digits(yours: Array, wanted: Array) -> str | None:
    """Return the end of a sentence on what happened to the digits of an array, if that is all."""
    if wanted.dtype.kind != "f" or yours.shape != wanted.shape or not np.isfinite(wanted).all():
        return None
    if yours.dtype.kind in "iu":
        words = "cuts its results to whole numbers: an array of integers keeps no more"
        return words if np.array_equal(yours, np.trunc(wanted)) else None
    if yours.dtype.kind != "f" or not np.isfinite(yours).all():
        return None
    return _rounded(yours, wanted) or _narrow(yours.astype(np.float64), wanted)


def _rounded(yours: Array, wanted: Array) -> str | None:
    for digits in range(MOST_DIGITS):
        rounded = wanted.round(digits)
        if np.allclose(yours, rounded, rtol=1e-12, atol=1e-12) and np.unique(rounded).size > 2:
            places = "to whole numbers" if not digits else f"to {digits} digits after the point"
            return f"rounds its results {places}: leave that to whoever shows them"
    return None


def _narrow(yours: Array, wanted: Array) -> str | None:
    """Tell a narrower float type by numbers that it can hold, and that are near."""
    largest = np.abs(wanted).max(initial=0.0)
    for name, (dtype, nearness) in NARROW.items():
        with np.errstate(over="ignore"):  # what is too large for it is not held by it
            is_held = np.array_equal(yours, yours.astype(dtype))
            is_own = np.array_equal(wanted, wanted.astype(dtype))
        if is_held and not is_own and np.abs(yours - wanted).max(initial=0.0) <= nearness * largest:
            return f"is right to as many digits as {name} has: what makes {name} of it?"
    return None
