"""New exercises and quizzes: each begins as a small one that works, to be changed bit by bit."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import NamedTuple

from grader.authoring.contents import add_name, rewrite, title_of
from grader.authoring.init import refuse_taken, write_new
from grader.authoring.stubs import write_stub
from grader.course.contents import MAX_LISTED, NO_TEXTS
from grader.course.course import CONTENTS, Course, read_course
from grader.course.places import meaning_of, require_no_link
from grader.errors import UsageError

TEMPLATES = Path(__file__).parent / "templates"
EXERCISE, QUIZ = TEMPLATES / "exercise.py.txt", TEMPLATES / "quiz.yaml"

_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
# Names that mean something else in a definition, as a folder or to a command.
_RESERVED = {"exercise", "inputs", "np", "documents", "quizzes", "exercises"}


class Created(NamedTuple):
    """The files that were written, the one to change first, and whether the unit is a new one."""

    files: tuple[Path, ...]
    unit_is_new: bool


def new_exercise(course: Course, name: str, unit: str) -> Created:
    """Write a definition that works, its line in course.yaml, and its stub."""
    _check(course, name, unit, "exercise", course.exercises)
    inside = Path(unit, f"{name}.py")
    definition, stub = (course.root / folder / inside for folder in ("solutions", "exercises"))
    for path in (definition, stub):
        require_no_link(course.root, path)
    refuse_taken([stub])
    contents = add_name(course.root / CONTENTS, unit, "exercises", name)
    write_new({definition: _filled(EXERCISE, name)})
    rewrite(course.root / CONTENTS, contents)
    write_stub(read_course(course.root), name)
    return Created((definition, stub), unit_is_new=not _has_unit(course, unit))


def new_quiz(course: Course, name: str, unit: str) -> Created:
    """Write a quiz of two questions, and its line in course.yaml."""
    _check(course, name, unit, "quiz", course.quizzes)
    require_no_link(course.root, course.quiz_path(name))
    contents = add_name(course.root / CONTENTS, unit, "quizzes", name)
    write_new({course.quiz_path(name): _filled(QUIZ, name)})
    rewrite(course.root / CONTENTS, contents)
    return Created((course.quiz_path(name),), unit_is_new=not _has_unit(course, unit))


def _has_unit(course: Course, unit: str) -> bool:
    return any(known.name == unit for known in course.units)


def _text(template: Path) -> str:
    return template.read_text("utf-8")


def _filled(template: Path, name: str) -> str:
    dashed = name.replace("_", "-")
    return (
        _text(template)
        .replace("NAME", name)
        .replace("TITLE", title_of(name))
        .replace("DASHED", dashed)
    )


def _check(course: Course, name: str, unit: str, kind: str, taken: tuple[str, ...]) -> None:
    course.require_definitions()
    words = {kind: name} if _has_unit(course, unit) else {kind: name, "unit": unit}
    for thing, word in words.items():
        if not _NAME.fullmatch(word) or keyword.iskeyword(word) or word in NO_TEXTS:
            raise UsageError(
                f"{word!r} cannot be the name of {_a(thing)}",
                next="Take lower-case letters, digits and underscores, at most 100, a letter first,"
                " and no word of Python's or YAML's own: layer_norm, week_2.",
            )
    if name in _RESERVED or re.search(rf"^def {name}\b", _text(EXERCISE), re.MULTILINE):
        raise UsageError(
            f"{name!r} has a meaning of its own, and cannot be the name of {_a(kind)}",
            next="Choose another name.",
        )
    if kind == "exercise" and (what := meaning_of(name, course.packages)):
        raise UsageError(
            f"{name!r} is {what}, and cannot be the name of an exercise",
            next=f"Choose another name: my_{name}.",
        )
    if len(taken) >= MAX_LISTED:
        raise UsageError(
            f"this course has {MAX_LISTED} already, and no more are read", next="Begin another one."
        )
    if name in taken:
        raise UsageError(
            f"there is {_a(kind)} called {name!r} already",
            next=f"Choose another name, or change that one and run: grader prove {name}",
        )


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "exercise" else f"a {kind}"
