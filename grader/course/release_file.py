"""What release.json says: which release this is, which checks are in it, and which files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grader.errors import CourseError

RELEASE = "release.json"
FORMAT = 1


class ReleaseFile(NamedTuple):
    """A release: the hash of all that is in it, that of each exercise's checks, of each file.

    Earlier releases say nothing of checks and files.
    """

    version: str
    format: int = FORMAT
    checks: Mapping[str, str] = {}
    files: Mapping[str, str] = {}


def read_release(root: Path) -> ReleaseFile | None:
    """Read the release.json of a course; None where it has none.

    Raises
    ------
    CourseError
        It does not say which release it is.
    """
    path = root / RELEASE
    if not path.is_file():
        return None
    try:
        contents = json.loads(path.read_bytes())
        checks, files = (
            {str(name): str(value) for name, value in contents.get(key, {}).items()}
            for key in ("checks", "files")
        )
        version, form = str(contents["version"]), int(contents.get("format", FORMAT))
        return ReleaseFile(version, form, checks, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"this does not say which release it is: {error}",
            where=str(path),
            next="Get the course again from whoever gave it to you.",
        ) from error
