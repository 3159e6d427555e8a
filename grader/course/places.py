"""Names that are names, and places in a course that no link leads out of."""

from __future__ import annotations

import keyword
import os
import re
import sys
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path

from grader.errors import CourseError, UsageError

# Whatever is not of these could lead elsewhere in a path, or be read as something else.
_NAME = re.compile(r"\w{1,100}")
_MOST_BYTES = 200  # of a name: files are called by it, with something behind it, and have 255


def is_name(value: object) -> bool:
    """Tell whether something is a name: letters, digits and _, and so no path."""
    is_made_of_letters = isinstance(value, str) and bool(_NAME.fullmatch(value))
    return is_made_of_letters and len(str(value).encode()) <= _MOST_BYTES


def require_names(names: Iterable[object], kind: str, where: Path) -> None:
    """Raise `CourseError` unless all are letters, digits and _: paths are made of them."""
    for name in names:
        if not is_name(name):
            raise CourseError(
                f"{name!r} cannot be the name of {kind}: it is made of letters, digits and _,"
                f" at most 100 of them, of {_MOST_BYTES} bytes",
                where=str(where),
                next="Rename it there, and whatever is called by that name.",
            )


def meaning_of(name: str, packages: Iterable[str] = ()) -> str:
    """Say what a name already is that no exercise can have; nothing where it is free.

    Python looks for modules beside a file that it runs, and would find the exercise's in the place
    of its own.
    """
    if keyword.iskeyword(name):
        return "a word of Python's own"
    if name in sys.stdlib_module_names:
        return "a module of Python's own"
    imported = {re.split("[ >]", each)[0].replace("-", "_").lower() for each in packages}
    return "a package that exercises import" if name in imported | {"numpy", "grader"} else ""


def require_free(names: Iterable[str], packages: Iterable[str], where: Path) -> None:
    """Raise `CourseError` where an exercise has a name that means something else to Python."""
    for name in names:
        if what := meaning_of(name, packages):
            raise CourseError(
                f"{name!r} is {what}, and cannot be the name of an exercise",
                where=str(where),
                next="Rename it there, and its files: the others could not import what is meant.",
            )


def require_packages(packages: Iterable[str], where: Path) -> None:
    """Raise `CourseError` where what is listed as a package comes with Python or the grader."""
    for word in packages:
        name = word.partition(">")[0]
        if name in sys.stdlib_module_names or name == "grader":
            owner = "the grader, which no answer imports" if name == "grader" else "Python itself"
            raise CourseError(
                f"{name!r} is no package to be listed: it is a part of {owner}",
                where=str(where),
                next="Take it out of `packages:`, which has what pip installs beside NumPy.",
            )


def require_no_link(root: Path, path: Path) -> None:
    """Raise `UsageError` if a step from a course's folder to a place in it is a link."""
    way = root
    for part in path.relative_to(root).parts:
        way /= part
        if way.is_symlink():
            raise UsageError(
                "this is a link, and may lead out of the course: nothing is read or written there",
                where=str(way),
                next="Put a plain file or folder in its place.",
            )


def unused(path: Path) -> Path:
    """Return a path that is not there yet, so that what is kept takes the place of nothing."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(each for each in chain([path], numbered) if not os.path.lexists(each))
