"""Names that are names, and places in a course that no link leads out of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grader.errors import CourseError, UsageError

# Whatever is not of these could lead elsewhere in a path, or be read as something else.
_NAME = re.compile(r"\w{1,100}")


def is_name(value: object) -> bool:
    """Tell whether something is a name: letters, digits and _, and so no path."""
    return isinstance(value, str) and bool(_NAME.fullmatch(value))


def require_names(names: Iterable[object], kind: str, where: Path) -> None:
    """Raise `CourseError` unless all are letters, digits and _: paths are made of them."""
    for name in names:
        if not is_name(name):
            raise CourseError(
                f"{name!r} cannot be the name of {kind}: it is made of letters, digits and _",
                where=str(where),
                next="Rename it there, and whatever is called by that name.",
            )


def require_no_link(root: Path, path: Path) -> None:
    """Raise `UsageError` if a step from a course's folder to a place in it is a link."""
    way = root
    for part in path.relative_to(root).parts:
        way /= part
        if way.is_symlink():
            raise UsageError(
                "this is a link, and may lead out of the course: nothing is read or written there",
                where=str(way),
                next="Put a plain file or folder in its place.",
            )
