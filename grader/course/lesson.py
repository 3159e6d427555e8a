"""A lesson taken apart: its title, its prose, and the indented blocks between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from grader.exercise.definition import Definition

PROSE, BLOCK, FORMULAS = "prose", "block", "formulas"


class Part(NamedTuple):
    """A paragraph of prose, a block to be shown as it stands, or formulas as TeX."""

    kind: str
    lines: tuple[str, ...]


def parts_of(definition: Definition) -> tuple[str, list[Part]]:
    """Return the title of a lesson and its parts, with TeX in the place of the lines it is for."""
    title, *lines = definition.lesson.strip("\n").split("\n")
    parts: list[Part] = []
    for kind, group in groupby(lines, lambda line: _kind(line, definition.formulas)):
        found = tuple(_tex(line, definition.formulas) or line for line in group)
        if kind == BLOCK and parts and parts[-1].kind == BLOCK:  # only a blank line between
            parts[-1] = Part(BLOCK, (*parts[-1].lines, "", *found))
        elif kind:
            parts.append(Part(kind, found))
    return title, parts


def unplaced(definition: Definition) -> Iterator[str]:
    """Yield the names of formulas that do not stand for exactly one line of the lesson."""
    lines = definition.lesson.split("\n")
    for name in definition.formulas:
        if sum(_tex(line, {name: "found"}) is not None for line in lines) != 1:
            yield name


def _kind(line: str, formulas: Mapping[str, str]) -> str:
    if not line.strip():
        return ""
    if not line.startswith(" "):
        return PROSE
    return FORMULAS if _tex(line, formulas) else BLOCK


def _tex(line: str, formulas: Mapping[str, str]) -> str | None:
    """Return the TeX for an indented line that begins with one of the names, as words."""
    text = " ".join(line.split())
    words = (n for n in formulas if text.startswith(n) and not text[len(n) : len(n) + 1].isalnum())
    name = max(words, key=len, default=None) if line.startswith(" ") else None
    return None if name is None else formulas[name]
