"""Which exercise a file answers: by its name, or by what it defines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from grader.authoring.stubs import reference_names
from grader.course.course import Course

_DEFINED = re.compile(rb"^(?:async +)?def +(\w+)", re.MULTILINE)
_LONGEST = 255  # characters of a name; systems have no longer ones
# What programs add to a name that is there already: softmax (1), softmax-1, softmax - Copy.
_ADDED = re.compile(
    r"(?:(?<! ) *\(\d+\)|[-_ ]\d+|(?<![ _-])[ _-]+(?:copy|kopie)|\.(?:py|txt|ipynb|ya?ml|json))$",
    re.IGNORECASE,
)
_COPY = re.compile("copy of ", re.IGNORECASE)
_LONGEST_ADDED, _MOST_ADDED = 40, 6  # characters, and how often: no computer adds as much


def functions_of_all(course: Course) -> dict[str, tuple[str, ...]]:
    """Return the functions that each exercise asks for."""
    return {name: reference_names(course, name) for name in course.exercises}


def exercises_defined_in(
    source: bytes, functions: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Return the exercises of which a file defines more than half the functions, and which."""
    lines = source.removeprefix(codecs.BOM_UTF8).replace(b"\r", b"\n")  # as Python has them
    defined = {name.decode() for name in _DEFINED.findall(lines)}
    there = {name: [f for f in own if f in defined] for name, own in functions.items()}
    return {name: found for name, found in there.items() if 2 * len(found) > len(functions[name])}


def exercise_called(course: Course, name: str) -> str:
    """Return the exercise that a file's name means, whatever a program added to it, or nothing."""
    return one_called(course.exercises, name)


def without_additions(stem: str) -> Iterator[str]:
    """Yield what a file may have been called before programs added to its name, nearest first."""
    stem = stem[:_LONGEST]
    for _ in range(_MOST_ADDED):
        begins = _COPY.match(stem)
        rest, last = stem[:-_LONGEST_ADDED], stem[-_LONGEST_ADDED:]
        shorter = stem[begins.end() :] if begins else rest + _ADDED.sub("", last)
        if shorter == stem:
            break
        yield shorter
        stem = shorter


def one_called(names: Iterable[str], name: str) -> str:
    """Return which of some names that of a file means, or nothing."""
    if len(name) > _LONGEST:
        return ""
    known = {each.casefold(): each for each in names}
    plain = Path(name).stem.strip().casefold()
    for each in (plain, *without_additions(plain)):  # the nearest first
        for way in (each, re.sub(r"[ -]+", "_", each)):
            if way in known:
                return known[way]
    return ""
