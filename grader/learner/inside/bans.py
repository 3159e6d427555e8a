"""Functions that an exercise does without: found when the learner's own code calls them.

Whoever else calls one, such as NumPy itself, is let through. It is no wall: who wants to get around
it can, and is found out by reading.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Any


class NotToBeUsedError(Exception):
    """The learner's code calls what the exercise is to do without."""


def put_bans(names: Sequence[str], files: set[str]) -> None:
    """Let each function raise where code of one of the `files` calls it; they are read later."""
    for name in names:
        module, _, function = name.rpartition(".")
        try:
            owner = importlib.import_module(module or "builtins")
            banned = _banned(name, getattr(owner, function), files)
        except Exception:  # what cannot be imported cannot be called either
            continue
        setattr(owner, function, banned)


def _banned(name: str, function: Callable[..., Any], files: set[str]) -> Callable[..., Any]:
    @functools.wraps(function)
    def banned(*args: Any, **kwargs: Any) -> Any:
        if sys._getframe(1).f_code.co_filename in files:
            raise NotToBeUsedError(f"{name} is not to be used in this exercise")
        return function(*args, **kwargs)

    return banned
