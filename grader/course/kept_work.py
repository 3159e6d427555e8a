"""Copies of what a learner wrote, as it was last graded and as it last passed.

They are there should a file be overwritten by a stub, which happens where a release is copied over
a course by hand: a stub has the name of the work. Whoever has begun to write into such a stub is
not told apart from whoever begins anew, so what has passed has a copy of its own.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from grader.course.course import Course
from grader.course.places import require_no_link, unused
from grader.course.progress import FOLDER
from grader.errors import UsageError
from grader.exercise.unwritten import UNWRITTEN, is_untouched
from grader.files import replace_file

_MOST = 1_000_000  # bytes; more is no answer


def copy_path(course: Course, exercise: str) -> Path:
    """Return where the copy of an exercise is."""
    return course.root / FOLDER / "kept" / f"{exercise}.py"


def keep_work(course: Course, exercise: str, has_passed: bool = False) -> None:
    """Copy the learner's file of an exercise, if something is written in it, through no link."""
    path, copy = course.exercise_path(exercise), copy_path(course, exercise)
    try:
        require_no_link(course.root, path)
    except UsageError:
        return  # it was refused, whatever lies there
    source = b"" if _is_stub(path) else _body(path)
    passed = [copy.with_name(f"{exercise}-passed.py")] if has_passed else []
    for each in (copy, *passed):
        with contextlib.suppress(OSError, UsageError):  # a copy is more than was promised
            require_no_link(course.root, each)
            if source.strip() and _body(each) != source:
                each.parent.mkdir(parents=True, exist_ok=True)
                replace_file(each, source)


def settle_work(course: Course, exercise: str, kept: Path) -> Path | None:
    """Drop the copy if `kept` holds the same; else give it a name of its own, and return that."""
    copy = copy_path(course, exercise)
    if _body(copy) != _body(kept):
        return copy_aside(course, exercise)
    with contextlib.suppress(OSError):
        copy.unlink()
    return None


def overwritten(course: Course) -> Iterator[tuple[Path, Path]]:
    """Yield each file in which work has become a stub, and where the work is.

    The copy gets a name that no later one takes, so each is told of once.
    """
    for exercise in course.exercises:
        path = course.exercise_path(exercise)
        has_copy = os.path.isfile(copy_path(course, exercise))  # also where nobody may look
        if has_copy and _is_stub(path) and (aside := copy_aside(course, exercise)):
            yield path, aside


def copy_aside(course: Course, exercise: str) -> Path | None:
    """Give the copy a name that no later one takes, and return that; None where there is none."""
    copy = copy_path(course, exercise)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    with contextlib.suppress(OSError, UsageError):
        require_no_link(course.root, copy)
        if copy.is_file():
            aside = unused(copy.with_name(f"{exercise}-{stamp}-graded.py"))
            os.replace(copy, aside)
            return aside
    return None


def _is_stub(path: Path) -> bool:
    source = _body(path)
    return UNWRITTEN.encode() in source and is_untouched(source)


def _body(path: Path) -> bytes:
    """Return what is in a file; nothing where that is no answer at all."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST:
            return b""
        return path.read_bytes()
    except OSError:
        return b""
