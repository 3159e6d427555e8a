"""What to say of an import that failed, or of one that is missing."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course
from grader.errors import GraderError
from grader.grading.examiner import load_definition
from grader.grading.trusted import TRUSTED
from grader.records import Raised, Submission
from grader.records.text import listed

_IMPORT = re.compile(
    r"\s*(?:from\s+(?P<source>[.\w]+)\s+import\s+(?P<names>[^;]*)|import\s+(?P<module>[.\w]+))"
)
_NO_NAME = re.compile(r"name '(\w+)' is not defined")


class Import(NamedTuple):
    """An import as it is written: from which module, and which names of it."""

    module: str
    names: tuple[str, ...] = ()


def read_import(statement: str) -> Import | None:
    """Return what a statement imports, if it is an import."""
    found = _IMPORT.match(statement)
    if not found:
        return None
    plain = re.sub(r"#.*|[()\\]", " ", found["names"] or "")
    names = (piece.split()[0] for piece in plain.split(",") if piece.strip())
    return Import(found["source"] or found["module"], tuple(dict.fromkeys(names)))


def functions_of(course: Course, exercise: str) -> tuple[str, ...]:
    """Return the functions that an exercise asks for; none where its definition is broken.

    What is said of one exercise does not depend on whether all others are in order.
    """
    try:
        with TRUSTED:  # no definition is loaded while something stands in a reference's place
            return tuple(load_definition(course, exercise).references)
    except GraderError:
        return ()


def import_advice(course: Course, file: Submission, raised: Raised, statement: str) -> str:
    """Return what to do about an exception in a file of the learner's, if imports are the matter.

    `statement` is what failed.
    """
    if "NameError" in raised.types:
        return _say_not_imported(course, file, raised.message)
    imported = read_import(statement) if "ImportError" in raised.types else None
    if not imported:
        return ""
    return (
        _say_own(course, file, imported)
        or _say_later(course, file, imported)
        or _say_exercise(course, imported)
        or _say_beside(course, file, imported)
    )


def _say_not_imported(course: Course, file: Submission, message: str) -> str:
    found = _NO_NAME.match(message)
    for exercise in course.earlier(file.exercise) if found else ():
        if found and found[1] in functions_of(course, exercise):
            missing = _line_of_import(course, exercise, [found[1]])
            return f"{missing} is missing at the top of the file"
    return ""


def _say_own(course: Course, file: Submission, imported: Import) -> str:
    """Say that a file imports what it is itself to define, from itself or from elsewhere."""
    asked = functions_of(course, file.exercise)
    own = [name for name in imported.names if name in asked]
    if imported.module not in (file.module, file.exercise, f".{file.exercise}") and not own:
        return ""
    wanted = [f"`{name}`" for name in own or asked]
    written = "write it" if len(wanted) == 1 else "write them"
    return f"This file is to define {listed(wanted)}: take the import out, and {written} here"


def _say_later(course: Course, file: Submission, imported: Import) -> str:
    """Say that an exercise that comes after this one cannot be imported."""
    names = [name for name, module in course.modules.items() if module == imported.module]
    if not names or names[0] in course.earlier(file.exercise):
        return ""
    return f"{names[0]} comes after {file.exercise}, and only earlier exercises can be imported"


def _say_exercise(course: Course, imported: Import) -> str:
    """Say how the exercise is imported that is meant, if one is."""
    path = imported.module.strip(".").split(".")
    meant = [name for name in (path[-1], *imported.names) if name in course.exercises]
    if path[0] == "exercises" and len(path) > 1 and not meant:
        meant = difflib.get_close_matches(path[-1], course.exercises, n=1)
    if not meant or imported.module == course.modules[meant[0]]:
        return ""
    functions = functions_of(course, meant[0])
    names = [name for name in imported.names if name in functions] or functions
    return f"That exercise is imported with {_line_of_import(course, meant[0], names)}"


def _say_beside(course: Course, file: Submission, imported: Import) -> str:
    """Say that a file of the learner's own is not taken along, if there is one of that name."""
    parts = [part for part in imported.module.split(".") if part]
    if not parts or imported.module in course.modules.values():
        return ""
    folders = [(course.root / file.path).parent, Path(file.path).parent, course.root]
    for place in [*(folder / parts[0] for folder in folders), course.root.joinpath(*parts)]:
        if os.path.isfile(place.with_suffix(".py")):  # which a name that is none does not trouble
            return (
                f"`{place.name}.py` is not an exercise, and only exercises are taken along,"
                " so put what you need of it into this file"
            )
    return ""


def _line_of_import(course: Course, exercise: str, names: Sequence[str]) -> str:
    return f"`from {course.modules[exercise]} import {', '.join(names)}`"
