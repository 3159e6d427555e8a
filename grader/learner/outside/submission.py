"""Reading a learner's file, once. The bytes read are the bytes graded."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from grader.course.course import Course
from grader.errors import RefusedError, in_one_line
from grader.files import read_open
from grader.learner.outside.encodings import text_of
from grader.records import Submission

MAX_BYTES, MAX_LINES = 1_000_000, 50_000
_TOO_LONG = "An answer is a few lines: take out data and generated text."


def read_submission(course: Course, exercise: str, path: Path | None = None) -> Submission:
    """Read the answer to an exercise: the learner's file in the course, or the one at `path`.

    No link is followed, neither in the file's place nor on the way there (see `_way`). With a file
    that lies elsewhere come those `beside` it: whoever wrote it wrote these.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    RefusedError
        It is not a regular file of its own, of text as Python reads it, of at most 1 MB.
    """
    own = course.exercise_path(exercise)
    submission = _read(course, exercise, path or own)
    if path is None or Path.cwd() / path == own:
        return submission
    return submission._replace(beside=_read_beside(course, exercise, path))


def submission_of(course: Course, exercise: str, name: str, body: bytes) -> Submission:
    """Return the answer in a file called `name` that somebody else has read: what is in it.

    Raises
    ------
    RefusedError
        It is no text as Python reads it, or of more than 1 MB, or of 50,000 lines.
    """
    if len(body) > MAX_BYTES:
        raise _too_large(name, MAX_BYTES, _TOO_LONG)
    if max(map(body.count, (b"\n", b"\r"))) > MAX_LINES:
        raise RefusedError(f"it has more than {MAX_LINES:,} lines", where=name, next=_TOO_LONG)
    return Submission(exercise, course.unit_of(exercise), name, text_of(body, name))


def file_body(course: Course, path: Path) -> bytes:
    """Return what is in a learner's file, as `read_submission` reads it."""
    return read_regular(course, path, MAX_BYTES, _TOO_LONG)


def _read(course: Course, exercise: str, path: Path) -> Submission:
    return submission_of(course, exercise, course.display(path), file_body(course, path))


def _too_large(name: str, limit: int, advice: str) -> RefusedError:
    return RefusedError(f"the file is larger than {limit:,} bytes", where=name, next=advice)


def _read_beside(course: Course, exercise: str, path: Path) -> dict[str, Submission]:
    """Read the answers to earlier exercises that lie beside one, in units' folders or in its own.

    One that cannot be read counts as one that is not there.
    """
    folder, found = path.parent, dict[str, Submission]()
    is_in_unit = (Path.cwd() / folder).name == course.unit_of(exercise)
    above = folder.parent if folder.name not in ("", "..") else folder / ".."
    for name in course.earlier(exercise):
        places = [above / course.unit_of(name) / f"{name}.py"] if is_in_unit else []
        for place in (*places, folder / f"{name}.py"):
            with contextlib.suppress(FileNotFoundError, RefusedError):
                found.setdefault(name, _read(course, name, place))
    return found


def read_regular(course: Course, path: Path, limit: int, advice: str) -> bytes:
    """Return what is in a file as `read_submission` reads one: of its own, and of so many bytes.

    `advice` is what to do about a larger one. What is in the file is for the caller to judge.
    """
    name = course.display(path)
    root, parts = _way(course, path)
    try:
        descriptor = _open_below(root, parts)
        if _has_another_name(os.fstat(descriptor)):
            os.close(descriptor)
            raise OSError(errno.EMLINK, "it has another name")
        return read_open(descriptor, limit)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise _too_large(name, limit, advice) from error
        raise _refusal(path, name, _link_on(root, parts) or error.strerror or str(error)) from error


def _has_another_name(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_nlink > 1


def _way(course: Course, path: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the folder from which on no link is followed to a file, and the steps from there.

    It is the course's, the one that somebody stands in, their home, or the one for temporary files:
    how one gets there was not arranged by whoever hands in. To any other place the way begins at
    the root.
    """
    if path.is_relative_to(course.root):
        return course.root, path.relative_to(course.root).parts
    if not path.is_absolute():
        folder, parts = Path.cwd(), path.parts
        while parts[:1] == ("..",):
            folder, parts = folder.parent, parts[1:]
        return folder, parts
    known = os.getcwd(), os.path.expanduser("~"), os.environ.get("TMPDIR", "/tmp"), path.anchor
    root = next(Path(folder) for folder in known if path.is_relative_to(folder))
    return root, path.relative_to(root).parts


def _link_on(root: Path, parts: Sequence[str]) -> str:
    """Say which step on the way to a file is a link, if one is."""
    way = root
    for part in parts[:-1]:
        way /= part
        if way.is_symlink():
            return f"the folder {in_one_line(str(way))}, on the way there, is a link"
    return ""


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
    return RefusedError(
        f"cannot read the answer: {reason}",
        where=name,
        next="Put a plain Python file there, at a path without links; `grader reset` writes the"
        " stub again.",
    )


_IMPORT = re.compile(rb"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+([\w., \t]+)", re.MULTILINE)
_MOST_IMPORTED, _LONGEST = 20, 100


def imported_packages(submission: Submission) -> tuple[str, ...]:
    """Return what of its course's packages a file imports, as far as its lines say so."""
    if not submission.packages:
        return ()
    from grader.course.packages import modules_of  # most courses have none, and do not wait for it

    tops, found = modules_of(submission.packages), dict[str, None]()
    for home, names in _IMPORT.findall(submission.source):
        for name in names.decode().split(","):
            first = name.split()[:1]  # what comes behind `as` is all one
            whole = ".".join([*([home.decode()] if home else []), *first])
            parts = [home.decode(), whole] if home else [whole]
            known = (each for each in parts if each.partition(".")[0] in tops)
            found |= dict.fromkeys(each for each in known if len(each) <= _LONGEST)
    return tuple(found)[:_MOST_IMPORTED]
