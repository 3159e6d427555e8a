"""Regular expressions of others', whose search takes no more steps than pattern times text.

A pattern becomes a short program, and no place of it is tried twice at one place of the text: what
failed there once fails there always, since nothing looks back at a group. Python's own `re` reads
single characters and assertions, and would try the rest in every way in which it could fit.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import NamedTuple

MAX_PATTERN = 500  # characters
MAX_PROGRAM = 2000  # steps that a pattern is written in, repeats written out
_MAX_COUNT = 300
_GROUP = re.compile(r"\((?:\?:|\?P<(?P<name>\w+)>|(?!\?))")
# One way to read each, so that reading takes no longer than there is to read.
_CLASS = r"\[(?:\^|(?!\^))(?:\\.|[^\\])(?:\\.|[^\\\]])*\]"
_PLAIN = rf"{_CLASS}|\\[dDsSwWnrtfva]|\\[^a-zA-Z0-9]|[^\\()\[{{*+?|^$]"
_ONE = re.compile(rf"{_PLAIN}|\{{", re.DOTALL)
# Of what looks around, every character is spelled: nothing in it is repeated or chosen.
_ZERO = re.compile(rf"[$^]|\\[bBAZ]|\(\?<?[=!](?:{_PLAIN})+\)", re.DOTALL)
_REPEAT = re.compile(
    r"(?!\{\})(?:(?P<sign>[*+?])|\{(?P<low>\d*)(?P<comma>,?)(?P<high>\d*)\})(?P<lazy>\??)"
)
_SIGNS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


class _Step(NamedTuple):
    """A step: what has to fit, a group that begins or ends, or where else to go on from here."""

    fits: re.Pattern[str] | None = None
    group: str = ""
    jumps: tuple[int, ...] = (1,)  # where to go on, relative to this step; the first is tried first


_Program = list[_Step]
_Way = tuple[str, int, "_Way | None"] | None  # where groups began and ended, the last one first


@dataclass
class Steps:
    """How many steps are left for all the searches that share them."""

    left: int


class Pattern:
    """A pattern that was read; raises `ValueError` where it has what is not known here."""

    def __init__(self, pattern: str) -> None:
        if len(pattern) > MAX_PATTERN:
            raise ValueError(f"a pattern is to have at most {MAX_PATTERN} characters")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what later versions may take otherwise
            re.compile(pattern)  # which says best what is wrong with one that is none
            self.program = _Reader(pattern).read()

    def search(self, text: str, steps: Steps) -> dict[str, str] | None:
        """Return what the named groups found, as `re.search` does; None where nothing fits.

        Nothing fits once no steps are left.
        """
        tried: set[tuple[int, int]] = set()
        for start in range(len(text) + 1):
            waiting: list[tuple[int, int, _Way]] = [(0, start, None)]
            while waiting:
                at, place, way = waiting.pop()
                if at == len(self.program):
                    return _groups(text, way)
                if (at, place) in tried:
                    continue
                if not steps.left:
                    return None
                steps.left -= 1
                tried.add((at, place))
                step = self.program[at]
                found = step.fits.match(text, place) if step.fits else None
                if step.fits and not found:
                    continue
                if step.group:
                    way = (step.group, place, way)
                place = found.end() if found else place
                waiting += [(at + jump, place, way) for jump in reversed(step.jumps)]
        return None


def _groups(text: str, way: _Way) -> dict[str, str]:
    """Return what each group found last: its end is met first on the way back."""
    found: dict[str, str] = {}
    ends: dict[str, int] = {}
    while way:
        name, place, way = way
        if name not in ends:
            ends[name] = place
        elif name not in found:
            found[name] = text[place : ends[name]]
    return found


class _Reader:
    """Reads a pattern that Python has taken, from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def read(self) -> _Program:
        program = self._choice()
        if self._at < len(self._pattern):
            raise self._unknown()
        return program

    def _choice(self) -> _Program:
        """Read what is between brackets: one or more rows, with `|` between them."""
        rows = [self._row()]
        while self._pattern.startswith("|", self._at):
            self._at += 1
            rows.append(self._row())
        program = rows.pop()
        while rows:
            row = rows.pop()
            fork, jump = _Step(jumps=(1, len(row) + 2)), _Step(jumps=(len(program) + 1,))
            program = [fork, *row, jump, *program]
        return program

    def _row(self) -> _Program:
        program: _Program = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            program += self._repeated(self._item())
            if len(program) > MAX_PROGRAM:
                raise _too_long()
        return program

    def _item(self) -> _Program:
        for form in (_ZERO, _ONE):
            if found := form.match(self._pattern, self._at):
                self._at = found.end()
                return [_Step(re.compile(found[0]))]
        found = _GROUP.match(self._pattern, self._at)
        if not found:
            raise self._unknown()
        self._at = found.end()
        inside = self._choice()
        self._at += 1  # the bracket, of which Python has seen that it is there
        mark = [_Step(group=found["name"])] if found["name"] else []
        return [*mark, *inside, *mark]

    def _repeated(self, item: _Program) -> _Program:
        """Write an item out as often as it is to be there, and may be."""
        found = _REPEAT.match(self._pattern, self._at)
        if not found:
            return item
        self._at = found.end()
        low, high = _bounds(found)
        if (len(item) + 1) * (high or low + 1) > MAX_PROGRAM:
            raise _too_long()
        rest: _Program = []
        if high is None:
            rest = [_fork(len(item) + 2, found), *item, _Step(jumps=(-len(item) - 1,))]
        for _ in range(low, high or low):
            rest = [_fork(len(item) + len(rest) + 1, found), *item, *rest]
        return item * low + rest

    def _unknown(self) -> ValueError:
        rest = self._pattern[self._at : self._at + 20]
        return ValueError(f"{rest!r} is more than a pattern may have here")


def _bounds(found: re.Match[str]) -> tuple[int, int | None]:
    """Return how often something is there at least and at most; None for any number."""
    if found["sign"]:
        return _SIGNS[found["sign"]]
    low = int(found["low"] or 0)
    high = int(found["high"]) if found["high"] else None if found["comma"] else low
    if max(low, high or 0) > _MAX_COUNT:
        raise ValueError(f"a pattern is to count to {_MAX_COUNT} at most")
    return low, high


def _fork(beyond: int, found: re.Match[str]) -> _Step:
    """Return the step that goes in or beyond: first in, unless a `?` says the contrary."""
    return _Step(jumps=(beyond, 1) if found["lazy"] else (1, beyond))


def _too_long() -> ValueError:
    return ValueError(f"a pattern is too long: written out it has more than {MAX_PROGRAM:,} steps")
