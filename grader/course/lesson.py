"""The lines of a lesson that are formulas, and their TeX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from grader.exercise.definition import Definition

MAX_NAME = 200  # characters of a formula as it stands in a lesson, whose lines are shorter


def unplaced(definition: Definition) -> Iterator[str]:
    """Yield the names of formulas that do not stand for exactly one line of the lesson."""
    lines = definition.lesson.split("\n")
    places = Counter(name for line in lines for name in _named(line, definition.formulas))
    yield from (name for name in definition.formulas if places[name] != 1)


def tex_of(line: str, formulas: Mapping[str, str]) -> str | None:
    """Return the TeX for an indented line that begins with one of the names, as words."""
    name = next(_named(line, formulas), None)
    return None if name is None else formulas[name]


def _named(line: str, formulas: Mapping[str, str]) -> Iterator[str]:
    """Yield the names that an indented line begins with, the longest first.

    Beginnings of the line are looked up, so that it does not matter how many formulas there are.
    """
    if not formulas or not line.startswith(" "):
        return
    text = " ".join(line.split())
    for length in range(min(len(text), MAX_NAME), 0, -1):
        if text[:length] in formulas and not text[length : length + 1].isalnum():
            yield text[:length]
