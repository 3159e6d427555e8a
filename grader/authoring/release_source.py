"""A new release, wherever it was put: a folder, or a zip of one."""

from __future__ import annotations

import os
import shlex
import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath
from tempfile import TemporaryDirectory

from grader.course.course import CONTENTS, Course, read_course
from grader.course.release_file import read_release
from grader.course.release_version import FORMAT, RELEASE
from grader.errors import UsageError

# Of all files of a release together, unpacked; of one of them; and how many there may be, how deep.
MAX_BYTES, MAX_FILE = 200_000_000, 50_000_000
MAX_FILES, MAX_DEPTH = 5000, 20
_GET_AGAIN = "Get it again from whoever gave it to you."


@contextmanager
def open_release(place: Path) -> Iterator[Course]:
    """Give the release at a place, unpacked if it is a zip, for as long as it is used.

    Raises
    ------
    UsageError
        It is no release, or one that this grader is too old for.
    """
    if place.is_dir():
        try:
            files = list(files_in(place))
        except OSError as error:
            raise UsageError(f"this cannot be read: {error.strerror}", where=str(place)) from error
        _require_modest(files, place)
        yield _release_in(place, place)
        return
    with TemporaryDirectory() as temporary:
        _unpack(place, Path(temporary))
        yield _release_in(Path(temporary), place)


def _release_in(folder: Path, place: Path) -> Course:
    """Return the release in a folder, or in the one folder that it holds."""
    inner = [path for path in folder.iterdir() if (path / RELEASE).is_file()]
    if not (folder / RELEASE).is_file() and len(inner) == 1:
        (folder,) = inner
    if not all((folder / name).is_file() for name in (RELEASE, CONTENTS)):
        raise UsageError(
            f"this is no release: it needs a {RELEASE} and a {CONTENTS}",
            where=str(place),
            next="A release is what `grader release` wrote: its folder, or a zip of that.",
        )
    if read_release(folder).format > FORMAT:
        wheel = next(folder.glob("*.whl"), Path("of the release"))
        raise UsageError(
            "this release is made for a newer grader",
            where=str(place),
            next="Unpack it, install the wheel in it, and update again: python -m pip install "
            + shlex.quote(wheel.name),
        )
    return read_course(folder.resolve())


def _unpack(place: Path, folder: Path) -> None:
    """Unpack what is a file in a zip and lies within; what programs put there by the way is not."""
    try:
        if not place.is_file():
            raise OSError("it is not a regular file")
        with zipfile.ZipFile(place) as archive:
            entries = archive.infolist()
            _require_modest([(_inside(entry), entry.file_size) for entry in entries], place)
            for entry in entries:
                inside = _inside(entry)
                _refuse_outside(inside, entry, place)
                is_own = any(part.startswith((".", "__MACOSX")) for part in inside.parts)
                if not entry.is_dir() and not is_own:
                    target = folder.joinpath(*inside.parts)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(entry))
    except UsageError:
        raise
    except OSError as error:
        raise UsageError(
            f"this cannot be unpacked: {error.strerror or error}", where=str(place)
        ) from error
    except Exception as error:  # whatever it is that the ways of packing say of damage
        raise UsageError(
            f"this is neither a folder nor a zip that can be read: {error}",
            where=str(place),
            next=_GET_AGAIN,
        ) from error


def _inside(entry: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(entry.filename.replace("\\", "/"))


def files_in(folder: Path) -> Iterator[tuple[PurePath, int]]:
    """Yield what is below a folder, by its path from there, with its size; nothing hidden."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                size = entry.stat(follow_symlinks=False).st_size
                yield Path(entry.path).relative_to(folder), size


def is_modest(files: Sequence[tuple[PurePath, int]]) -> bool:
    """Tell whether files, by their paths and sizes, are no more than a release may hold."""
    sizes = [size for _, size in files]
    deepest = max((len(path.parts) for path, _ in files), default=0)
    is_large = sum(sizes) > MAX_BYTES or max(sizes, default=0) > MAX_FILE
    return not (is_large or len(files) > MAX_FILES or deepest > MAX_DEPTH)


def _require_modest(files: Sequence[tuple[PurePath, int]], place: Path) -> None:
    """Refuse what holds more than any course, before it is looked into."""
    if not is_modest(files):
        raise UsageError("this holds more than a course", where=str(place), next=_GET_AGAIN)


def _refuse_outside(inside: PurePosixPath, entry: zipfile.ZipInfo, place: Path) -> None:
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if inside.is_absolute() or ".." in inside.parts or ":" in entry.filename or is_link:
        raise UsageError(
            f"this zip holds what leads out of it: {entry.filename!r}",
            where=str(place),
            next=_GET_AGAIN,
        )
