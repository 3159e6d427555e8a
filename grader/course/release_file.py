"""What release.json says: which release this is, which checks are in it, and which files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grader.course.release_version import read_claims, version_in
from grader.errors import readable

_MAX_PARTS, _MAX_NAME = 15, 255  # folders on the way to a file, with itself, and bytes of each
_MAX_HASH = 100  # characters of one, which each grade is recorded with: ours have 16


class ReleaseFile(NamedTuple):
    """A release: the version of its form and its own, hashes of each exercise's checks and file.

    Earlier releases say nothing of checks and files.
    """

    version: str = ""
    format: int = 1
    checks: Mapping[str, str] = {}
    files: Mapping[str, str] = {}


def read_release(root: Path) -> ReleaseFile:
    """Read the release.json of a course; one that says nothing where there is none to be read.

    Reading the course says what is wrong with it.
    """
    try:
        contents = read_claims(root)
        checks, files = (
            {readable(str(name)): readable(str(value)) for name, value in listed.items()}
            for listed in (contents.get(key, {}) for key in ("checks", "files"))
        )
        checks = {name: value for name, value in checks.items() if len(value) <= _MAX_HASH}
        files = {name: value for name, value in files.items() if _can_be_a_path(name)}
        form = int(contents.get("format", 1))
        return ReleaseFile(version_in(contents), form, checks, files)
    except (OSError, ArithmeticError, ValueError, KeyError, TypeError, AttributeError):
        return ReleaseFile()


def _can_be_a_path(name: str) -> bool:
    """Tell whether a file may be called so: on no system has one a longer name."""
    parts = name.split("/")
    return len(parts) <= _MAX_PARTS and all(len(part.encode()) <= _MAX_NAME for part in parts)
