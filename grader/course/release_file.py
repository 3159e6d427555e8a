"""What release.json says: which release this is, which checks are in it, and which files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grader.course.course import RELEASE


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
        contents = json.loads((root / RELEASE).read_bytes())
        checks, files = (
            {str(name): str(value) for name, value in contents.get(key, {}).items()}
            for key in ("checks", "files")
        )
        form = int(contents.get("format", 1))
        return ReleaseFile(str(contents["version"]), form, checks, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ReleaseFile()
