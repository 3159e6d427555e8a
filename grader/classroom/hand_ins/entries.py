"""The files of a download, be it a folder or a zip: listed first, read one by one, never unpacked.

Nothing is written, so no path in a zip can lead anywhere; it is held to what a path may be all the
same, because people read it. What is not read is listed with the reason.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from grader.classroom.hand_ins.too_many import depth_of_people, few
from grader.course.course import Course
from grader.course.progress import FOLDER as RECORDS
from grader.errors import RefusedError, UsageError, in_one_line
from grader.files import open_regular
from grader.learner.outside.submission import read_regular

MAX_DEPTH = 100  # folders on the way to a file: a path of 1,000 letters has more than anybody uses
MAX_PATH = 4_000  # characters; systems have no longer ones
MAX_INNER = 2_000  # files of a zip within a hand-in
MAX_INNER_BYTES = 5_000_000  # of such a zip, packed
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what platforms and systems write
_UTF8, _ENCRYPTED = 0x800, 0x1
_TOO_DEEP = f"it lies below more than {MAX_DEPTH} folders"
_TOO_LONG = f"its path has more than {MAX_PATH:,} characters"
_UNNAMED = "it has no name"
_OUTSIDE = "its path leads out of the zip"
_PROGRAMS = ("__macosx", "__pycache__", "__init__.py")  # what systems and Python put there
_DRIVE = re.compile("[a-zA-Z]:")  # of Windows: a path from there leads out as well
_HERE = re.compile(r"(?<![^/])(?:\./)+(?!\Z)")  # what some programs begin each path of a zip with
_LISTED = b"PK\x01\x02"  # what each file begins with in a zip's list of them


def _is_not_opened() -> BinaryIO:
    raise RefusedError("it is read as a whole, or not at all")


class Entry(NamedTuple):
    """A file: its path below the download, and how to read it, at most so many bytes.

    `refused` says why it is not to be read. `open` is for what is too large to be read as a whole.
    Reading raises `RefusedError` where it fails.
    """

    path: str
    read: Callable[[int], bytes]
    refused: str = ""
    open: Callable[[], BinaryIO] = _is_not_opened

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders on the way to it, and its name."""
        return tuple(self.path.split("/"))

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.parts[-1]

    @property
    def suffix(self) -> str:
        """What its name ends in, in small letters, from the dot on."""
        return Path(self.name).suffix.lower()

    def lines(self, most: int, longest: int) -> Iterator[bytes]:
        """Yield every line of a file of at most so many bytes, of each only what is `longest`."""
        try:
            with self.open() as stream:
                is_begun, left = False, most
                while left >= 0 and (part := stream.readline(longest)):
                    left -= len(part)
                    if not is_begun:
                        yield part
                    is_begun = not part.endswith(b"\n")
        except RefusedError:
            raise
        except Exception as error:  # whatever zipfile raises of bytes that somebody made up
            raise RefusedError(f"it cannot be read: {reason_of(error)}") from error
        if left < 0:
            raise RefusedError(f"it is larger than {most:,} bytes")


class Download(NamedTuple):
    """What an instructor has: its name, its files and, of a folder, where that is.

    `outside` are those whose paths lead out of it, and so are nobody's. `users` are the numbers
    that Canvas has of people, and their names in front of files, as far as tables tell. Where there
    is one folder, `is_persons` says whether somebody on the roster is called so.
    """

    name: str
    entries: tuple[Entry, ...]
    folder: Path | None = None
    outside: tuple[Entry, ...] = ()
    users: Mapping[str, frozenset[str]] = {}
    is_persons: bool = False


@contextmanager
def open_download(course: Course, path: Path, loose: Sequence[str] = ()) -> Iterator[Download]:
    """Give the files of a folder or a zip, to be read for as long as it is open.

    A file that ends in one of `loose` is a download by itself.

    Raises
    ------
    UsageError
        It is neither, cannot be read, or holds too much.
    """
    shown = in_one_line(str(path))
    place = Path(os.path.realpath(path))  # how one gets there was not arranged by who hands in
    if place.is_dir():
        depth = depth_of_people(_folders_in(place))
        entries = few(_in_folder(course, place), depth, shown)
        yield Download(whole_characters(place.name), entries, place)
        return
    if path.suffix.lower() in loose:
        entry = Entry(whole_characters(path.name), _reader_of_file(course, place))
        yield Download(entry.name, (entry,))
        return
    with ExitStack() as until_the_end:
        archive = until_the_end.enter_context(_opened(place, shown, until_the_end))
        every = few(_in_zip(archive), depth_of_people(_folders_of(archive)), shown)
        outside = tuple(entry for entry in every if entry.refused == _OUTSIDE)
        inside = tuple(entry for entry in every if entry.refused != _OUTSIDE)
        yield Download(whole_characters(path.name), inside, outside=outside)


def _opened(place: Path, shown: str, until_the_end: ExitStack) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(until_the_end.enter_context(open_regular(place)))
    except Exception as error:  # whatever zipfile raises of bytes that are no zip
        raise UsageError(
            f"this is neither a folder nor a zip that can be read: {reason_of(error)}",
            where=shown,
            next="Name what the platform gave you, or a folder with a folder for each student.",
        ) from error


def inner_entries(entry: Entry) -> tuple[Entry, ...]:
    """Return the files of a zip that somebody handed in.

    Raises
    ------
    RefusedError
        It is not one that can be read, or holds too much.
    """
    body = entry.read(MAX_INNER_BYTES)
    try:
        inner = tuple(_in_zip(zipfile.ZipFile(_FewListed(body))))
    except RefusedError:
        raise
    except Exception as error:  # whatever zipfile raises of bytes that somebody made up
        raise RefusedError(f"it is no zip that can be read: {reason_of(error)}") from error
    return tuple(each._replace(path=f"{entry.path}/{each.path}") for each in inner)


class _FewListed(io.BytesIO):
    """A zip whose list of files is refused before it is gone through, where that has too many.

    `zipfile` reads it in one go, wherever in the zip it finds it.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        body = super().read(size)
        if body.startswith(_LISTED) and body.count(_LISTED) > MAX_INNER:
            raise RefusedError(f"it holds more than {MAX_INNER:,} files")
        return body


def is_litter(path: str) -> bool:
    """Tell whether a file is one that programs keep for themselves, and nobody's answer."""
    parts = [part for part in path.split("/") if part != RECORDS]
    return any(part.startswith((".", "~$")) or part.casefold() in _PROGRAMS for part in parts)


def is_of_a_record(entry: Entry) -> bool:
    """Tell whether a file lies where a course keeps a learner's record, with its exams."""
    return RECORDS in entry.parts


def whole_characters(text: str) -> str:
    """Return text with halves of characters spelled out, which no database holds."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def reason_of(error: Exception) -> str:
    """Return what an error says, in one line."""
    return in_one_line(getattr(error, "strerror", None) or str(error) or type(error).__name__)


def _folders_in(root: Path) -> list[str]:
    _, folders, _ = next(os.walk(root), ("", [], []))
    return [name for name in folders if not is_litter(name)]


def _folders_of(archive: zipfile.ZipFile) -> set[str]:
    parts = (_path_of(info).partition("/") for info in archive.infolist())
    return {folder for folder, is_within, _ in parts if is_within and not is_litter(folder)}


def _in_folder(course: Course, root: Path) -> Iterator[Entry]:
    """Yield the files below a folder, in order; links are listed, and not followed.

    So is a folder that lies too deep, for all that is in it.
    """
    closed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=closed.append):
        here = Path(folder)
        if len(here.relative_to(root).parts) > MAX_DEPTH:
            shown = whole_characters(here.relative_to(root).as_posix())
            folders.clear()
            yield Entry(shown, _reader_of_file(course, here), _TOO_DEEP)
            continue
        links = sorted(name for name in folders if os.path.islink(here / name))
        folders[:] = sorted(n for n in folders if n not in links and not is_litter(n))
        for name in (*links, *sorted(names)):
            path = here / name
            shown = whole_characters(path.relative_to(root).as_posix())
            if not is_litter(name):
                refused = "it is a link" if os.path.islink(path) else ""
                yield Entry(
                    shown, _reader_of_file(course, path), refused, partial(open_regular, path)
                )
    yield from (_closed(root, error) for error in closed if Path(error.filename) != root)


def _closed(root: Path, error: OSError) -> Entry:
    shown = whole_characters(Path(error.filename).relative_to(root).as_posix())
    return Entry(shown, lambda _: b"", f"it cannot be looked into: {reason_of(error)}")


def _reader_of_file(course: Course, path: Path) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        try:
            return read_regular(course, path, most, "")
        except FileNotFoundError as error:
            raise RefusedError("it is no longer there") from error
        except RefusedError as error:
            raise RefusedError(error.what) from error  # where it lies says whose it is

    return read


def _in_zip(archive: zipfile.ZipFile) -> Iterator[Entry]:
    for info in archive.infolist():
        whole = _path_of(info)
        path = whole[:MAX_PATH]
        if not whole.endswith("/") and not is_litter(path.replace("../", "")):
            refused = _refusal(path, info) if path == whole else _TOO_LONG
            stream = cast(Callable[[], BinaryIO], partial(archive.open, info))
            yield Entry(path.lstrip("/"), _reader_of(archive, info), refused, stream)


def _path_of(info: zipfile.ZipInfo) -> str:
    """Return an entry's path: many write UTF-8 and do not say so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return _HERE.sub("", name.replace("\\", "/"))


def _refusal(path: str, info: zipfile.ZipInfo) -> str:
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or _DRIVE.match(path):
        return _OUTSIDE
    if not parts[-1]:
        return _UNNAMED
    if len(parts) > MAX_DEPTH + 1:
        return _TOO_DEEP
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    return "" if info.compress_type in _READABLE else "it is packed in a way that is not read"


def _reader_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        try:
            with archive.open(info) as stream:
                body = stream.read(most + 1)  # whatever size the zip says that it has
        except Exception as error:  # whatever zipfile raises of bytes that somebody made up
            raise RefusedError(f"it cannot be unpacked: {reason_of(error)}") from error
        if len(body) > most:
            raise RefusedError(f"it is larger than {most:,} bytes")
        return body

    return read
