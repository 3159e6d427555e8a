"""The values that switch a parameter off, by the names that the field gives to parameters."""

from __future__ import annotations

from fnmatch import fnmatch
from functools import lru_cache

# What is added or multiplied at the end, and does nothing where it is this.
NEUTRAL = {"bias": 0.0, "b_*": 0.0, "gain": 1.0}


@lru_cache(maxsize=1024)
def neutral_value(name: str) -> float | None:
    """Return the number that makes a parameter of this name do nothing; None if none is known."""
    return next((value for shape, value in NEUTRAL.items() if fnmatch(name, shape)), None)
