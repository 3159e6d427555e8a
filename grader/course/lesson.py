"""The lines of a lesson that are formulas, and their TeX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.exercise.definition import Definition


def unplaced(definition: Definition) -> Iterator[str]:
    """Yield the names of formulas that do not stand for exactly one line of the lesson."""
    lines = definition.lesson.split("\n")
    for name in definition.formulas:
        if sum(tex_of(line, {name: "found"}) is not None for line in lines) != 1:
            yield name


def tex_of(line: str, formulas: Mapping[str, str]) -> str | None:
    """Return the TeX for an indented line that begins with one of the names, as words."""
    text = " ".join(line.split())
    words = (n for n in formulas if text.startswith(n) and not text[len(n) : len(n) + 1].isalnum())
    name = max(words, key=len, default=None) if line.startswith(" ") else None
    return None if name is None else formulas[name]
