"""Where the lines of an answer stood that was put together of several places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

_START = attrgetter("start")
_NUMBERS = 20  # bytes that those of an origin take, about, where it is kept


class Origin(NamedTuple):
    """Lines that stood together: so many `lines` of the source, from its line `start` on.

    There they were those of `place` from its line `first` on.
    """

    start: int
    lines: int
    place: str
    first: int

    @property
    def weight(self) -> int:
        """How many bytes it takes, about, beside the lines themselves."""
        return len(self.place) + _NUMBERS


def place_in(origins: Sequence[Origin], line: int) -> str:
    """Return where a line of the source stood, or nothing where it stood nowhere.

    The origins are in the order of the source.
    """
    index = bisect_right(origins, line, key=_START) - 1
    if index < 0 or line >= origins[index].start + origins[index].lines:
        return ""
    origin = origins[index]
    return f"{origin.place}, line {origin.first + line - origin.start}"
