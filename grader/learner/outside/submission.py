"""Reading a learner's file, once. The bytes read are the bytes graded."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from grader.course.course import Course
from grader.errors import RefusedError
from grader.files import read_open
from grader.learner.outside.encodings import text_of
from grader.records import Submission

MAX_BYTES = 1_000_000
_TOO_LONG = "An answer is a few lines: take out data and generated text."


def read_submission(course: Course, exercise: str, path: Path | None = None) -> Submission:
    """Read the answer to an exercise: the learner's file in the course, or the one at `path`.

    Below the course's folder, or that of a file outside of it, no link is followed, neither in the
    file's place nor on the way there.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    RefusedError
        It is not a regular file of its own, of text as Python reads it, of at most 1 MB.
    """
    path = path or course.exercise_path(exercise)
    name = course.display(path)
    source = text_of(read_regular(course, path, MAX_BYTES, _TOO_LONG), name)
    return Submission(exercise, course.unit_of(exercise), name, source)


def read_regular(course: Course, path: Path, limit: int, advice: str) -> bytes:
    """Return what is in a file as `read_submission` reads one: of its own, and of so many bytes.

    `advice` is what to do about a larger one. What is in the file is for the caller to judge.
    """
    name = course.display(path)
    root = course.root if path.is_relative_to(course.root) else path.parent
    try:
        descriptor = _open_below(root, path.relative_to(root).parts)
        if _has_another_name(os.fstat(descriptor)):
            os.close(descriptor)
            raise OSError(errno.EMLINK, "it has another name")
        return read_open(descriptor, limit)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.EFBIG:
            too_large = f"the file is larger than {limit:,} bytes"
            raise RefusedError(too_large, where=name, next=advice) from error
        raise _refusal(path, name, error.strerror or str(error)) from error


def _has_another_name(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_nlink > 1


def _open_below(root: Path, parts: Sequence[str]) -> int:
    """Open a file below `root` step by step, following no link and waiting for no pipe."""
    if ".." in parts:
        raise OSError("the path leads out of the course")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if os.open not in os.supports_dir_fd:  # Windows, where a link needs rights to be made
        return os.open(root.joinpath(*parts), flags | getattr(os, "O_BINARY", 0))
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, flags | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], flags, dir_fd=folder)
    finally:
        os.close(folder)


def _refusal(path: Path, name: str, reason: str) -> RefusedError:
    if path.is_dir():
        reason = "it is a folder"
    elif path.is_symlink():
        reason = "it is a link"
    elif path.parent.is_symlink() or path.parent.parent.is_symlink():
        reason = "its folder is a link"
    return RefusedError(
        f"cannot read the answer: {reason}",
        where=name,
        next="Put a plain Python file there; `grader reset` writes the stub again.",
    )
