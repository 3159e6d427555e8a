"""Sizes of a shape, compared by what they come to: T * S is S * T, and T + T is not T * T."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from random import Random
from zlib import crc32

from grader.quiz.arithmetic import NotArithmetic, evaluate, names_in

_TRIALS = 96
_DIVISIBLE = (
    240  # by 2 to 6, 8, 10, 12, 15, 16 and more: where floor and ceil are not yet told apart
)
_CLOSE = 1e-9  # relative: sqrt(d) * sqrt(d) is d


def same_size(one: str, right: str) -> bool:
    """Tell whether a size is the right one wherever the right one is a whole number.

    Each name is given many whole numbers in turn. So `T // 2` is right where `T / 2` is asked for,
    which is a size of even `T` alone, and `T / 2` is not where `T // 2` is.

    Raises
    ------
    NotArithmetic
        One of them cannot be worked out, whatever its names stand for.
    """
    names = names_in(one) | names_in(right)
    tried = [(_at(one, sizes), _at(right, sizes)) for sizes in _trials(names)]
    known = [(given, wanted) for given, wanted in tried if wanted is not None]
    whole = [pair for pair in known if _is_whole(pair[1])] or known
    if not whole or all(given is None for given, _ in whole):
        raise NotArithmetic(f"{one!r} and {right!r} cannot be compared")
    return all(given is not None and _is_near(given, wanted) for given, wanted in whole)


def is_size(text: str) -> bool:
    """Tell whether a size can be worked out, whatever its names stand for.

    Raises
    ------
    NotArithmetic
        It cannot be read as arithmetic at all.
    """
    return any(_at(text, sizes) is not None for sizes in _trials(names_in(text)))


def _trials(names: frozenset[str]) -> Iterator[Mapping[str, int]]:
    """Yield numbers for names: multiples of many numbers, their neighbours, and small ones."""
    for trial in range(_TRIALS if names else 1):
        yield {name: _number(name, trial) for name in sorted(names)}


@lru_cache(maxsize=4096)
def _number(name: str, trial: int) -> int:
    random = Random(crc32(f"{name} {trial}".encode()))
    if trial % 4 == 3:
        return random.randint(1, 12)
    return _DIVISIBLE * random.randint(2, 97) + trial % 4 - 1


def _at(size: str, sizes: Mapping[str, int]) -> float | None:
    """Return what a size comes to, None where it has no value there, such as T / (S - 1) at 1."""
    try:
        return evaluate(size, sizes)
    except NotArithmetic:
        return None


def _is_whole(value: float) -> bool:
    return _is_near(round(value), value)


def _is_near(one: float, other: float) -> bool:
    exact = isinstance(one, int) and isinstance(other, int)
    return one == other if exact else abs(one - other) <= _CLOSE * max(1.0, abs(other))
