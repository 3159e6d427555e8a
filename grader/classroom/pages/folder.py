"""A folder of pages with names and marks, for its owner alone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from itertools import chain
from pathlib import Path, PurePosixPath

from grader.classroom.export import write_private
from grader.errors import UsageError, in_one_line

_LIST = ".grader-pages"  # what was written here, so that all of it can be taken away again
_UNSEEN = ".gitignore"  # a course is often a repository; no names are to get there


def write_pages(folder: Path, pages: Iterable[tuple[str, bytes]]) -> int:
    """Write pages in the place of all that was written here before, and return how many.

    What is not ours is left alone.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    count = 0
    try:
        _make_private(folder)
        _clear(folder)
        write_private(folder / _LIST, b"")
        with (folder / _LIST).open("a", 1, "utf-8") as written:
            for name, body in chain([(_UNSEEN, b"*\n")], pages):
                written.write(f"{name}\n")  # first, lest it is forgotten
                _make_private((folder / name).parent)
                write_private(folder / name, body)
                count += name != _UNSEEN
    except OSError as error:
        raise UsageError(
            f"the pages cannot be written: {error.strerror or error}",
            where=in_one_line(str(folder)),
            next="Name a folder that is yours: -o FOLDER",
        ) from error
    return count


def _make_private(folder: Path) -> None:
    """Make a folder that only its owner can look into; one that was there stays as it is."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)


def _clear(folder: Path) -> None:
    """Take away what was written before: pages of others, or with names, would stay among these."""
    if not any(folder.iterdir()):
        folder.chmod(0o700)
        return
    if not (folder / _LIST).is_file():
        raise UsageError(
            "there is something else in this folder",
            where=in_one_line(str(folder)),
            next="Name a folder that is empty, or that does not exist yet: -o FOLDER",
        )
    for name in (folder / _LIST).read_text("utf-8").splitlines():
        inside = PurePosixPath(name)
        if not inside.is_absolute() and ".." not in inside.parts:
            (folder / inside).unlink(missing_ok=True)
