"""A folder of pages with names and marks, for its owner alone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from grader.classroom.export import write_private
from grader.errors import UsageError, in_one_line
from grader.files import read_regular

_LIST = ".grader-pages"  # what was written here, so that all of it can be taken away again
_MAX_LIST = 50_000_000
_MAX_TOLD = 5  # names of pages
_UNSEEN = ".gitignore"  # a course is often a repository; no names are to get there


def write_pages(folder: Path, pages: Iterable[tuple[str, bytes]]) -> int:
    """Write pages in the place of all that was written here before, and return how many.

    What is not ours is left alone. A page that cannot be written keeps no other from being.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written, or a page cannot: last, then.
    """
    count, failed = 0, dict[str, UsageError]()
    try:
        _make_private(folder)
        _clear(folder)
        write_private(folder / _LIST, b"")
        with (folder / _LIST).open("a", 1, "utf-8") as written:
            for name, body in chain([(_UNSEEN, b"*\n")], pages):
                written.write(f"{name}\n")  # first, lest it is forgotten
                try:
                    _write(_inside(folder, name), body)
                    count += name != _UNSEEN
                except UsageError as error:
                    failed[name] = error
                except UnicodeEncodeError:
                    failed[name] = UsageError("names of files have no such letters here")
    except OSError as error:
        raise UsageError(
            f"the pages cannot be written: {error.strerror or error}",
            where=in_one_line(str(folder)),
            next="Name a folder that is yours: -o FOLDER",
        ) from error
    if failed:
        raise _say_failed(folder, failed, count)
    return count


def _write(path: Path, body: bytes) -> None:
    _make_private(path.parent)
    write_private(path, body)


def _inside(folder: Path, name: str) -> Path:
    """Return the place of a page; raise `UsageError` where that is not within the folder."""
    path = folder / name
    is_odd = "\0" in name or ".." in Path(name).parts
    if is_odd or not path.parent.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{name!r} leads out of the folder")
    return path


def _say_failed(folder: Path, failed: Mapping[str, UsageError], count: int) -> UsageError:
    names = ", ".join(map(in_one_line, [*failed][:_MAX_TOLD]))
    more = f" and {len(failed) - _MAX_TOLD:,} more" if len(failed) > _MAX_TOLD else ""
    return UsageError(
        f"{count:,} written, and not {names}{more}: {next(iter(failed.values())).what}",
        where=in_one_line(str(folder)),
        next="Make room, or name a folder that is yours, with a short name: -o FOLDER",
    )


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
    for name in read_regular(folder / _LIST, _MAX_LIST).decode("utf-8", "replace").splitlines():
        with contextlib.suppress(UsageError):  # it is none of ours
            _inside(folder, name).unlink(missing_ok=True)
