"""A new release, wherever it was put: a folder, or a zip of one."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from grader.authoring.release import FORMAT
from grader.course.course import CONTENTS, RELEASE, Course, read_course
from grader.course.release_file import read_release
from grader.errors import UsageError

MAX_BYTES = 1_000_000_000  # of all files of a zip together, unpacked
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
            + wheel.name,
        )
    return read_course(folder.resolve())


def _unpack(place: Path, folder: Path) -> None:
    """Unpack what is a file in a zip and lies within; what programs put there by the way is not."""
    try:
        with zipfile.ZipFile(place) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise UsageError("this zip holds more than a course", where=str(place))
            for entry in archive.infolist():
                inside = PurePosixPath(entry.filename.replace("\\", "/"))
                _refuse_outside(inside, entry, place)
                is_own = any(part.startswith((".", "__MACOSX")) for part in inside.parts)
                if not entry.is_dir() and not is_own:
                    target = folder.joinpath(*inside.parts)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(entry))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise UsageError(
            f"this is neither a folder nor a zip that can be read: {error}",
            where=str(place),
            next=_GET_AGAIN,
        ) from error
    except OSError as error:
        raise UsageError(
            f"this cannot be unpacked: {error.strerror or error}", where=str(place)
        ) from error


def _refuse_outside(inside: PurePosixPath, entry: zipfile.ZipInfo, place: Path) -> None:
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if inside.is_absolute() or ".." in inside.parts or ":" in entry.filename or is_link:
        raise UsageError(
            f"this zip holds what leads out of it: {entry.filename!r}",
            where=str(place),
            next=_GET_AGAIN,
        )
