"""Whether two printed texts say the same."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from grader.quiz.kinds.base import on_one_line

_SIGNS = frozenset("[](),")
_WHOLE = re.compile(r"[+-]?[0-9]{1,4000}")
_ZERO_BEFORE = re.compile(r"[+-]?0[0-9]")  # as in 1,024, which is not the numbers 1 and 24
_VALUES = frozenset(("True", "False", "None"))


def same_print(one: str, other: str) -> bool:
    """Tell whether two texts are the same, or print the same numbers, lists or arrays."""
    if bare(one) == bare(other):
        return True
    parts, others = list(_parts(one)), list(_parts(other))
    return len(parts) == len(others) and all(map(_same, parts, others))


def is_row(text: str) -> bool:
    """Tell whether numbers, or arrays and numbers, stand beside each other, with one at the end."""
    depth, beside = 0, list[str]()
    for part in _parts(text):
        depth -= part in (")", "]")
        beside += [part] if not depth and part != "," else []
        depth += part in ("(", "[")
    values = [part for part in beside if part not in _SIGNS]
    are_numbers = all(_number(value) is not None for value in values)
    return len(beside) > 1 and beside[-1] in values and are_numbers


def bare(text: str) -> str:
    """Return a printed text without the white space next to brackets, commas and colons."""
    return re.sub(r" ?([\[\](){},:]) ?", r"\1", on_one_line(text))


def _parts(text: str) -> Iterator[str]:
    """Yield the brackets of a printed text, and what stands between them, commas, and spaces.

    A comma that ends a pair of brackets is kept: (2,) is a tuple, and (2) a number.
    """
    parted = re.sub(r",(?! ?\))", " ", on_one_line(text))
    yield from re.sub(r"([\[\](),])", r" \1 ", parted).split()


def _same(one: str, other: str) -> bool:
    if one == other:
        return one in _SIGNS or one in _VALUES or _number(one) is not None
    if _ZERO_BEFORE.match(one) or _ZERO_BEFORE.match(other):
        return False
    number, wanted = _number(one), _number(other)
    if number is None or wanted is None:
        return False
    return number == wanted or (math.isnan(number) and math.isnan(wanted))


def _number(text: str) -> float | None:
    """Return the number that a text is, a whole one exactly."""
    try:
        return int(text) if _WHOLE.fullmatch(text) else float(text.replace("_", "no digit"))
    except ValueError:
        return None
