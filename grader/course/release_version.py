"""The version of a release: a hash over all that decides a verdict, taken anew when read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from grader.course.contents import read_contents
from grader.errors import CourseError
from grader.files import json_of, pieces_of, read_regular

RELEASE = "release.json"
FORMAT = 5  # the versions of earlier ones were of less, or of other files
_BEGINS = f"{FORMAT}-"
_DECIDING = (
    *("habits.yaml", "quizzes/*.yaml"),
    *("keys/*/*.json", "keys/*/*.npz", "keys/*/*.py"),
)
_BINARY = ".npz"
_MAX_FILES, _MAX_BYTES = 10_000, 2**28  # of all of them: this course has 15 MB in 291 files
_MAX_TEXT = 2**24  # bytes of one that is a text
_MAX_JSON = 1_000_000  # bytes of release.json
_MAX_NAME = 40  # characters of a version: ours have 18


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
        return version_in(read_claims(root))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"this does not say which release it is: {error}",
            where=str(path),
            next="Get the course again from whoever gave it to you.",
        ) from error


def version_in(claims: Any) -> str:
    """Return the version that release.json tells, as one word; its files say whether it is so."""
    return re.sub(r"\W+", "-", str(claims["version"]))[:_MAX_NAME]


def read_claims(root: Path) -> Any:
    """Return what release.json holds; raise `OSError` or `ValueError` where it holds nothing."""
    return json_of(read_regular(root / RELEASE, _MAX_JSON))


def checked_version(root: Path, claimed: str) -> str:
    """Return the version that a course claims, and whether its files are those of that version.

    Versions of earlier formats cannot be checked. A version begins with its format, so that
    nothing beside it can say that it is one of these.
    """
    if not claimed:
        return ""
    can_be_checked = claimed.startswith(_BEGINS)
    try:
        if claimed == version_of(root):
            return claimed
        can_be_checked = can_be_checked or read_claims(root).get("format") == FORMAT
    except (OSError, ValueError, AttributeError, CourseError):  # as none that was made is
        can_be_checked = True
    return f"{claimed}, {'changed' if can_be_checked else 'not checked'}"


def version_of(root: Path) -> str:
    """Return the hash of all that decides a verdict in a released course.

    Raises
    ------
    CourseError
        It is more than a release may have.
    """
    return _version(root, _contents(root), _stamps(root))


def _contents(root: Path) -> str:
    """Return what is taken from course.yaml: there may be a copy, which is read in its place.

    The order of units counts as that of exercises does: earlier ones can be imported.
    """
    return json.dumps(read_contents(root / "course.yaml", keep=False))


@lru_cache(maxsize=8)
def _version(root: Path, contents: str, stamps: tuple[tuple[int, ...], ...]) -> str:
    """Return the version anew where a file was touched: `stamps` are there to tell."""
    digest = hashlib.sha256(contents.encode())
    for path in _deciding(root):
        name = path.relative_to(root).as_posix().encode()
        size, pieces = _body(path)
        digest.update(b"%d %s %d " % (len(name), name, size))
        for piece in pieces:
            digest.update(piece)
    return f"{_BEGINS}{digest.hexdigest()[:16]}"


def _deciding(root: Path) -> list[Path]:
    every = (path for pattern in _DECIDING for path in root.glob(pattern))
    ours = (path for path in every if not path.name.startswith("."))  # systems and editors add some
    found = [*islice(ours, _MAX_FILES + 1)]
    if len(found) > _MAX_FILES or sum(path.lstat().st_size for path in found) > _MAX_BYTES:
        raise _too_much(root)
    return sorted(found)


def _stamps(root: Path) -> tuple[tuple[int, ...], ...]:
    known = (path.lstat() for path in _deciding(root))
    return tuple((each.st_ino, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for each in known)


def _body(path: Path) -> tuple[int, Iterator[bytes]]:
    """Return the size of a file and what is in it, with line ends as they were released.

    Of what is no file, there is nothing but that.
    """
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        said = os.fsencode(f"no file: {status.st_mode}")
        return len(said), iter([said])
    if path.suffix == _BINARY:
        return status.st_size, pieces_of(path, status.st_size)
    if status.st_size > _MAX_TEXT:
        raise _too_much(path)
    body = path.read_bytes().replace(b"\r\n", b"\n")
    return len(body), iter([body])


def _too_much(path: Path) -> CourseError:
    return CourseError(
        "this is more than a release may have",
        where=str(path),
        next=f"All that is checked of one is {_MAX_FILES:,} files of {_MAX_BYTES >> 20} MB, and"
        f" {_MAX_TEXT >> 20} MB of a text.",
    )
