"""Sizes of a shape, compared by what they come to: T * S is S * T, and T + T is not T * T."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import cycle, islice
from random import Random
from zlib import crc32

from grader.quiz.arithmetic import (
    NotArithmetic,
    divisions_in,
    evaluate,
    names_in,
    whole_numbers_in,
)

_TRIALS, _ENOUGH = 96, 24
_FEW, _MANY = 12, 97  # numbers that stand for names: heads, say, and how often they go into a width
_DIGITS = 9  # of the largest: of many more, a float is not exact for `ceil(T / 64)`
_MOST_DIVISORS = 4  # one within the other may be very many
_CLOSE = 1e-9  # relative: sqrt(d) * sqrt(d) is d

Sizes = Mapping[str, int]


@lru_cache(maxsize=1024)  # a verdict is asked for again, by the topic, say
def same_size(one: str, right: str) -> bool:
    """Tell whether a size is the right one, whatever whole numbers its names stand for.

    Where the right one has a `/` that nothing rounds, only such that it leaves no rest: `T // 2` is
    right where `T / 2` is asked for. Where it has a `//`, others as well: `T / 2` is no `T // 2`.

    Raises
    ------
    NotArithmetic
        One of them cannot be worked out, whatever its names stand for.
    """
    tried = [(_at(one, sizes), _at(right, sizes)) for sizes in _trials(right, one)]
    known = [(given, wanted) for given, wanted in tried if wanted is not None]
    whole = [each for each in known if isinstance(each[1], int)]
    if len(whole) >= _ENOUGH:  # for D / (H / 2), H is even
        known = whole
    if all(given is None for given, _ in known):
        raise NotArithmetic(f"{one!r} and {right!r} cannot be compared")
    return all(given is not None and _is_near(given, wanted) for given, wanted in known)


@lru_cache(maxsize=1024)
def is_size(text: str) -> bool:
    """Tell whether a size can be worked out, whatever its names stand for.

    Raises
    ------
    NotArithmetic
        It cannot be read as arithmetic at all.
    """
    return any(_at(text, sizes) is not None for sizes in islice(_trials(text), _ENOUGH))


def _trials(right: str, other: str = "0") -> Iterator[Sizes]:
    """Yield numbers for all names: multiples of what the right one divides by, and small ones.

    Unless divisions are to leave no rest, what lies beside and between these multiples, too. Now
    and then they are large, what is divided by among them, as `T % 512` is `T` up to there.
    Whatever another one divides by says nothing of how large any of it is.
    """
    names = sorted(names_in(right) | names_in(other))
    divisors = [*dict.fromkeys(each for each, _ in divisions_in(right))][:_MOST_DIVISORS]
    is_exact = any(is_exact for _, is_exact in divisions_in(right))
    within = {name for each in divisors for name in names_in(each)}
    random, offsets = Random(crc32(" ".join(names).encode())), _offsets(right, other)
    for trial in range(_TRIALS if names else 1):
        is_large = trial % 3 == 2
        few, many = (1_000, 10 ** random.randint(3, _DIGITS)) if is_large else (_FEW, _MANY)
        sizes = {name: random.randint(2, few) for name in names}
        if is_exact or trial % 4:
            step = _product(divisors, sizes)
            offset = 0 if is_exact else next(offsets) if trial % 4 < 3 else random.randrange(step)
            for name in sorted({*names} - within):
                sizes[name] = step * random.randint(1, many) + offset % step
        yield sizes


def _offsets(right: str, other: str) -> Iterator[int]:
    """Yield how far from a multiple to try: one off, and about the numbers that are written.

    For `(T + 3) // 8` grows 3 before a multiple of 8. Of another's numbers there are a few.
    """
    return cycle([*_about(right), *_about(other)[:_FEW]])


def _about(text: str) -> list[int]:
    numbers = {0, *(sign * each for each in whole_numbers_in(text) for sign in (-1, 1))}
    return sorted({each + near for each in numbers for near in (-1, 0, 1)}, key=abs)


def _product(divisors: Sequence[str], sizes: Sizes) -> int:
    """Return a number that all of these go into, as far as they are whole."""
    product = 1
    for each in divisors:
        value = _at(each, sizes)
        product *= value if isinstance(value, int) and value > 0 else 1
    return product


def _at(size: str, sizes: Sizes) -> float | None:
    """Return what a size comes to, None where it has no value there, such as T / (S - 1) at 1."""
    try:
        return evaluate(size, sizes)
    except NotArithmetic:
        return None


def _is_near(one: float, other: float) -> bool:
    are_exact = isinstance(one, int) and isinstance(other, int)
    return one == other if are_exact else abs(one - other) <= _CLOSE * max(1.0, abs(other))
