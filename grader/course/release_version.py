"""The version of a release: a hash over every file that decides a verdict, taken anew when read."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.errors import CourseError
from grader.files import json_of, read_regular

RELEASE = "release.json"
FORMAT = 3  # the versions of earlier ones were of other files
_DECIDING = (
    *("course.yaml", "habits.yaml", "quizzes/*.yaml"),
    *("keys/*/*.json", "keys/*/*.npz", "keys/*/*.py"),
)
_BINARY = ".npz"
_MAX_BYTES = 2**28
_MAX_JSON = 1_000_000  # bytes of release.json


def claimed_version(root: Path) -> str:
    """Return which release a course says that it is; nothing where it is none.

    One whose files are not those that it was released with, or cannot be told from those, says so.

    Raises
    ------
    CourseError
        It does not say which.
    """
    path = root / RELEASE
    if not path.is_file():
        return ""
    try:
        return str(read_claims(root)["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"this does not say which release it is: {error}",
            where=str(path),
            next="Get the course again from whoever gave it to you.",
        ) from error


def read_claims(root: Path) -> Any:
    """Return what release.json holds; raise `OSError` or `ValueError` where it holds nothing."""
    return json_of(read_regular(root / RELEASE, _MAX_JSON))


def checked_version(root: Path, claimed: str) -> str:
    """Return the version that a course claims, and whether its files are those of that version."""
    if not claimed:
        return ""
    try:
        if claimed == _version(root, _stamps(root)):
            return claimed
        can_be_checked = read_claims(root).get("format") == FORMAT
    except (OSError, ValueError, AttributeError):  # it changes while it is read
        can_be_checked = True
    return f"{claimed}, {'changed' if can_be_checked else 'not checked'}"


def version_of(root: Path) -> str:
    """Return the hash of all that decides a verdict in a released course."""
    digest = hashlib.sha256()
    for path in _deciding(root):
        name, body = path.relative_to(root).as_posix().encode(), _body(path)
        digest.update(b"%d %s %d " % (len(name), name, len(body)) + body)
    return digest.hexdigest()[:16]


@lru_cache(maxsize=8)
def _version(root: Path, stamps: tuple[tuple[int, ...], ...]) -> str:
    """Return the version anew where a file was touched: `stamps` are there to tell."""
    return version_of(root)


def _deciding(root: Path) -> list[Path]:
    return sorted(path for pattern in _DECIDING for path in root.glob(pattern))


def _stamps(root: Path) -> tuple[tuple[int, ...], ...]:
    known = (path.lstat() for path in _deciding(root))
    return tuple((each.st_ino, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for each in known)


def _body(path: Path) -> bytes:
    """Return what is in a file, with line ends as they were released; nothing of what is none."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
        return os.fsencode(f"no file: {status.st_mode}")
    body = path.read_bytes()
    return body if path.suffix == _BINARY else body.replace(b"\r\n", b"\n")
